#include "attempts.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// True when the call did what it was asked to; the process it makes, if any, ends at once.
bool spawns()
{
    pid_t pid = 0;
    char name[] = "true";
    char *argv[] = {name, nullptr};
    const int failed = ::posix_spawn(&pid, "/bin/true", nullptr, nullptr, argv, nullptr);
    errno = failed;
    return failed == 0;
}

bool forks(long (*how)())
{
    const long pid = how();
    if (pid == 0)
        ::_exit(0);
    return pid > 0;
}

bool raisesTheMemoryLimit()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_STACK, &limit);
    limit.rlim_cur = limit.rlim_cur == RLIM_INFINITY ? (8u << 20) : limit.rlim_cur / 2;
    return ::setrlimit(RLIMIT_STACK, &limit) == 0;
}

} // namespace

std::vector<Attempt> tryEverything()
{
    std::vector<Attempt> attempts;
    const auto attempt = [&attempts](const char *what, const std::function<bool()> &act) {
        errno = 0;
        const bool succeeded = act();
        attempts.push_back({what, succeeded, errno});
    };
    attempt("read a file", [] { return ::open("/etc/passwd", O_RDONLY) >= 0; });
    attempt("read a file below /proc", [] { return ::open("/proc/self/status", O_RDONLY) >= 0; });
    attempt("create a file", [] { return ::open("/tmp/sqlgym-attempt", O_WRONLY | O_CREAT, 0600) >= 0; });
    attempt("look whether a file is there", [] { return ::access("/etc/passwd", F_OK) == 0; });
    attempt("look at a file", [] {
        struct stat status {};
        return ::stat("/etc/passwd", &status) == 0;
    });
    attempt("make a folder", [] { return ::mkdir("/tmp/sqlgym-attempt-folder", 0700) == 0; });
    attempt("remove a file", [] { return ::unlink("/tmp/sqlgym-attempt-none") == 0; });
    attempt("change the folder", [] { return ::chdir("/tmp") == 0; });
    attempt("make a memory file", [] { return ::syscall(SYS_memfd_create, "x", 0) >= 0; });
    attempt("open an internet socket", [] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; });
    attempt("open a local socket", [] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; });
    attempt("fork", [] { return forks([]() -> long { return ::fork(); }); });
    attempt("fork by clone", [] { return forks([]() -> long { return ::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }); });
    attempt("fork by clone3", [] {
        return forks([]() -> long {
            unsigned long long arguments[8] = {0, 0, 0, 0, SIGCHLD, 0, 0, 0};
            return ::syscall(SYS_clone3, arguments, sizeof(arguments));
        });
    });
    attempt("spawn a program", spawns);
    attempt("become another program", [] {
        char name[] = "true";
        char *argv[] = {name, nullptr};
        return ::execv("/bin/true", argv) == 0;
    });
    attempt("signal the parent", [] { return ::kill(::getppid(), 0) == 0; });
    attempt("trace", [] { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0; });
    attempt("enter a namespace", [] { return ::unshare(CLONE_NEWUSER) == 0; });
    attempt("make memory executable", [] {
        void *page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return page != MAP_FAILED && ::mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
    });
    attempt("map executable memory", [] {
        return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
    });
    attempt("change a limit", raisesTheMemoryLimit);
    attempt("find an environment variable", [] { return ::getenv("PATH") != nullptr; });
    return attempts;
}
