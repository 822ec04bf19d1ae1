#include "plan/join_removal.h"

#include "catalogue/catalogue.h"
#include "plan/join_rules.h"
#include "plan/joined_sublinks.h"
#include "plan/pull_up.h"

#include <algorithm>
#include <utility>

namespace sqlgym::plan {

using namespace sql;

namespace {

/// The optional side of a join: one item, with the conditions that read nothing else.
struct OptionalSide {
    int range = -1;
    std::vector<Expr *> conditions;
};

/// PostgreSQL joins whatever stands under a condition that reads no column.
bool hasGate(const std::vector<Expr *> &conditions)
{
    return std::ranges::any_of(conditions, [](Expr *expr) { return rangesOf(expr) == 0 && !isVolatile(expr); });
}

/// The conditions of the inner joins above all outer ones.
void takeTopConditions(const FromNode *node, std::vector<Expr *> &into)
{
    if (!node->isJoin || node->join != JoinKind::Inner)
        return;
    takeTopConditions(node->left, into);
    takeTopConditions(node->right, into);
    splitAnd(node->condition, into);
}

bool isEmptyRow(const RangeEntry &entry)
{
    return entry.kind == RangeKind::Values && entry.columns.empty() && entry.values.size() == 1;
}

/// False when there is more than one item.
bool findOnlyItem(const Query &query, const FromNode *node, OptionalSide &side)
{
    if (!node->isJoin) {
        if (isEmptyRow(query.range[std::size_t(node->range)]))
            return true;
        const bool first = side.range < 0;
        side.range = node->range;
        return first;
    }
    if (node->join != JoinKind::Inner || !findOnlyItem(query, node->left, side) ||
        !findOnlyItem(query, node->right, side))
        return false;
    splitAnd(node->condition, side.conditions);
    return !hasGate(side.conditions);
}

/// A column compared for equality with something that does not read its item.
struct Equality {
    int column;
    bool withOthers; ///< with columns of other items, not only constants
};

const Expr *withoutRelabel(const Expr *expr)
{
    while (const auto *relabel = as<RelabelExpr>(expr))
        expr = relabel->argument;
    return expr;
}

std::vector<Equality> equalitiesOf(const std::vector<Expr *> &conditions, int range)
{
    std::vector<Equality> found;
    for (Expr *condition : conditions) {
        const auto *call = as<FunctionExpr>(condition);
        const auto *op = call && call->op && call->arguments.size() == 2 ? catalogue::findOperator(call->op) : nullptr;
        if (!op || !op->canMerge || op->name != "=" || isVolatile(condition))
            continue;
        for (const std::size_t side : {0, 1}) {
            const auto *column = as<ColumnExpr>(withoutRelabel(call->arguments[side]));
            const RangeSet others = rangesOf(call->arguments[1 - side]);
            if (column && column->levelsUp == 0 && column->range == range && column->column >= 0 &&
                (others & rangeBit(range)) == 0)
                found.push_back({column->column, others != 0});
        }
    }
    return found;
}

bool isKeyed(const TableDefinition &table, const std::vector<Equality> &equalities)
{
    return std::ranges::any_of(table.keys, [&](const KeyDefinition &key) {
        return !key.deferrable && std::ranges::all_of(key.columns, [&](int column) {
            return std::ranges::any_of(equalities, [&](const Equality &each) { return each.column == column; });
        });
    });
}

/// PostgreSQL's query_is_distinct_for, for columns that are compared with other items'.
bool isDistinct(const Query &inner, const std::vector<Equality> &equalities)
{
    const auto compared = [&](int target) {
        return std::ranges::any_of(equalities,
                                   [&](const Equality &each) { return each.withOthers && each.column == target; });
    };
    const auto all = [&](const std::vector<SortKey> &keys) {
        return std::ranges::all_of(keys, [&](const SortKey &key) {
            return !inner.targets[std::size_t(key.target)].junk && compared(key.target);
        });
    };
    if (inner.distinct != DistinctKind::None && all(inner.distinctKeys))
        return true;
    if (givesSets(inner))
        return false;
    if (!inner.groupingSets.empty())
        return inner.groupBy.empty() && inner.groupingSets.size() == 1;
    if (!inner.groupBy.empty())
        return all(inner.groupBy);
    if (inner.hasAggregates || inner.having)
        return true;
    if (!inner.setOperation || inner.setOperation->isLeaf || inner.setOperation->all)
        return false;
    for (int i = 0; i < int(inner.targets.size()); ++i)
        if (!inner.targets[std::size_t(i)].junk && !compared(i))
            return false;
    return true;
}

/// Does at most one row of the item match? A subquery that only stays apart here, and is merged by PostgreSQL, stands
/// for its table.
bool matchesOnce(Query &query, int range, const std::vector<Expr *> &conditions)
{
    const RangeEntry &entry = query.range[std::size_t(range)];
    auto equalities = equalitiesOf(conditions, range);
    if (entry.kind == RangeKind::Table)
        return entry.table && isKeyed(*entry.table, equalities);
    if (entry.kind != RangeKind::Subquery || !entry.subquery)
        return false;
    Query &inner = *entry.subquery;
    if (!isMergeable(inner))
        return isDistinct(inner, equalities);
    OptionalSide table;
    if (inner.from.size() != 1 || !findOnlyItem(inner, inner.from.front(), table) || table.range < 0)
        return false;
    const RangeEntry &read = inner.range[std::size_t(table.range)];
    if (read.kind != RangeKind::Table || !read.table)
        return false;
    splitAnd(inner.where, table.conditions);
    auto below = equalitiesOf(table.conditions, table.range);
    for (const Equality &each : equalities) {
        const auto *column = as<ColumnExpr>(inner.targets[std::size_t(each.column)].expr);
        if (column && column->levelsUp == 0 && column->range == table.range && column->column >= 0)
            below.push_back({column->column, each.withOthers});
    }
    return isKeyed(*read.table, below);
}

class Removal {
public:
    /// `onlyOneRows`: only joins with what is one row by definition.
    Removal(Query &query, bool onlyOneRows) : m_query(query), m_onlyOneRows(onlyOneRows) {}

    void run()
    {
        bool again = true;
        while (again) {
            again = false;
            for (FromNode *&node : m_query.from)
                again = visit(node) || again;
        }
    }

private:
    bool visit(FromNode *&node)
    {
        if (!node->isJoin)
            return false;
        const bool below = visit(node->left) || visit(node->right);
        return tryRemove(node) || below;
    }

    bool tryRemove(FromNode *&node)
    {
        if (node->join != JoinKind::Left && node->join != JoinKind::Right)
            return false;
        FromNode *kept = node->join == JoinKind::Left ? node->left : node->right;
        FromNode *optional = node->join == JoinKind::Left ? node->right : node->left;
        if (isOneRow(*optional) && passesBy(node->condition, optional->range) &&
            !isReadElsewhere(*node, *optional, optional->range)) {
            node = kept;
            return true;
        }
        OptionalSide side;
        if (m_onlyOneRows || !findOnlyItem(m_query, optional, side) || side.range < 0)
            return false;
        splitAnd(node->condition, side.conditions);
        // (What IN or EXISTS joins with the item makes it two.)
        const auto joins = [](Expr *condition) { return sublinkOf(condition) && sublinkOf(condition)->isJoined; };
        if (std::ranges::any_of(side.conditions, joins))
            return false;
        if (!matchesOnce(m_query, side.range, side.conditions) || isReadElsewhere(*node, *optional, side.range))
            return false;
        // The entry stays, unread, so that other entries keep their numbers.
        m_query.range[std::size_t(side.range)].subquery = nullptr;
        node = kept;
        return true;
    }

    /// Reads the condition nothing of the item, and joins nothing else to it?
    static bool passesBy(Expr *condition, int range)
    {
        std::vector<Expr *> parts;
        splitAnd(condition, parts);
        return std::ranges::none_of(parts, [&](Expr *part) {
            const auto *sublink = sublinkOf(part);
            return (rangesOf(part) & rangeBit(range)) != 0 || (sublink && sublink->isJoined);
        });
    }

    /// VALUES of one row, or a subquery without FROM, merged or about to be.
    bool isOneRow(const FromNode &node) const
    {
        if (node.isJoin)
            return false;
        const RangeEntry &entry = m_query.range[std::size_t(node.range)];
        if (isEmptyRow(entry))
            return true;
        return entry.kind == RangeKind::Subquery && entry.subquery && isMergeable(*entry.subquery) &&
               !entry.subquery->where && std::ranges::all_of(entry.subquery->from, [&](const FromNode *item) {
                   return !item->isJoin && isEmptyRow(entry.subquery->range[std::size_t(item->range)]);
               });
    }

    /// Does anything but the join itself read the item?
    bool isReadElsewhere(FromNode &join, FromNode &optional, int range)
    {
        Expr *const condition = std::exchange(join.condition, nullptr);
        std::vector<std::pair<FromNode *, Expr *>> inside;
        hide(optional, inside);
        const bool read = (rangesOf(m_query, 0) & rangeBit(range)) != 0;
        for (const auto &[node, own] : inside)
            node->condition = own;
        join.condition = condition;
        return read;
    }

    static void hide(FromNode &node, std::vector<std::pair<FromNode *, Expr *>> &hidden)
    {
        if (!node.isJoin)
            return;
        hidden.emplace_back(&node, std::exchange(node.condition, nullptr));
        hide(*node.left, hidden);
        hide(*node.right, hidden);
    }

    Query &m_query;
    bool m_onlyOneRows;
};

} // namespace

void removeUselessJoins(Query &query, const std::vector<Expr *> &where)
{
    std::vector<Expr *> conditions = where;
    for (const FromNode *node : query.from)
        takeTopConditions(node, conditions);
    // What is joined brings its own with it.
    bool gate = hasGate(conditions);
    for (Expr *condition : conditions) {
        const auto *sublink = sublinkOf(condition);
        std::vector<Expr *> inside;
        if (sublink && sublink->isJoined)
            splitAnd(sublink->query->where, inside);
        gate = gate || hasGate(inside);
    }
    Removal(query, gate).run();
}

} // namespace sqlgym::plan
