#include "exec/table_writer.h"

#include "exec/row_writer.h"
#include "runtime/compare.h"

#include <algorithm>

namespace sqlgym::exec {

using sql::Change;
using sql::ChangeKind;

std::vector<Datum> keyValues(const std::vector<int> &columns, const Datum *row)
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

Table *TableWriter::edit()
{
    if (m_table)
        return m_table;
    m_table = m_database.edit(m_definition.name);
    m_before = m_table->rows.size();
    if (m_table->memory.empty() || m_table->memory.back().use_count() > 1)
        m_table->memory.push_back(std::make_shared<RowMemory>(m_run.account));
    return m_table;
}

/// Only one part changes the table, and it meets the rows as PostgreSQL does.
bool TableWriter::orderIsKnown(const Change *by)
{
    if (m_changes.size() != 1 || m_changes.front() != by)
        return false;
    if (by->kind == ChangeKind::Insert)
        return !by->conflict || !by->conflict->update;
    return by->kind == ChangeKind::Update && by->source->from.size() == 1 && !by->source->where && !now().reordered;
}

const Datum *TableWriter::holder(const std::vector<int> &columns, const Datum *row, const Change *by)
{
    const auto values = keyValues(columns, row);
    if (values.empty())
        return nullptr;
    const Table &table = now();
    const KeyIndex *index = table.index(columns);
    if (!index) {
        m_run.stop.decline("unique constraints on such a type");
        return nullptr;
    }
    bool freed = false;
    for (auto at = index->find(values.data(), table.rows); at != KeyIndex::kNone; at = index->next(at, table.rows)) {
        if (!isGone(table.rows[at])) {
            m_lastHolder = at;
            return table.rows[at];
        }
        freed = true;
    }
    // Whether the key was free when PostgreSQL looked is a matter of order.
    if (freed && !orderIsKnown(by))
        m_run.stop.decline("keys that move from row to row within a statement");
    return nullptr;
}

std::vector<const Datum *> TableWriter::holders(const std::vector<int> &columns, const std::vector<Datum> &key)
{
    std::vector<const Datum *> found;
    const Table &table = now();
    const KeyIndex *index = table.index(columns);
    if (!index) {
        m_run.stop.decline("foreign keys of such a type");
        return found;
    }
    for (auto at = index->find(key.data(), table.rows); at != KeyIndex::kNone; at = index->next(at, table.rows))
        if (!isGone(table.rows[at]))
            found.push_back(table.rows[at]);
    // The index is last in, first out.
    std::reverse(found.begin(), found.end());
    return found;
}

bool TableWriter::checkKeys(const Datum *row, const Change *by, const Datum *old)
{
    for (const auto &key : m_definition.keys) {
        if (old && sameKey(m_definition, key.columns, old, row))
            continue;
        const Datum *found = holder(key.columns, row, by);
        if (m_run.stopped())
            return false;
        if (!found)
            continue;
        if (key.deferrable) {
            m_run.stop.decline("a deferrable key");
            return false;
        }
        base::Diagnostic taken{"23505",
                               "duplicate key value violates unique constraint \"" + key.name + "\"",
                               "Key " + describeKey(m_definition, key.columns, row) + " already exists.",
                               {},
                               0};
        const bool mayGo = !orderIsKnown(by) && std::any_of(m_changes.begin(), m_changes.end(), [](const Change *c) {
            return c->kind != ChangeKind::Insert || (c->conflict && c->conflict->update);
        });
        if (!mayGo || (by && by->kind == ChangeKind::Insert && m_changes.size() == 1)) {
            m_run.cx.fail(taken.sqlstate, std::move(taken.message), std::move(taken.detail));
            return false;
        }
        if (!m_unsure)
            m_unsure = Unsure{std::move(taken), found};
    }
    return true;
}

const Datum *TableWriter::add(const Datum *row, const Change *by, const Datum *old)
{
    Table *table = edit();
    if (old && !m_run.charge(sizeof(void *) * 6))
        return nullptr;
    if (old)
        m_gone[old] = {by, nullptr};
    if (!checkKeys(row, by, old))
        return nullptr;
    auto &memory = *table->memory.back();
    const Datum *copy = copyRow(row, m_definition.columns.size(), memory.arena());
    if (!copy || memory.full() || !m_run.charge(sizeof(copy))) {
        m_run.stop.stop(base::StopReason::MemoryLimit);
        return nullptr;
    }
    if (old)
        m_gone[old].now = copy;
    table->rows.push_back(copy);
    return copy;
}

void TableWriter::remove(const Datum *row, const Change *by)
{
    edit();
    if (m_run.charge(sizeof(void *) * 6))
        m_gone[row] = {by, nullptr};
}

void TableWriter::settle()
{
    if (!m_unsure || m_run.stopped())
        return;
    if (isGone(m_unsure->holder))
        m_run.stop.decline("keys that move from row to row within a statement");
    else
        m_run.cx.fail(m_unsure->diagnostic.sqlstate, m_unsure->diagnostic.message, m_unsure->diagnostic.detail);
}

void TableWriter::compact()
{
    if (!m_table || m_gone.empty())
        return;
    std::erase_if(m_table->rows, [this](const Datum *row) { return isGone(row); });
    m_table->forgetIndexes();
    m_table->reordered = true;
    m_run.account.release(m_gone.size() * sizeof(void *) * 6);
}

} // namespace sqlgym::exec
