// The child process in which the embedded engine runs: frames in on 0, out on what was 1.
//
//   sqlgym-sandbox [--address-space-mb N]
#include "sandbox/frame_server.h"
#include "sandbox/harden.h"
#include "sandbox_embedded/embedded_sandbox.h"

#include <charconv>
#include <csignal>
#include <cstring>
#include <malloc.h>
#include <string>
#include <string_view>
#include <unistd.h>

namespace {

using namespace sqlgym;

void say(std::string_view words)
{
    const std::string line = "sqlgym-sandbox: " + std::string(words) + "\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

/// A run takes and gives back tens of megabytes, on a thread: with libc's defaults most of its time would go into
/// asking the kernel for pages (600 blocks of 64 kB: 16 ms; like this: 0.8 ms). 64 MB stay between runs.
void keepMemoryBetweenRuns()
{
    ::mallopt(M_ARENA_MAX, 1);
    ::mallopt(M_TOP_PAD, 1 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
    ::mallopt(M_MMAP_THRESHOLD, 8 << 20); // larger blocks come and go by themselves
}

bool parse(int argc, char **argv, sandbox::HardenOptions &options)
{
    if (argc == 1)
        return true;
    if (argc != 3 || std::strcmp(argv[1], "--address-space-mb") != 0)
        return false;
    std::size_t megabytes = 0;
    const char *end = argv[2] + std::strlen(argv[2]);
    const auto parsed = std::from_chars(argv[2], end, megabytes);
    options.addressSpaceBytes = megabytes << 20;
    return parsed.ec == std::errc() && parsed.ptr == end && megabytes >= 128 && megabytes <= (1u << 20);
}

} // namespace

int main(int argc, char **argv)
{
    sandbox::HardenOptions options;
    if (!parse(argc, argv, options)) {
        say("usage: sqlgym-sandbox [--address-space-mb 128..1048576]; it is started by SQLGym, not by hand");
        return 2;
    }
    sandbox::nameUncaughtExceptions();
    keepMemoryBetweenRuns();
    std::signal(SIGPIPE, SIG_IGN);
    // Whatever prints to standard output prints to standard error: the frames have a descriptor of their own.
    constexpr int out = STDERR_FILENO + 1;
    if (::dup2(STDOUT_FILENO, out) < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        return 3;
    const auto engine = sandbox_embedded::makeEmbeddedSandbox(); // before hardening: it may read what it needs later
    const auto hardened = sandbox::harden(options);
    if (!hardened) {
        say(hardened.error().message);
        return 3;
    }
    for (const auto &measure : hardened->missing)
        say("this kernel has no " + measure);

    sandbox::FrameServer::Options serving;
    serving.onParentGone = [] { ::_exit(0); };
    sandbox::FrameServer server(*engine, STDIN_FILENO, out, serving);
    server.serve();
    ::_exit(sandbox::kExitBadInput);
}
