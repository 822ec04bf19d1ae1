// What PostgreSQL computes while it estimates how many rows pass a condition: an error there fails the planning, though
// no row may ever be tested.
#include "plan/query_planner.h"

#include "plan/pull_up.h"

#include <bit>

namespace sqlgym::plan {

using namespace sql;

/// PostgreSQL's estimate_expression_value: stable functions of constants are called, and columns that are guarded count
/// as what they hold.
void QueryPlanner::estimateValue(const QueryPlan &plan, const Expr *expr)
{
    if (failed() || expr->kind == ExprKind::Constant || expr->kind == ExprKind::Column)
        return;
    Expr *copy = clone(m_statement, expr);
    auto replace = [&](Expr *&slot, int depth) {
        const auto *column = as<ColumnExpr>(slot);
        if (!column || column->levelsUp != depth || column->range < 0 || column->column < 0 ||
            (plan.guarded & rangeBit(column->range)) == 0)
            return slot->kind != ExprKind::Sublink;
        const RangeEntry &entry = plan.query->range[std::size_t(column->range)];
        if (entry.subquery)
            slot = clone(m_statement, entry.subquery->targets[std::size_t(column->column)].expr);
        return false;
    };
    eachSlot(copy, 0, replace);
    m_folder.foldEstimated(copy);
}

void QueryPlanner::estimate(const QueryPlan &plan, Expr *condition)
{
    if (failed())
        return;
    const auto binary = [&](Expr *left, Expr *right) {
        // Of a comparison of one table's column the other side.
        if (std::popcount(rangesOf(left) | rangesOf(right)) != 1)
            return;
        if (rangesOf(left) == 0)
            estimateValue(plan, left);
        if (rangesOf(right) == 0)
            estimateValue(plan, right);
    };
    switch (condition->kind) {
    case ExprKind::Boolean:
        for (Expr *argument : as<BooleanExpr>(condition)->arguments)
            estimate(plan, argument);
        return;
    case ExprKind::BooleanTest: {
        const auto *test = as<BooleanTestExpr>(condition);
        if (test->test != BooleanTest::IsUnknown && test->test != BooleanTest::IsNotUnknown)
            estimate(plan, test->argument);
        return;
    }
    case ExprKind::Function:
        if (const auto *call = as<FunctionExpr>(condition); call->op && call->arguments.size() == 2)
            binary(call->arguments[0], call->arguments[1]);
        return;
    case ExprKind::Distinct:
        return binary(as<DistinctExpr>(condition)->left, as<DistinctExpr>(condition)->right);
    case ExprKind::RowCompare:
        return binary(as<RowCompareExpr>(condition)->left.front(), as<RowCompareExpr>(condition)->right.front());
    case ExprKind::ArrayOperator:
        estimateValue(plan, as<ArrayOperatorExpr>(condition)->left);
        return estimateValue(plan, as<ArrayOperatorExpr>(condition)->array);
    default:
        return;
    }
}

/// Conditions without columns are no matter of estimates: they are tested once. Nor are those that went into a
/// subquery.
void QueryPlanner::estimate(const QueryPlan &plan, const std::vector<Expr *> &conditions)
{
    for (Expr *condition : conditions)
        if ((rangesOf(condition) != 0 || hasAggregate(condition)) && m_pushedDown.count(condition) == 0)
            estimate(plan, condition);
}

} // namespace sqlgym::plan
