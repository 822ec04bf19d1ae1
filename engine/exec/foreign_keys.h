// Foreign keys: what must hold when a statement is over, and what it sets off.
#pragma once

#include "exec/table_writer.h"

#include <string>
#include <vector>

namespace sqlgym::exec {

class StatementChanges;

/// A row that a statement changed: `old` nullptr = inserted, `now` nullptr = deleted.
struct RowEvent {
    TableWriter *table;
    const Datum *old;
    const Datum *now;
};

/// Works through the events in order, row by row, as PostgreSQL's triggers do: first what refers to the row, then what
/// it refers to. Actions (CASCADE, SET NULL) add events at the end.
///
/// Source: PostgreSQL 15 manual, 5.4.5 Foreign Keys.
class ForeignKeys {
public:
    ForeignKeys(Execution &run, Database &database, StatementChanges &changes)
        : m_run(run), m_database(database), m_changes(changes)
    {
    }
    /// False: the run has been stopped.
    bool check(std::vector<RowEvent> &events);

private:
    bool checkReferring(const RowEvent &event, std::vector<RowEvent> &events);
    bool act(const RowEvent &event, const Table &other, const sql::ForeignKeyDefinition &key,
             std::vector<RowEvent> &events);
    bool changeRow(TableWriter &writer, const Datum *row, const sql::ForeignKeyDefinition &key, const Datum *referenced,
                   std::vector<RowEvent> &events);
    bool checkReferred(const RowEvent &event);

    Execution &m_run;
    Database &m_database;
    StatementChanges &m_changes;
};

/// Does any foreign key leave or reach `table`?
bool hasForeignKeys(const Database &database, const sql::TableDefinition &table);

} // namespace sqlgym::exec
