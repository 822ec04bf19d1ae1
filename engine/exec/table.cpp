#include "exec/table.h"

#include "runtime/compare.h"

namespace sqlgym::exec {

bool KeyIndex::prepare(const sql::TableDefinition &definition, const std::vector<int> &columns)
{
    for (int column : columns) {
        const auto type = definition.columns[std::size_t(column)].type;
        m_parts.push_back({column, runtime::findCompare(type), runtime::findHash(type)});
        if (!m_parts.back().compare || !m_parts.back().hash)
            return false;
    }
    return true;
}

std::uint64_t KeyIndex::hash(const Datum *key) const
{
    std::uint64_t hash = 0x51ED270B;
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        hash = (hash ^ m_parts[i].hash(key[i])) * 0x9E3779B97F4A7C15ull + (hash >> 29);
    return hash ^ (hash >> 32);
}

void KeyIndex::link(std::uint32_t row)
{
    auto &head = m_heads[m_hashes[row] & (m_heads.size() - 1)];
    m_next[row] = head;
    head = row;
}

void KeyIndex::cover(const std::vector<const Datum *> &rows)
{
    std::vector<Datum> key(m_parts.size(), Datum::null());
    while (m_hashes.size() < rows.size()) {
        const Datum *row = rows[m_hashes.size()];
        bool null = false;
        for (std::size_t i = 0; i < m_parts.size(); ++i) {
            key[i] = row[m_parts[i].column];
            null = null || key[i].isNull;
        }
        m_hashes.push_back(null ? 0 : hash(key.data()));
        m_hasNull.push_back(null);
        m_next.push_back(kNone);
        if (m_heads.size() < m_hashes.size()) {
            m_heads.assign(m_heads.empty() ? 16 : m_heads.size() * 2, kNone);
            for (std::uint32_t i = 0; i < m_hashes.size(); ++i)
                if (!m_hasNull[i])
                    link(i);
        } else if (!null)
            link(std::uint32_t(m_hashes.size() - 1));
    }
}

std::uint32_t KeyIndex::seek(std::uint32_t row, std::uint64_t wanted, const Datum *key,
                             const std::vector<const Datum *> &rows) const
{
    for (; row != kNone; row = m_next[row]) {
        if (m_hashes[row] != wanted)
            continue;
        bool same = true;
        for (std::size_t i = 0; i < m_parts.size() && same; ++i)
            same = m_parts[i].compare(rows[row][m_parts[i].column], key[i]) == 0;
        if (same)
            return row;
    }
    return kNone;
}

std::uint32_t KeyIndex::find(const Datum *key, const std::vector<const Datum *> &rows) const
{
    if (m_heads.empty())
        return kNone;
    const std::uint64_t wanted = hash(key);
    return seek(m_heads[wanted & (m_heads.size() - 1)], wanted, key, rows);
}

std::uint32_t KeyIndex::next(std::uint32_t row, const std::vector<const Datum *> &rows) const
{
    std::vector<Datum> key;
    for (const Part &part : m_parts)
        key.push_back(rows[row][part.column]);
    return seek(m_next[row], m_hashes[row], key.data(), rows);
}

const KeyIndex *Table::index(const std::vector<int> &columns) const
{
    auto found = m_indexes.find(columns);
    if (found == m_indexes.end()) {
        KeyIndex index;
        if (!index.prepare(*definition, columns))
            return nullptr;
        found = m_indexes.emplace(columns, std::move(index)).first;
    }
    found->second.cover(rows);
    return &found->second;
}

} // namespace sqlgym::exec
