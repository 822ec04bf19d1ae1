// The subqueries of FROM: which conditions they are planned with, and in which order.
#include "plan/query_planner.h"

#include "plan/join_rules.h"
#include "plan/pull_up.h"
#include "plan/push_down.h"

namespace sqlgym::plan {

using namespace sql;

/// The items of an inner join below an outer one, and all conditions on them: its own, and those of `quals` that read
/// nothing else.
QueryPlanner::InnerJoin QueryPlanner::takeInnerJoin(QueryPlan &plan, FromNode *item, std::vector<Expr *> &quals)
{
    InnerJoin join;
    flattenBelow(plan, item, join);
    auto real = join.items;
    dropEmptyRows(*plan.query, real);
    if (!real.empty())
        join.items = std::move(real);
    RangeSet all = 0;
    for (const FromNode *inner : join.items)
        all |= leavesOf(inner);
    const auto fromAbove = takeWithin(quals, all);
    join.own.insert(join.own.end(), fromAbove.begin(), fromAbove.end());
    return join;
}

/// A constant FALSE stays where it is written: on one item, or on the join.
void QueryPlanner::flattenBelow(QueryPlan &plan, FromNode *node, InnerJoin &join)
{
    if (!node->isJoin || node->join != JoinKind::Inner) {
        join.items.push_back(node);
        return;
    }
    const auto first = std::ptrdiff_t(join.items.size());
    flattenBelow(plan, node->left, join);
    flattenBelow(plan, node->right, join);
    std::vector<FromNode *> below(join.items.begin() + first, join.items.end());
    dropEmptyRows(*plan.query, below);
    std::vector<Expr *> conditions;
    splitAnd(node->condition, conditions);
    for (Expr *condition : conditions) {
        if (!isFalse(condition))
            join.own.push_back(condition);
        else if (below.size() == 1 && !below.front()->isJoin)
            join.falseOn.emplace_back(below.front(), condition);
        else
            join.never = true;
        if (isFalse(condition) && below.size() == 1)
            m_emptied.insert(below.front());
    }
}

/// The conditions that an item of the join is planned with are among `own` then.
void QueryPlanner::InnerJoin::addFalse(const FromNode *item)
{
    for (const auto &[on, condition] : falseOn)
        if (on == item)
            own.push_back(condition);
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
            for (const Expr *gone : pushDown(m_statement, *plan.query, range, own))
                m_pushedDown.insert(gone);
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
        auto join = takeInnerJoin(plan, item, quals);
        for (FromNode *inner : join.items) {
            join.addFalse(inner);
            findSubqueries(plan, inner, join.own, conditions);
        }
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
