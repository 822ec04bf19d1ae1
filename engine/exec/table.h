// A table's rows in memory.
#pragma once

#include "base/memory_account.h"
#include "base/stop.h"
#include "sql/schema.h"
#include "value/arena.h"
#include "value/datum.h"

#include <cstdint>
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

/// One version of a table. A version that is shared is never changed: writers copy the row pointers first.
struct Table {
    std::shared_ptr<const sql::TableDefinition> definition;
    std::vector<const Datum *> rows; ///< definition->columns.size() values each
    std::vector<std::shared_ptr<RowMemory>> memory;
    std::vector<std::int64_t> sequences; ///< per column: the last value of its serial or identity, 0 = none yet
};

} // namespace sqlgym::exec
