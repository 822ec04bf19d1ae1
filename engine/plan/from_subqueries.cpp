// The subqueries of FROM: which conditions they are planned with, and in which order.
#include "plan/query_planner.h"

#include "plan/join_rules.h"
#include "plan/pull_up.h"
#include "plan/push_down.h"

namespace sqlgym::plan {

using namespace sql;

/// The items of an inner join below an outer one, and all conditions on them: its own, and those of `quals` that read
/// nothing else.
void QueryPlanner::takeInnerJoin(QueryPlan &plan, FromNode *item, std::vector<Expr *> &quals,
                                 std::vector<FromNode *> &items, std::vector<Expr *> &own)
{
    flatten(plan, item, items, own);
    auto real = items;
    dropEmptyRows(*plan.query, real);
    if (!real.empty())
        items = std::move(real);
    RangeSet all = 0;
    for (const FromNode *inner : items)
        all |= leavesOf(inner);
    const auto fromAbove = takeWithin(quals, all);
    own.insert(own.end(), fromAbove.begin(), fromAbove.end());
}

/// PostgreSQL plans the subqueries of FROM in the order of its range table, before any join, with the conditions that
/// read them alone; not those that a constant condition empties.
void QueryPlanner::planSubqueries(QueryPlan &plan, const std::vector<FromNode *> &items, std::vector<Expr *> quals)
{
    std::map<int, std::vector<Expr *>> conditions;
    for (FromNode *item : items)
        findSubqueries(plan, item, quals, conditions);
    for (auto &[range, own] : conditions) {
        if (plan.query->range[std::size_t(range)].kind != RangeKind::Subquery) {
            estimate(plan, own);
            continue;
        }
        // (What PostgreSQL merges takes no conditions in: they stand beside its own.)
        if (!isMergeable(*plan.query->range[std::size_t(range)].subquery))
            pushDown(m_statement, *plan.query, range, own);
        Node *leaf = planLeaf(plan, range);
        if (failed())
            return;
        estimate(plan, own);
        m_subqueries[{&plan, range}] = {leaf, own};
    }
}

void QueryPlanner::findSubqueries(QueryPlan &plan, FromNode *item, std::vector<Expr *> &quals,
                                  std::map<int, std::vector<Expr *>> &conditions)
{
    if (!item->isJoin) {
        auto own = takeWithin(quals, rangeBit(item->range));
        if (!isNever(own))
            conditions[item->range] = std::move(own);
        return;
    }
    if (item->join == JoinKind::Inner) {
        std::vector<FromNode *> items;
        std::vector<Expr *> own;
        takeInnerJoin(plan, item, quals, items, own);
        for (FromNode *inner : items)
            findSubqueries(plan, inner, own, conditions);
        return;
    }
    std::vector<Expr *> own;
    splitAnd(item->condition, own);
    takeConstant(own);
    std::vector<Expr *> none;
    const bool full = item->join == JoinKind::Full;
    const bool right = item->join == JoinKind::Right;
    findSubqueries(plan, right ? item->right : item->left, full ? none : quals, conditions);
    findSubqueries(plan, right ? item->left : item->right, full ? none : own, conditions);
    takeWithin(quals, leavesOf(item));
}

} // namespace sqlgym::plan
