#include "plan/support.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "plan/analysis.h"
#include "runtime/compare.h"
#include "runtime/function.h"
#include "runtime/io.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sqlgym::plan {

using namespace sql;

namespace {

std::string signature(const catalogue::FunctionRow &row)
{
    std::string text(row.name);
    text += '(';
    for (std::size_t i = 0; i < row.arguments.size(); ++i) {
        if (i)
            text += ", ";
        text += catalogue::formatType(row.arguments[i]);
    }
    return text + ')';
}

std::string checkFunction(Oid oid, bool asSet)
{
    const auto *row = catalogue::findFunction(oid);
    if (!row)
        return "function with OID " + std::to_string(oid);
    const bool known = asSet ? runtime::findSet(row->symbol) != nullptr : runtime::findScalar(row->symbol) != nullptr;
    return known ? std::string() : "function " + signature(*row);
}

/// It cannot fail, or only as casts of moments do.
bool isPlain(const Expr *expr)
{
    if (const auto *call = as<FunctionExpr>(expr); call && (call->implicitCast || call->explicitCast))
        return isPlain(call->arguments.front());
    return as<ConstantExpr>(expr) || as<ColumnExpr>(expr);
}

/// OVERLAPS with an interval is an expression to PostgreSQL, which adds the first interval before it looks at the rest.
bool addsBeforeArguments(const catalogue::FunctionRow &row, const FunctionExpr &call)
{
    return row.symbol.starts_with("sql:overlaps(") && row.symbol.find("interval") != std::string_view::npos &&
           !std::all_of(call.arguments.begin(), call.arguments.end(), isPlain);
}

std::string checkCall(const FunctionExpr &call)
{
    const auto *row = catalogue::findFunction(call.function);
    if (row && addsBeforeArguments(*row, call))
        return "OVERLAPS of computed moments and intervals";
    // PostgreSQL's planner takes calls of these apart, and may drop or raise an error before the argument is known.
    const bool cast = call.implicitCast || call.explicitCast;
    if (row && !cast &&
        (row->symbol == "interval_scale" || row->symbol == "timestamp_scale" || row->symbol == "timestamptz_scale"))
        return "function " + signature(*row);
    return checkFunction(call.function, call.returnsSet);
}

/// The ordered-set aggregates that the executor computes itself.
bool isKnownOrderedSet(const AggregateExpr &call)
{
    const auto *row = catalogue::findFunction(call.function);
    const auto *aggregate = catalogue::findAggregate(call.function);
    if (row && aggregate && aggregate->kind == 'h')
        return call.direct.size() == call.orderBy.size() && call.arguments.size() == call.orderBy.size() &&
               std::ranges::all_of(call.direct, [](Expr *direct) { return rangesOf(direct) == 0; });
    if (!row || call.arguments.size() != 1 || call.orderBy.size() != 1)
        return false;
    for (Expr *direct : call.direct)
        if (rangesOf(direct) != 0 ||
            (direct->type != catalogue::type::kFloat8 && direct->type != catalogue::type::kFloat8Array))
            return false;
    if (row->name == "mode")
        return call.direct.empty();
    if (call.direct.size() != 1)
        return false;
    const Oid sorted = call.arguments.front()->type;
    return row->name == "percentile_disc" || (row->name == "percentile_cont" && (sorted == catalogue::type::kFloat8 ||
                                                                                 sorted == catalogue::type::kInterval));
}

std::string checkAggregate(Oid oid)
{
    const auto *row = catalogue::findFunction(oid);
    const auto *aggregate = catalogue::findAggregate(oid);
    if (!row || !aggregate)
        return "aggregate with OID " + std::to_string(oid);
    return runtime::findAggregate(aggregate->key) ? std::string() : "aggregate " + signature(*row);
}

constexpr std::array<std::string_view, 14> kWindowFunctions = {"window_row_number",
                                                               "window_rank",
                                                               "window_dense_rank",
                                                               "window_percent_rank",
                                                               "window_cume_dist",
                                                               "window_ntile",
                                                               "window_lag",
                                                               "window_lag_with_offset",
                                                               "window_lag_with_offset_and_default",
                                                               "window_lead",
                                                               "window_lead_with_offset",
                                                               "window_lead_with_offset_and_default",
                                                               "window_first_value",
                                                               "window_last_value"};

std::string checkWindow(const WindowExpr &window)
{
    if (window.isAggregate)
        return checkAggregate(window.function);
    const auto *row = catalogue::findFunction(window.function);
    if (!row)
        return "window function with OID " + std::to_string(window.function);
    for (std::string_view known : kWindowFunctions)
        if (row->symbol == known)
            return {};
    return row->symbol == "window_nth_value" ? std::string() : "window function " + signature(*row);
}

std::string checkType(Oid type)
{
    return runtime::hasTextForm(type) ? std::string() : "values of type " + catalogue::formatType(type);
}

/// A relation is known by a number that is the server's affair, and by a name that only some functions look up: what
/// takes regclass may have one, all else may not.
std::string checkRelations(Expr *expr)
{
    const auto *call = as<FunctionExpr>(expr);
    const auto *row = call ? catalogue::findFunction(call->function) : nullptr;
    if (row && std::ranges::find(row->arguments, catalogue::type::kRegclass) != row->arguments.end())
        return {};
    std::string word;
    eachChild(expr, [&](Expr *&child) {
        if (child->type == catalogue::type::kRegclass)
            word = "values of type regclass";
    });
    return word;
}

std::string checkNode(Expr *expr)
{
    if (auto word = checkRelations(expr); !word.empty())
        return word;
    switch (expr->kind) {
    case ExprKind::Function:
        return checkCall(*as<FunctionExpr>(expr));
    case ExprKind::Aggregate:
        if (isKnownOrderedSet(*as<AggregateExpr>(expr)))
            return {};
        return checkAggregate(as<AggregateExpr>(expr)->function);
    case ExprKind::Window:
        return checkWindow(*as<WindowExpr>(expr));
    case ExprKind::NullIf:
        return checkFunction(as<NullIfExpr>(expr)->equal, false);
    case ExprKind::Distinct:
        return checkFunction(as<DistinctExpr>(expr)->equal, false);
    case ExprKind::ArrayOperator:
        return checkFunction(as<ArrayOperatorExpr>(expr)->function, false);
    case ExprKind::RowCompare:
        for (Oid op : as<RowCompareExpr>(expr)->operators)
            if (const auto *row = catalogue::findOperator(op); !row || !runtime::findCompare(row->left))
                return "comparing rows of such types";
        return {};
    case ExprKind::MinMax:
        return runtime::findCompare(expr->type) ? std::string()
                                                : "GREATEST and LEAST of " + catalogue::formatType(expr->type);
    case ExprKind::Sublink:
        for (Oid function : as<SublinkExpr>(expr)->comparisons)
            if (auto word = checkFunction(function, false); !word.empty())
                return word;
        return {};
    case ExprKind::Subscript:
        if (const auto *type = catalogue::findType(as<SubscriptExpr>(expr)->container->type);
            !type || (!type->isTrueArray && !type->element))
            return "subscripts of values that are not arrays";
        return {};
    case ExprKind::SqlValue:
        switch (as<SqlValueExpr>(expr)->value) {
        case SqlValue::CurrentUser:
        case SqlValue::SessionUser:
            return "current_user";
        case SqlValue::CurrentCatalog:
            return "current_catalog";
        default:
            return {};
        }
    case ExprKind::ConvertViaText: {
        auto word = checkType(as<ConvertViaTextExpr>(expr)->argument->type);
        return word.empty() ? checkType(expr->type) : word;
    }
    default:
        return {};
    }
}

} // namespace

std::string findUnsupported(Expr *expr)
{
    std::string word;
    auto visit = [&](Expr *&slot, int) {
        if (word.empty())
            word = checkNode(slot);
        return word.empty();
    };
    eachSlot(expr, 0, visit);
    return word;
}

std::string findUnsupported(Query &query)
{
    std::string word;
    auto visit = [&](Expr *&slot, int) {
        if (word.empty())
            word = checkNode(slot);
        return word.empty();
    };
    eachSlot(query, 0, visit);
    auto columns = [&](const Query &each, int) {
        for (const auto &target : each.targets) {
            if (target.expr->type == catalogue::type::kRegclass && word.empty())
                word = "values of type regclass"; // a row of them may be asked for
        }
    };
    eachQuery(query, 0, columns);
    return word;
}

std::string findUnprintable(const Query &query)
{
    for (const auto &target : query.targets) {
        if (target.junk)
            continue;
        const Oid type = target.expr->type;
        if (type == catalogue::type::kUnknown || type == catalogue::type::kVoid)
            continue;
        if (auto word = checkType(type); !word.empty())
            return word;
    }
    return {};
}

} // namespace sqlgym::plan
