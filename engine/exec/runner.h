// Plan -> running query.
#pragma once

#include "exec/compiler.h"
#include "exec/operator.h"
#include "exec/table.h"
#include "plan/plan.h"

#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sqlgym::exec {

/// Gives the rows of a table in the version the run sees; nullptr when there is none.
using TableSource = std::function<std::shared_ptr<const Table>(const sql::TableDefinition &)>;

class CteRows;
class Leaf;
class StatementChanges;

/// Builds the operators of a planned statement and owns its compiled expressions.
class Runner {
public:
    Runner(Execution &run, const plan::PlannedStatement &statement, TableSource tables)
        : m_run(run), m_statement(statement), m_tables(std::move(tables))
    {
    }

    /// The query's rows: its visible targets first. `outer` is the scope of the query that holds it.
    RowSourcePtr build(const plan::QueryPlan &plan, Scope *outer);

    /// Remembers a scan, to be asked whether it went to its end. It must live as long as it is asked.
    void watch(const plan::QueryPlan &plan, int range, const Leaf &scan) { m_scans.push_back({&plan, range, &scan}); }
    /// Is `ranges` one item of `plan`, and have all its rows been seen?
    bool scannedAll(const plan::QueryPlan &plan, plan::RangeSet ranges) const;

    /// Remembers the rows of a CTE that reads nothing from outside.
    void keep(const sql::CteDefinition *cte, CteRows *rows) { m_ctes[cte] = rows; }
    const std::unordered_map<const sql::CteDefinition *, CteRows *> &lastingCtes() const { return m_ctes; }
    /// A query has been opened: what is in it has been computed, as far as it was asked for.
    void noteOpened(const plan::QueryPlan &plan) { m_opened.insert(&plan); }
    bool hasOpened(const plan::QueryPlan &plan) const { return m_opened.count(&plan) > 0; }

    Execution &run() { return m_run; }
    const Execution &run() const { return m_run; }
    Code &code() { return m_code; }
    const plan::PlannedStatement &statement() const { return m_statement; }
    /// What the statement changes; without it changes are declined.
    void setChanges(StatementChanges &changes) { m_changes = &changes; }
    StatementChanges *changes() const { return m_changes; }
    std::shared_ptr<const Table> table(const sql::TableDefinition &definition) const { return m_tables(definition); }

private:
    Execution &m_run;
    const plan::PlannedStatement &m_statement;
    TableSource m_tables;
    StatementChanges *m_changes = nullptr;
    Code m_code;
    struct Scan {
        const plan::QueryPlan *plan;
        int range;
        const Leaf *scan;
    };
    std::vector<Scan> m_scans;
    std::unordered_map<const sql::CteDefinition *, CteRows *> m_ctes;
    std::unordered_set<const plan::QueryPlan *> m_opened;
};

} // namespace sqlgym::exec
