// Window functions, the WINDOW clause and frames.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/level_walker.h"
#include "sql/nodes_equal.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

// Bits of WindowDef.frame_options, as PostgreSQL's grammar sets them.
constexpr int kNonDefault = 0x1, kRange = 0x2, kRows = 0x4, kGroups = 0x8, kStartUnboundedPreceding = 0x20,
              kEndUnboundedPreceding = 0x40, kEndUnboundedFollowing = 0x100, kStartCurrent = 0x200, kEndCurrent = 0x400,
              kStartPreceding = 0x800, kEndPreceding = 0x1000, kStartFollowing = 0x2000, kEndFollowing = 0x4000,
              kExcludeCurrent = 0x8000, kExcludeGroup = 0x10000, kExcludeTies = 0x20000;
constexpr int kDefaultFrame = kRange | kStartUnboundedPreceding | kEndCurrent;
constexpr int kOffsets = kStartPreceding | kEndPreceding | kStartFollowing | kEndFollowing;

bool present(const char *text) { return text && *text; }

FrameBound startOf(int options)
{
    if (options & kStartCurrent)
        return FrameBound::CurrentRow;
    if (options & kStartPreceding)
        return FrameBound::OffsetPreceding;
    return options & kStartFollowing ? FrameBound::OffsetFollowing : FrameBound::UnboundedPreceding;
}

FrameBound endOf(int options)
{
    if (options & kEndUnboundedFollowing)
        return FrameBound::UnboundedFollowing;
    if (options & kEndUnboundedPreceding)
        return FrameBound::UnboundedPreceding;
    if (options & kEndPreceding)
        return FrameBound::OffsetPreceding;
    return options & kEndFollowing ? FrameBound::OffsetFollowing : FrameBound::CurrentRow;
}

/// The offset type RANGE takes for a column of `column` type when `offset` is given; 0 = not supported.
Oid rangeOffsetType(Oid column, Oid offset)
{
    switch (column) {
    case type::kInt2:
    case type::kInt4:
    case type::kInt8:
        return offset == type::kUnknown || offset == type::kInt2 || offset == type::kInt4 || offset == type::kInt8
                   ? type::kInt8
                   : 0;
    case type::kNumeric:
        return offset == type::kUnknown || categoryOf(offset) == 'N'
                   ? (offset == type::kFloat8 || offset == type::kFloat4 ? 0 : type::kNumeric)
                   : 0;
    case type::kFloat4:
    case type::kFloat8:
        return offset == type::kUnknown || categoryOf(offset) == 'N' ? type::kFloat8 : 0;
    case type::kDate:
    case type::kTimestamp:
    case type::kTimestamptz:
    case type::kTime:
    case type::kTimetz:
    case type::kInterval:
        return offset == type::kUnknown || offset == type::kInterval ? type::kInterval : 0;
    default:
        return 0;
    }
}

} // namespace

int Binder::windowIndex(Scope &scope, const PgQuery__WindowDef &definition)
{
    auto &known = scope.windowDefinitions;
    if (present(definition.name)) {
        for (std::size_t i = 0; i < known.size(); ++i) {
            if (present(known[i]->name) && std::string_view(known[i]->name) == definition.name)
                return static_cast<int>(i);
        }
        fail("42704", "window \"" + std::string(definition.name) + "\" does not exist", definition.location);
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (!present(known[i]->name) && nodesEqual(&known[i]->base, &definition.base))
            return static_cast<int>(i);
    }
    known.push_back(&definition);
    return static_cast<int>(known.size()) - 1;
}

Expr *Binder::bindWindowCall(Scope &scope, const PgQuery__FuncCall &call, const catalogue::FunctionRow &row,
                             std::vector<Expr *> arguments, Oid resultType, Expr *filter)
{
    const std::string name(row.name);
    if (row.kind == 'a')
        checkWithinGroup(call, row);
    if (row.kind == 'a' && call.agg_within_group)
        fail("0A000", "OVER is not supported for ordered-set aggregate " + name, call.location);
    if (call.agg_distinct)
        fail("0A000", "DISTINCT is not implemented for window functions", call.location);
    if (row.kind == 'a' && arguments.empty() && !call.agg_star)
        fail("42809", name + "(*) must be used to call a parameterless aggregate function", call.location);
    if (call.n_agg_order > 0)
        fail("0A000", "aggregate ORDER BY is not implemented for window functions", call.location);
    if (filter && row.kind != 'a')
        fail("0A000", "FILTER is not implemented for non-aggregate window functions", call.location);
    auto *expr = make<WindowExpr>(call.location);
    expr->function = row.oid;
    expr->type = resultType;
    expr->star = call.agg_star;
    expr->isAggregate = row.kind == 'a';
    expr->arguments = std::move(arguments);
    expr->filter = filter;
    LevelWalker walker(0);
    for (const auto *argument : expr->arguments)
        walker.walk(*argument);
    if (filter)
        walker.walk(*filter);
    if (walker.window)
        fail("42P20", "window function calls cannot be nested", walker.window->location);
    if (walker.setFunction)
        fail("0A000", "window function calls cannot contain set-returning function calls", walker.setFunction->location,
             {}, "You might be able to move the set-returning function into a LATERAL FROM item.");
    checkWindowPlace(scope, call.location);
    expr->window = windowIndex(scope, *call.over);
    scope.hasWindows = true;
    scope.query->hasWindows = true;
    return expr;
}

Expr *Binder::bindFrameOffset(Scope &scope, Query &query, const Node *node, const WindowClause &window, int options,
                              bool)
{
    if (!node)
        return nullptr;
    Expr *expr = bindExpr(scope, node, Place::WindowFrame);
    LevelWalker walker(0);
    walker.walk(*expr);
    const char *mode = options & kRows ? "ROWS" : options & kGroups ? "GROUPS" : "RANGE";
    if (walker.columnLevel == 0)
        fail("42P10", std::string("argument of ") + mode + " must not contain variables", locationOf(expr));
    if (!(options & kRange))
        return coerceToType(expr, type::kInt8, mode);
    const Oid column = query.targets[static_cast<std::size_t>(window.orderBy.front().target)].expr->type;
    const Oid wanted = rangeOffsetType(column, expr->type);
    if (!wanted && !rangeOffsetType(column, type::kUnknown))
        fail("0A000",
             "RANGE with offset PRECEDING/FOLLOWING is not supported for column type " +
                 typeText(column == type::kVarchar ? type::kText : column),
             locationOf(expr));
    if (!wanted)
        fail("0A000",
             "RANGE with offset PRECEDING/FOLLOWING is not supported for column type " + typeText(column) +
                 " and offset type " + typeText(expr->type),
             locationOf(expr), {}, "Cast the offset value to an appropriate type.");
    return coerce(expr, wanted, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
}

void Binder::bindWindows(Scope &scope, Query &query)
{
    // The list may not grow while it is bound: window functions are not allowed in window definitions.
    const auto definitions = scope.windowDefinitions;
    for (std::size_t i = 0; i < definitions.size(); ++i) {
        const auto &definition = *definitions[i];
        WindowClause window;
        const WindowClause *base = nullptr;
        if (present(definition.name)) {
            for (std::size_t k = 0; k < i; ++k) {
                if (present(definitions[k]->name) && std::string_view(definitions[k]->name) == definition.name)
                    fail("42P20", "window \"" + std::string(definition.name) + "\" is already defined",
                         definition.location);
            }
        }
        int baseOptions = kDefaultFrame;
        if (present(definition.refname)) {
            for (std::size_t k = 0; k < i; ++k) {
                if (present(definitions[k]->name) && std::string_view(definitions[k]->name) == definition.refname) {
                    base = &query.windows[k];
                    baseOptions = definitions[k]->frame_options;
                }
            }
            if (!base)
                fail("42704", "window \"" + std::string(definition.refname) + "\" does not exist", definition.location);
        }
        auto orderBy =
            bindSortClause(scope, query, definition.order_clause, definition.n_order_clause, Place::WindowOrder, false);
        std::vector<SortKey> partitionBy;
        for (std::size_t k = 0; k < definition.n_partition_clause; ++k) {
            const int target = findTarget(scope, query, *definition.partition_clause[k], Place::WindowPartition, false);
            const auto sorted = std::ranges::find(orderBy, target, &SortKey::target);
            if (std::ranges::find(partitionBy, target, &SortKey::target) == partitionBy.end())
                partitionBy.push_back(sorted != orderBy.end()
                                          ? *sorted
                                          : groupKeyFor(query, target, locationOf(definition.partition_clause[k])));
        }
        if (base) {
            const std::string name = definition.refname;
            if (!partitionBy.empty())
                fail("42P20", "cannot override PARTITION BY clause of window \"" + name + "\"", definition.location);
            if (!orderBy.empty() && !base->orderBy.empty())
                fail("42P20", "cannot override ORDER BY clause of window \"" + name + "\"", definition.location);
            if (baseOptions & kNonDefault) {
                const bool bare =
                    !present(definition.name) && orderBy.empty() && !(definition.frame_options & kNonDefault);
                fail("42P20", "cannot copy window \"" + name + "\" because it has a frame clause", definition.location,
                     {}, bare ? "Omit the parentheses in this OVER clause." : "");
            }
            partitionBy = base->partitionBy;
            if (orderBy.empty())
                orderBy = base->orderBy;
        }
        window.partitionBy = std::move(partitionBy);
        window.orderBy = std::move(orderBy);
        const int options = definition.frame_options;
        window.hasFrame = (options & kNonDefault) != 0;
        window.mode = options & kRows ? FrameMode::Rows : options & kGroups ? FrameMode::Groups : FrameMode::Range;
        window.start = startOf(options);
        window.end = endOf(options);
        window.exclusion = options & kExcludeCurrent ? FrameExclusion::CurrentRow
                           : options & kExcludeGroup ? FrameExclusion::Group
                           : options & kExcludeTies  ? FrameExclusion::Ties
                                                     : FrameExclusion::None;
        if ((options & kRange) && (options & kOffsets) && window.orderBy.size() != 1)
            fail("42P20", "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
                 definition.location);
        if ((options & kGroups) && window.orderBy.empty())
            fail("42P20", "GROUPS mode requires an ORDER BY clause", definition.location);
        window.startOffset = bindFrameOffset(scope, query, definition.start_offset, window, options, false);
        window.endOffset = bindFrameOffset(scope, query, definition.end_offset, window, options, true);
        query.windows.push_back(std::move(window));
    }
}

} // namespace sqlgym::sql
