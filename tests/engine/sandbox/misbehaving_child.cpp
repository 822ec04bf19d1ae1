// A child process for tests. It serves the protocol, hardened like the real one, over a Sandbox whose "queries" make
// it misbehave for real.
//
//   misbehaving_child [--soft] [--address-space-mb N] [--cpu-seconds N]     serves; --soft: without hardening
//   misbehaving_child --mute | --other-version | --deaf   says no hello / a wrong one / reads nothing after it
//   misbehaving_child --parent                            starts a child of its own, prints its process id and waits
#include "attempts.h"
#include "sandbox/frame_server.h"
#include "sandbox/harden.h"
#include "sandbox/process_sandbox.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace sqlgym;
using namespace sqlgym::sandbox;

namespace {

constexpr int kOut = STDERR_FILENO + 1;

void sendRaw(const std::string &bytes) { [[maybe_unused]] const auto put = ::write(kOut, bytes.data(), bytes.size()); }

[[noreturn]] void loopForever()
{
    volatile std::uint64_t rounds = 0;
    while (true) {
        const std::uint64_t next = rounds + 1;
        rounds = next;
    }
}

void crash()
{
    volatile int *volatile nowhere = nullptr; // both, or the compiler sees that nothing can be there
    *nowhere = 1;
}

/// Takes memory until there is none, and uses it.
void takeAllMemory()
{
    std::vector<std::unique_ptr<char[]>> taken;
    while (true) {
        taken.push_back(std::make_unique<char[]>(8u << 20));
        std::memset(taken.back().get(), 1, 8u << 20);
    }
}

Outcome okay(const std::string &text)
{
    Outcome outcome;
    outcome.status = Status::Ok;
    outcome.table.columns = {{"answer", "text"}};
    outcome.table.append(text);
    return outcome;
}

/// `rows` rows of a number and `width` letters, every third NULL.
Outcome bigResult(std::uint64_t rows, std::size_t width)
{
    Outcome outcome = okay("");
    outcome.table = ResultTable();
    outcome.table.columns = {{"n", "int8"}, {"t", "text"}};
    const std::string text(width, 'x');
    for (std::uint64_t i = 0; i < rows; ++i) {
        outcome.table.append(std::to_string(i));
        outcome.table.append(i % 3 == 2 ? ResultTable::Cell() : ResultTable::Cell(text));
    }
    return outcome;
}

Outcome attemptsAsRows()
{
    Outcome outcome;
    outcome.status = Status::Ok;
    outcome.table.columns = {{"attempt", "text"}, {"succeeded", "bool"}, {"errno", "int4"}};
    for (const auto &attempt : tryEverything()) {
        outcome.table.append(attempt.what);
        outcome.table.append(attempt.succeeded ? "t" : "f");
        outcome.table.append(std::to_string(attempt.error));
    }
    return outcome;
}

void sendGarbage(unsigned seed)
{
    std::mt19937 random(seed);
    std::string bytes(1 + random() % 3000, '\0');
    for (auto &byte : bytes)
        byte = static_cast<char>(random());
    sendRaw(bytes);
}

class Misbehaving : public Sandbox {
public:
    Outcome load(const std::string &dataset, const std::string &setup) override
    {
        if (setup == "wrong") {
            Outcome outcome;
            outcome.status = Status::Error;
            outcome.diagnostic = {"42601", "syntax error at or near \"wrong\"", "", "", 1};
            return outcome;
        }
        if (setup == "loop")
            loopForever();
        m_loads[dataset] = setup;
        ++m_loadCount;
        return okay("loaded");
    }

    Outcome run(const Request &request, base::CancelToken &cancel) override
    {
        std::string word = request.query.substr(0, request.query.find(' '));
        const std::string rest = word.size() < request.query.size() ? request.query.substr(word.size() + 1) : "";
        if (word == "echo")
            return okay(rest);
        if (word == "setup")
            return okay(m_loads[request.dataset]);
        if (word == "loads")
            return okay(std::to_string(m_loadCount));
        if (word == "rows")
            return bigResult(std::stoull(rest), std::stoull(rest.substr(rest.find(' '))));
        if (word == "attempts")
            return attemptsAsRows();
        if (word == "work")
            return work(std::stoi(rest), cancel);
        return misbehave(word, rest);
    }

private:
    /// Works for so many milliseconds, or until it is told to stop.
    static Outcome work(int milliseconds, const base::CancelToken &cancel)
    {
        const base::CancelToken done(milliseconds);
        while (!done.expired()) {
            if (cancel.cancelled() || cancel.expired()) {
                Outcome outcome;
                outcome.status = cancel.cancelled() ? Status::Cancelled : Status::Timeout;
                return outcome;
            }
        }
        return okay("worked");
    }

    Outcome misbehave(const std::string &word, const std::string &rest)
    {
        if (word == "loop")
            loopForever();
        if (word == "allocate")
            takeAllMemory();
        if (word == "allocate-in-thread")
            std::thread(takeAllMemory).join();
        if (word == "crash")
            crash();
        if (word == "exit")
            ::_exit(std::stoi(rest));
        if (word == "throw")
            throw std::runtime_error(rest);
        if (word == "garbage")
            sendGarbage(static_cast<unsigned>(std::stoul(rest)));
        if (word == "garbage" || word == "headonly") {
            if (word == "headonly")
                sendRaw(encodeOutcomeHead(1, bigResult(10, 10), false));
            loopForever();
        }
        if (word == "close") {
            ::close(kOut);
            ::close(STDOUT_FILENO);
            loopForever();
        }
        if (word == "flood") {
            const std::string line(1000, '!');
            for (int i = 0; i < 20'000; ++i)
                std::fprintf(stderr, "%s\n", line.c_str());
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            std::fprintf(stderr, "these are the last words\n");
            ::_exit(7);
        }
        Outcome outcome;
        outcome.status = Status::Unsupported;
        outcome.feature = word;
        return outcome;
    }

    std::map<std::string, std::string> m_loads;
    int m_loadCount = 0;
};

[[noreturn]] void waitForKill()
{
    while (true)
        ::pause();
}

[[noreturn]] void beParent(const char *self)
{
    ProcessSandbox::Options options;
    options.argv = {self};
    ProcessSandbox sandbox(options);
    base::CancelToken cancel;
    const auto outcome = sandbox.run({.query = "echo x"}, cancel);
    std::printf("%d %d\n", static_cast<int>(outcome.status), sandbox.processId());
    std::fflush(stdout);
    waitForKill();
}

} // namespace

int main(int argc, char **argv)
{
    HardenOptions options;
    bool soft = false;
    if (::dup2(STDOUT_FILENO, kOut) < 0)
        return 3;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--mute")
            waitForKill();
        if (word == "--other-version") {
            FrameWriter hello(FrameType::Hello);
            hello.u32(kProtocolVersion + 1);
            sendRaw(std::move(hello).finish());
            waitForKill();
        }
        if (word == "--deaf") {
            sendRaw(encodeHello());
            waitForKill();
        }
        if (word == "--parent")
            beParent(argv[0]);
        if (word == "--soft")
            soft = true;
        if (word == "--cpu-seconds" && i + 1 < argc)
            options.cpuSeconds = static_cast<unsigned>(std::stoul(argv[++i]));
        if (word == "--address-space-mb" && i + 1 < argc)
            options.addressSpaceBytes = std::stoull(argv[++i]) << 20;
    }
    nameUncaughtExceptions();
    std::signal(SIGPIPE, SIG_IGN);
    if (!soft) {
        const auto hardened = harden(options);
        if (!hardened)
            return 4;
        for (const auto &measure : hardened->missing)
            std::fprintf(stderr, "missing: %s\n", measure.c_str());
    }
    Misbehaving sandbox;
    FrameServer::Options serving;
    serving.onParentGone = [] { ::_exit(0); };
    FrameServer server(sandbox, STDIN_FILENO, kOut, serving);
    server.serve();
    ::_exit(kExitBadInput);
}
