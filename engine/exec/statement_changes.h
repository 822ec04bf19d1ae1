// All that one statement changes, over its parts.
#pragma once

#include "exec/foreign_keys.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sqlgym::exec {

class CteRows;

/// The parts of a statement (data-modifying WITH) read the tables as they were before it and share one writer per
/// table.
class StatementChanges {
public:
    StatementChanges(Execution &run, Database &database) : m_run(run), m_database(database) {}

    /// Before the statement runs: one of its parts.
    void expect(const sql::Change &change);
    /// Before the statement runs: a part in WITH, which is run to its end even if nothing reads it.
    void expect(CteRows &rows) { m_parts.push_back(&rows); }
    bool any() const { return m_expected; }

    Database &database() { return m_database; }
    TableWriter &writer(const sql::TableDefinition &definition);
    /// What foreign keys have to know.
    void record(const RowEvent &event);

    /// When the statement's own rows have been read: the rest of its parts.
    void finishParts();
    /// Then keys and foreign keys. False: the run has been stopped.
    bool finish();

private:
    struct Entry {
        std::unique_ptr<TableWriter> writer;
        bool watched; ///< foreign keys leave or reach the table
    };
    Entry &entry(const sql::TableDefinition &definition);

    Execution &m_run;
    Database &m_database;
    std::map<std::string, Entry, std::less<>> m_writers;
    std::vector<CteRows *> m_parts;
    std::vector<RowEvent> m_events;
    bool m_expected = false;
};

} // namespace sqlgym::exec
