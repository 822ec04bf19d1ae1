// Bump allocation for the values of a run, charged to its memory account.
#pragma once

#include "base/memory_account.h"
#include "base/stop.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <vector>

namespace sqlgym::value {

/// Memory that is freed all at once. Not thread-safe. Nothing allocated here is destroyed: trivial types only.
///
/// Over the account's limit the stop slot gets MemoryLimit. A request of at most kAlwaysServed bytes is served even
/// then (the run ends at the next poll), a larger one returns nullptr: whoever asks for more must check.
class Arena {
public:
    static constexpr std::size_t kAlwaysServed = 64 * 1024;

    Arena(base::MemoryAccount &account, base::Stop &stop) : m_account(&account), m_stop(&stop) {}
    ~Arena() { release(); }
    Arena(const Arena &) = delete;
    Arena &operator=(const Arena &) = delete;

    void *allocate(std::size_t bytes)
    {
        const std::size_t rounded = (bytes + 7) & ~std::size_t{7};
        if (rounded > m_left)
            return grow(rounded);
        void *at = m_next;
        m_next += rounded;
        m_left -= rounded;
        return at;
    }
    template <typename T> T *allocateArray(std::size_t count)
    {
        static_assert(std::is_trivially_destructible_v<T>);
        return static_cast<T *>(allocate(count * sizeof(T)));
    }
    /// A copy of `text`, or nullptr over the limit.
    char *copy(std::string_view text)
    {
        auto *at = static_cast<char *>(allocate(text.size()));
        if (at && !text.empty())
            std::memcpy(at, text.data(), text.size());
        return at;
    }
    /// Forgets all values; keeps the first chunk for the next round (cheap: called once a row).
    void reset();
    std::size_t bytes() const { return m_total; }

private:
    struct Chunk {
        std::unique_ptr<char[]> memory;
        std::size_t size;
    };
    void *grow(std::size_t bytes);
    void release();

    base::MemoryAccount *m_account;
    base::Stop *m_stop;
    std::vector<Chunk> m_chunks;
    /// Where empty allocations point before the first chunk: never nullptr, which means the limit.
    alignas(8) inline static char s_nothing[8] = {};
    char *m_next = s_nothing;
    std::size_t m_left = 0;
    std::size_t m_total = 0;
};

} // namespace sqlgym::value
