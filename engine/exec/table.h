// A table's rows in memory.
#pragma once

#include "base/memory_account.h"
#include "base/stop.h"
#include "sql/schema.h"
#include "value/arena.h"
#include "value/datum.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace sqlgym::exec {

using value::Datum;

/// Where rows live. Shared by all versions of a table that hold rows of it; never changed once they do.
class RowMemory {
public:
    /// Charged to `account`, which must outlive the table.
    explicit RowMemory(base::MemoryAccount &account) : m_arena(account, m_stop) {}
    value::Arena &arena() { return m_arena; }
    bool full() const { return m_stop.raised(); }

private:
    base::Stop m_stop;
    value::Arena m_arena;
};

/// Finds rows by the values of some columns. Knows the first covered() rows of its table; grows with it.
class KeyIndex {
public:
    static constexpr std::uint32_t kNone = 0xffffffffu;

    /// False when a column's type has no hash here.
    bool prepare(const sql::TableDefinition &definition, const std::vector<int> &columns);
    void cover(const std::vector<const Datum *> &rows);
    /// A row whose key equals `key` (one value per column, none NULL); kNone: there is none.
    std::uint32_t find(const Datum *key, const std::vector<const Datum *> &rows) const;
    /// The next row with the key of `row`, which find() or next() gave; kNone: that was the last.
    std::uint32_t next(std::uint32_t row, const std::vector<const Datum *> &rows) const;
    std::size_t covered() const { return m_hashes.size(); }

private:
    std::uint64_t hash(const Datum *key) const;
    void link(std::uint32_t row);
    std::uint32_t seek(std::uint32_t row, std::uint64_t wanted, const Datum *key,
                       const std::vector<const Datum *> &rows) const;

    struct Part {
        int column;
        int (*compare)(const Datum &, const Datum &);
        std::uint64_t (*hash)(const Datum &);
    };
    std::vector<Part> m_parts;
    std::vector<std::uint64_t> m_hashes;
    std::vector<bool> m_hasNull;
    std::vector<std::uint32_t> m_next;
    std::vector<std::uint32_t> m_heads;
};

/// One version of a table. A version that is shared is never changed: writers copy the row pointers first.
struct Table {
    std::shared_ptr<const sql::TableDefinition> definition;
    std::vector<const Datum *> rows; ///< definition->columns.size() values each
    std::vector<std::shared_ptr<RowMemory>> memory;

    bool reordered = false; ///< rows were changed or taken away: PostgreSQL's order of them is no longer certain

    /// nullptr when a column's type cannot be looked up. Made when first asked for; not thread-safe.
    const KeyIndex *index(const std::vector<int> &columns) const;
    /// To be called when rows have gone.
    void forgetIndexes() { m_indexes.clear(); }
    Table() = default;
    Table(const Table &other)
        : definition(other.definition), rows(other.rows), memory(other.memory), reordered(other.reordered)
    {
    }
    Table &operator=(const Table &) = delete;

private:
    mutable std::map<std::vector<int>, KeyIndex> m_indexes;
};

} // namespace sqlgym::exec
