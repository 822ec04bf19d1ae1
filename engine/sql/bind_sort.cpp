// ORDER BY, GROUP BY, DISTINCT: matching their items to the select list and choosing the ordering operators.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/expr_tools.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

const char *clauseName(Place place)
{
    switch (place) {
    case Place::GroupBy:
        return "GROUP BY";
    case Place::OrderBy:
        return "ORDER BY";
    case Place::DistinctOn:
        return "DISTINCT ON";
    case Place::WindowPartition:
        return "PARTITION BY";
    case Place::WindowOrder:
        return "ORDER BY";
    default:
        return "SELECT";
    }
}

const Expr *findGrouping(const Expr &expr)
{
    if (expr.kind == ExprKind::Grouping)
        return &expr;
    const Expr *found = nullptr;
    forEachChild(const_cast<Expr &>(expr), [&](Expr *&child) { found = found ? found : findGrouping(*child); });
    return found;
}

bool isInteger(const PgQuery__AConst &constant)
{
    return !constant.isnull && constant.val_case == PG_QUERY__A__CONST__VAL_IVAL;
}

} // namespace

int Binder::addTargetExpr(Query &query, Expr *expr)
{
    for (std::size_t i = 0; i < query.targets.size(); ++i) {
        if (equalExpr(withoutImplicitCasts(query.targets[i].expr), expr))
            return static_cast<int>(i);
    }
    query.targets.push_back({expr, "", true});
    return static_cast<int>(query.targets.size()) - 1;
}

/// What is not allowed in GROUP BY is not allowed through an output column either.
void Binder::checkGroupTarget(const Expr &target, int location) const
{
    int aggregateLevel = -1;
    const Expr *which = nullptr;
    bool hasWindow = false;
    levelOf(target, 0, aggregateLevel, which, hasWindow);
    if (const Expr *grouping = findGrouping(target))
        fail("42803", "aggregate functions are not allowed in GROUP BY", grouping->location);
    if (aggregateLevel == 0)
        fail("42803", "aggregate functions are not allowed in GROUP BY", which ? which->location : location);
    if (hasWindow)
        fail("42P20", "window functions are not allowed in GROUP BY", which ? which->location : location);
}

/// findTargetlistEntrySQL92 (names and positions of the select list first) or SQL99 (expressions only).
int Binder::findTarget(Scope &scope, Query &query, const Node &node, Place place, bool sql92)
{
    if (sql92 && node.node_case == PG_QUERY__NODE__NODE_COLUMN_REF && node.column_ref->n_fields == 1 &&
        node.column_ref->fields[0]->node_case == PG_QUERY__NODE__NODE_STRING) {
        const std::string name = node.column_ref->fields[0]->string->sval;
        const int location = node.column_ref->location;
        // In GROUP BY a column of FROM goes before an output name.
        const bool isInput = place == Place::GroupBy && findColumn(scope, name, location) != nullptr && [&] {
            const auto *column = as<ColumnExpr>(findColumn(scope, name, location));
            return !column || column->levelsUp == 0;
        }();
        if (!isInput) {
            int found = -1;
            for (std::size_t i = 0; i < query.targets.size(); ++i) {
                if (query.targets[i].junk || query.targets[i].name != name)
                    continue;
                if (found >= 0 &&
                    !equalExpr(query.targets[static_cast<std::size_t>(found)].expr, query.targets[i].expr))
                    fail("42702", std::string(clauseName(place)) + " \"" + name + "\" is ambiguous", location);
                if (found < 0)
                    found = static_cast<int>(i);
            }
            if (found >= 0) {
                if (place == Place::GroupBy)
                    checkGroupTarget(*query.targets[static_cast<std::size_t>(found)].expr, location);
                return found;
            }
        }
    }
    if (sql92 && node.node_case == PG_QUERY__NODE__NODE_A_CONST) {
        if (!isInteger(*node.a_const))
            fail("42601", std::string("non-integer constant in ") + clauseName(place), node.a_const->location);
        const int position = node.a_const->ival->ival;
        int seen = 0;
        for (std::size_t i = 0; i < query.targets.size(); ++i) {
            if (!query.targets[i].junk && ++seen == position) {
                if (place == Place::GroupBy)
                    checkGroupTarget(*query.targets[i].expr, -1);
                return static_cast<int>(i);
            }
        }
        fail("42P10",
             std::string(clauseName(place)) + " position " + std::to_string(position) + " is not in select list",
             node.a_const->location);
    }
    Expr *key = bindExpr(scope, &node, place);
    if (place == Place::OrderBy || place == Place::WindowOrder)
        m_collated.erase(key);
    return addTargetExpr(query, key);
}

void Binder::resolveUnknownTarget(Query &query, int target)
{
    auto &entry = query.targets[static_cast<std::size_t>(target)];
    if (entry.expr->type == type::kUnknown)
        entry.expr = coerce(entry.expr, type::kText, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
}

SortKey Binder::makeSortKey(Oid oid, int location, bool descending, bool nullsFirst, int target)
{
    const auto *ordering = catalogue::findOrdering(oid);
    if (!ordering || !ordering->less) {
        if (oid == type::kRecord || oid == type::kRecordArray)
            decline("sorting rows as values");
        fail("42883", "could not identify an ordering operator for type " + typeText(oid), location, {},
             "Use an explicit ordering operator or modify the query.");
    }
    SortKey key;
    key.target = target;
    key.less = descending ? ordering->greater : ordering->less;
    key.equal = ordering->equal;
    key.descending = descending;
    key.nullsFirst = nullsFirst;
    return key;
}

SortKey Binder::sortKeyFor(Query &query, int target, const PgQuery__SortBy *by, int location)
{
    resolveUnknownTarget(query, target);
    bool descending = false, nullsFirst = false;
    if (by) {
        descending = by->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
        if (by->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_USING) {
            const auto names = stringsOf(by->use_op, by->n_use_op);
            if (names.size() != 1 || (names.front() != "<" && names.front() != ">"))
                decline("ORDER BY ... USING another operator than < and >");
            descending = names.front() == ">";
        }
        nullsFirst = by->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT
                         ? descending
                         : by->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST;
    }
    return makeSortKey(query.targets[static_cast<std::size_t>(target)].expr->type, location, descending, nullsFirst,
                       target);
}

SortKey Binder::groupKeyFor(Query &query, int target, int location)
{
    resolveUnknownTarget(query, target);
    const Oid oid = query.targets[static_cast<std::size_t>(target)].expr->type;
    const auto *ordering = catalogue::findOrdering(oid);
    if (!ordering || !ordering->equal) {
        if (oid == type::kRecord || oid == type::kRecordArray)
            decline("grouping rows as values");
        fail("42883", "could not identify an equality operator for type " + typeText(oid), location);
    }
    SortKey key;
    key.target = target;
    key.less = ordering->less;
    key.equal = ordering->equal;
    return key;
}

std::vector<SortKey> Binder::bindSortClause(Scope &scope, Query &query, Node **list, std::size_t count, Place place,
                                            bool sql92)
{
    std::vector<SortKey> keys;
    for (std::size_t i = 0; i < count; ++i) {
        const auto &by = *list[i]->sort_by;
        const int target = findTarget(scope, query, *by.node, place, sql92);
        const int location = by.location >= 0 && by.location > 0 ? by.location : locationOf(by.node);
        const auto same = std::ranges::find(keys, target, &SortKey::target);
        const SortKey key = sortKeyFor(query, target, &by, location >= 0 ? location : locationOf(by.node));
        if (same == keys.end())
            keys.push_back(key);
    }
    return keys;
}

void Binder::bindDistinct(Scope &scope, Query &query, const PgQuery__SelectStmt &stmt)
{
    if (stmt.n_distinct_clause == 0)
        return;
    // SELECT DISTINCT is one empty node; DISTINCT ON lists expressions.
    const bool isOn = stmt.distinct_clause[0] && stmt.distinct_clause[0]->node_case != PG_QUERY__NODE__NODE__NOT_SET;
    std::vector<SortKey> keys;
    if (!isOn) {
        query.distinct = DistinctKind::All;
        // Sort keys first, in their order; they must all be in the select list.
        for (const auto &key : query.orderBy) {
            if (query.targets[static_cast<std::size_t>(key.target)].junk)
                fail("42P10", "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
                     locationOf(query.targets[static_cast<std::size_t>(key.target)].expr));
            keys.push_back(key);
        }
        for (std::size_t i = 0; i < query.targets.size(); ++i) {
            if (query.targets[i].junk || std::ranges::find(keys, static_cast<int>(i), &SortKey::target) != keys.end())
                continue;
            keys.push_back(groupKeyFor(query, static_cast<int>(i), locationOf(query.targets[i].expr)));
        }
        if (keys.empty())
            fail("42601", "SELECT DISTINCT must have at least one column");
        query.distinctKeys = std::move(keys);
        return;
    }
    query.distinct = DistinctKind::On;
    std::vector<int> wanted, written;
    for (std::size_t i = 0; i < stmt.n_distinct_clause; ++i) {
        const int target = findTarget(scope, query, *stmt.distinct_clause[i], Place::DistinctOn, true);
        if (std::ranges::find(wanted, target) == wanted.end()) {
            wanted.push_back(target);
            written.push_back(locationOf(stmt.distinct_clause[i]));
        }
    }
    // What is at fault is shown where DISTINCT ON names it.
    const auto writtenAt = [&](int target) {
        return written[static_cast<std::size_t>(std::ranges::find(wanted, target) - wanted.begin())];
    };
    bool skipped = false;
    for (const auto &key : query.orderBy) {
        if (std::ranges::find(wanted, key.target) != wanted.end()) {
            if (skipped)
                fail("42P10", "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
                     writtenAt(key.target));
            keys.push_back(key);
        } else {
            skipped = true;
        }
    }
    for (const int target : wanted) {
        if (std::ranges::find(keys, target, &SortKey::target) != keys.end())
            continue;
        if (skipped)
            fail("42P10", "SELECT DISTINCT ON expressions must match initial ORDER BY expressions", writtenAt(target));
        keys.push_back(groupKeyFor(query, target, locationOf(query.targets[static_cast<std::size_t>(target)].expr)));
    }
    query.distinctKeys = std::move(keys);
}

} // namespace sqlgym::sql
