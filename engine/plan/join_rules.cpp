#include "plan/join_rules.h"

#include "catalogue/catalogue.h"

#include <algorithm>

namespace sqlgym::plan {

using namespace sql;

namespace {

bool hasConstant(const std::vector<Expr *> &conditions)
{
    return std::ranges::any_of(conditions, [](const Expr *expr) { return expr->kind == ExprKind::Constant; });
}

} // namespace

bool mayBeEmpty(const Node &node)
{
    if (hasConstant(node.quals) || hasConstant(node.condition))
        return true;
    switch (node.kind) {
    case NodeKind::Subquery:
        return node.subplan->setOperation || !node.subplan->gate.empty() || mayBeEmpty(*node.subplan->source);
    case NodeKind::NestedLoop:
    case NodeKind::HashJoin:
        return mayBeEmpty(*node.left) || mayBeEmpty(*node.right);
    default:
        return false;
    }
}

bool canJoinFully(const Node &left, const Node &right, const std::vector<Expr *> &conditions)
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
                           ((within(a, left.ranges) && within(b, right.ranges)) ||
                            (within(a, right.ranges) && within(b, left.ranges)));
        if (apart && op->canHash)
            return true;
        allMerge = allMerge && apart && op->canMerge;
    }
    return allMerge;
}

bool isJoinedSublink(Expr *qual)
{
    const auto *negation = as<BooleanExpr>(qual);
    const auto *sublink =
        as<SublinkExpr>(negation && negation->op == BooleanOp::Not ? negation->arguments.front() : qual);
    return sublink && (sublink->sublink == SublinkKind::Exists || sublink->sublink == SublinkKind::Any);
}

bool readsEndsOnly(Query &query)
{
    if (!query.hasAggregates || !query.groupBy.empty() || !query.groupingSets.empty() || query.hasWindows)
        return false;
    bool only = true;
    auto visit = [&](Expr *&slot, int depth) {
        const auto *aggregate = as<AggregateExpr>(slot);
        if (!aggregate || aggregate->levelsUp != depth)
            return true;
        const auto *row = catalogue::findFunction(aggregate->function);
        only = only && row && (row->name == "min" || row->name == "max") && !aggregate->filter &&
               (aggregate->arguments.front()->kind == ExprKind::Column ||
                aggregate->arguments.front()->kind == ExprKind::Constant);
        return false;
    };
    for (auto &target : query.targets)
        eachSlot(target.expr, 0, visit);
    if (query.having)
        eachSlot(query.having, 0, visit);
    return only;
}

bool isExists(const Expr *qual)
{
    const auto *sublink = as<SublinkExpr>(qual);
    return sublink && sublink->sublink == SublinkKind::Exists;
}

bool readsWindow(const Query &inner, int range, const std::vector<Expr *> &quals)
{
    bool reads = false;
    auto visit = [&](Expr *&slot, int depth) {
        const auto *column = as<ColumnExpr>(slot);
        if (column && column->levelsUp == depth && column->range == range && column->column >= 0)
            reads = reads || inner.targets[std::size_t(column->column)].expr->kind == ExprKind::Window;
        return true;
    };
    for (Expr *qual : quals)
        eachSlot(qual, 0, visit);
    return reads;
}

} // namespace sqlgym::plan
