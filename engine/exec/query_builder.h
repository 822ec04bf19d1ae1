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
        : scope(plan.query, outer, plan.rangeCount, runner.run().nullRow.data()), m_runner(runner), m_plan(plan)
    {
    }
    void open() override
    {
        if (!m_noted)
            m_runner.noteOpened(m_plan);
        m_noted = true;
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

private:
    Runner &m_runner;
    const plan::QueryPlan &m_plan;
    bool m_noted = false;
};

class QueryBuilder {
public:
    QueryBuilder(Runner &runner, const plan::QueryPlan &plan, QueryRun &query)
        : m_runner(runner), m_run(runner.run()), m_plan(plan), m_query(query), m_scope(query.scope)
    {
    }
    void build();
    /// Only what the query's expressions need: its CTEs. `again`: but for those that the run keeps.
    void buildCtes(bool again = false);
    /// One item of FROM, without the conditions on it; not watched.
    OperatorPtr buildBare(const plan::Node &leaf);

private:
    std::unique_ptr<Quals> quals(const std::vector<sql::Expr *> &list, bool errorsDependOnPlan);
    OperatorPtr buildNode(const plan::Node &node);
    OperatorPtr buildLeaf(const plan::Node &node);
    OperatorPtr buildTable(const plan::Node &node);
    OperatorPtr buildChange(const plan::Node &node);
    OperatorPtr watched(const plan::Node &node, std::unique_ptr<Leaf> leaf);
    OperatorPtr buildJoin(const plan::Node &node);
    std::unique_ptr<RowKeeper> keeperFor(plan::RangeSet ranges);
    OperatorPtr buildGrouping(OperatorPtr child);
    OperatorPtr buildWindows(OperatorPtr child);
    /// The set-returning functions in `list`, whose values are then read from `range`.
    OperatorPtr buildProjectSet(OperatorPtr child, const std::vector<sql::Expr *> &list, int range);
    RowSourcePtr buildSetOperation(const plan::SetOperationPlan &node);
    bool returnsFromSeveral() const;
    RowSourcePtr buildTop(OperatorPtr child);
    std::size_t widthOf(int range) const;

    Runner &m_runner;
    Execution &m_run;
    const plan::QueryPlan &m_plan;
    QueryRun &m_query;
    Scope &m_scope;
    bool m_watching = true;
    std::map<int, bool> m_stable; ///< ranges whose rows outlive their step
};

} // namespace sqlgym::exec
