#include "plan/analysis.h"

#include <algorithm>

namespace sqlgym::plan {

using namespace sql;

namespace {

bool equalLists(const std::vector<Expr *> &a, const std::vector<Expr *> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](Expr *x, Expr *y) { return equal(x, y); });
}

bool equalKeys(const std::vector<SortKey> &a, const std::vector<SortKey> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const SortKey &x, const SortKey &y) {
        return x.target == y.target && x.less == y.less && x.equal == y.equal && x.descending == y.descending &&
               x.nullsFirst == y.nullsFirst;
    });
}

bool sameValue(const Datum &a, const Datum &b)
{
    if (a.isNull || b.isNull)
        return a.isNull && b.isNull;
    if (a.storage != b.storage || a.scale != b.scale)
        return false;
    switch (a.storage) {
    case value::Storage::Inline:
        return a.int64 == b.int64 && a.length == b.length;
    case value::Storage::SmallNumeric:
        return a.int64 == b.int64;
    case value::Storage::Bytes:
        return a.text() == b.text();
    case value::Storage::Interval:
        return a.interval->microseconds == b.interval->microseconds && a.interval->days == b.interval->days &&
               a.interval->months == b.interval->months;
    default:
        return a.int64 == b.int64;
    }
}

template <typename T> struct Pair {
    const T *a;
    const T *b;
};
template <typename T> Pair<T> both(const Expr *a, const Expr *b)
{
    return {static_cast<const T *>(a), static_cast<const T *>(b)};
}

bool equalNodes(const Expr *a, const Expr *b)
{
    switch (a->kind) {
    case ExprKind::Constant: {
        const auto [x, y] = both<ConstantExpr>(a, b);
        return sameValue(x->value, y->value);
    }
    case ExprKind::Column: {
        const auto [x, y] = both<ColumnExpr>(a, b);
        return x->levelsUp == y->levelsUp && x->range == y->range && x->column == y->column;
    }
    case ExprKind::Function: {
        const auto [x, y] = both<FunctionExpr>(a, b);
        return x->function == y->function && x->inputCollation == y->inputCollation;
    }
    case ExprKind::Aggregate: {
        const auto [x, y] = both<AggregateExpr>(a, b);
        return x->function == y->function && x->levelsUp == y->levelsUp && x->distinct == y->distinct &&
               x->argumentCount == y->argumentCount && equalKeys(x->orderBy, y->orderBy) &&
               (x->filter == nullptr) == (y->filter == nullptr) && x->direct.size() == y->direct.size();
    }
    case ExprKind::Window: {
        const auto [x, y] = both<WindowExpr>(a, b);
        return x->function == y->function && x->window == y->window &&
               (x->filter == nullptr) == (y->filter == nullptr);
    }
    case ExprKind::Boolean: {
        const auto [x, y] = both<BooleanExpr>(a, b);
        return x->op == y->op;
    }
    case ExprKind::NullTest: {
        const auto [x, y] = both<NullTestExpr>(a, b);
        return x->isNot == y->isNot && x->ofRow == y->ofRow;
    }
    case ExprKind::BooleanTest: {
        const auto [x, y] = both<BooleanTestExpr>(a, b);
        return x->test == y->test;
    }
    case ExprKind::Case: {
        const auto [x, y] = both<CaseExpr>(a, b);
        return (x->input == nullptr) == (y->input == nullptr) && x->branches.size() == y->branches.size();
    }
    case ExprKind::MinMax: {
        const auto [x, y] = both<MinMaxExpr>(a, b);
        return x->greatest == y->greatest;
    }
    case ExprKind::NullIf: {
        const auto [x, y] = both<NullIfExpr>(a, b);
        return x->equal == y->equal;
    }
    case ExprKind::Distinct: {
        const auto [x, y] = both<DistinctExpr>(a, b);
        return x->equal == y->equal && x->isNot == y->isNot;
    }
    case ExprKind::ArrayOperator: {
        const auto [x, y] = both<ArrayOperatorExpr>(a, b);
        return x->function == y->function && x->any == y->any;
    }
    case ExprKind::RowCompare: {
        const auto [x, y] = both<RowCompareExpr>(a, b);
        return x->op == y->op && x->operators == y->operators;
    }
    case ExprKind::Field: {
        const auto [x, y] = both<FieldExpr>(a, b);
        return x->field == y->field;
    }
    case ExprKind::SqlValue: {
        const auto [x, y] = both<SqlValueExpr>(a, b);
        return x->value == y->value;
    }
    case ExprKind::Grouping: {
        const auto [x, y] = both<GroupingExpr>(a, b);
        return x->keys == y->keys;
    }
    case ExprKind::Subscript:
    case ExprKind::Sublink:
        return a == b;
    default:
        return true;
    }
}

} // namespace

bool equal(const Expr *a, const Expr *b)
{
    if (a == b)
        return true;
    if (!a || !b || a->kind != b->kind || a->type != b->type || a->typmod != b->typmod || !equalNodes(a, b))
        return false;
    std::vector<Expr *> left;
    std::vector<Expr *> right;
    eachChild(const_cast<Expr *>(a), [&](Expr *&child) { left.push_back(child); });
    eachChild(const_cast<Expr *>(b), [&](Expr *&child) { right.push_back(child); });
    return equalLists(left, right);
}

} // namespace sqlgym::plan
