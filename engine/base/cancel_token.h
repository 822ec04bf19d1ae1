// Asks running work to stop: polled by every operator and every long loop.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace sqlgym::base {

/// Thread-safe. cancel() may be called from any thread; the worker polls expired() or cancelled().
class CancelToken {
public:
    using Clock = std::chrono::steady_clock;

    CancelToken() = default;
    /// timeoutMs counts from now; 0 or less = no deadline.
    explicit CancelToken(std::int64_t timeoutMs)
        : m_deadline(timeoutMs > 0 ? Clock::now() + std::chrono::milliseconds(timeoutMs) : Clock::time_point::max())
    {
    }

    void cancel() { m_cancelled.store(true, std::memory_order_relaxed); }
    /// Brings the deadline forward to timeoutMs from now. For the worker, before it starts.
    void limitTo(std::int64_t timeoutMs)
    {
        if (timeoutMs <= 0)
            return;
        const auto at = Clock::now() + std::chrono::milliseconds(timeoutMs);
        m_deadline = at < m_deadline ? at : m_deadline;
    }
    bool cancelled() const { return m_cancelled.load(std::memory_order_relaxed); }
    /// Past the deadline. Reads the clock: poll every few hundred rows, not at each.
    bool expired() const { return m_deadline != Clock::time_point::max() && Clock::now() >= m_deadline; }
    Clock::time_point deadline() const { return m_deadline; }

private:
    std::atomic<bool> m_cancelled{false};
    Clock::time_point m_deadline = Clock::time_point::max();
};

} // namespace sqlgym::base
