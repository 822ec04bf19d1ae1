#include "plan/outer_joins.h"

#include "catalogue/catalogue.h"

namespace sqlgym::plan {

using namespace sql;

namespace {

bool isStrict(Oid function)
{
    const auto *row = catalogue::findFunction(function);
    return row && row->strict && !row->returnsSet;
}

/// Ranges of which a NULL row makes `expr` NULL (or, at the top of a condition, not true).
RangeSet nonNullable(Expr *expr, bool top)
{
    const auto all = [](const std::vector<Expr *> &list) {
        RangeSet set = 0;
        for (Expr *item : list)
            set |= nonNullable(item, false);
        return set;
    };
    switch (expr->kind) {
    case ExprKind::Column: {
        const auto *column = as<ColumnExpr>(expr);
        return column->levelsUp == 0 && column->range >= 0 && column->column >= 0 ? rangeBit(column->range) : 0;
    }
    case ExprKind::Function:
        return isStrict(as<FunctionExpr>(expr)->function) ? all(as<FunctionExpr>(expr)->arguments) : 0;
    case ExprKind::ArrayOperator: {
        // An empty array makes ALL true whatever is on the left.
        auto *op = as<ArrayOperatorExpr>(expr);
        const auto *list = as<ArrayConstructorExpr>(op->array);
        const auto *constant = as<ConstantExpr>(op->array);
        const bool filled = (list && !list->elements.empty()) ||
                            (constant && !constant->value.isNull && constant->value.array->elementCount > 0);
        return isStrict(op->function) && (filled || (op->any && top)) ? nonNullable(op->left, false) : 0;
    }
    case ExprKind::Boolean: {
        auto *boolean = as<BooleanExpr>(expr);
        if (boolean->op == BooleanOp::Not)
            return nonNullable(boolean->arguments.front(), false);
        if (boolean->op == BooleanOp::And && top) {
            RangeSet set = 0;
            for (Expr *argument : boolean->arguments)
                set |= nonNullable(argument, true);
            return set;
        }
        RangeSet set = ~RangeSet{0};
        for (Expr *argument : boolean->arguments)
            set &= nonNullable(argument, top);
        return set;
    }
    case ExprKind::Relabel:
        return nonNullable(as<RelabelExpr>(expr)->argument, top);
    case ExprKind::ConvertViaText:
        return nonNullable(as<ConvertViaTextExpr>(expr)->argument, false);
    case ExprKind::NullTest: {
        auto *test = as<NullTestExpr>(expr);
        return top && test->isNot && !test->ofRow ? nonNullable(test->argument, false) : 0;
    }
    case ExprKind::BooleanTest: {
        auto *test = as<BooleanTestExpr>(expr);
        const bool rejects = test->test == BooleanTest::IsTrue || test->test == BooleanTest::IsFalse ||
                             test->test == BooleanTest::IsNotUnknown;
        return top && rejects ? nonNullable(test->argument, false) : 0;
    }
    default:
        return 0;
    }
}

RangeSet leavesOf(const FromNode *node)
{
    return node->isJoin ? leavesOf(node->left) | leavesOf(node->right) : rangeBit(node->range);
}

void reduce(FromNode *node, RangeSet above)
{
    if (!node->isJoin)
        return;
    const bool left = (above & leavesOf(node->left)) != 0;
    const bool right = (above & leavesOf(node->right)) != 0;
    switch (node->join) {
    case JoinKind::Inner:
        break;
    case JoinKind::Left:
        node->join = right ? JoinKind::Inner : JoinKind::Left;
        break;
    case JoinKind::Right:
        node->join = left ? JoinKind::Inner : JoinKind::Right;
        break;
    case JoinKind::Full:
        if (left && right)
            node->join = JoinKind::Inner;
        else if (left)
            node->join = JoinKind::Left;
        else if (right)
            node->join = JoinKind::Right;
        break;
    }
    const RangeSet own = node->condition ? nonNullable(node->condition, true) : 0;
    switch (node->join) {
    case JoinKind::Inner:
        reduce(node->left, above | own);
        reduce(node->right, above | own);
        break;
    case JoinKind::Left:
        reduce(node->left, above);
        reduce(node->right, own);
        break;
    case JoinKind::Right:
        reduce(node->left, own);
        reduce(node->right, above);
        break;
    case JoinKind::Full:
        reduce(node->left, 0);
        reduce(node->right, 0);
        break;
    }
}

/// A FULL JOIN over something else than tables, none of whose conditions compares the two sides.
bool isOddFullJoin(const Query &query, const FromNode *node)
{
    if (!node->isJoin)
        return false;
    if (isOddFullJoin(query, node->left) || isOddFullJoin(query, node->right))
        return true;
    if (node->join != JoinKind::Full)
        return false;
    std::vector<Expr *> conditions;
    splitAnd(node->condition, conditions);
    const RangeSet left = leavesOf(node->left);
    const RangeSet right = leavesOf(node->right);
    for (Expr *condition : conditions) {
        const auto *call = as<FunctionExpr>(condition);
        if (condition->kind == ExprKind::Constant)
            return false;
        if (!call || call->arguments.size() != 2)
            continue;
        const RangeSet a = rangesOf(call->arguments[0]);
        const RangeSet b = rangesOf(call->arguments[1]);
        if (((a & left) && (b & right)) || ((a & right) && (b & left)))
            return false;
    }
    for (std::size_t i = 0; i < query.range.size(); ++i)
        if (((left | right) & rangeBit(int(i))) && query.range[i].kind != RangeKind::Table)
            return !conditions.empty();
    return false;
}

} // namespace

bool reduceOuterJoins(Query &query, const std::vector<Expr *> &where)
{
    for (const FromNode *node : query.from)
        if (isOddFullJoin(query, node))
            return false;

    RangeSet above = 0;
    for (Expr *qual : where)
        above |= nonNullable(qual, true);
    for (FromNode *node : query.from)
        reduce(node, above);
    return true;
}

} // namespace sqlgym::plan
