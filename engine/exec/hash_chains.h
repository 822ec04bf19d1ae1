// Finds rows by the hash of their key.
#pragma once

#include "exec/execution.h"

#include <cstdint>
#include <vector>

namespace sqlgym::exec {

/// Entries are numbered from 0 in the order they are added; equal hashes are found in that order once built, or with
/// insert() in the reverse one.
class HashChains {
public:
    static constexpr std::uint32_t kNone = 0xffffffffu;

    explicit HashChains(Execution &run) : m_run(run) {}
    ~HashChains() { clear(); }
    HashChains(const HashChains &) = delete;
    HashChains &operator=(const HashChains &) = delete;

    /// False over the memory limit. To be followed by build().
    bool add(std::uint64_t hash) { return append(m_hashes, hash, m_run); }
    bool build();
    /// Adds to a table in use.
    bool insert(std::uint64_t hash);

    std::uint32_t first(std::uint64_t hash) const
    {
        if (m_heads.empty())
            return kNone;
        return match(m_heads[mix(hash) & m_mask], hash);
    }
    std::uint32_t next(std::uint32_t entry, std::uint64_t hash) const { return match(m_next[entry], hash); }
    std::size_t size() const { return m_hashes.size(); }
    void clear();

private:
    static std::uint64_t mix(std::uint64_t hash)
    {
        hash *= 0x9E3779B97F4A7C15ull;
        return hash ^ (hash >> 32);
    }
    std::uint32_t match(std::uint32_t entry, std::uint64_t hash) const
    {
        while (entry != kNone && m_hashes[entry] != hash)
            entry = m_next[entry];
        return entry;
    }
    bool rehash(std::size_t buckets);

    Execution &m_run;
    std::vector<std::uint64_t> m_hashes;
    std::vector<std::uint32_t> m_next;
    std::vector<std::uint32_t> m_heads;
    std::uint64_t m_mask = 0;
};

inline std::uint64_t combineHash(std::uint64_t seed, std::uint64_t hash)
{
    return (seed ^ hash) * 0x9E3779B97F4A7C15ull + (seed >> 29);
}

} // namespace sqlgym::exec
