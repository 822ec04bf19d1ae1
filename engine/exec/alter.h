// ALTER TABLE: a table becomes another one.
#pragma once

#include "exec/database.h"
#include "exec/execution.h"
#include "exec/row_writer.h"
#include "sql/definition_statements.h"

#include <string>

namespace sqlgym::exec {

/// One ALTER TABLE. What goes wrong is in the run's stop slot; the database is then of no further use.
class TableAlteration {
public:
    TableAlteration(Execution &run, Database &database, const sql::AlterTableStatement &alter)
        : m_run(run), m_database(database), m_alter(alter)
    {
    }
    /// The command tag.
    std::string run();

private:
    bool drop();
    bool checkRetyped();
    bool fillConstants();
    bool fillRows(const Table &old, Table &table);
    bool checkKeys(const Table &table);
    bool checkRows(const Table &table);
    bool checkForeignKeys(const Table &table);
    bool checkForeignKey(const Table &table, const sql::ForeignKeyDefinition &key);
    bool isNew(const std::string &constraint) const;
    void followColumns();
    void followName();
    void moveSequences();

    Execution &m_run;
    Database &m_database;
    const sql::AlterTableStatement &m_alter;
    std::vector<std::optional<Datum>> m_constants; ///< parallel to the new columns: defaults that are the same for all
};

/// Fails when two rows of a table that is to get a unique index are the same in its columns.
void checkUnique(Execution &run, const Table &table, const sql::KeyDefinition &key);

} // namespace sqlgym::exec
