#include "value/arena.h"

#include <algorithm>

namespace sqlgym::value {

void *Arena::grow(std::size_t bytes)
{
    const std::size_t last = m_chunks.empty() ? 512 : m_chunks.back().size;
    const std::size_t size = std::max(bytes, std::min<std::size_t>(last * 2, 1 << 20));
    if (!m_account->charge(size)) {
        m_stop->stop(base::StopReason::MemoryLimit);
        if (bytes > kAlwaysServed)
            return nullptr;
        // Served off the account, so that no caller meets a null pointer; the run ends at its next poll.
        auto memory = std::make_unique_for_overwrite<char[]>(bytes);
        char *at = memory.get();
        m_chunks.insert(m_chunks.begin(), Chunk{std::move(memory), 0});
        return at;
    }
    m_chunks.push_back(Chunk{std::make_unique_for_overwrite<char[]>(size), size});
    m_total += size;
    char *at = m_chunks.back().memory.get();
    m_next = at + bytes;
    m_left = size - bytes;
    return at;
}

void Arena::reset()
{
    if (m_chunks.empty())
        return;
    if (m_chunks.size() > 1) {
        // Keep the largest regular chunk only.
        auto keep = std::max_element(m_chunks.begin(), m_chunks.end(),
                                     [](const Chunk &a, const Chunk &b) { return a.size < b.size; });
        Chunk kept = std::move(*keep);
        m_account->release(m_total - kept.size);
        m_chunks.clear();
        m_total = kept.size;
        m_chunks.push_back(std::move(kept));
    }
    m_next = m_chunks.front().memory.get();
    m_left = m_chunks.front().size;
}

void Arena::release()
{
    m_account->release(m_total);
    m_chunks.clear();
    m_total = m_left = 0;
    m_next = s_nothing;
}

} // namespace sqlgym::value
