// Looks at the GUI thread from beside it, and says where it is when it stays away too long.
#pragma once

#include <QtCore/QByteArray>

#include <atomic>
#include <cstdint>
#include <pthread.h>
#include <thread>

namespace sqlgym::shell {

/// For people who look for stalls. Belongs to the thread it watches; one at a time (it takes SIGUSR2, whose handler
/// writes the stack). Wall time: a thread that waits for a lock or a disk is away as well.
class StallWatchdog {
public:
    explicit StallWatchdog(int limitMs);
    ~StallWatchdog();
    StallWatchdog(const StallWatchdog &) = delete;
    StallWatchdog &operator=(const StallWatchdog &) = delete;

    void begin();
    /// True when the event was reported as a stall.
    bool end();
    /// What the stack was about.
    void report(const QByteArray &what, double cpuMs) const;

private:
    void look();

    const std::int64_t m_limitNs;
    const pthread_t m_watched;
    std::atomic<std::int64_t> m_since{0}; ///< when the present event began; 0: there is none
    std::atomic<std::int64_t> m_told{0};  ///< the beginning of the event that was reported last
    std::int64_t m_lastedNs = 0;
    std::atomic<bool> m_stop{false};
    std::thread m_thread;
};

} // namespace sqlgym::shell
