// Counts the memory of one run against its limit.
#pragma once

#include <cstddef>
#include <limits>

namespace sqlgym::base {

/// One per run, used by one thread. Bytes above the loaded data.
class MemoryAccount {
public:
    MemoryAccount() = default;
    explicit MemoryAccount(std::size_t limitBytes) : m_limit(limitBytes) {}

    /// False, and nothing charged, when the limit would be passed.
    [[nodiscard]] bool charge(std::size_t bytes)
    {
        if (bytes > m_limit - m_used)
            return false;
        m_used += bytes;
        m_peak = m_used > m_peak ? m_used : m_peak;
        return true;
    }
    void release(std::size_t bytes) { m_used -= bytes < m_used ? bytes : m_used; }
    std::size_t used() const { return m_used; }
    std::size_t peak() const { return m_peak; }
    std::size_t limit() const { return m_limit; }

private:
    std::size_t m_limit = std::numeric_limits<std::size_t>::max() / 2;
    std::size_t m_used = 0;
    std::size_t m_peak = 0;
};

} // namespace sqlgym::base
