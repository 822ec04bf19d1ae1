// Column and table names: finding what they mean, and PostgreSQL's words when they mean nothing.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/name_distance.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

Scope *Binder::scopeAt(Scope &scope, int levelsUp) const
{
    Scope *at = &scope;
    for (int i = 0; i < levelsUp && at; ++i)
        at = at->parent;
    return at;
}

void Binder::markCorrelated(Scope &scope, int levelsUp)
{
    Scope *at = &scope;
    for (int i = 0; i < levelsUp && at; ++i, at = at->parent)
        at->query->correlated = true;
}

void Binder::checkLateral(const Scope &scope, const NamespaceItem &item, int location) const
{
    if (item.lateralOnly && !item.lateralOk && scope.lateralActive)
        fail("42P10", "invalid reference to FROM-clause entry for table \"" + item.name + "\"", location,
             item.isTarget ? "" : "The combining JOIN type must be INNER or LEFT for a LATERAL reference.",
             item.isTarget ? "There is an entry for table \"" + item.name +
                                 "\", but it cannot be referenced from this part of the query."
                           : "");
}

Expr *Binder::columnOf(Scope &scope, const NamespaceItem &item, const NamedColumn &column, int levelsUp, int location)
{
    (void)item;
    if (column.merged) {
        if (levelsUp > 0)
            decline("an outer reference to a merged USING column");
        return column.merged;
    }
    auto *expr = make<ColumnExpr>(location);
    expr->levelsUp = levelsUp;
    expr->range = column.range;
    expr->column = column.column;
    expr->type = column.shape.type;
    expr->typmod = column.shape.typmod;
    expr->collation = column.shape.collation;
    if (levelsUp > 0)
        markCorrelated(scope, levelsUp);
    return expr;
}

Expr *Binder::wholeRow(Scope &scope, const NamespaceItem &item, int levelsUp, int location)
{
    if (item.range < 0)
        decline("a whole row of a join");
    const auto *owner = scopeAt(scope, levelsUp);
    const auto &entry = owner->query->range[static_cast<std::size_t>(item.range)];
    if (entry.table && entry.view)
        decline("a whole row of a view that is changed");
    if (entry.kind == RangeKind::Function && entry.columns.size() == 1 && !entry.ordinality) {
        // The row of a function that returns a scalar is that scalar.
        return columnOf(scope, item, item.columns.front(), levelsUp, location);
    }
    auto *expr = make<ColumnExpr>(location);
    expr->levelsUp = levelsUp;
    expr->range = item.range;
    expr->column = -1;
    expr->type = type::kRecord;
    const auto &table = entry.table ? entry.table : entry.view;
    m_sawOtherRow = m_sawOtherRow || !table || (m_sawTableRow && m_rowTable != table->name);
    m_sawTableRow = m_sawTableRow || table;
    m_rowTable = m_sawOtherRow ? std::string() : table->name;
    if (levelsUp > 0)
        markCorrelated(scope, levelsUp);
    return expr;
}

Expr *Binder::findColumn(Scope &scope, std::string_view name, int location)
{
    int levelsUp = 0;
    for (Scope *at = &scope; at; at = at->parent, ++levelsUp) {
        const NamespaceItem *foundItem = nullptr;
        const NamedColumn *found = nullptr;
        for (const auto &item : at->items) {
            if (!item.columnsVisible || (item.lateralOnly && !at->lateralActive))
                continue;
            for (const auto &column : item.columns) {
                if (column.name != name)
                    continue;
                if (found)
                    fail("42702", "column reference \"" + std::string(name) + "\" is ambiguous", location);
                found = &column;
                foundItem = &item;
            }
            if (foundItem == &item)
                checkLateral(*at, item, location);
        }
        if (found)
            return columnOf(scope, *foundItem, *found, levelsUp, location);
    }
    return nullptr;
}

NamespaceItem *Binder::findItem(Scope &scope, std::string_view schema, std::string_view name, int location,
                                int &levelsUp)
{
    levelsUp = 0;
    for (Scope *at = &scope; at; at = at->parent, ++levelsUp) {
        NamespaceItem *found = nullptr;
        for (auto &item : at->items) {
            if (!item.nameVisible || item.name != name || (item.lateralOnly && !at->lateralActive))
                continue;
            if (!schema.empty() && item.schema != schema)
                continue;
            if (found)
                fail("42P09", "table reference \"" + std::string(name) + "\" is ambiguous", location);
            checkLateral(*at, item, location);
            found = &item;
        }
        if (found)
            return found;
    }
    return nullptr;
}

/// The first range entry that is the relation `name` or is called so, however it can be referred to.
const NamespaceItem *Binder::findEntry(Scope &scope, std::string_view schema, std::string_view name)
{
    const auto table = schema.empty() || m_schema.hasSchema(schema) ? m_schema.findTable(schema, name) : nullptr;
    int cteLevels = 0;
    const CteDefinition *cte = schema.empty() ? findCte(scope, name, cteLevels) : nullptr;
    for (Scope *at = &scope; at; at = at->parent) {
        for (const auto &item : at->everSeen) {
            const auto &entry = item.range >= 0 ? at->query->range[static_cast<std::size_t>(item.range)] : RangeEntry{};
            const bool isIt = cte ? entry.cte == cte : table && (entry.view ? entry.view : entry.table) == table;
            if (isIt || item.name == name)
                return &item;
        }
    }
    return nullptr;
}

void Binder::missingTable(Scope &scope, std::string_view schema, std::string_view name, int location)
{
    const std::string quoted = "\"" + std::string(name) + "\"";
    const auto *entry = findEntry(scope, schema, name);
    if (!entry)
        fail("42P01", "missing FROM-clause entry for table " + quoted, location);
    const std::string message = "invalid reference to FROM-clause entry for table " + quoted;
    if (entry->name != name) {
        int levelsUp = 0;
        const auto *visible = findItem(scope, {}, entry->name, location, levelsUp);
        if (visible && visible->range == entry->range)
            fail("42P01", message, location, {},
                 "Perhaps you meant to reference the table alias \"" + entry->name + "\".");
    }
    fail("42P01", message, location, {},
         "There is an entry for table \"" + entry->name +
             "\", but it cannot be referenced from this part of the query.");
}

void Binder::missingColumn(Scope &scope, std::string_view relation, std::string_view name, int location)
{
    static constexpr std::string_view kSystemColumns[] = {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"};
    if (std::ranges::find(kSystemColumns, name) != std::end(kSystemColumns))
        decline("system columns (" + std::string(name) + ")");
    NearestColumn nearest(name, relation);
    for (Scope *at = &scope; at; at = at->parent) {
        for (const auto &item : at->everSeen) {
            if (item.range < 0)
                continue;
            for (const auto &column : item.columns)
                nearest.offer(item.name, column.name);
        }
    }
    const std::string message = relation.empty()
                                    ? "column \"" + std::string(name) + "\" does not exist"
                                    : "column " + std::string(relation) + "." + std::string(name) + " does not exist";
    fail("42703", message, location, {}, nearest.hint());
}

Expr *Binder::bindColumnRef(Scope &scope, const PgQuery__ColumnRef &ref)
{
    if (scope.place == Place::Default)
        fail("0A000", "cannot use column reference in DEFAULT expression", ref.location);
    const std::size_t count = ref.n_fields;
    const Node &last = *ref.fields[count - 1];
    const bool star = last.node_case == PG_QUERY__NODE__NODE_A_STAR;
    const auto names = stringsOf(ref.fields, count);
    if (count == 1) {
        if (star)
            fail("42601", "row expansion via \"*\" is not supported here", ref.location);
        if (auto *found = findColumn(scope, names[0], ref.location))
            return found;
        int levelsUp = 0;
        if (const auto *item = findItem(scope, {}, names[0], ref.location, levelsUp))
            return wholeRow(scope, *item, levelsUp, ref.location);
        missingColumn(scope, {}, names[0], ref.location);
    }
    if (count > 3)
        star ? decline("names of this many parts") : failQualified(names, "column", false, ref.location);
    const std::string schema = count == 3 ? names[0] : std::string();
    const std::string &relation = names[count - 2];
    int levelsUp = 0;
    const auto *item = findItem(scope, schema, relation, ref.location, levelsUp);
    if (!item)
        missingTable(scope, schema, relation, ref.location);
    if (star)
        return wholeRow(scope, *item, levelsUp, ref.location);
    const auto &name = names.back();
    const NamedColumn *found = nullptr;
    for (const auto &column : item->columns) {
        if (column.name != name)
            continue;
        if (found)
            fail("42702", "column reference \"" + name + "\" is ambiguous", ref.location);
        found = &column;
    }
    if (!found) {
        static constexpr std::string_view kSystem[] = {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"};
        if (std::ranges::find(kSystem, name) != std::end(kSystem))
            decline("the system column " + name);
        // table.func is func(table.*): only where such a function exists; none takes a bare row here but these.
        if (item->range >= 0 && !catalogue::functionsNamed(name).empty()) {
            for (const auto *row : catalogue::functionsNamed(name)) {
                if (row->arguments.size() == 1 &&
                    (row->arguments[0] == type::kRecord || row->arguments[0] == type::kAny ||
                     row->arguments[0] == type::kAnyelement || row->arguments[0] == type::kAnynonarray))
                    decline("the function " + name + " called as a column");
            }
        }
        missingColumn(scope, relation, name, ref.location);
    }
    return columnOf(scope, *item, *found, levelsUp, ref.location);
}

} // namespace sqlgym::sql
