#include "exec/modify.h"

#include "runtime/compare.h"

#include <algorithm>

namespace sqlgym::exec {

Modification::Modification(Execution &run, Database &database, const sql::ModifyStatement &statement)
    : m_run(run), m_database(database), m_statement(statement), m_definition(*statement.table), m_scratch(run),
      m_expressions(run, m_scratch), m_tests(run, m_definition, statement.checks, m_expressions),
      m_memory(std::make_shared<RowMemory>(run.account))
{
    for (const auto &[column, expr] : statement.generated)
        m_generated.emplace_back(column, m_expressions.compile(expr));
}

bool Modification::add(const Datum *source)
{
    const auto *old = reinterpret_cast<const Datum *>(source[0].int64);
    if (m_newRows.count(old)) {
        // PostgreSQL changes a row once: with the first match it meets.
        if (m_statement.isDelete)
            return m_run.proceed();
        m_run.stop.decline("UPDATE with several matches for one row");
        return false;
    }
    if (!m_run.charge(sizeof(void *) * 6))
        return false;
    const Datum *changed = nullptr;
    if (!m_statement.isDelete) {
        std::vector<Datum> row(old, old + m_definition.columns.size());
        for (std::size_t i = 0; i < m_statement.columns.size(); ++i)
            row[std::size_t(m_statement.columns[i])] = source[i + 1];
        m_scratch.arena.reset();
        m_expressions.standOn(row.data());
        for (const auto &[column, operand] : m_generated)
            row[std::size_t(column)] = operand.get();
        if (m_run.stopped() || !m_tests.pass(row.data()))
            return false;
        changed = copyRow(row.data(), row.size(), m_memory->arena());
        if (!changed || m_memory->full()) {
            m_run.stop.stop(base::StopReason::MemoryLimit);
            return false;
        }
    }
    m_newRows.emplace(old, changed);
    return m_run.proceed();
}

namespace {

/// The values of a key; empty when one is NULL.
std::vector<Datum> keyOf(const std::vector<int> &columns, const Datum *row)
{
    std::vector<Datum> values;
    for (int column : columns) {
        if (row[column].isNull)
            return {};
        values.push_back(row[column]);
    }
    return values;
}

bool sameKey(const sql::TableDefinition &definition, const std::vector<int> &columns, const Datum *a, const Datum *b)
{
    return std::all_of(columns.begin(), columns.end(), [&](int column) {
        if (a[column].isNull || b[column].isNull)
            return a[column].isNull == b[column].isNull;
        const auto compare = runtime::findCompare(definition.columns[std::size_t(column)].type);
        return compare && compare(a[column], b[column]) == 0;
    });
}

} // namespace

bool Modification::checkKeys()
{
    const auto before = m_database.table(m_definition.name);
    for (const auto &key : m_definition.keys) {
        std::vector<const Datum *> moved;
        for (const auto &[old, changed] : m_changes) {
            if (changed && !sameKey(m_definition, key.columns, old, changed))
                moved.push_back(changed);
        }
        if (moved.empty())
            continue;
        const KeyIndex *index = before->index(key.columns);
        KeyIndex among;
        if (!index || !among.prepare(m_definition, key.columns)) {
            m_run.stop.decline("unique constraints on such a type");
            return false;
        }
        std::vector<const Datum *> seen;
        for (const Datum *row : moved) {
            const auto values = keyOf(key.columns, row);
            const auto fail = [&] {
                m_run.cx.fail("23505", "duplicate key value violates unique constraint \"" + key.name + "\"",
                              "Key " + describeKey(m_definition, key.columns, row) + " already exists.");
                return false;
            };
            if (!values.empty()) {
                const auto at = index->find(values.data(), before->rows);
                if (at != KeyIndex::kNone) {
                    if (m_newRows.count(before->rows[at])) {
                        m_run.stop.decline("an UPDATE that moves keys onto each other");
                        return false;
                    }
                    return fail();
                }
                among.cover(seen);
                if (among.find(values.data(), seen) != KeyIndex::kNone)
                    return fail();
            }
            seen.push_back(row);
            if (!m_run.proceed())
                return false;
        }
    }
    return true;
}

/// Rows of `other` that refer to a key which is gone now.
bool Modification::checkReference(const Table &other, const sql::ForeignKeyDefinition &key)
{
    std::vector<const Datum *> gone;
    for (const auto &[old, changed] : m_changes) {
        if (!keyOf(key.referenced, old).empty() && (!changed || !sameKey(m_definition, key.referenced, old, changed)))
            gone.push_back(old);
    }
    if (gone.empty())
        return true;
    KeyIndex index;
    if (!index.prepare(m_definition, key.referenced)) {
        m_run.stop.decline("this foreign key");
        return false;
    }
    index.cover(gone);
    const auto now = m_database.table(m_definition.name);
    for (const Datum *row : other.rows) {
        const auto values = keyOf(key.columns, row);
        if (values.empty())
            continue;
        const auto at = index.find(values.data(), gone);
        if (at == KeyIndex::kNone)
            continue;
        const KeyIndex *current = now->index(key.referenced);
        if (current && current->find(values.data(), now->rows) != KeyIndex::kNone)
            continue;
        const char action = m_statement.isDelete ? key.deleteAction : key.updateAction;
        if (action != 'a' && action != 'r') {
            m_run.stop.decline("foreign keys that cascade");
            return false;
        }
        m_run.cx.fail("23503",
                      "update or delete on table \"" + m_definition.name + "\" violates foreign key constraint \"" +
                          key.name + "\" on table \"" + other.definition->name + "\"",
                      "Key " + describeKey(m_definition, key.referenced, gone[at]) +
                          " is still referenced from table \"" + other.definition->name + "\".");
        return false;
    }
    return true;
}

bool Modification::checkReferences()
{
    for (const auto &key : m_definition.foreignKeys) {
        for (const auto &[old, changed] : m_changes) {
            if (changed && !sameKey(m_definition, key.columns, old, changed) &&
                !checkForeignKey(m_run, m_database, m_definition, key, changed))
                return false;
        }
    }
    for (const auto &[name, table] : m_database.tables()) {
        for (const auto &key : table->definition->foreignKeys) {
            if (key.table == m_definition.name && !checkReference(*table, key))
                return false;
        }
    }
    return true;
}

std::uint64_t Modification::finish()
{
    const auto before = m_database.table(m_definition.name);
    for (const Datum *row : before->rows) {
        if (const auto found = m_newRows.find(row); found != m_newRows.end())
            m_changes.emplace_back(row, found->second);
    }
    if (m_changes.empty() || m_run.stopped() || !checkKeys())
        return 0;
    auto after = std::make_shared<Table>();
    after->definition = before->definition;
    after->memory = before->memory;
    after->memory.push_back(m_memory);
    after->sequences = before->sequences;
    if (!m_run.charge(before->rows.size() * sizeof(void *)))
        return 0;
    for (const Datum *row : before->rows) {
        if (!m_newRows.count(row))
            after->rows.push_back(row);
    }
    // A changed row is a new one, behind the others, as in PostgreSQL's heap.
    for (const auto &[old, changed] : m_changes) {
        if (changed)
            after->rows.push_back(changed);
    }
    m_database.add(std::move(after));
    return checkReferences() ? m_changes.size() : 0;
}

} // namespace sqlgym::exec
