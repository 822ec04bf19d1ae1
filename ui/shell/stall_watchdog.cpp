#include "shell/stall_watchdog.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <execinfo.h>
#include <unistd.h>

namespace sqlgym::shell {

namespace {

constexpr int kSignal = SIGUSR2;
constexpr int kDeepest = 64;
constexpr std::int64_t kMillion = 1'000'000;

std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Nothing here allocates: backtrace() has been called once before.
extern "C" void writeStack(int)
{
    static constexpr char kHead[] = "sqlgym: the window does not answer; it is here:\n";
    void *frames[kDeepest];
    const int count = ::backtrace(frames, kDeepest);
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kHead, sizeof kHead - 1);
    ::backtrace_symbols_fd(frames, count, STDERR_FILENO);
}

} // namespace

StallWatchdog::StallWatchdog(int limitMs)
    : m_limitNs(std::int64_t{std::max(1, limitMs)} * kMillion), m_watched(::pthread_self())
{
    void *frame[1];
    ::backtrace(frame, 1); // loads what it needs now, not in the handler
    struct sigaction action {};
    action.sa_handler = writeStack;
    action.sa_flags = SA_RESTART;
    ::sigaction(kSignal, &action, nullptr);
    m_thread = std::thread([this] { look(); });
}

StallWatchdog::~StallWatchdog()
{
    m_stop = true;
    m_thread.join();
}

void StallWatchdog::begin() { m_since = nowNs(); }

bool StallWatchdog::end()
{
    const std::int64_t since = m_since.exchange(0);
    m_lastedNs = nowNs() - since;
    return m_told == since;
}

void StallWatchdog::report(const QByteArray &what, double cpuMs) const
{
    std::fprintf(stderr, "sqlgym: that was %.0f ms (%.0f ms of the processor) in %s\n",
                 static_cast<double>(m_lastedNs) / kMillion, cpuMs, what.constData());
}

void StallWatchdog::look()
{
    const auto pause = std::chrono::nanoseconds(std::max(m_limitNs / 4, kMillion));
    while (!m_stop) {
        std::this_thread::sleep_for(pause);
        const std::int64_t since = m_since;
        if (since == 0 || since == m_told || nowNs() - since < m_limitNs)
            continue;
        m_told = since;
        ::pthread_kill(m_watched, kSignal);
    }
}

} // namespace sqlgym::shell
