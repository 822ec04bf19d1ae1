#include "plan/pull_up.h"

namespace sqlgym::plan {

using namespace sql;

namespace {

template <typename T> Expr *copyNode(BoundStatement &statement, const Expr *expr)
{
    return statement.make<T>(*static_cast<const T *>(expr));
}

Expr *copyShallow(BoundStatement &statement, const Expr *expr)
{
    switch (expr->kind) {
    case ExprKind::Constant:
        return copyNode<ConstantExpr>(statement, expr);
    case ExprKind::Column:
        return copyNode<ColumnExpr>(statement, expr);
    case ExprKind::Function:
        return copyNode<FunctionExpr>(statement, expr);
    case ExprKind::Aggregate:
        return copyNode<AggregateExpr>(statement, expr);
    case ExprKind::Window:
        return copyNode<WindowExpr>(statement, expr);
    case ExprKind::Boolean:
        return copyNode<BooleanExpr>(statement, expr);
    case ExprKind::NullTest:
        return copyNode<NullTestExpr>(statement, expr);
    case ExprKind::BooleanTest:
        return copyNode<BooleanTestExpr>(statement, expr);
    case ExprKind::Case:
        return copyNode<CaseExpr>(statement, expr);
    case ExprKind::CaseInput:
        return copyNode<CaseInputExpr>(statement, expr);
    case ExprKind::Coalesce:
        return copyNode<CoalesceExpr>(statement, expr);
    case ExprKind::MinMax:
        return copyNode<MinMaxExpr>(statement, expr);
    case ExprKind::NullIf:
        return copyNode<NullIfExpr>(statement, expr);
    case ExprKind::Distinct:
        return copyNode<DistinctExpr>(statement, expr);
    case ExprKind::ArrayOperator:
        return copyNode<ArrayOperatorExpr>(statement, expr);
    case ExprKind::ArrayConstructor:
        return copyNode<ArrayConstructorExpr>(statement, expr);
    case ExprKind::Row:
        return copyNode<RowExpr>(statement, expr);
    case ExprKind::RowCompare:
        return copyNode<RowCompareExpr>(statement, expr);
    case ExprKind::Field:
        return copyNode<FieldExpr>(statement, expr);
    case ExprKind::Subscript:
        return copyNode<SubscriptExpr>(statement, expr);
    case ExprKind::Sublink:
        return copyNode<SublinkExpr>(statement, expr);
    case ExprKind::Relabel:
        return copyNode<RelabelExpr>(statement, expr);
    case ExprKind::ConvertViaText:
        return copyNode<ConvertViaTextExpr>(statement, expr);
    case ExprKind::ArrayConvert:
        return copyNode<ArrayConvertExpr>(statement, expr);
    case ExprKind::SqlValue:
        return copyNode<SqlValueExpr>(statement, expr);
    case ExprKind::Grouping:
        return copyNode<GroupingExpr>(statement, expr);
    }
    return nullptr;
}

} // namespace

Expr *clone(BoundStatement &statement, const Expr *expr)
{
    Expr *copy = copyShallow(statement, expr);
    eachChild(copy, [&](Expr *&child) { child = clone(statement, child); });
    return copy;
}

} // namespace sqlgym::plan
