// UPDATE and DELETE: the rows that go, the rows that come in their place, and what must hold afterwards.
#pragma once

#include "exec/row_writer.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace sqlgym::exec {

/// Collects changes while the source runs (which must not see them), then applies them at once.
///
/// What depends on the order in which PostgreSQL meets the rows is declined: a key moving onto another changed row's
/// old key, several source rows for one target row.
class Modification {
public:
    Modification(Execution &run, Database &database, const sql::ModifyStatement &statement);

    /// A source row: the identity, then the new values. False when the run has been stopped.
    bool add(const Datum *source);
    /// Checks and changes the table. The number of rows changed.
    std::uint64_t finish();
    /// Old row -> new row (nullptr: deleted), in the order of the table; after finish().
    const std::vector<std::pair<const Datum *, const Datum *>> &changes() const { return m_changes; }

private:
    bool checkKeys();
    bool checkReferences();
    bool checkReference(const Table &other, const sql::ForeignKeyDefinition &key);

    Execution &m_run;
    Database &m_database;
    const sql::ModifyStatement &m_statement;
    const sql::TableDefinition &m_definition;
    Scratch m_scratch;
    RowExpressions m_expressions;
    RowTests m_tests;
    std::vector<std::pair<int, Operand>> m_generated;
    std::shared_ptr<RowMemory> m_memory;
    std::unordered_map<const Datum *, const Datum *> m_newRows;
    std::vector<std::pair<const Datum *, const Datum *>> m_changes;
};

} // namespace sqlgym::exec
