#include "sql/stability.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "sql/expr_tools.h"

#include <algorithm>
#include <functional>
#include <iterator>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

/// Types whose text no setting changes.
bool hasFixedText(Oid oid)
{
    static constexpr Oid kFixed[] = {type::kBool,   type::kInt2,    type::kInt4, type::kInt8,    type::kFloat4,
                                     type::kFloat8, type::kNumeric, type::kText, type::kVarchar, type::kBpchar};
    return std::ranges::find(kFixed, oid) != std::end(kFixed);
}

/// Types whose text DateStyle or the time zone changes.
bool isMoment(Oid oid) { return oid == type::kDate || oid == type::kTimestamp || oid == type::kTimestamptz; }

/// Of a node alone.
Stability ofNode(const Expr &expr)
{
    if (expr.kind == ExprKind::SqlValue)
        return Stability::Mutable;
    if (const auto *convert = as<ConvertViaTextExpr>(&expr)) {
        if (isMoment(convert->type) || isMoment(convert->argument->type))
            return Stability::Mutable;
        return hasFixedText(convert->type) && hasFixedText(convert->argument->type) ? Stability::Immutable
                                                                                    : Stability::Unsure;
    }
    Oid function = 0;
    if (const auto *call = as<FunctionExpr>(&expr))
        function = call->function;
    else if (const auto *any = as<ArrayOperatorExpr>(&expr))
        function = any->function;
    else if (const auto *distinct = as<DistinctExpr>(&expr))
        function = distinct->equal;
    else if (const auto *nullIf = as<NullIfExpr>(&expr))
        function = nullIf->equal;
    const auto *row = function ? catalogue::findFunction(function) : nullptr;
    if (!row || row->volatility == 'i')
        return Stability::Immutable;
    // A function written in SQL is taken apart before it is judged: what counts is what it does.
    const auto *call = as<FunctionExpr>(&expr);
    if (call && (row->name == "textanycat" || row->name == "anytextcat") &&
        std::ranges::all_of(call->arguments, [](const Expr *argument) { return hasFixedText(argument->type); }))
        return Stability::Immutable;
    return row->symbol.starts_with("sql:") ? Stability::Unsure : Stability::Mutable;
}

} // namespace

Stability stabilityOf(Expr &expr)
{
    Stability result = Stability::Immutable;
    bool mayGo = false; // the planner drops branches that constants decide
    const std::function<void(Expr *&)> visit = [&](Expr *&part) {
        mayGo = mayGo || part->kind == ExprKind::Case || part->kind == ExprKind::Coalesce ||
                part->kind == ExprKind::Boolean;
        if (result == Stability::Immutable)
            result = ofNode(*part);
        forEachChild(*part, visit);
    };
    Expr *root = &expr;
    visit(root);
    return result == Stability::Mutable && mayGo ? Stability::Unsure : result;
}

} // namespace sqlgym::sql
