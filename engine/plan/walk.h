// Visits the expressions of the typed tree, so that each rewriting says only what it changes.
#pragma once

#include "sql/change.h"

namespace sqlgym::plan {

using sql::Expr;
using sql::Query;

/// Calls f(Expr *&) for each direct child of `expr`. A sublink's query is not a child (see eachSlot); its left and
/// right expressions are.
template <typename F> void eachChild(Expr *expr, F &&f)
{
    using namespace sql;
    const auto all = [&](std::vector<Expr *> &list) {
        for (Expr *&item : list)
            f(item);
    };
    const auto one = [&](Expr *&item) {
        if (item)
            f(item);
    };
    switch (expr->kind) {
    case ExprKind::Constant:
    case ExprKind::Column:
    case ExprKind::CaseInput:
    case ExprKind::SqlValue:
    case ExprKind::Grouping:
        return;
    case ExprKind::Function:
        return all(as<FunctionExpr>(expr)->arguments);
    case ExprKind::Aggregate: {
        auto *aggregate = as<AggregateExpr>(expr);
        all(aggregate->direct);
        all(aggregate->arguments);
        return one(aggregate->filter);
    }
    case ExprKind::Window:
        all(as<WindowExpr>(expr)->arguments);
        return one(as<WindowExpr>(expr)->filter);
    case ExprKind::Boolean:
        return all(as<BooleanExpr>(expr)->arguments);
    case ExprKind::NullTest:
        return one(as<NullTestExpr>(expr)->argument);
    case ExprKind::BooleanTest:
        return one(as<BooleanTestExpr>(expr)->argument);
    case ExprKind::Case: {
        auto *choice = as<CaseExpr>(expr);
        one(choice->input);
        for (auto &branch : choice->branches) {
            one(branch.first);
            one(branch.second);
        }
        return one(choice->otherwise);
    }
    case ExprKind::Coalesce:
        return all(as<CoalesceExpr>(expr)->arguments);
    case ExprKind::MinMax:
        return all(as<MinMaxExpr>(expr)->arguments);
    case ExprKind::NullIf:
        one(as<NullIfExpr>(expr)->left);
        return one(as<NullIfExpr>(expr)->right);
    case ExprKind::Distinct:
        one(as<DistinctExpr>(expr)->left);
        return one(as<DistinctExpr>(expr)->right);
    case ExprKind::ArrayOperator:
        one(as<ArrayOperatorExpr>(expr)->left);
        return one(as<ArrayOperatorExpr>(expr)->array);
    case ExprKind::ArrayConstructor:
        return all(as<ArrayConstructorExpr>(expr)->elements);
    case ExprKind::Row:
        return all(as<RowExpr>(expr)->fields);
    case ExprKind::RowCompare:
        all(as<RowCompareExpr>(expr)->left);
        return all(as<RowCompareExpr>(expr)->right);
    case ExprKind::Field:
        return one(as<FieldExpr>(expr)->argument);
    case ExprKind::Subscript: {
        auto *subscript = as<SubscriptExpr>(expr);
        one(subscript->container);
        for (Expr *&item : subscript->lower)
            one(item);
        for (Expr *&item : subscript->upper)
            one(item);
        return;
    }
    case ExprKind::Sublink:
        all(as<SublinkExpr>(expr)->left);
        return all(as<SublinkExpr>(expr)->right);
    case ExprKind::Relabel:
        return one(as<RelabelExpr>(expr)->argument);
    case ExprKind::ConvertViaText:
        return one(as<ConvertViaTextExpr>(expr)->argument);
    case ExprKind::ArrayConvert:
        one(as<ArrayConvertExpr>(expr)->argument);
        return one(as<ArrayConvertExpr>(expr)->element);
    }
}

template <typename F> void eachFromCondition(sql::FromNode *node, F &&f)
{
    if (!node->isJoin)
        return;
    eachFromCondition(node->left, f);
    eachFromCondition(node->right, f);
    if (node->condition)
        f(node->condition);
}

/// Calls f(Expr *&) for each expression that `query` itself holds, not those of the queries inside it.
template <typename F> void eachExpr(Query &query, F &&f)
{
    for (auto &target : query.targets)
        f(target.expr);
    for (sql::FromNode *node : query.from)
        eachFromCondition(node, f);
    for (auto &entry : query.range) {
        for (Expr *&function : entry.functions)
            f(function);
        for (auto &row : entry.values)
            for (Expr *&cell : row)
                f(cell);
    }
    const auto one = [&](Expr *&item) {
        if (item)
            f(item);
    };
    one(query.where);
    one(query.having);
    for (auto &window : query.windows) {
        one(window.startOffset);
        one(window.endOffset);
    }
    one(query.limit);
    one(query.offset);
}

/// Calls f(Query *) for the queries in FROM and WITH (not for sublinks').
template <typename F> void eachInnerQuery(Query &query, F &&f)
{
    for (auto *cte : query.ctes)
        f(cte->query);
    for (auto &entry : query.range)
        if (entry.subquery)
            f(entry.subquery);
    for (auto &entry : query.range) {
        if (!entry.change)
            continue;
        if (entry.change->source)
            f(entry.change->source);
        if (entry.change->conflict && entry.change->conflict->set)
            f(entry.change->conflict->set);
    }
}

/// Calls f(Expr *&slot, int depth) for `slot` and everything under it, parents first, queries inside included; depth
/// counts the queries entered. f answers whether to go below the slot (as it is then).
template <typename F> void eachSlot(Expr *&slot, int depth, F &f);
template <typename F> void eachSlot(Query &query, int depth, F &f)
{
    eachExpr(query, [&](Expr *&slot) { eachSlot(slot, depth, f); });
    eachInnerQuery(query, [&](Query *inner) { eachSlot(*inner, depth + 1, f); });
}
template <typename F> void eachSlot(Expr *&slot, int depth, F &f)
{
    if (!f(slot, depth))
        return;
    eachChild(slot, [&](Expr *&child) { eachSlot(child, depth, f); });
    if (auto *sublink = sql::as<sql::SublinkExpr>(slot))
        eachSlot(*sublink->query, depth + 1, f);
}

/// Calls f(Query &, int depth) for `query` and every query inside it, parents first.
template <typename F> void eachQuery(Query &query, int depth, F &f);
template <typename F> void eachSublinkQuery(Expr *expr, int depth, F &f)
{
    eachChild(expr, [&](Expr *&child) { eachSublinkQuery(child, depth, f); });
    if (auto *sublink = sql::as<sql::SublinkExpr>(expr))
        eachQuery(*sublink->query, depth + 1, f);
}
template <typename F> void eachQuery(Query &query, int depth, F &f)
{
    f(query, depth);
    eachInnerQuery(query, [&](Query *inner) { eachQuery(*inner, depth + 1, f); });
    eachExpr(query, [&](Expr *&slot) { eachSublinkQuery(slot, depth, f); });
}

} // namespace sqlgym::plan
