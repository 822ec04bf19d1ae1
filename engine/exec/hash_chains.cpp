#include "exec/hash_chains.h"

namespace sqlgym::exec {

bool HashChains::rehash(std::size_t buckets)
{
    if (!m_run.charge(buckets * sizeof(std::uint32_t)))
        return false;
    m_run.account.release(m_heads.capacity() * sizeof(std::uint32_t));
    std::vector<std::uint32_t>(buckets, kNone).swap(m_heads);
    m_mask = buckets - 1;
    return true;
}

bool HashChains::build()
{
    std::size_t buckets = 16;
    while (buckets < m_hashes.size())
        buckets *= 2;
    if (!m_run.charge((m_hashes.size() - m_next.capacity()) * sizeof(std::uint32_t)) || !rehash(buckets))
        return false;
    m_next.resize(m_hashes.size());
    // Backwards, so that chains run forwards.
    for (std::size_t i = m_hashes.size(); i-- > 0;) {
        auto &head = m_heads[mix(m_hashes[i]) & m_mask];
        m_next[i] = head;
        head = std::uint32_t(i);
    }
    return true;
}

bool HashChains::insert(std::uint64_t hash)
{
    if (m_heads.size() <= m_hashes.size()) {
        if (!rehash(m_heads.empty() ? 16 : m_heads.size() * 2))
            return false;
        for (std::size_t i = 0; i < m_hashes.size(); ++i) {
            auto &head = m_heads[mix(m_hashes[i]) & m_mask];
            m_next[i] = head;
            head = std::uint32_t(i);
        }
    }
    auto &head = m_heads[mix(hash) & m_mask];
    if (!append(m_hashes, hash, m_run) || !append(m_next, head, m_run))
        return false;
    head = std::uint32_t(m_hashes.size() - 1);
    return true;
}

void HashChains::clear()
{
    discard(m_hashes, m_run);
    discard(m_next, m_run);
    discard(m_heads, m_run);
    m_mask = 0;
}

} // namespace sqlgym::exec
