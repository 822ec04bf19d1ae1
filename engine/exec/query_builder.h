// Builds the operators of one query. Private to exec/.
#pragma once

#include "exec/cte_rows.h"
#include "exec/quals.h"
#include "exec/row_keeper.h"
#include "exec/runner.h"

#include <map>

namespace sqlgym::exec {

/// A query with what its operators share. Opening it starts what depends on outer queries afresh.
class QueryRun final : public RowSource {
public:
    QueryRun(Runner &runner, const plan::QueryPlan &plan, Scope *outer)
        : scope(plan.query, outer, plan.rangeCount, runner.run().nullRow.data())
    {
    }
    void open() override
    {
        for (auto &cte : ctes)
            if (cte.changes)
                cte.rows->reset();
        top->open();
    }
    const Datum *next() override { return top->next(); }
    bool stable() const override { return top->stable(); }

    struct Cte {
        std::unique_ptr<CteRows> rows;
        bool changes; ///< reads outer queries' rows
    };
    Scope scope;
    std::vector<Cte> ctes;
    RowSourcePtr top; ///< destroyed before the CTEs it reads
};

class QueryBuilder {
public:
    QueryBuilder(Runner &runner, const plan::QueryPlan &plan, QueryRun &query)
        : m_runner(runner), m_run(runner.run()), m_plan(plan), m_query(query), m_scope(query.scope)
    {
    }
    void build();

private:
    std::unique_ptr<Quals> quals(const std::vector<sql::Expr *> &list, bool errorsDependOnPlan);
    void buildCtes();
    OperatorPtr buildNode(const plan::Node &node);
    OperatorPtr buildLeaf(const plan::Node &node);
    OperatorPtr buildTable(const plan::Node &node);
    OperatorPtr buildChange(const plan::Node &node);
    OperatorPtr buildJoin(const plan::Node &node);
    std::unique_ptr<RowKeeper> keeperFor(plan::RangeSet ranges);
    OperatorPtr buildGrouping(OperatorPtr child);
    OperatorPtr buildWindows(OperatorPtr child);
    /// The set-returning functions in `list`, whose values are then read from `range`.
    OperatorPtr buildProjectSet(OperatorPtr child, const std::vector<sql::Expr *> &list, int range);
    RowSourcePtr buildSetOperation(const plan::SetOperationPlan &node);
    RowSourcePtr buildTop(OperatorPtr child);
    std::size_t widthOf(int range) const;

    Runner &m_runner;
    Execution &m_run;
    const plan::QueryPlan &m_plan;
    QueryRun &m_query;
    Scope &m_scope;
    std::map<int, bool> m_stable; ///< ranges whose rows outlive their step
};

} // namespace sqlgym::exec
