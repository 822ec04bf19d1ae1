#include "plan/analysis.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sqlgym::plan {

using namespace sql;

namespace {

/// Does any node at or below `slot` satisfy `test(Expr *, depth)`?
template <typename T> bool any(Expr *expr, T &&test)
{
    bool found = false;
    auto visit = [&](Expr *&slot, int depth) {
        found = found || test(slot, depth);
        return !found;
    };
    eachSlot(expr, 0, visit);
    return found;
}

bool isVolatileFunction(Oid function)
{
    const auto *row = catalogue::findFunction(function);
    return !row || row->volatility == 'v';
}

bool isVolatileNode(const Expr *expr)
{
    switch (expr->kind) {
    case ExprKind::Function:
        return isVolatileFunction(static_cast<const FunctionExpr *>(expr)->function);
    case ExprKind::ArrayOperator:
        return isVolatileFunction(static_cast<const ArrayOperatorExpr *>(expr)->function);
    default:
        return false;
    }
}

double functionCost(Oid function)
{
    const auto *row = catalogue::findFunction(function);
    return row ? row->cost : 1;
}

/// Functions that never fail on values of their types: comparisons and pattern-free text tests.
bool isSafeFunction(Oid function)
{
    const auto *row = catalogue::findFunction(function);
    if (!row)
        return false;
    const std::string_view s = row->symbol;
    const auto ends = [&](std::string_view tail) {
        return s.size() >= tail.size() && s.substr(s.size() - tail.size()) == tail;
    };
    if (row->result == 16 && row->arguments.size() == 2 &&
        (ends("eq") || ends("ne") || ends("lt") || ends("le") || ends("gt") || ends("ge") || ends("_eq") ||
         ends("_lt") || ends("_le") || ends("_gt") || ends("_ge") || ends("_ne")))
        return true;
    return s == "textlike" || s == "textnlike" || s == "texticlike" || s == "texticnlike" || s == "text_starts_with" ||
           s == "lower" || s == "upper" || s == "textlen" || s == "btrim1" || s == "ltrim1" || s == "rtrim1";
}

/// Aggregates that take whatever comes: sums that only a quintillion of rows could overflow among them.
bool isSafeAggregate(Oid function)
{
    const auto *row = catalogue::findFunction(function);
    if (!row)
        return false;
    constexpr std::array<std::string_view, 8> kAny = {"count",   "min",   "max",        "bool_and",
                                                      "bool_or", "every", "string_agg", "array_agg"};
    if (std::ranges::find(kAny, row->name) != kAny.end())
        return true;
    namespace type = catalogue::type;
    return (row->name == "sum" || row->name == "avg") && !row->arguments.empty() &&
           (row->arguments[0] == type::kInt2 || row->arguments[0] == type::kInt4 || row->arguments[0] == type::kInt8 ||
            row->arguments[0] == type::kNumeric);
}

/// A pattern that ends in a backslash fails where LIKE comes to its end.
bool isPatternSafe(const FunctionExpr &call)
{
    const auto *row = catalogue::findFunction(call.function);
    if (!row || row->arguments.size() != 2 || row->symbol.find("like") == std::string_view::npos)
        return true;
    const auto *pattern = as<ConstantExpr>(call.arguments[1]);
    return pattern && (pattern->value.isNull || !pattern->value.text().ends_with('\\'));
}

/// Whether a node can fail, apart from what is under it.
bool raisesItself(Expr *node)
{
    switch (node->kind) {
    case ExprKind::Function:
        return !isSafeFunction(as<FunctionExpr>(node)->function) || !isPatternSafe(*as<FunctionExpr>(node));
    case ExprKind::ArrayOperator:
        return !isSafeFunction(as<ArrayOperatorExpr>(node)->function);
    case ExprKind::Aggregate:
        return !isSafeAggregate(as<AggregateExpr>(node)->function);
    case ExprKind::Constant:
    case ExprKind::Column:
    case ExprKind::Boolean:
    case ExprKind::NullTest:
    case ExprKind::BooleanTest:
    case ExprKind::Case:
    case ExprKind::CaseInput:
    case ExprKind::Coalesce:
    case ExprKind::MinMax:
    case ExprKind::NullIf:
    case ExprKind::Distinct:
    case ExprKind::ArrayConstructor:
    case ExprKind::Row:
    case ExprKind::RowCompare:
    case ExprKind::Field:
    case ExprKind::Relabel:
    case ExprKind::SqlValue:
    case ExprKind::Grouping:
        return false;
    case ExprKind::Sublink:
        return as<SublinkExpr>(node)->sublink == SublinkKind::Scalar;
    default:
        return true;
    }
}

} // namespace

RangeSet rangesOf(Expr *expr, int levels)
{
    RangeSet set = 0;
    auto visit = [&](Expr *&slot, int depth) {
        if (auto *column = as<ColumnExpr>(slot); column && column->levelsUp == depth + levels && column->range >= 0)
            set |= rangeBit(column->range);
        return true;
    };
    eachSlot(expr, 0, visit);
    return set;
}

RangeSet rangesOf(Query &query, int levels)
{
    RangeSet set = 0;
    auto visit = [&](Expr *&slot, int depth) {
        if (auto *column = as<ColumnExpr>(slot); column && column->levelsUp == depth + levels && column->range >= 0)
            set |= rangeBit(column->range);
        return true;
    };
    eachSlot(query, 0, visit);
    return set;
}

bool readsOuter(Expr *expr)
{
    return any(expr, [](Expr *node, int depth) {
        const auto *column = as<ColumnExpr>(node);
        const auto *aggregate = as<AggregateExpr>(node);
        return (column && column->range >= 0 && column->levelsUp > depth) || (aggregate && aggregate->levelsUp > depth);
    });
}

bool readsOuter(Query &query)
{
    bool found = false;
    auto visit = [&](Expr *&slot, int depth) {
        const auto *column = as<ColumnExpr>(slot);
        const auto *aggregate = as<AggregateExpr>(slot);
        found = found || (column && column->range >= 0 && column->levelsUp > depth) ||
                (aggregate && aggregate->levelsUp > depth);
        return !found;
    };
    eachSlot(query, 0, visit);
    return found;
}

bool isVolatile(Expr *expr)
{
    return any(expr, [](Expr *node, int) { return isVolatileNode(node); });
}

bool isVolatile(Query &query)
{
    bool found = false;
    auto visit = [&](Expr *&slot, int) {
        found = found || isVolatileNode(slot);
        return !found;
    };
    eachSlot(query, 0, visit);
    return found;
}

bool hasSublink(Expr *expr)
{
    return any(expr, [](Expr *node, int) { return node->kind == ExprKind::Sublink; });
}

bool hasSubplan(Expr *expr)
{
    bool found = false;
    auto visit = [&](Expr *&slot, int depth) {
        if (depth > 0 || found)
            return false;
        auto *sublink = as<SublinkExpr>(slot);
        if (!sublink)
            return true;
        const auto reads = [&](Expr *&inner, int levels) {
            const auto *column = as<ColumnExpr>(inner);
            const auto *aggregate = as<AggregateExpr>(inner);
            found = found || (column && column->range >= 0 && column->levelsUp == levels + 1) ||
                    (aggregate && aggregate->levelsUp == levels + 1);
            return !found;
        };
        found = sublink->sublink == SublinkKind::Any || sublink->sublink == SublinkKind::All;
        eachSlot(*sublink->query, 0, reads);
        return !found;
    };
    eachSlot(expr, 0, visit);
    return found;
}

bool hasAggregate(Expr *expr)
{
    return any(expr, [](Expr *node, int depth) {
        const auto *aggregate = as<AggregateExpr>(node);
        return (aggregate && aggregate->levelsUp == depth) || (depth == 0 && node->kind == ExprKind::Grouping);
    });
}

bool hasWindow(Expr *expr)
{
    return any(expr, [](Expr *node, int depth) { return depth == 0 && node->kind == ExprKind::Window; });
}

bool returnsSet(Expr *expr)
{
    return any(expr, [](Expr *node, int depth) {
        const auto *function = as<FunctionExpr>(node);
        return depth == 0 && function && function->returnsSet;
    });
}

bool isSameInAllRows(Expr *expr)
{
    return rangesOf(expr) == 0 && !isVolatile(expr) && !returnsSet(expr) && !hasAggregate(expr) && !hasWindow(expr);
}

bool mayRaise(Expr *expr)
{
    return any(expr, [](Expr *node, int) { return raisesItself(node); });
}

bool anyMayRaise(Query &query)
{
    bool found = query.limit || query.offset;
    auto visit = [&](Expr *&slot, int) {
        found = found || raisesItself(slot);
        return !found;
    };
    eachSlot(query, 0, visit);
    auto limits = [&](const Query &inner, int) {
        for (const Expr *count : {inner.limit, inner.offset}) {
            const auto *constant = as<ConstantExpr>(count);
            found = found || (constant && !constant->value.isNull && constant->value.int64 < 0);
        }
    };
    eachQuery(query, 0, limits);
    return found;
}

bool hasFailingPattern(Query &query)
{
    bool found = false;
    auto visit = [&](Expr *&slot, int) {
        const auto *call = as<FunctionExpr>(slot);
        found = found || (call && call->arguments.size() == 2 && call->arguments[1]->kind == ExprKind::Constant &&
                          !isPatternSafe(*call));
        return !found;
    };
    eachSlot(query, 0, visit);
    return found;
}

std::vector<Expr *> takeWithin(std::vector<Expr *> &quals, RangeSet ranges)
{
    std::vector<Expr *> taken;
    std::vector<Expr *> rest;
    for (Expr *qual : quals)
        (within(rangesOf(qual), ranges) && !isVolatile(qual) ? taken : rest).push_back(qual);
    quals = std::move(rest);
    return taken;
}

namespace {

/// From so many constants on, PostgreSQL looks them up by hash.
constexpr double kHashedArray = 9;

/// PostgreSQL's estimate_array_length: ten where their number is unknown, none in a NULL. Conversions of the array that
/// change no bits are seen through.
double elementCount(const Expr *array)
{
    for (const auto *convert = as<ArrayConvertExpr>(array); convert; convert = as<ArrayConvertExpr>(array)) {
        const auto *relabel = as<RelabelExpr>(convert->element);
        if (convert->element->kind != ExprKind::CaseInput &&
            !(relabel && relabel->argument->kind == ExprKind::CaseInput))
            break;
        array = convert->argument;
    }
    if (const auto *list = as<ArrayConstructorExpr>(array); list && !list->nested)
        return double(list->elements.size());
    const auto *constant = as<ConstantExpr>(array);
    if (constant && constant->value.isNull)
        return 0;
    return constant && constant->value.storage == value::Storage::Array ? constant->value.array->elementCount : 10;
}

double costOf(const ArrayOperatorExpr &op)
{
    const double elements = elementCount(op.array);
    const auto *row = catalogue::findOperator(op.op);
    const bool hashed = op.array->kind == ExprKind::Constant && elements >= kHashedArray && row && row->canHash &&
                        op.any && row->name == "=";
    // Half the elements are looked at.
    return hashed ? functionCost(op.function) : functionCost(op.function) * elements * 0.5;
}

/// A subquery that reads nothing from outside is computed once: a parameter, or a hash that is asked. Any other costs a
/// scan, which is beyond any plain expression.
double costOf(SublinkExpr &sublink)
{
    if (readsOuter(*sublink.query) || sublink.sublink == SublinkKind::All)
        return kScanCost;
    if (sublink.sublink != SublinkKind::Any)
        return 0;
    double total = 0;
    for (const Oid op : sublink.operators)
        if (const auto *row = catalogue::findOperator(op); !row || !row->canHash)
            return kScanCost;
    for (const Oid function : sublink.comparisons)
        total += functionCost(function);
    for (Expr *left : sublink.left)
        total += cost(left);
    return total;
}

} // namespace

double cost(Expr *expr)
{
    double total = 0;
    auto visit = [&](Expr *&slot, int) {
        switch (slot->kind) {
        case ExprKind::Function:
            total += functionCost(as<FunctionExpr>(slot)->function);
            break;
        case ExprKind::Distinct:
            total += functionCost(as<DistinctExpr>(slot)->equal);
            break;
        case ExprKind::NullIf:
            total += functionCost(as<NullIfExpr>(slot)->equal);
            break;
        case ExprKind::ArrayOperator:
            total += costOf(*as<ArrayOperatorExpr>(slot));
            break;
        case ExprKind::RowCompare:
            for (Oid op : as<RowCompareExpr>(slot)->operators)
                if (const auto *row = catalogue::findOperator(op))
                    total += functionCost(row->function);
            break;
        case ExprKind::ConvertViaText:
            total += 2;
            break;
        case ExprKind::ArrayConvert:
            total += cost(as<ArrayConvertExpr>(slot)->argument);
            total += cost(as<ArrayConvertExpr>(slot)->element) * elementCount(as<ArrayConvertExpr>(slot)->argument);
            return false;
        case ExprKind::MinMax:
        case ExprKind::SqlValue:
        case ExprKind::Grouping:
            total += 1;
            break;
        case ExprKind::Aggregate:
        case ExprKind::Window:
            return false; // read like columns
        case ExprKind::Sublink:
            total += costOf(*as<SublinkExpr>(slot));
            return false;
        default:
            break;
        }
        return true;
    };
    eachSlot(expr, 0, visit);
    return total;
}

bool hasUnsurePrice(Expr *expr)
{
    const auto isSmall = [](const Query &query) {
        const auto isTable = [](const RangeEntry &entry) { return entry.kind == RangeKind::Table; };
        return query.limit || (query.hasAggregates && query.groupBy.empty()) ||
               std::ranges::none_of(query.range, isTable);
    };
    return any(expr, [&](Expr *node, int) {
        auto *sublink = as<SublinkExpr>(node);
        return sublink && (sublink->sublink == SublinkKind::All || sublink->sublink == SublinkKind::Any) &&
               costOf(*sublink) >= kScanCost && !readsOuter(*sublink->query) && isSmall(*sublink->query);
    });
}

void splitAnd(Expr *expr, std::vector<Expr *> &into)
{
    if (!expr)
        return;
    if (auto *boolean = as<BooleanExpr>(expr); boolean && boolean->op == BooleanOp::And) {
        for (Expr *argument : boolean->arguments)
            splitAnd(argument, into);
        return;
    }
    if (const auto *constant = as<ConstantExpr>(expr); constant && constant->value.isTrue())
        return;
    into.push_back(expr);
}

namespace {

/// An equality that PostgreSQL may derive others from: handed out after all other conditions.
bool isEquality(Expr *qual)
{
    const auto *call = as<FunctionExpr>(qual);
    const auto *op = call && call->op ? catalogue::findOperator(call->op) : nullptr;
    return op && op->canMerge && op->name == "=" && !isVolatile(qual);
}

/// EXISTS and IN that are joins to PostgreSQL come after all conditions on the tables themselves.
bool isJoin(Expr *qual)
{
    const auto *negation = as<BooleanExpr>(qual);
    const auto *sublink =
        as<SublinkExpr>(negation && negation->op == BooleanOp::Not ? negation->arguments.front() : qual);
    return sublink && sublink->isJoined;
}

} // namespace

void orderQuals(std::vector<Expr *> &quals)
{
    if (quals.size() < 2)
        return;
    std::stable_partition(quals.begin(), quals.end(), [](Expr *qual) { return !isEquality(qual); });
    orderByCost(quals);
    std::stable_partition(quals.begin(), quals.end(), [](Expr *qual) { return !isJoin(qual); });
}

bool testedBefore(Expr *first, Expr *second)
{
    const double a = cost(first);
    const double b = cost(second);
    if (isJoin(first) != isJoin(second))
        return isJoin(second);
    return a < b || (a == b && (!isEquality(first) || isEquality(second)));
}

void orderByCost(std::vector<Expr *> &quals)
{
    if (quals.size() < 2)
        return;
    std::vector<std::pair<double, Expr *>> priced;
    priced.reserve(quals.size());
    for (Expr *qual : quals)
        priced.emplace_back(cost(qual), qual);
    std::stable_sort(priced.begin(), priced.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (std::size_t i = 0; i < quals.size(); ++i)
        quals[i] = priced[i].second;
}

} // namespace sqlgym::plan
