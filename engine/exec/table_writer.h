// The rows that one statement puts into a table and takes out of it.
#pragma once

#include "exec/database.h"
#include "exec/execution.h"
#include "sql/change.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace sqlgym::exec {

/// Rows taken away stay in the table, marked, until the statement is over: whoever reads an older version sees them,
/// and keys know that they are free.
///
/// What depends on the order in which PostgreSQL meets the rows is declined: a key that one row leaves and another
/// takes, unless the order is known (UPDATE of a whole table that was never changed before, in the order of its rows).
class TableWriter {
public:
    TableWriter(Execution &run, Database &database, const sql::TableDefinition &definition)
        : m_run(run), m_database(database), m_definition(definition)
    {
    }
    TableWriter(const TableWriter &) = delete;
    TableWriter &operator=(const TableWriter &) = delete;

    /// One of the statement's parts will change the table.
    void expect(const sql::Change &change) { m_changes.push_back(&change); }

    /// Stores a copy of `row`, which took the place of `old` if that is given. nullptr: the run has been stopped.
    const Datum *add(const Datum *row, const sql::Change *by, const Datum *old = nullptr);
    void remove(const Datum *row, const sql::Change *by);
    bool isGone(const Datum *row) const { return m_gone.count(row) != 0; }
    /// Who took a row away that isGone(); nullptr: a foreign key's action.
    const sql::Change *takenBy(const Datum *row) const { return m_gone.at(row).by; }
    /// What add() put in its place; nullptr: nothing.
    const Datum *replacement(const Datum *row) const { return m_gone.at(row).now; }

    /// The row that has the values of `row` in `columns`, or a NULL is among them or there is none: nullptr.
    /// Stops the run when that may depend on the order of changes.
    const Datum *holder(const std::vector<int> &columns, const Datum *row, const sql::Change *by);
    /// All rows with `key` in `columns`.
    std::vector<const Datum *> holders(const std::vector<int> &columns, const std::vector<Datum> &key);
    /// Did this statement add the row that holder() gave last?
    bool lastHolderIsNew() const { return m_lastHolder >= m_before; }

    const Sequence *sequence(std::size_t column) { return m_database.sequence(m_definition.columns[column].sequence); }
    const sql::TableDefinition &definition() const { return m_definition; }
    /// A key was found taken by a row that may go before the statement is over.
    bool isUnsure() const { return m_unsure.has_value(); }

    /// When all rows are in: decides what was unsure.
    void settle();
    /// When all has been checked: drops the rows that went.
    void compact();

private:
    struct Fate {
        const sql::Change *by;
        const Datum *now;
    };
    struct Unsure {
        base::Diagnostic diagnostic;
        const Datum *holder;
    };
    Table *edit();
    const Table &now() const { return m_table ? *m_table : *m_database.table(m_definition.name); }
    bool checkKeys(const Datum *row, const sql::Change *by, const Datum *old);
    bool orderIsKnown(const sql::Change *by);

    Execution &m_run;
    Database &m_database;
    const sql::TableDefinition &m_definition;
    std::vector<const sql::Change *> m_changes;
    Table *m_table = nullptr;
    std::size_t m_before = std::size_t(-1); ///< rows before the first was added
    std::uint32_t m_lastHolder = 0;
    std::unordered_map<const Datum *, Fate> m_gone;
    std::optional<Unsure> m_unsure;
};

/// The values of a key; empty when one is NULL.
std::vector<Datum> keyValues(const std::vector<int> &columns, const Datum *row);
bool sameKey(const sql::TableDefinition &definition, const std::vector<int> &columns, const Datum *a, const Datum *b);

} // namespace sqlgym::exec
