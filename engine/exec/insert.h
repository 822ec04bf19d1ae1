// INSERT: defaults, constraints, and the rows that stay when all hold.
#pragma once

#include "exec/compiler.h"
#include "exec/database.h"
#include "exec/scope.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sqlgym::exec {

/// Takes rows one by one, checking NOT NULL, CHECK and keys as PostgreSQL orders them, foreign keys at the end.
/// Rows of a statement that fails stay behind: its error ends the script and the database with it.
class Insertion {
public:
    Insertion(Execution &run, Database &database, const sql::InsertStatement &statement);

    /// One value per column of the statement; nullptr: DEFAULT VALUES. False when the run has been stopped.
    bool add(const Datum *source);
    /// Checks foreign keys.
    void finish();

private:
    void fillDefaults(Datum *row);
    bool nextValue(std::size_t column, Datum &value);
    bool checkRow(const Datum *row);
    bool checkKeys(const Datum *row);
    bool checkForeignKey(const sql::ForeignKeyDefinition &key, const Datum *row);
    std::string describeRow(const Datum *row) const;
    std::string describeKey(const std::vector<int> &columns, const Datum *row) const;

    Execution &m_run;
    Database &m_database;
    const sql::InsertStatement &m_statement;
    const sql::TableDefinition &m_definition;
    Table *m_table = nullptr;
    std::vector<std::size_t> m_numbered; ///< serial and identity columns that get their next number
    std::size_t m_before = 0;
    Code m_code;
    Scratch m_scratch;
    std::unique_ptr<Scope> m_scope;
    std::vector<std::pair<int, Operand>> m_defaults;
    std::vector<std::pair<const sql::CheckDefinition *, Operand>> m_checks;
    std::vector<Datum> m_row;
};

} // namespace sqlgym::exec
