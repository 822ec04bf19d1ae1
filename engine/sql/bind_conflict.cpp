// INSERT ... ON CONFLICT: which keys it is about, and what DO UPDATE sets.
#include "sql/binder.h"

#include <algorithm>

namespace sqlgym::sql {

void Binder::bindConflict(const PgQuery__OnConflictClause &clause, Scope &scope, Change &insert)
{
    auto &conflict = insert.conflict.emplace();
    conflict.update = clause.action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE;
    bindArbiter(clause, scope, insert);
    if (!conflict.update)
        return;
    // The row that is there, and the one that was to be inserted.
    const auto &target = scope.query->range.front();
    Scope inner;
    inner.parent = &scope;
    inner.query = conflict.set = newQuery();
    std::vector<NamespaceItem> items;
    for (const std::string &name : {target.alias, std::string("excluded")}) {
        RangeEntry entry;
        entry.kind = RangeKind::Given;
        entry.alias = name;
        entry.table = insert.table;
        entry.columns = target.columns;
        FromNode *node = addRange(inner, std::move(entry), nullptr, items);
        if (inner.query->from.empty())
            inner.query->from.push_back(node);
    }
    inner.items = items;
    // RETURNING may name EXCLUDED by mistake.
    scope.everSeen.push_back(items.back());
    scope.everSeen.back().range = -1;
    bindAssignments(inner, clause.target_list, clause.n_target_list, *insert.table, conflict.columns, nullptr);
    if (clause.where_clause)
        inner.query->where = coerceToBoolean(bindExpr(inner, clause.where_clause, Place::Where), "WHERE");
}

/// ON CONFLICT (columns) or ON CONSTRAINT name; without either, any key is meant.
void Binder::bindArbiter(const PgQuery__OnConflictClause &clause, Scope &scope, Change &insert)
{
    auto &conflict = *insert.conflict;
    const auto &table = *insert.table;
    if (!clause.infer) {
        if (conflict.update)
            fail("42601", "ON CONFLICT DO UPDATE requires inference specification or constraint name", clause.location,
                 {}, "For example, ON CONFLICT (column_name).");
        for (std::size_t i = 0; i < table.keys.size(); ++i)
            conflict.keys.push_back(i);
        return;
    }
    const auto &infer = *clause.infer;
    if (infer.conname && *infer.conname) {
        const auto found = std::ranges::find(table.keys, std::string(infer.conname), &KeyDefinition::name);
        if (found == table.keys.end())
            fail("42704",
                 "constraint \"" + std::string(infer.conname) + "\" for table \"" + table.name + "\" does not exist");
        conflict.keys.push_back(static_cast<std::size_t>(found - table.keys.begin()));
        return;
    }
    if (infer.where_clause)
        decline("ON CONFLICT (...) WHERE");
    std::vector<int> columns;
    for (std::size_t i = 0; i < infer.n_index_elems; ++i) {
        const auto &element = *infer.index_elems[i]->index_elem;
        if (element.expr || element.n_collation > 0 || element.n_opclass > 0)
            decline("ON CONFLICT of an expression");
        const auto found = std::ranges::find(table.columns, std::string(element.name), &ColumnDefinition::name);
        if (found == table.columns.end())
            missingColumn(scope, {}, element.name, infer.location);
        columns.push_back(static_cast<int>(found - table.columns.begin()));
    }
    const auto sorted = [](std::vector<int> list) {
        std::ranges::sort(list);
        list.erase(std::unique(list.begin(), list.end()), list.end());
        return list;
    };
    for (std::size_t i = 0; i < table.keys.size(); ++i) {
        if (sorted(table.keys[i].columns) == sorted(columns))
            conflict.keys.push_back(i);
    }
}

/// PostgreSQL looks for the index when it plans: all other mistakes come first.
void Binder::checkArbiter(const PgQuery__OnConflictClause &clause, const Change &insert) const
{
    if (clause.infer && insert.conflict->keys.empty())
        fail("42P10", "there is no unique or exclusion constraint matching the ON CONFLICT specification");
}

} // namespace sqlgym::sql
