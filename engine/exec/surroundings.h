// Queries of a statement apart from its run: where their expressions can be evaluated on any rows.
#pragma once

#include "exec/query_builder.h"

#include <map>
#include <memory>
#include <vector>

namespace sqlgym::exec {

/// Scopes of planned queries, each inside that of the query around it, and the rows of single items of FROM. An error
/// while these are computed is declined: the run itself did without them.
class Surroundings {
public:
    explicit Surroundings(Runner &runner) : m_runner(runner) {}

    Scope &scopeOf(const plan::QueryPlan &plan);
    /// Is all that stands around `plan` at hand? Around the parts of a recursive CTE it is not.
    bool knowsAround(const plan::QueryPlan &plan) const;

    using Rows = std::vector<const Datum *>;
    /// All rows of item `range`, whatever conditions are on it. nullptr: too many, or they depend on other rows.
    const Rows *rowsOf(const plan::QueryPlan &plan, int range);

    /// Do the conditions hold that are tested before anything of `plan` is read?
    bool passesGate(const plan::QueryPlan &plan);
    /// Computes the whole query, for the rows on which the scopes around it stand.
    void readAll(const plan::QueryPlan &plan);

private:
    QueryRun &queryOf(const plan::QueryPlan &plan);
    bool read(const plan::QueryPlan &plan, const plan::Node &leaf, Rows &rows);

    Runner &m_runner;
    std::map<const plan::QueryPlan *, std::unique_ptr<QueryRun>> m_queries;
    struct Item {
        Rows rows;
        bool whole = false;
    };
    std::map<std::pair<const plan::QueryPlan *, int>, Item> m_items;
    std::vector<OperatorPtr> m_operators; ///< their rows are read for as long as this lives
    std::map<const plan::QueryPlan *, RowSourcePtr> m_sources;
};

/// The leaf that reads `range`, nullptr: none.
const plan::Node *findLeaf(const plan::Node *node, int range);

} // namespace sqlgym::exec
