#include "sql/expr_tools.h"

#include "value/numeric.h"

#include <algorithm>

namespace sqlgym::sql {

namespace {

using Visit = std::function<void(Expr *&)>;

void each(std::vector<Expr *> &list, const Visit &visit)
{
    for (auto *&item : list)
        visit(item);
}

void one(Expr *&item, const Visit &visit)
{
    if (item)
        visit(item);
}

void eachFrom(FromNode *node, const Visit &visit)
{
    if (!node || !node->isJoin)
        return;
    eachFrom(node->left, visit);
    eachFrom(node->right, visit);
    one(node->condition, visit);
}

bool equalLists(const std::vector<Expr *> &a, const std::vector<Expr *> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), equalExpr);
}

bool equalKeys(const std::vector<SortKey> &a, const std::vector<SortKey> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const SortKey &x, const SortKey &y) {
        return x.target == y.target && x.less == y.less && x.equal == y.equal && x.descending == y.descending &&
               x.nullsFirst == y.nullsFirst;
    });
}

bool equalDatum(const Datum &a, const Datum &b)
{
    if (a.isNull || b.isNull)
        return a.isNull == b.isNull;
    if (a.storage != b.storage)
        return false;
    switch (a.storage) {
    case value::Storage::Inline:
        return a.int64 == b.int64 && a.length == b.length;
    case value::Storage::SmallNumeric:
        return a.int64 == b.int64 && a.scale == b.scale;
    case value::Storage::Bytes:
        return a.text() == b.text();
    case value::Storage::Interval:
        return a.interval->microseconds == b.interval->microseconds && a.interval->days == b.interval->days &&
               a.interval->months == b.interval->months;
    case value::Storage::BigNumeric:
        return value::numeric::toText(a) == value::numeric::toText(b);
    case value::Storage::Array: {
        const value::ArrayValue &x = *a.array, &y = *b.array;
        return x.elementType == y.elementType && x.dimensionCount == y.dimensionCount &&
               x.elementCount == y.elementCount &&
               std::equal(x.dimensions, x.dimensions + x.dimensionCount, y.dimensions) &&
               std::equal(x.lowerBounds, x.lowerBounds + x.dimensionCount, y.lowerBounds) &&
               std::equal(x.elements, x.elements + x.elementCount, y.elements, equalDatum);
    }
    case value::Storage::Record: {
        const value::RecordValue &x = *a.record, &y = *b.record;
        return a.scale == b.scale && x.type == y.type && x.fieldCount == y.fieldCount &&
               std::equal(x.fieldTypes, x.fieldTypes + x.fieldCount, y.fieldTypes) &&
               std::equal(x.fields, x.fields + x.fieldCount, y.fields, equalDatum);
    }
    }
    return false;
}

bool equalBranches(const CaseExpr &a, const CaseExpr &b)
{
    return std::equal(
        a.branches.begin(), a.branches.end(), b.branches.begin(), b.branches.end(),
        [](const auto &x, const auto &y) { return equalExpr(x.first, y.first) && equalExpr(x.second, y.second); });
}

/// The parts of a node that are not sub-expressions.
bool equalHead(const Expr &a, const Expr &b)
{
    switch (a.kind) {
    case ExprKind::Constant:
        return equalDatum(as<ConstantExpr>(&a)->value, as<ConstantExpr>(&b)->value);
    case ExprKind::Column: {
        const auto &x = *as<ColumnExpr>(&a), &y = *as<ColumnExpr>(&b);
        return x.levelsUp == y.levelsUp && x.range == y.range && x.column == y.column;
    }
    case ExprKind::Function: {
        const auto &x = *as<FunctionExpr>(&a), &y = *as<FunctionExpr>(&b);
        return x.function == y.function && x.op == y.op && x.variadicArray == y.variadicArray;
    }
    case ExprKind::Aggregate: {
        const auto &x = *as<AggregateExpr>(&a), &y = *as<AggregateExpr>(&b);
        return x.function == y.function && x.levelsUp == y.levelsUp && x.star == y.star && x.distinct == y.distinct &&
               x.argumentCount == y.argumentCount && x.direct.size() == y.direct.size() &&
               equalKeys(x.orderBy, y.orderBy) && !x.filter == !y.filter;
    }
    case ExprKind::Window: {
        const auto &x = *as<WindowExpr>(&a), &y = *as<WindowExpr>(&b);
        return x.function == y.function && x.star == y.star && x.window == y.window && !x.filter == !y.filter;
    }
    case ExprKind::Boolean:
        return as<BooleanExpr>(&a)->op == as<BooleanExpr>(&b)->op;
    case ExprKind::NullTest: {
        const auto &x = *as<NullTestExpr>(&a), &y = *as<NullTestExpr>(&b);
        return x.isNot == y.isNot && x.ofRow == y.ofRow;
    }
    case ExprKind::BooleanTest:
        return as<BooleanTestExpr>(&a)->test == as<BooleanTestExpr>(&b)->test;
    case ExprKind::Case:
        return !as<CaseExpr>(&a)->input == !as<CaseExpr>(&b)->input &&
               equalBranches(*as<CaseExpr>(&a), *as<CaseExpr>(&b));
    case ExprKind::MinMax:
        return as<MinMaxExpr>(&a)->greatest == as<MinMaxExpr>(&b)->greatest;
    case ExprKind::NullIf:
        return as<NullIfExpr>(&a)->op == as<NullIfExpr>(&b)->op;
    case ExprKind::Distinct:
        return as<DistinctExpr>(&a)->op == as<DistinctExpr>(&b)->op &&
               as<DistinctExpr>(&a)->isNot == as<DistinctExpr>(&b)->isNot;
    case ExprKind::ArrayOperator:
        return as<ArrayOperatorExpr>(&a)->op == as<ArrayOperatorExpr>(&b)->op &&
               as<ArrayOperatorExpr>(&a)->any == as<ArrayOperatorExpr>(&b)->any;
    case ExprKind::ArrayConstructor:
        return as<ArrayConstructorExpr>(&a)->elementType == as<ArrayConstructorExpr>(&b)->elementType;
    case ExprKind::RowCompare:
        return as<RowCompareExpr>(&a)->op == as<RowCompareExpr>(&b)->op &&
               as<RowCompareExpr>(&a)->operators == as<RowCompareExpr>(&b)->operators;
    case ExprKind::Field:
        return as<FieldExpr>(&a)->field == as<FieldExpr>(&b)->field;
    case ExprKind::Subscript:
        return as<SubscriptExpr>(&a)->isSlice == as<SubscriptExpr>(&b)->isSlice &&
               as<SubscriptExpr>(&a)->lower.size() == as<SubscriptExpr>(&b)->lower.size();
    case ExprKind::Sublink: {
        const auto &x = *as<SublinkExpr>(&a), &y = *as<SublinkExpr>(&b);
        return x.sublink == y.sublink && x.operators == y.operators && x.useOr == y.useOr &&
               (x.query == y.query || (x.query && y.query && equalQuery(*x.query, *y.query)));
    }
    case ExprKind::SqlValue:
        return as<SqlValueExpr>(&a)->value == as<SqlValueExpr>(&b)->value;
    case ExprKind::Grouping:
        return equalLists(as<GroupingExpr>(&a)->arguments, as<GroupingExpr>(&b)->arguments);
    default:
        return true;
    }
}

std::vector<Expr *> childrenOf(const Expr &expr)
{
    std::vector<Expr *> children;
    forEachChild(const_cast<Expr &>(expr), [&](Expr *&child) { children.push_back(child); });
    return children;
}

} // namespace

void forEachChild(Expr &expr, const Visit &visit)
{
    switch (expr.kind) {
    case ExprKind::Constant:
    case ExprKind::Column:
    case ExprKind::CaseInput:
    case ExprKind::SqlValue:
    case ExprKind::Grouping:
        return;
    case ExprKind::Function:
        return each(as<FunctionExpr>(&expr)->arguments, visit);
    case ExprKind::Aggregate: {
        auto &node = *as<AggregateExpr>(&expr);
        each(node.direct, visit);
        each(node.arguments, visit);
        return one(node.filter, visit);
    }
    case ExprKind::Window: {
        auto &node = *as<WindowExpr>(&expr);
        each(node.arguments, visit);
        return one(node.filter, visit);
    }
    case ExprKind::Boolean:
        return each(as<BooleanExpr>(&expr)->arguments, visit);
    case ExprKind::NullTest:
        return one(as<NullTestExpr>(&expr)->argument, visit);
    case ExprKind::BooleanTest:
        return one(as<BooleanTestExpr>(&expr)->argument, visit);
    case ExprKind::Case: {
        auto &node = *as<CaseExpr>(&expr);
        one(node.input, visit);
        for (auto &[condition, result] : node.branches) {
            visit(condition);
            visit(result);
        }
        return one(node.otherwise, visit);
    }
    case ExprKind::Coalesce:
        return each(as<CoalesceExpr>(&expr)->arguments, visit);
    case ExprKind::MinMax:
        return each(as<MinMaxExpr>(&expr)->arguments, visit);
    case ExprKind::NullIf:
        visit(as<NullIfExpr>(&expr)->left);
        return visit(as<NullIfExpr>(&expr)->right);
    case ExprKind::Distinct:
        visit(as<DistinctExpr>(&expr)->left);
        return visit(as<DistinctExpr>(&expr)->right);
    case ExprKind::ArrayOperator:
        visit(as<ArrayOperatorExpr>(&expr)->left);
        return visit(as<ArrayOperatorExpr>(&expr)->array);
    case ExprKind::ArrayConstructor:
        return each(as<ArrayConstructorExpr>(&expr)->elements, visit);
    case ExprKind::Row:
        return each(as<RowExpr>(&expr)->fields, visit);
    case ExprKind::RowCompare:
        each(as<RowCompareExpr>(&expr)->left, visit);
        return each(as<RowCompareExpr>(&expr)->right, visit);
    case ExprKind::Field:
        return visit(as<FieldExpr>(&expr)->argument);
    case ExprKind::Subscript: {
        auto &node = *as<SubscriptExpr>(&expr);
        visit(node.container);
        for (auto *&bound : node.upper)
            one(bound, visit);
        for (auto *&bound : node.lower)
            one(bound, visit);
        return;
    }
    case ExprKind::Sublink:
        each(as<SublinkExpr>(&expr)->left, visit);
        return each(as<SublinkExpr>(&expr)->right, visit);
    case ExprKind::Relabel:
        return visit(as<RelabelExpr>(&expr)->argument);
    case ExprKind::ConvertViaText:
        return visit(as<ConvertViaTextExpr>(&expr)->argument);
    case ExprKind::ArrayConvert:
        visit(as<ArrayConvertExpr>(&expr)->argument);
        return visit(as<ArrayConvertExpr>(&expr)->element);
    }
}

void forEachExpr(Query &query, const Visit &visit)
{
    for (auto &entry : query.range) {
        each(entry.functions, visit);
        for (auto &row : entry.values)
            each(row, visit);
    }
    for (auto *node : query.from)
        eachFrom(node, visit);
    one(query.where, visit);
    for (auto &target : query.targets)
        visit(target.expr);
    one(query.having, visit);
    for (auto &window : query.windows) {
        one(window.startOffset, visit);
        one(window.endOffset, visit);
    }
    one(query.limit, visit);
    one(query.offset, visit);
}

namespace {

void forEachSlotOf(Query &query, int depth, const std::function<void(Expr *&, int)> &visit)
{
    forEachExpr(query, [&](Expr *&slot) { forEachSlot(slot, depth, visit); });
    for (auto &entry : query.range) {
        if (entry.subquery)
            forEachSlotOf(*entry.subquery, depth + 1, visit);
    }
    for (auto *cte : query.ctes) {
        if (cte->query)
            forEachSlotOf(*cte->query, depth + 1, visit);
    }
}

} // namespace

void forEachSlot(Expr *&slot, int depth, const std::function<void(Expr *&, int)> &visit)
{
    const Expr *before = slot;
    visit(slot, depth);
    if (slot != before)
        return;
    forEachChild(*slot, [&](Expr *&child) { forEachSlot(child, depth, visit); });
    if (auto *link = as<SublinkExpr>(slot); link && link->query)
        forEachSlotOf(*link->query, depth + 1, visit);
}

const Expr *withoutImplicitCasts(const Expr *expr)
{
    if (const auto *call = as<FunctionExpr>(expr); call && call->implicitCast)
        return withoutImplicitCasts(call->arguments.front());
    if (const auto *relabel = as<RelabelExpr>(expr); relabel && relabel->implicitCast)
        return withoutImplicitCasts(relabel->argument);
    if (const auto *convert = as<ConvertViaTextExpr>(expr); convert && convert->implicitCast)
        return withoutImplicitCasts(convert->argument);
    return expr;
}

bool equalExpr(const Expr *a, const Expr *b)
{
    if (a == b)
        return true;
    if (!a || !b || a->kind != b->kind || a->type != b->type || a->typmod != b->typmod || !equalHead(*a, *b))
        return false;
    return equalLists(childrenOf(*a), childrenOf(*b));
}

} // namespace sqlgym::sql
