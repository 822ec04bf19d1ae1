#include "sandbox/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace sqlgym::sandbox {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kReadBytes = 256u << 10;
constexpr std::size_t kLastWords = 4096;
constexpr milliseconds kPollStep{5};
constexpr int kPipeBytes = 1 << 20;

/// A descriptor closed at the end of its scope unless it is released.
class Fd {
public:
    explicit Fd(int fd = -1) : m_fd(fd) {}
    ~Fd() { reset(); }
    Fd(const Fd &) = delete;
    Fd &operator=(const Fd &) = delete;
    int get() const { return m_fd; }
    int release() { return std::exchange(m_fd, -1); }
    void reset(int fd = -1)
    {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = fd;
    }
    /// Out of the way of 0, 1 and 2, which the child's are put on (a program may have been started without them).
    bool lift()
    {
        if (m_fd > STDERR_FILENO)
            return true;
        reset(::fcntl(m_fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
        return m_fd >= 0;
    }

private:
    int m_fd;
};

bool makePair(Fd &a, Fd &b, bool socket)
{
    std::array<int, 2> fds{-1, -1};
    const int failed =
        socket ? ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) : ::pipe2(fds.data(), O_CLOEXEC);
    if (failed != 0)
        return false;
    a.reset(fds[0]);
    b.reset(fds[1]);
    return a.lift() && b.lift();
}

bool setNonBlocking(int fd) { return ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK) == 0; }

std::vector<char *> pointers(const std::vector<std::string> &texts)
{
    std::vector<char *> result;
    result.reserve(texts.size() + 1);
    for (const auto &text : texts)
        result.push_back(const_cast<char *>(text.c_str()));
    result.push_back(nullptr);
    return result;
}

/// The errno of posix_spawn. The child has default signals, an empty mask, its own process group (Ctrl+C in a terminal
/// is for the parent to pass on) and no descriptor beyond its three.
int spawn(pid_t &pid, const std::vector<std::string> &argv, const std::vector<std::string> &environment, int in,
          int out, int err)
{
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawn_file_actions_addchdir_np(&files, "/");

    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);

    const auto arguments = pointers(argv);
    const auto variables = pointers(environment);
    const int failed = ::posix_spawn(&pid, argv[0].c_str(), &files, &attributes, arguments.data(), variables.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return failed;
}

} // namespace

base::Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::vector<std::string> &argv,
                                                                const std::vector<std::string> &environment)
{
    const auto failure = [&argv](int error) {
        return base::Error{"sandbox", "cannot_start",
                           "The sandbox program " + (argv.empty() ? std::string("(none given)") : argv[0]) +
                               " could not be started: " + std::strerror(error) + ".",
                           error == EAGAIN || error == ENOMEM || error == EMFILE || error == ENFILE};
    };
    if (argv.empty())
        return failure(ENOENT);
    Fd in;
    Fd childIn;
    Fd out;
    Fd childOut;
    Fd err;
    Fd childErr;
    // A socket towards the child, because writing to one can be told not to raise SIGPIPE. Its standard error does
    // not block: a child that floods it while nobody listens loses words, not time.
    if (!makePair(in, childIn, true) || !makePair(out, childOut, false) || !makePair(err, childErr, false) ||
        !setNonBlocking(out.get()) || !setNonBlocking(err.get()) || !setNonBlocking(childErr.get()))
        return failure(errno);
    ::shutdown(in.get(), SHUT_RD);
    ::fcntl(out.get(), F_SETPIPE_SZ, kPipeBytes);
    pid_t pid = -1;
    if (const int error = spawn(pid, argv, environment, childIn.get(), childOut.get(), childErr.get()))
        return failure(error);
    return std::unique_ptr<ChildProcess>(new ChildProcess(pid, in.release(), out.release(), err.release()));
}

ChildProcess::ChildProcess(pid_t pid, int in, int out, int err) : m_pid(pid), m_in(in), m_out(out), m_err(err) {}

ChildProcess::~ChildProcess()
{
    kill();
    while (!m_exit && !reap(std::chrono::hours(1))) {
    }
    ::close(m_in);
    ::close(m_out);
    if (m_err >= 0)
        ::close(m_err);
}

void ChildProcess::kill()
{
    // Not reaped yet, so the number is still its own.
    if (!m_exit)
        ::kill(m_pid, SIGKILL);
}

std::optional<ChildProcess::Exit> ChildProcess::reap(milliseconds most)
{
    const auto until = Clock::now() + most;
    auto pause = std::chrono::microseconds(50);
    while (!m_exit) {
        int status = 0;
        const pid_t got = ::waitpid(m_pid, &status, WNOHANG);
        if (got == m_pid)
            m_exit = WIFSIGNALED(status) ? Exit{true, WTERMSIG(status)} : Exit{false, WEXITSTATUS(status)};
        else if (got < 0 && errno != EINTR)
            m_exit = Exit(); // somebody else waited for it
        else if (Clock::now() >= until)
            return std::nullopt;
        else
            std::this_thread::sleep_for(pause = std::min(pause * 2, std::chrono::microseconds(5000)));
    }
    listen();
    return m_exit;
}

/// False when the child does not take any more.
bool ChildProcess::send()
{
    while (!m_outgoing.empty()) {
        const std::string &frame = m_outgoing.front();
        const ssize_t put = ::send(m_in, frame.data() + m_sent, frame.size() - m_sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno == EAGAIN;
        m_sent += static_cast<std::size_t>(put);
        if (m_sent == frame.size()) {
            m_outgoing.pop_front();
            m_sent = 0;
        }
    }
    return true;
}

/// Reads once. False at the end of what the child will ever say.
bool ChildProcess::receive()
{
    const ssize_t got = ::read(m_out, m_inbox.space(kReadBytes), kReadBytes);
    if (got > 0)
        m_inbox.feed(static_cast<std::size_t>(got));
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

/// Reads at most a pipe's worth of what waits there: a child that writes faster than we read must not hold us.
void ChildProcess::listen()
{
    std::array<char, 16384> buffer;
    for (int round = 0; round < 4 && m_err >= 0; ++round) {
        const ssize_t got = ::read(m_err, buffer.data(), buffer.size());
        if (got <= 0)
            break;
        m_lastWords.append(buffer.data(), static_cast<std::size_t>(got));
        if (m_lastWords.size() > kLastWords)
            m_lastWords.erase(0, m_lastWords.size() - kLastWords);
    }
}

ChildProcess::Event ChildProcess::wait(Frame &frame, Clock::time_point until, const base::CancelToken *cancel)
{
    while (true) {
        if (const auto next = m_inbox.next()) {
            frame = *next;
            return Event::Frame;
        }
        if (m_inbox.broken())
            return Event::Broken;
        if (m_closed)
            return Event::Closed;
        // A child that does not take any more may still have said something: only its own end closes.
        if (!send())
            m_outgoing.clear();
        const auto now = Clock::now();
        if (now >= until || (cancel && cancel->cancelled()))
            return Event::Woken;
        auto left = std::chrono::ceil<milliseconds>(std::min<Clock::duration>(until - now, std::chrono::hours(1)));
        if (cancel)
            left = std::min(left, kPollStep);
        std::array<pollfd, 3> fds{pollfd{m_out, POLLIN, 0}, pollfd{m_err, POLLIN, 0},
                                  pollfd{m_outgoing.empty() ? -1 : m_in, POLLOUT, 0}};
        if (::poll(fds.data(), fds.size(), static_cast<int>(left.count())) <= 0)
            continue;
        if (fds[0].revents != 0 && !receive())
            m_closed = true;
        if ((fds[1].revents & POLLIN) != 0)
            listen();
        else if (fds[1].revents != 0)
            ::close(std::exchange(m_err, -1));
    }
}

bool ChildProcess::alive()
{
    listen();
    pollfd out{m_out, POLLIN, 0};
    // Nothing was asked, so whatever there is to read is the end, or no answer of ours.
    return !m_closed && !m_inbox.broken() && ::poll(&out, 1, 0) == 0;
}

} // namespace sqlgym::sandbox
