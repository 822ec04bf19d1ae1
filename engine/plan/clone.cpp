#include "plan/pull_up.h"

#include <functional>
#include <unordered_map>

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

FromNode *copyFrom(BoundStatement &statement, const FromNode *node)
{
    auto *copy = statement.make<FromNode>(*node);
    if (copy->isJoin) {
        copy->left = copyFrom(statement, node->left);
        copy->right = copyFrom(statement, node->right);
    }
    return copy;
}

/// Common table expressions of the query that is copied, and those that stand for them in the copy.
using CteCopies = std::unordered_map<const CteDefinition *, CteDefinition *>;

Query *copyQuery(BoundStatement &statement, const Query &query, CteCopies &ctes)
{
    auto *copy = statement.make<Query>(query);
    for (CteDefinition *&cte : copy->ctes) {
        auto *definition = statement.make<CteDefinition>(*cte);
        ctes[cte] = definition;
        cte = definition;
    }
    for (CteDefinition *cte : copy->ctes)
        cte->query = copyQuery(statement, *cte->query, ctes);
    for (RangeEntry &entry : copy->range) {
        if (entry.subquery)
            entry.subquery = copyQuery(statement, *entry.subquery, ctes);
        if (const auto found = ctes.find(entry.cte); found != ctes.end())
            entry.cte = found->second;
    }
    for (FromNode *&node : copy->from)
        node = copyFrom(statement, node);
    const std::function<void(Expr *)> copySublinks = [&](Expr *expr) {
        if (auto *sublink = as<SublinkExpr>(expr))
            sublink->query = copyQuery(statement, *sublink->query, ctes);
        eachChild(expr, [&](Expr *&child) { copySublinks(child); });
    };
    // An expression may hang in several places (a target and what sorts by it): one copy stands in all of them.
    std::unordered_map<const Expr *, Expr *> copies;
    eachExpr(*copy, [&](Expr *&slot) {
        Expr *&made = copies[slot];
        if (!made) {
            made = clone(statement, slot);
            copySublinks(made);
        }
        slot = made;
    });
    return copy;
}

} // namespace

Query *clone(BoundStatement &statement, const Query &query)
{
    CteCopies ctes;
    return copyQuery(statement, query, ctes);
}

Expr *clone(BoundStatement &statement, const Expr *expr)
{
    Expr *copy = copyShallow(statement, expr);
    eachChild(copy, [&](Expr *&child) { child = clone(statement, child); });
    return copy;
}

} // namespace sqlgym::plan
