// FULL JOIN, which PostgreSQL cannot do with every condition.
#include "plan/query_planner.h"

#include "catalogue/catalogue.h"
#include "plan/join_rules.h"

#include <algorithm>

namespace sqlgym::plan {

using namespace sql;

bool canJoinFully(RangeSet left, RangeSet right, const std::vector<Expr *> &conditions)
{
    bool allMerge = true;
    for (Expr *condition : conditions) {
        if (condition->kind == ExprKind::Constant)
            continue;
        const auto *call = as<FunctionExpr>(condition);
        const auto *op = call && call->op && call->arguments.size() == 2 ? catalogue::findOperator(call->op) : nullptr;
        const RangeSet a = op ? rangesOf(call->arguments[0]) : 0;
        const RangeSet b = op ? rangesOf(call->arguments[1]) : 0;
        const bool apart = a != 0 && b != 0 && !isVolatile(condition) &&
                           ((within(a, left) && within(b, right)) || (within(a, right) && within(b, left)));
        if (apart && op->canHash)
            return true;
        allMerge = allMerge && apart && op->canMerge;
    }
    return allMerge;
}

namespace {

/// Does planning call something in it that can fail?
bool mayFailInEstimates(Expr *condition)
{
    bool may = false;
    auto visit = [&](Expr *&slot, int) {
        may = may || (isSameInAllRows(slot) && mayRaise(slot));
        return !may && slot->kind != ExprKind::Sublink;
    };
    eachSlot(condition, 0, visit);
    return may;
}

/// Nothing in the condition hides from the planner whether NULL satisfies it, as IN and rows compared with a subquery
/// do (several values here), and nothing fails while it is planned.
bool isOpen(Expr *condition)
{
    if (!condition)
        return true;
    int values = 0;
    bool hides = false;
    auto visit = [&](Expr *&slot, int) {
        if (const auto *sublink = as<SublinkExpr>(slot)) {
            values += sublink->sublink == SublinkKind::Scalar ? 1 : 0;
            hides = hides || sublink->sublink == SublinkKind::Any || sublink->sublink == SublinkKind::All;
        }
        return slot->kind != ExprKind::Sublink;
    };
    eachSlot(condition, 0, visit);
    return !hides && values < 2 && !mayFailInEstimates(condition);
}

bool allOpen(const FromNode *node)
{
    return !node->isJoin || (isOpen(node->condition) && allOpen(node->left) && allOpen(node->right));
}

bool readsGuarded(const FromNode *node, RangeSet guarded)
{
    return node->isJoin && ((node->condition && (rangesOf(node->condition) & guarded) != 0) ||
                            readsGuarded(node->left, guarded) || readsGuarded(node->right, guarded));
}

void findFullJoins(FromNode *node, std::vector<FromNode *> &into)
{
    if (!node->isJoin)
        return;
    if (node->join == JoinKind::Full)
        into.push_back(node);
    findFullJoins(node->left, into);
    findFullJoins(node->right, into);
}

} // namespace

/// Is it clear whether PostgreSQL comes to a FULL JOIN of this query? Conditions around it that read queries further
/// out, columns that it guards, and conditions that hide what they need may reduce the join or empty a side of it; what
/// fails elsewhere may come first.
bool QueryPlanner::isFullJoinPlain(const QueryPlan &plan) const
{
    Query &whole = *m_plan.queries.front().query;
    if (hasFailingPattern(whole))
        return false;
    bool failsElsewhere = false;
    auto visit = [&](Expr *&slot, int) {
        failsElsewhere = failsElsewhere || (isSameInAllRows(slot) && mayRaise(slot));
        return !failsElsewhere;
    };
    if (plan.parent)
        eachSlot(whole, 0, visit);
    if (failsElsewhere)
        return false;
    for (const QueryPlan *around = &plan; around; around = around->parent) {
        const Query &query = *around->query;
        if (around != &plan && query.where && (readsOuter(query.where) || mayFailInEstimates(query.where)))
            return false;
        if (!isOpen(query.limit) || !isOpen(query.offset))
            return false;
    }
    const Query &query = *plan.query;
    return isOpen(query.where) && isOpen(query.having) && std::ranges::all_of(query.from, allOpen) &&
           (!query.where || (rangesOf(query.where) & plan.guarded) == 0) &&
           std::ranges::none_of(query.from, [&](const FromNode *node) { return readsGuarded(node, plan.guarded); });
}

/// Reduces outer joins. Where it is not clear that PostgreSQL reduces a FULL JOIN that it could not do: a decline.
void QueryPlanner::reduceJoins(const QueryPlan &plan, const std::vector<Expr *> &where)
{
    Query &query = *plan.query;
    std::vector<FromNode *> full;
    for (FromNode *node : query.from)
        findFullJoins(node, full);
    std::vector<Expr *> compared;
    for (const std::size_t column : m_compared[&query])
        compared.push_back(query.targets[column].expr);
    reduceOuterJoins(query, where, compared, plan.guarded, m_joined);
    for (const FromNode *node : full) {
        std::vector<Expr *> conditions;
        splitAnd(node->condition, conditions);
        if (node->join != JoinKind::Full && !canJoinFully(leavesOf(node->left), leavesOf(node->right), conditions) &&
            !isFullJoinPlain(plan))
            decline("FULL JOIN on such a condition");
    }
}

} // namespace sqlgym::plan
