// "column ... must appear in the GROUP BY clause": PostgreSQL's parseCheckAggregates.
#include "sql/binder.h"

#include "sql/expr_tools.h"
#include "sql/level_walker.h"

#include <algorithm>

namespace sqlgym::sql {

namespace {

/// Looks for a column of the grouped query that is neither grouped nor inside one of its aggregates.
class UngroupedFinder {
public:
    explicit UngroupedFinder(const Query &query) : m_query(query)
    {
        for (const auto &key : query.groupBy)
            m_grouped.push_back(query.targets[static_cast<std::size_t>(key.target)].expr);
        m_common = m_grouped;
        if (!query.groupingSets.empty()) {
            m_common.clear();
            for (std::size_t i = 0; i < m_grouped.size(); ++i) {
                const bool everywhere = std::ranges::all_of(query.groupingSets, [&](const auto &set) {
                    return std::ranges::find(set, static_cast<int>(i)) != set.end();
                });
                if (everywhere)
                    m_common.push_back(m_grouped[i]);
            }
        }
    }

    const ColumnExpr *found = nullptr;
    bool inSubquery = false;
    bool inDirectArguments = false; ///< of an ordered-set aggregate

    void walk(const Expr &expr)
    {
        if (found)
            return;
        if (const auto *aggregate = as<AggregateExpr>(&expr)) {
            // Its own arguments are computed before grouping; an outer or inner query's aggregate is looked into.
            if (aggregate->levelsUp == m_depth) {
                for (const auto *direct : aggregate->direct)
                    walk(*direct);
                inDirectArguments = found != nullptr;
                return;
            }
            if (aggregate->levelsUp > m_depth)
                return;
        }
        if (expr.kind == ExprKind::Grouping || expr.kind == ExprKind::Constant)
            return;
        if (m_depth == 0 && isGrouped(expr))
            return;
        if (const auto *column = as<ColumnExpr>(&expr)) {
            if (column->range < 0 || column->levelsUp != m_depth || isGroupedColumn(*column) || dependsOnKey(*column))
                return;
            found = column;
            inSubquery = m_depth > 0;
            return;
        }
        forEachChild(const_cast<Expr &>(expr), [this](Expr *&child) { walk(*child); });
        if (const auto *link = as<SublinkExpr>(&expr); link && link->query)
            walkQuery(*link->query);
    }

private:
    bool isGrouped(const Expr &expr) const
    {
        return std::ranges::any_of(m_grouped, [&](const Expr *key) { return equalExpr(key, &expr); });
    }
    bool isGroupedColumn(const ColumnExpr &column) const
    {
        return std::ranges::any_of(m_grouped, [&](const Expr *key) {
            const auto *other = as<ColumnExpr>(key);
            return other && other->levelsUp == 0 && other->range == column.range && other->column == column.column;
        });
    }
    /// A column of a table whose primary key is grouped by.
    bool dependsOnKey(const ColumnExpr &column) const
    {
        const auto &entry = m_query.range[static_cast<std::size_t>(column.range)];
        if (entry.kind != RangeKind::Table || !entry.table)
            return false;
        return std::ranges::any_of(entry.table->keys, [&](const KeyDefinition &key) {
            return key.primary && std::ranges::all_of(key.columns, [&](int index) {
                       return std::ranges::any_of(m_common, [&](const Expr *grouped) {
                           const auto *other = as<ColumnExpr>(grouped);
                           return other && other->levelsUp == 0 && other->range == column.range &&
                                  other->column == index;
                       });
                   });
        });
    }
    void walkQuery(const Query &query)
    {
        ++m_depth;
        forEachExpr(const_cast<Query &>(query), [this](Expr *&expr) { walk(*expr); });
        for (const auto &entry : query.range) {
            if (entry.kind == RangeKind::Subquery && entry.subquery)
                walkQuery(*entry.subquery);
        }
        for (const auto *cte : query.ctes) {
            if (cte->query)
                walkQuery(*cte->query);
        }
        --m_depth;
    }

    const Query &m_query;
    std::vector<const Expr *> m_grouped, m_common;
    int m_depth = 0;
};

bool holdsSublink(Expr &expr)
{
    bool found = expr.kind == ExprKind::Sublink;
    forEachChild(expr, [&](Expr *&child) { found = found || holdsSublink(*child); });
    return found;
}

} // namespace

void Binder::resolveGrouping(Query &query, Expr &expr)
{
    if (auto *grouping = as<GroupingExpr>(&expr)) {
        grouping->keys.clear();
        for (const auto *argument : grouping->arguments) {
            const auto found = std::ranges::find_if(query.groupBy, [&](const SortKey &key) {
                return equalExpr(query.targets[static_cast<std::size_t>(key.target)].expr, argument);
            });
            if (found == query.groupBy.end())
                fail("42803", "arguments to GROUPING must be grouping expressions of the associated query level",
                     locationOf(argument));
            grouping->keys.push_back(static_cast<int>(found - query.groupBy.begin()));
        }
        return;
    }
    forEachChild(expr, [&](Expr *&child) { resolveGrouping(query, *child); });
}

void Binder::checkRecursiveAggregates(Query &query) const
{
    if (!query.hasAggregates || !std::ranges::any_of(query.range, &RangeEntry::selfReference))
        return;
    LevelWalker walker(0);
    for (const auto &target : query.targets)
        walker.walk(*target.expr);
    if (query.having)
        walker.walk(*query.having);
    fail("42P19", "aggregate functions are not allowed in a recursive query's recursive term",
         walker.aggregate ? walker.aggregate->location : -1);
}

/// The select list is checked, with its GROUPING(), before HAVING is looked at.
void Binder::checkGrouping(Scope &, Query &query)
{
    for (auto &target : query.targets)
        resolveGrouping(query, *target.expr);
    UngroupedFinder finder(query);
    for (const auto &target : query.targets)
        finder.walk(*target.expr);
    if (query.having && !finder.found) {
        resolveGrouping(query, *query.having);
        finder.walk(*query.having);
    }
    if (!finder.found)
        return checkRecursiveAggregates(query);
    // Two texts of one subquery are the same key to PostgreSQL; here each is bound for itself.
    const bool byASubquery = std::ranges::any_of(query.groupBy, [&](const SortKey &key) {
        return holdsSublink(*query.targets[static_cast<std::size_t>(key.target)].expr);
    });
    if (finder.inSubquery && byASubquery)
        decline("GROUP BY of a subquery that is selected again");
    const auto &entry = query.range[static_cast<std::size_t>(finder.found->range)];
    const std::string column =
        finder.found->column < 0 ? "*" : entry.columns[static_cast<std::size_t>(finder.found->column)].name;
    if (finder.inSubquery)
        fail("42803", "subquery uses ungrouped column \"" + entry.alias + "." + column + "\" from outer query",
             finder.found->location);
    fail("42803",
         "column \"" + entry.alias + "." + column +
             "\" must appear in the GROUP BY clause or be used in an aggregate function",
         finder.found->location,
         finder.inDirectArguments ? "Direct arguments of an ordered-set aggregate must use only grouped columns." : "");
}

} // namespace sqlgym::sql
