// A process to be killed, starved of disk or of rights. Started by the tests; says on standard output how it fares.
//
//   write PATH DOCUMENT COUNT   saves "draft 1", "draft 2", ... and an attempt each; a number a line once it is saved
//   fill PATH BYTES             saves drafts until files may not grow beyond BYTES; then once more without the limit
//   load PATH BYTES             loads a pack under the same limit
//   open PATH                   opens it, as an unprivileged user where started as root
//   full FOLDER                 saves drafts in a file system of 2 MB, mounted there for this process alone, until it
//   is full;
//                               opens the profile on the full disk; and once more when there is room. 77: it may not
//                               mount
#include "cache/cache.h"
#include "sample_pack.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <grp.h>
#include <sched.h>
#include <string>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace sqlgym;
using cache::Cache;

namespace {

constexpr unsigned kNobody = 65534;

int failed(const base::Error &error)
{
    std::printf("error %s %s %s\n", error.code.c_str(), error.transient ? "transient" : "lasting",
                error.message.c_str());
    return 3;
}

std::string longDraft(int number) { return "draft " + std::to_string(number) + "\n" + std::string(3000, '-'); }

bool limitFileSize(rlim_t bytes)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    return ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

int write(Cache &cache, const std::string &document, int count)
{
    for (int number = 1; number <= count; ++number) {
        if (auto saved = cache.drafts().save({document, longDraft(number)}); !saved)
            return failed(saved.error());
        cache::Attempt attempt;
        attempt.problemId = document;
        attempt.query = std::to_string(number);
        if (auto added = cache.attempts().add(attempt); !added)
            return failed(added.error());
        // One write, so that a kill cannot tear the line from its newline.
        const std::string line = std::to_string(number) + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
            return 3;
    }
    return 0;
}

void saveUntilRefused(Cache &cache)
{
    for (int number = 1;; ++number) {
        auto saved = cache.drafts().save({"p" + std::to_string(number), longDraft(number)});
        if (saved)
            continue;
        std::printf("saved %d\n", number - 1);
        failed(saved.error());
        const auto last = cache.drafts().draft("p" + std::to_string(number - 1));
        std::printf("readable %s\n", last && *last && (*last)->text == longDraft(number - 1) ? "yes" : "no");
        return;
    }
}

int fill(Cache &cache, rlim_t bytes)
{
    if (!limitFileSize(bytes))
        return 3;
    saveUntilRefused(cache);
    limitFileSize(RLIM_INFINITY);
    std::printf("afterwards %s\n", cache.drafts().save({"afterwards", "x"}) ? "saved" : "refused");
    return 0;
}

/// Mounts of its own for this process: as root, or as the root of a user namespace where the system lets anybody be
/// that.
bool ownMounts()
{
    const auto user = std::to_string(::getuid()), group = std::to_string(::getgid());
    if (::geteuid() == 0)
        return ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return false;
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " + user + " 1";
    std::ofstream("/proc/self/gid_map") << "0 " + group + " 1";
    return ::getuid() == 0;
}

int fullDisk(const std::string &folder)
{
    if (!ownMounts() || ::mount("none", folder.c_str(), "tmpfs", 0, "size=2m") != 0)
        return 77;
    const std::string path = folder + "/profile.db";
    auto cache = Cache::open(path);
    if (!cache)
        return failed(cache.error());
    saveUntilRefused(**cache);
    cache->reset();
    if (auto again = Cache::open(path); again)
        std::printf("opened %zu\n", (*again)->drafts().drafts().value().size());
    else
        failed(again.error());
    if (::mount("none", folder.c_str(), "tmpfs", MS_REMOUNT, "size=8m") != 0)
        return 3;
    auto room = Cache::open(path);
    if (!room)
        return failed(room.error());
    std::printf("kept %zu\n", (*room)->drafts().drafts().value().size());
    std::printf("recovered %s\n", (*room)->report().recovered ? "yes" : "no");
    std::printf("afterwards %s\n", (*room)->drafts().save({"afterwards", "x"}) ? "saved" : "refused");
    return 0;
}

int load(Cache &cache, rlim_t bytes)
{
    if (!limitFileSize(bytes))
        return 3;
    auto loaded = cache.problems().loadPack(cachetest::largePack(2000));
    return loaded ? 0 : failed(loaded.error());
}

bool dropRights()
{
    return ::geteuid() != 0 || (::setgroups(0, nullptr) == 0 && ::setgid(kNobody) == 0 && ::setuid(kNobody) == 0);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    const std::string verb = argv[1];
    std::signal(SIGXFSZ, SIG_IGN);
    if (verb == "full")
        return fullDisk(argv[2]);
    if (verb == "open" && !dropRights())
        return 2;
    auto cache = Cache::open(argv[2]);
    if (!cache)
        return failed(cache.error());
    if (verb == "write" && argc == 5)
        return write(**cache, argv[3], std::stoi(argv[4]));
    if (verb == "fill" && argc == 4)
        return fill(**cache, static_cast<rlim_t>(std::stoll(argv[3])));
    if (verb == "load" && argc == 4)
        return load(**cache, static_cast<rlim_t>(std::stoll(argv[3])));
    return verb == "open" ? 0 : 2;
}
