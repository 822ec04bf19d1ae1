// Aggregates: which query they belong to, where they may stand, and the rule of grouped columns.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/level_walker.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

/// A place in which some kinds of function may not stand, and how "... are not allowed in %s" names it.
struct ForbiddenPlace {
    Place place;
    const char *name;
    bool aggregates;
    bool windows;
    bool sets;
};

constexpr ForbiddenPlace forbiddenPlaces[] = {
    // place                 name                                        aggregates windows sets
    {Place::Where, "WHERE", true, true, true},
    {Place::JoinOn, "JOIN conditions", true, true, true},
    {Place::JoinUsing, "JOIN conditions", true, true, true},
    {Place::FromSubselect, "FROM clause of their own query level", true, false, false},
    {Place::FromFunction, "functions in FROM", true, true, false},
    {Place::Having, "HAVING", false, true, true},
    {Place::Filter, "FILTER", true, true, true},
    {Place::WindowPartition, "window definitions", false, true, false},
    {Place::WindowOrder, "window definitions", false, true, false},
    {Place::WindowFrame, "window definitions", false, true, true},
    {Place::WindowFrame, "window RANGE", true, false, false},
    {Place::GroupBy, "GROUP BY", true, true, false},
    {Place::Limit, "LIMIT", true, true, true},
    {Place::Offset, "OFFSET", true, true, true},
    {Place::Values, "VALUES", true, true, true},
    {Place::ValuesSingle, "VALUES", true, true, false},
    {Place::Check, "check constraints", true, true, true},
    {Place::UpdateSource, "UPDATE", true, true, true},
    {Place::Returning, "RETURNING", true, true, true},
    {Place::Default, "DEFAULT expressions", true, true, true},
    {Place::Generated, "column generation expressions", true, true, true},
    {Place::IndexExpression, "index expressions", true, true, true},
    {Place::IndexPredicate, "index predicates", true, true, true},
    {Place::Transform, "transform expressions", true, true, true},
};

/// The name of PLACE where functions of KIND may not stand in it; nullptr where they may.
const char *forbidden(Place place, bool ForbiddenPlace::*kind)
{
    for (const ForbiddenPlace &row : forbiddenPlaces) {
        if (row.place == place && row.*kind)
            return row.name;
    }
    return nullptr;
}

} // namespace

int Binder::levelOf(const Expr &expr, int depth, int &aggregateLevel, const Expr *&found, bool &hasWindow) const
{
    LevelWalker walker(depth);
    walker.walk(expr);
    aggregateLevel = walker.aggregateLevel;
    found = walker.aggregate ? walker.aggregate : walker.window;
    hasWindow = walker.window != nullptr;
    return walker.columnLevel;
}

void Binder::checkSetFunctionPlace(const Scope &scope, int location) const
{
    if (const char *where = forbidden(scope.place, &ForbiddenPlace::sets))
        fail("0A000", std::string("set-returning functions are not allowed in ") + where, location);
}

void Binder::checkGroupingPlace(const Scope &scope, int location) const
{
    if (const char *where = forbidden(scope.place, &ForbiddenPlace::aggregates))
        fail("42803", std::string("grouping operations are not allowed in ") + where, location);
}

void Binder::checkWindowPlace(const Scope &scope, int location) const
{
    if (const char *where = forbidden(scope.place, &ForbiddenPlace::windows))
        fail("42P20", std::string("window functions are not allowed in ") + where, location);
}

void Binder::checkAggregatePlace(Scope &scope, AggregateExpr &aggregate, int location)
{
    LevelWalker arguments(0);
    for (const auto *argument : aggregate.arguments)
        arguments.walk(*argument);
    if (aggregate.filter)
        arguments.walk(*aggregate.filter);
    int level = 0;
    if (arguments.columnLevel >= 0 && arguments.aggregateLevel >= 0)
        level = std::min(arguments.columnLevel, arguments.aggregateLevel);
    else
        level = std::max({arguments.columnLevel, arguments.aggregateLevel, 0});
    if (arguments.aggregate && level == arguments.aggregateLevel)
        fail("42803", "aggregate function calls cannot be nested", arguments.aggregate->location);
    if (arguments.window)
        fail("42803", "aggregate function calls cannot contain window function calls", arguments.window->location);
    if (arguments.setFunction)
        fail("0A000", "aggregate function calls cannot contain set-returning function calls",
             arguments.setFunction->location, {},
             "You might be able to move the set-returning function into a LATERAL FROM item.");
    for (const auto *argument : aggregate.direct) {
        LevelWalker direct(0);
        direct.walk(*argument);
        if (direct.aggregate && direct.aggregateLevel == level)
            fail("42803", "aggregate function calls cannot be nested", direct.aggregate->location);
        if (direct.columnLevel >= 0 && direct.columnLevel < level)
            fail("42803", "outer-level aggregate cannot contain a lower-level variable in its direct arguments",
                 locationOf(argument));
    }
    aggregate.levelsUp = level;
    if (level > 0)
        markCorrelated(scope, level);
    Scope *owner = scopeAt(scope, level);
    if (const char *where = forbidden(owner->place, &ForbiddenPlace::aggregates))
        fail("42803", std::string("aggregate functions are not allowed in ") + where, location);
    owner->hasAggregates = true;
    owner->query->hasAggregates = true;
    owner->query->grouped = true;
}

void Binder::checkWithinGroup(const PgQuery__FuncCall &call, const catalogue::FunctionRow &row) const
{
    const std::string name(row.name);
    const bool ordered = catalogue::findAggregate(row.oid)->kind != 'n';
    if (ordered && !call.agg_within_group)
        fail("42809", "WITHIN GROUP is required for ordered-set aggregate " + name, call.location);
    if (!ordered && call.agg_within_group)
        fail("42809", name + " is not an ordered-set aggregate, so it cannot have WITHIN GROUP", call.location);
}

/// rank(a, b) WITHIN GROUP (ORDER BY x, y): each direct argument takes a common type with its column. Gives their
/// number.
std::size_t Binder::pairHypotheticalArguments(const PgQuery__FuncCall &call, const std::string &name,
                                              std::vector<Expr *> &arguments)
{
    const std::size_t columns = call.n_agg_order, direct = arguments.size() - columns;
    if (direct != columns) {
        std::string types;
        for (const Expr *argument : arguments)
            types += (types.empty() ? "" : ", ") + typeText(argument->type);
        fail("42883", "function " + name + "(" + types + ") does not exist", call.location, {},
             "To use the hypothetical-set aggregate " + name + ", the number of hypothetical direct arguments (here " +
                 std::to_string(direct) + ") must match the number of ordering columns (here " +
                 std::to_string(columns) + ").");
    }
    for (std::size_t i = 0; i < columns; ++i) {
        Expr *&wanted = arguments[i], *&column = arguments[columns + i];
        const Oid common = selectCommonType({column, wanted}, "WITHIN GROUP");
        column = coerceToCommon(column, common, "WITHIN GROUP");
        wanted = coerceToCommon(wanted, common, "WITHIN GROUP");
    }
    return columns;
}

Expr *Binder::bindAggregateCall(Scope &scope, const PgQuery__FuncCall &call, const catalogue::FunctionRow &row,
                                std::vector<Expr *> arguments, Oid resultType, bool variadicArray, Expr *filter)
{
    const std::string name(row.name);
    const auto *aggregate = catalogue::findAggregate(row.oid);
    checkWithinGroup(call, row);
    if (aggregate->kind != 'n' && call.agg_distinct)
        fail("0A000", "cannot use DISTINCT with WITHIN GROUP", call.location);
    if (arguments.empty() && !call.agg_star && aggregate->kind == 'n')
        fail("42809", name + "(*) must be used to call a parameterless aggregate function", call.location);
    auto *expr = make<AggregateExpr>(call.location);
    expr->function = row.oid;
    expr->type = resultType;
    expr->star = call.agg_star;
    expr->distinct = call.agg_distinct;
    expr->variadicArray = variadicArray;
    expr->filter = filter;
    if (call.agg_within_group) {
        std::size_t direct = aggregate->directArguments;
        if (aggregate->kind == 'h')
            direct = pairHypotheticalArguments(call, name, arguments);
        if (arguments.size() != direct + call.n_agg_order)
            decline(name + " with another number of direct arguments");
        const auto end = arguments.begin() + static_cast<std::ptrdiff_t>(direct);
        expr->direct.assign(arguments.begin(), end);
        arguments.erase(arguments.begin(), end);
    }
    expr->arguments = std::move(arguments);
    expr->argumentCount = expr->arguments.size();

    // ORDER BY and DISTINCT inside the call sort over its own little target list.
    Query sorting;
    for (auto *argument : expr->arguments)
        sorting.targets.push_back({argument, "", false});
    if (call.agg_within_group) {
        for (std::size_t i = 0; i < call.n_agg_order; ++i)
            expr->orderBy.push_back(sortKeyFor(sorting, static_cast<int>(i), call.agg_order[i]->sort_by,
                                               locationOf(sorting.targets[i].expr)));
    } else {
        for (std::size_t i = 0; i < call.n_agg_order; ++i) {
            const auto &by = *call.agg_order[i]->sort_by;
            Expr *key = bindNode(scope, by.node);
            const int target = addTargetExpr(sorting, key);
            const SortKey made = sortKeyFor(sorting, target, &by, locationOf(by.node));
            if (std::ranges::find(expr->orderBy, target, &SortKey::target) == expr->orderBy.end())
                expr->orderBy.push_back(made);
        }
    }
    if (call.agg_distinct) {
        for (const auto &key : expr->orderBy) {
            if (static_cast<std::size_t>(key.target) >= expr->argumentCount)
                fail("42P10", "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list",
                     locationOf(sorting.targets[static_cast<std::size_t>(key.target)].expr));
            expr->distinctKeys.push_back(key);
        }
        for (std::size_t i = 0; i < expr->argumentCount; ++i) {
            if (std::ranges::find(expr->distinctKeys, static_cast<int>(i), &SortKey::target) !=
                expr->distinctKeys.end())
                continue;
            const Oid oid = sorting.targets[i].expr->type;
            const auto *ordering = catalogue::findOrdering(oid == type::kUnknown ? type::kText : oid);
            if (!ordering || !ordering->equal)
                fail("42883", "could not identify an equality operator for type " + typeText(oid),
                     locationOf(sorting.targets[i].expr));
            if (!ordering->less)
                fail("42883", "could not identify an ordering operator for type " + typeText(oid),
                     locationOf(sorting.targets[i].expr),
                     "Aggregates with DISTINCT must be able to sort their inputs.");
            expr->distinctKeys.push_back(
                makeSortKey(oid == type::kUnknown ? type::kText : oid, -1, false, false, static_cast<int>(i)));
        }
    }
    expr->arguments.clear();
    for (const auto &target : sorting.targets)
        expr->arguments.push_back(target.expr);
    checkAggregatePlace(scope, *expr, call.location);
    return expr;
}

} // namespace sqlgym::sql
