#include "postgres/kept_process.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sqlgym::postgres {

namespace {

/// All the child needs between fork and exec, made before: there, only async-signal-safe calls are allowed.
struct Prepared {
    std::vector<char *> arguments;
    std::array<char *, 4> environment{};
    const Command *command = nullptr;
    pid_t parent = 0;
    int errorPipe = -1;
};

[[noreturn]] void failInChild(int pipe)
{
    const int error = errno;
    const auto written = write(pipe, &error, sizeof error);
    _exit(written == sizeof error ? 127 : 126);
}

void dropAccount(const Prepared &prepared)
{
    const Account &account = prepared.command->account;
    if (!account.other())
        return;
    // The raw calls: glibc's wrappers talk to threads that do not exist on this side of the fork.
    if (syscall(SYS_setgroups, 0, nullptr) != 0 || syscall(SYS_setresgid, account.gid, account.gid, account.gid) != 0 ||
        syscall(SYS_setresuid, account.uid, account.uid, account.uid) != 0)
        failInChild(prepared.errorPipe);
}

void resetSignals()
{
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGCHLD, SIGUSR1, SIGUSR2, SIGALRM})
        signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void becomeChild(const Prepared &prepared)
{
    const Command &command = *prepared.command;
    setsid(); // a Ctrl+C in our terminal is not meant for it
    resetSignals();
    const int input = open("/dev/null", O_RDONLY);
    const char *file = command.outputFile.empty() ? "/dev/null" : command.outputFile.c_str();
    const int output = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (input < 0 || output < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0)
        failInChild(prepared.errorPipe);
    if (input > 2)
        close(input);
    if (output > 2)
        close(output);
    // What of ours lacks close-on-exec is none of its business. (4 is CLOSE_RANGE_CLOEXEC; old kernels: best effort.)
    syscall(SYS_close_range, 3u, ~0u, 4u);
    if (command.keptDescriptor >= 0)
        fcntl(command.keptDescriptor, F_SETFD, 0);
    const rlimit noCore{0, 0};
    setrlimit(RLIMIT_CORE, &noCore);
    dropAccount(prepared);
    // After the change of account, which clears it. A parent that died meanwhile sends no signal: ask.
    if (prctl(PR_SET_PDEATHSIG, command.deathSignal) != 0)
        failInChild(prepared.errorPipe);
    if (getppid() != prepared.parent)
        _exit(125);
    execve(prepared.arguments[0], prepared.arguments.data(), prepared.environment.data());
    failInChild(prepared.errorPipe);
}

} // namespace

base::Result<std::unique_ptr<KeptProcess>> KeptProcess::start(const Command &command)
{
    std::unique_ptr<KeptProcess> process(new KeptProcess);
    process->m_keeper = std::thread([raw = process.get(), command] { raw->keep(command); });
    std::unique_lock lock(process->m_mutex);
    process->m_changed.wait(lock, [&] { return process->m_startError >= 0; });
    if (process->m_startError > 0)
        return base::Error{"postgres", "start",
                           "Could not start " + command.arguments[0] + ": " + std::strerror(process->m_startError) +
                               "."};
    lock.unlock();
    return process;
}

void KeptProcess::keep(const Command &command)
{
    std::string locale = "LC_ALL=C.UTF-8";
    std::string zone = "TZ=UTC";
    std::string path = "PATH=/usr/bin:/bin";
    std::vector<std::string> arguments = command.arguments;
    Prepared prepared;
    for (auto &argument : arguments)
        prepared.arguments.push_back(argument.data());
    prepared.arguments.push_back(nullptr);
    prepared.environment = {locale.data(), zone.data(), path.data(), nullptr};
    prepared.command = &command;
    prepared.parent = getpid();

    std::array<int, 2> pipeEnds{-1, -1};
    int error = pipe2(pipeEnds.data(), O_CLOEXEC) == 0 ? 0 : errno;
    prepared.errorPipe = pipeEnds[1];
    const pid_t child = error == 0 ? fork() : -1;
    if (child == 0)
        becomeChild(prepared);
    if (child < 0 && error == 0)
        error = errno;
    if (pipeEnds[1] >= 0)
        close(pipeEnds[1]);
    if (child > 0) {
        int childError = 0;
        ssize_t got = 0;
        do
            got = read(pipeEnds[0], &childError, sizeof childError);
        while (got < 0 && errno == EINTR);
        error = got == sizeof childError ? childError : 0;
    }
    if (pipeEnds[0] >= 0)
        close(pipeEnds[0]);
    {
        const std::lock_guard lock(m_mutex);
        m_pid = child;
        m_startError = error;
    }
    m_changed.notify_all();
    if (child < 0)
        return;

    // Waits without reaping first, so that the pid stays ours until `m_status` says that it is gone.
    siginfo_t info{};
    while (waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
    const std::lock_guard lock(m_mutex);
    int status = 0;
    waitpid(child, &status, 0);
    m_status = status;
    m_changed.notify_all();
}

KeptProcess::~KeptProcess()
{
    if (m_pid > 0)
        signal(SIGKILL);
    if (m_keeper.joinable())
        m_keeper.join();
}

bool KeptProcess::running() const
{
    const std::lock_guard lock(m_mutex);
    return m_pid > 0 && !m_status;
}

void KeptProcess::signal(int number) const
{
    const std::lock_guard lock(m_mutex);
    if (m_pid > 0 && !m_status)
        kill(m_pid, number);
}

std::optional<int> KeptProcess::wait(int timeoutMs) const
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::chrono::milliseconds(timeoutMs), [this] { return m_status.has_value(); });
    return m_status;
}

bool endedWell(int waitStatus) { return WIFEXITED(waitStatus) && WEXITSTATUS(waitStatus) == 0; }

} // namespace sqlgym::postgres
