// Bound statement -> effect and result.
#pragma once

#include "exec/database.h"
#include "exec/execution.h"
#include "exec/transaction_block.h"
#include "sql/bound.h"

#include <string>
#include <vector>

namespace sqlgym::plan {
struct FailingExpressions;
}

namespace sqlgym::exec {

/// Takes the rows of a result as they come.
class ResultSink {
public:
    virtual ~ResultSink() = default;
    virtual void begin(const std::vector<sql::ResultColumn> &columns) = 0;
    /// `row` holds one value per column and lives during the call. False: no more rows are wanted.
    virtual bool row(const Datum *row) = 0;
};

/// Runs statements of one script against one database. What goes wrong is in the run's stop slot and ends the script;
/// the database is then of no further use.
class StatementRunner {
public:
    StatementRunner(Execution &run, Database &database, TransactionBlock &transaction)
        : m_run(run), m_database(database), m_transaction(transaction)
    {
    }

    /// The command tag ("SELECT 3", "INSERT 0 1"); empty when the run has been stopped. Rewrites the statement's tree.
    std::string execute(sql::BoundStatement &statement, ResultSink &sink);

private:
    std::string show(const sql::SettingStatement &statement, ResultSink &sink);
    std::string select(sql::BoundStatement &statement, ResultSink &sink);
    std::string change(sql::BoundStatement &statement, ResultSink &sink);
    std::string createTable(const sql::CreateTableStatement &create);
    std::string createIndex(const sql::CreateIndexStatement &statement);
    std::string createTableAs(sql::BoundStatement &statement);
    std::uint64_t fill(Table &table, sql::BoundStatement &statement);
    std::string refreshView(sql::BoundStatement &statement);
    bool canReplace(const sql::TableDefinition &old, const sql::TableDefinition &now);
    std::string createView(const sql::CreateTableStatement &create);
    std::string drop(const sql::DropStatement &statement);
    std::string sequence(const sql::SequenceStatement &statement);
    std::string dropSequences(const sql::DropStatement &statement);
    std::string dropTypes(const sql::DropStatement &statement);
    std::string alterEnum(const sql::AlterEnumStatement &statement);
    std::string truncate(const sql::TruncateStatement &statement);
    std::string dropIndexes(const sql::DropStatement &statement);
    plan::FailingExpressions findFailing(sql::BoundStatement &statement, sql::Query &query);
    /// Runs a query and what it changes, giving each row to `take` until it answers false; the number of rows.
    template <typename F> std::uint64_t eachRow(sql::BoundStatement &statement, sql::Query &query, F &&take);

    Execution &m_run;
    Database &m_database;
    TransactionBlock &m_transaction;
};

} // namespace sqlgym::exec
