// INSERT, UPDATE and DELETE: where the rows come from, and what RETURNING makes of them.
#include "plan/query_planner.h"

#include "plan/pull_up.h"

#include <utility>

namespace sqlgym::plan {

using namespace sql;

/// To PostgreSQL the change and its source are one query: what is assigned is folded first, then RETURNING, then the
/// conditions. The rows of an INSERT are a subquery, and planned after RETURNING unless they merge with it.
void QueryPlanner::planSource(QueryPlan &plan, Change &change)
{
    if (!change.source)
        return;
    if (change.kind != ChangeKind::Insert)
        m_marksRows.insert(change.source);
    if (change.kind != ChangeKind::Insert || isMergeable(*change.source))
        m_returning[change.source] = &plan;
    else {
        foldReturning(plan, *change.source);
        foldConflict(change);
    }
    if (!failed())
        m_sources[&change] = planQuery(*change.source);
}

/// Of ON CONFLICT DO UPDATE what is assigned and asked, after RETURNING and before any row.
void QueryPlanner::foldConflict(const Change &change)
{
    if (!change.conflict || !change.conflict->set)
        return;
    Query &set = *change.conflict->set;
    for (auto &target : set.targets)
        m_folder.foldApart(target.expr);
    if (set.where)
        m_folder.foldApart(set.where);
}

void QueryPlanner::foldReturning(QueryPlan &plan, const Query &source)
{
    const QueryPlan *around = std::exchange(m_enclosing, &plan);
    // What it reads of other tables is what has become of the subqueries there.
    auto replace = [&](Expr *&slot, int depth) {
        const auto *column = as<ColumnExpr>(slot);
        if (!column || column->levelsUp != depth || column->range != 1 || column->column < 0 ||
            plan.query->range[1].kind != RangeKind::Given)
            return true;
        Expr *target = source.targets[std::size_t(column->column)].expr;
        if (target->kind == ExprKind::Constant)
            slot = clone(m_statement, target);
        return false;
    };
    for (auto &target : plan.query->targets) {
        eachSlot(target.expr, 0, replace);
        m_folder.fold(target.expr);
    }
    for (auto &target : plan.query->targets)
        planSublinksOf(target.expr);
    m_enclosing = around;
}

/// A change, or rows from outside: one leaf sets all ranges of the query.
Node *QueryPlanner::planRows(QueryPlan &plan, int range)
{
    const RangeEntry &entry = plan.query->range[std::size_t(range)];
    Node *leaf = makeNode(entry.change ? NodeKind::Change : NodeKind::Given);
    leaf->dependsOnOuter = true;
    leaf->range = range;
    for (std::size_t i = 0; i < plan.query->range.size(); ++i)
        leaf->ranges |= rangeBit(int(i));
    if (entry.change && entry.change->source)
        leaf->subplan = m_sources.at(entry.change);
    if (entry.change && entry.change->conflict && entry.change->conflict->set)
        leaf->conflict = planQuery(*entry.change->conflict->set);
    return failed() ? nullptr : leaf;
}

} // namespace sqlgym::plan
