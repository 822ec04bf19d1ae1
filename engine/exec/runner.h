// Plan -> running query.
#pragma once

#include "exec/compiler.h"
#include "exec/operator.h"
#include "exec/table.h"
#include "plan/plan.h"

#include <functional>
#include <memory>

namespace sqlgym::exec {

/// Gives the rows of a table in the version the run sees; nullptr when there is none.
using TableSource = std::function<std::shared_ptr<const Table>(const sql::TableDefinition &)>;

class TableOperator;

/// Builds the operators of a planned statement and owns its compiled expressions.
class Runner {
public:
    Runner(Execution &run, const plan::PlannedStatement &statement, TableSource tables)
        : m_run(run), m_statement(statement), m_tables(std::move(tables))
    {
    }

    /// The query's rows: its visible targets first. `outer` is the scope of the query that holds it.
    RowSourcePtr build(const plan::QueryPlan &plan, Scope *outer);

    /// Remembers a scan, to be asked whether it went to the table's end. It must live as long as it is asked.
    void watch(const plan::QueryPlan &plan, int range, const TableOperator &scan)
    {
        m_scans.push_back({&plan, range, &scan});
    }
    /// Is `ranges` one table of `plan`, and have all its rows been seen?
    bool scannedAll(const plan::QueryPlan &plan, plan::RangeSet ranges) const;

    Execution &run() { return m_run; }
    Code &code() { return m_code; }
    const plan::PlannedStatement &statement() const { return m_statement; }
    std::shared_ptr<const Table> table(const sql::TableDefinition &definition) const { return m_tables(definition); }

private:
    Execution &m_run;
    const plan::PlannedStatement &m_statement;
    TableSource m_tables;
    Code m_code;
    struct Scan {
        const plan::QueryPlan *plan;
        int range;
        const TableOperator *scan;
    };
    std::vector<Scan> m_scans;
};

} // namespace sqlgym::exec
