// INSERT: defaults, constraints, and the rows that stay when all hold.
#pragma once

#include "exec/row_writer.h"

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
    /// The rows that were added, in order.
    std::vector<const Datum *> added() const
    {
        return {m_table->rows.begin() + std::ptrdiff_t(m_before), m_table->rows.end()};
    }

private:
    void fillDefaults(Datum *row);
    bool nextValue(std::size_t column, Datum &value);
    bool checkKeys(const Datum *row);

    Execution &m_run;
    Database &m_database;
    const sql::InsertStatement &m_statement;
    const sql::TableDefinition &m_definition;
    Table *m_table = nullptr;
    std::vector<std::size_t> m_numbered; ///< serial and identity columns that get their next number
    std::size_t m_before = 0;
    Scratch m_scratch;
    std::unique_ptr<RowExpressions> m_expressions;
    std::unique_ptr<RowTests> m_tests;
    std::vector<std::pair<int, Operand>> m_defaults;
    std::vector<std::pair<int, Operand>> m_generated;
    std::vector<Datum> m_row;
};

} // namespace sqlgym::exec
