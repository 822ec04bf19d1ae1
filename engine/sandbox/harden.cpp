#include "sandbox/harden.h"

#include "sandbox/messages.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <linux/sched.h>
#include <new>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace sqlgym::sandbox {

namespace {

#ifdef SQLGYM_SANITIZED
constexpr bool kSanitized = true; // their shadow memory needs terabytes of addresses, their reports files
#else
constexpr bool kSanitized = false;
#endif

bool limit(__rlimit_resource resource, rlim_t soft, rlim_t hard)
{
    const rlimit wanted{soft, hard};
    return ::setrlimit(resource, &wanted) == 0;
}

/// The process that the kernel ends first when memory runs out is this one, not the window.
void volunteerForOutOfMemory()
{
    const int fd = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return; // no /proc: the kernel decides alone
    [[maybe_unused]] const auto written = ::write(fd, "1000", 4);
    ::close(fd);
}

bool setLimits(const HardenOptions &options)
{
    const rlim_t cpu = options.cpuSeconds;
    return (kSanitized || limit(RLIMIT_AS, options.addressSpaceBytes, options.addressSpaceBytes)) &&
           limit(RLIMIT_CPU, cpu, cpu + 5) && limit(RLIMIT_FSIZE, 0, 0) && limit(RLIMIT_CORE, 0, 0) &&
           (kSanitized || limit(RLIMIT_NOFILE, options.maxDescriptors, options.maxDescriptors));
}

/// Landlock's calls by number: Debian 12's headers know fewer rights than later kernels. A ruleset that handles every
/// right the kernel knows and allows none forbids all of them.
bool landlock()
{
    constexpr long kCreateRuleset = 444;
    constexpr long kRestrictSelf = 446;
    constexpr std::uint32_t kVersion = 1;
    struct Ruleset {
        std::uint64_t files = 0;
        std::uint64_t network = 0;
        std::uint64_t scoped = 0;
    } ruleset;
    const long version = ::syscall(kCreateRuleset, nullptr, 0, kVersion);
    if (version < 1)
        return false;
    constexpr std::array<int, 6> kFileRights{0, 13, 14, 15, 15, 16}; // how many, by version
    ruleset.files = (std::uint64_t{1} << kFileRights[version < 5 ? static_cast<std::size_t>(version) : 5]) - 1;
    ruleset.network = version >= 4 ? 3 : 0;
    ruleset.scoped = version >= 6 ? 3 : 0;
    const std::size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    const long fd = ::syscall(kCreateRuleset, &ruleset, size, 0);
    if (fd < 0)
        return false;
    const bool held = ::syscall(kRestrictSelf, fd, 0) == 0;
    ::close(static_cast<int>(fd));
    return held;
}

constexpr int kAllowed[] = {
    // memory
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    // descriptors that are open already
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(fstat),
    SCMP_SYS(lseek),
    // threads
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(gettid),
    SCMP_SYS(exit),
    // signals of one's own, and the end
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(getpid),
    SCMP_SYS(exit_group),
    SCMP_SYS(restart_syscall),
    // clocks and chance
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
};

bool allowList(scmp_filter_ctx filter)
{
    for (const int call : kAllowed) {
        const int added = ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
        if (added != 0 && added != -EDOM) // EDOM: this architecture has no such call
            return false;
    }
    // Threads, never processes; no memory that can be executed; signals to nobody else; limits may be read.
    constexpr std::uint64_t kThread = CLONE_VM | CLONE_THREAD | CLONE_SIGHAND;
    const auto self = static_cast<scmp_datum_t>(::getpid());
    const scmp_arg_cmp makesThread{0, SCMP_CMP_MASKED_EQ, kThread, kThread};
    const scmp_arg_cmp notExecutable{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
    const scmp_arg_cmp toItself{0, SCMP_CMP_EQ, self, 0};
    const std::array<scmp_arg_cmp, 2> reads{scmp_arg_cmp{0, SCMP_CMP_EQ, 0, 0}, scmp_arg_cmp{2, SCMP_CMP_EQ, 0, 0}};
    const auto allow = [filter](int call, unsigned count, const scmp_arg_cmp *arguments) {
        return ::seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, count, arguments) == 0;
    };
    return allow(SCMP_SYS(clone), 1, &makesThread) && allow(SCMP_SYS(mmap), 1, &notExecutable) &&
           allow(SCMP_SYS(mprotect), 1, &notExecutable) && allow(SCMP_SYS(tgkill), 1, &toItself) &&
           allow(SCMP_SYS(prlimit64), 2, reads.data()) &&
           ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

bool filterSystemCalls()
{
    const scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return false;
    const bool held = ::seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
                      allowList(filter) && ::seccomp_load(filter) == 0;
    ::seccomp_release(filter);
    return held;
}

[[noreturn]] void atTerminate()
{
    if (const auto thrown = std::current_exception()) {
        try {
            std::rethrow_exception(thrown);
        } catch (const std::bad_alloc &) {
            ::_exit(kExitOutOfMemory);
        } catch (const std::exception &e) {
            [[maybe_unused]] const auto written = ::write(STDERR_FILENO, e.what(), std::strlen(e.what()));
        } catch (...) {
            std::abort();
        }
    }
    std::abort();
}

} // namespace

void nameUncaughtExceptions() { std::set_terminate(atTerminate); }

base::Result<Hardening> harden(const HardenOptions &options)
{
    Hardening result;
    const auto failure = [](const char *what) {
        return base::Error{"sandbox", "cannot_harden",
                           std::string(what) + " could not be set: " + std::strerror(errno) + ".", false};
    };
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return failure("The signal at the parent's death");
    volunteerForOutOfMemory();
    ::clearenv();
    if (!kSanitized)
        ::closefrom(static_cast<int>(options.maxDescriptors));
    if (::chdir("/") != 0)
        return failure("The folder");
    if (::prctl(PR_SET_DUMPABLE, 0) != 0)
        return failure("Protection from debuggers");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return failure("no_new_privs");
    if (!landlock()) // needs a descriptor for a moment, hence before the limits
        result.missing.emplace_back("landlock");
    if (!setLimits(options))
        return failure("A resource limit");
    if (kSanitized || !filterSystemCalls())
        result.missing.emplace_back("seccomp");
    return result;
}

} // namespace sqlgym::sandbox
