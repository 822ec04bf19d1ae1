#include "plan/query_planner.h"

#include "plan/join_rules.h"
#include "plan/keys.h"
#include "plan/pull_up.h"
#include "sql/expr_tools.h"

#include <algorithm>
#include <numeric>

namespace sqlgym::plan {

using namespace sql;

namespace {

/// Expressions computed above the grouping step.
template <typename F> void eachUpperExpr(QueryPlan &plan, F &&f)
{
    for (auto &target : plan.query->targets)
        f(target.expr);
    for (Expr *&qual : plan.having)
        f(qual);
}

/// An aggregate that stands in a query further in, as its owner evaluates it.
AggregateExpr *raised(BoundStatement &statement, const AggregateExpr *aggregate)
{
    Expr *copy = clone(statement, aggregate);
    const int levels = aggregate->levelsUp;
    auto visit = [&](Expr *&slot, int depth) {
        if (auto *column = as<ColumnExpr>(slot); column && column->range >= 0 && column->levelsUp > depth)
            column->levelsUp -= levels;
        else if (auto *inner = as<AggregateExpr>(slot); inner && inner->levelsUp > depth)
            inner->levelsUp -= levels;
        return true;
    };
    eachSlot(copy, 0, visit);
    return as<AggregateExpr>(copy);
}

} // namespace

void QueryPlanner::planGrouping(QueryPlan &plan)
{
    Query &query = *plan.query;
    if (!plan.grouped || failed())
        return;
    GroupPlan &group = plan.group;
    for (const SortKey &key : query.groupBy) {
        Expr *expr = query.targets[std::size_t(key.target)].expr;
        KeyOps ops;
        if (!findKeyOps(key, expr->type, ops) || !ops.hash)
            return decline("grouping by such a type");
        group.keys.push_back(expr);
        group.ops.push_back(ops);
    }
    group.hasSets = !query.groupingSets.empty();
    group.sets = query.groupingSets;
    if (group.sets.empty()) {
        group.sets.emplace_back();
        for (int i = 0; i < int(group.keys.size()); ++i)
            group.sets.front().push_back(i);
    }
    std::vector<AggregateExpr *> found;
    auto visit = [&](Expr *&slot, int depth) {
        if (const auto *grouping = as<GroupingExpr>(slot); grouping && depth == 0)
            group.groupings.push_back(grouping);
        auto *aggregate = as<AggregateExpr>(slot);
        if (aggregate && aggregate->levelsUp == depth &&
            std::find(found.begin(), found.end(), aggregate) == found.end())
            found.push_back(aggregate);
        return !(aggregate && aggregate->levelsUp == depth);
    };
    eachUpperExpr(plan, [&](Expr *&slot) { eachSlot(slot, 0, visit); });
    for (auto &window : query.windows) {
        if (window.startOffset)
            eachSlot(window.startOffset, 0, visit);
        if (window.endOffset)
            eachSlot(window.endOffset, 0, visit);
    }
    for (AggregateExpr *aggregate : found) {
        const auto same = std::ranges::find_if(group.readAs, [&](const Expr *known) {
            return aggregate->levelsUp == 0 && equalExpr(known, aggregate) && !isVolatile(aggregate);
        });
        if (same != group.readAs.end()) {
            group.again.emplace_back(aggregate, int(same - group.readAs.begin()));
            continue;
        }
        // (Its copy would share the subquery, whose columns lie a level deeper.)
        if (aggregate->levelsUp > 0 && hasSublink(aggregate))
            return decline("an aggregate of an outer query over a subquery");
        group.readAs.push_back(aggregate);
        planAggregate(group, aggregate->levelsUp == 0 ? aggregate : raised(m_statement, aggregate));
    }
    findEnds(plan);
    // (An order by aggregates needs all groups; one that begins with a key is sorted bit by bit.)
    const bool inOrder =
        query.orderBy.empty() || !hasAggregate(query.targets[std::size_t(query.orderBy.front().target)].expr);
    for (const QueryPlan *around = &plan; around && !group.keys.empty() && inOrder; around = around->parent)
        plan.groupsMayStop = plan.groupsMayStop || around->query->limit != nullptr;
    replaceKeys(plan);
}

/// min() and max() of what is the same in all rows: PostgreSQL takes it from the first row of the one table, or from
/// none where it is NULL.
void QueryPlanner::findEnds(QueryPlan &plan)
{
    const Query &query = *plan.query;
    if (!readsEndsOnly(*plan.query) || query.hasWith || !plan.onlyItem || plan.onlyItem->isJoin ||
        query.range[std::size_t(plan.onlyItem->range)].kind != RangeKind::Table)
        return;
    const auto &aggregates = plan.group.aggregates;
    const auto isNull = [](const AggregateExpr *aggregate) {
        const auto *constant = as<ConstantExpr>(aggregate->arguments.front());
        return constant && constant->value.isNull;
    };
    plan.endsAtFirstRow = std::ranges::all_of(
        aggregates, [](const AggregateExpr *aggregate) { return isSameInAllRows(aggregate->arguments.front()); });
    plan.readsNoRows = plan.endsAtFirstRow && std::ranges::all_of(aggregates, isNull);
}

void QueryPlanner::planAggregate(GroupPlan &group, AggregateExpr *aggregate)
{
    group.aggregates.push_back(aggregate);
    std::vector<KeyOps> order;
    std::vector<KeyOps> distinct;
    const auto find = [&](const std::vector<SortKey> &keys, std::vector<KeyOps> &into, bool hashed) {
        for (const SortKey &key : keys) {
            KeyOps ops;
            if (!findKeyOps(key, aggregate->arguments[std::size_t(key.target)]->type, ops) || (hashed && !ops.hash))
                return decline("DISTINCT or ORDER BY on such a type in an aggregate");
            into.push_back(ops);
        }
    };
    find(aggregate->orderBy, order, false);
    find(aggregate->distinctKeys, distinct, true);
    group.orderOps.push_back(std::move(order));
    group.distinctOps.push_back(std::move(distinct));
}

void QueryPlanner::replaceKeys(QueryPlan &plan)
{
    GroupPlan &group = plan.group;
    // Plain columns are read from a row of the group; with grouping sets they can be NULL there, and what was computed
    // below is read from the group's keys.
    const auto isKey = [&](std::size_t key) { return group.hasSets || group.keys[key]->kind != ExprKind::Column; };
    const auto columnOf = [&](const Expr *expr, std::size_t key) {
        auto *column = m_statement.make<ColumnExpr>();
        column->type = expr->type;
        column->typmod = expr->typmod;
        column->collation = expr->collation;
        column->location = expr->location;
        column->range = plan.groupRange;
        column->column = int(key);
        return column;
    };
    // Of equal keys the one that is written first in the select list.
    std::vector<std::size_t> order(group.keys.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t key) { return plan.query->groupBy[key].target; });
    const auto replace = [&](Expr *&top) {
        auto visit = [&](Expr *&slot, int depth) {
            if (depth > 0)
                return false;
            if (slot->kind == ExprKind::Aggregate)
                return false;
            if (slot->kind == ExprKind::Constant)
                return true;
            for (const std::size_t i : order) {
                if (!isKey(i) || !equalExpr(slot, group.keys[i]))
                    continue;
                slot = columnOf(slot, i);
                return false;
            }
            return true;
        };
        eachSlot(top, 0, visit);
    };
    if (group.hasSets &&
        std::any_of(group.keys.begin(), group.keys.end(), [](Expr *key) { return isSameInAllRows(key); }))
        return decline("grouping sets over constants");
    const bool isSorted =
        !plan.query->orderBy.empty() || plan.query->hasWindows || plan.query->distinct != DistinctKind::None;
    if (group.hasSets && isSorted && makesKeysEqual(*plan.query, group.keys))
        return decline("sorting grouping sets over columns that a condition makes equal");
    // PostgreSQL computes it anew where it stands again.
    if (group.hasSets && std::ranges::any_of(group.keys, hasSublink))
        return decline("grouping sets over a subquery");
    // What is grouped by is that key, even when folding has made another key equal to it.
    for (std::size_t i = 0; i < plan.query->groupBy.size(); ++i) {
        Expr *&slot = plan.query->targets[std::size_t(plan.query->groupBy[i].target)].expr;
        if (isKey(i))
            slot = columnOf(slot, i);
    }
    eachUpperExpr(plan, replace);
}

/// The windows in the order in which PostgreSQL computes them (select_active_windows): by their sort keys, those that
/// were named last first, the longer list before its own prefix. It decides which of equal rows comes first.
void QueryPlanner::orderWindows(QueryPlan &plan)
{
    const Query &query = *plan.query;
    std::vector<int> named; // targets in the order in which clauses first name them
    const auto name = [&](const std::vector<SortKey> &keys) {
        for (const SortKey &key : keys) {
            if (std::ranges::find(named, key.target) == named.end())
                named.push_back(key.target);
        }
    };
    name(query.orderBy);
    name(query.groupBy);
    name(query.distinctKeys);
    for (const auto &window : query.windows) {
        name(window.orderBy);
        name(window.partitionBy);
    }
    const auto keysOf = [&](const WindowPlan &planned) {
        const auto &window = query.windows[std::size_t(planned.window)];
        std::vector<std::pair<int, Oid>> keys;
        for (const auto *list : {&window.partitionBy, &window.orderBy}) {
            for (const SortKey &key : *list) {
                const int rank = int(std::ranges::find(named, key.target) - named.begin());
                if (std::ranges::find(keys, rank, &std::pair<int, Oid>::first) == keys.end())
                    keys.emplace_back(rank, key.less);
            }
        }
        return keys;
    };
    std::ranges::stable_sort(plan.windows, [&](const WindowPlan &a, const WindowPlan &b) {
        const auto x = keysOf(a), y = keysOf(b);
        for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
            if (x[i] != y[i])
                return x[i] > y[i];
        }
        return x.size() > y.size();
    });
}

void QueryPlanner::planWindows(QueryPlan &plan)
{
    Query &query = *plan.query;
    if (query.windows.empty() || failed())
        return;
    plan.windows.resize(query.windows.size());
    int next = 0;
    for (auto &target : query.targets) {
        auto visit = [&](Expr *&slot, int depth) {
            auto *window = as<WindowExpr>(slot);
            if (!window || depth > 0)
                return depth == 0;
            auto &planned = plan.windows[std::size_t(window->window)];
            planned.functions.push_back(window);
            planned.columns.push_back(next++);
            return true;
        };
        eachSlot(target.expr, 0, visit);
    }
    for (std::size_t i = 0; i < plan.windows.size(); ++i) {
        auto &planned = plan.windows[i];
        planned.window = int(i);
        if (!findKeys(query.windows[i].partitionBy, query, planned.partitionOps, false) ||
            !findKeys(query.windows[i].orderBy, query, planned.orderOps, false))
            return;
    }
    std::erase_if(plan.windows, [](const WindowPlan &window) { return window.functions.empty(); });
    orderWindows(plan);
}

void QueryPlanner::findUsedAbove(QueryPlan &plan)
{
    eachUpperExpr(plan, [&](Expr *&slot) {
        // What only aggregates read is not needed above them.
        auto visit = [&](Expr *&at, int depth) {
            if (auto *aggregate = as<AggregateExpr>(at); aggregate && aggregate->levelsUp == depth && plan.grouped)
                return false;
            if (auto *column = as<ColumnExpr>(at); column && column->levelsUp == depth && column->range >= 0)
                plan.usedAbove |= rangeBit(column->range);
            return true;
        };
        eachSlot(slot, 0, visit);
    });
}

} // namespace sqlgym::plan
