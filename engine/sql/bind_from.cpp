// FROM: tables, subqueries, CTE references, aliases.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

void Binder::bindFrom(Scope &scope, Node **list, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<NamespaceItem> items;
        FromNode *node = bindFromItem(scope, *list[i], items);
        checkNameConflicts(scope.items, items);
        setLateral(items, true, true);
        scope.query->from.push_back(node);
        scope.items.insert(scope.items.end(), items.begin(), items.end());
    }
    setLateral(scope.items, false, true);
}

void Binder::setLateral(std::vector<NamespaceItem> &items, bool lateralOnly, bool lateralOk)
{
    for (auto &item : items) {
        item.lateralOnly = lateralOnly;
        item.lateralOk = lateralOk;
    }
}

void Binder::checkNameConflicts(const std::vector<NamespaceItem> &a, const std::vector<NamespaceItem> &b)
{
    for (const auto &x : a) {
        if (!x.nameVisible || x.name.empty())
            continue;
        for (const auto &y : b) {
            if (!y.nameVisible || x.name != y.name)
                continue;
            if (!x.schema.empty() && !y.schema.empty() && x.schema != y.schema)
                continue;
            fail("42712", "table name \"" + x.name + "\" specified more than once");
        }
    }
}

FromNode *Binder::bindFromItem(Scope &scope, const Node &node, std::vector<NamespaceItem> &out)
{
    const DepthGuard guard(*this);
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
        return bindRangeVar(scope, *node.range_var, out);
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
        return bindSubselect(scope, *node.range_subselect, out);
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
        return bindRangeFunction(scope, *node.range_function, out);
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
        return bindJoin(scope, *node.join_expr, out);
    case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE:
        decline("TABLESAMPLE");
    case PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC:
        decline("XMLTABLE");
    default:
        decline(nodeName(node));
    }
}

void Binder::applyAlias(const PgQuery__Alias *alias, RangeEntry &entry, int location)
{
    if (!alias)
        return;
    entry.alias = alias->aliasname;
    const auto names = stringsOf(alias->colnames, alias->n_colnames);
    if (names.size() > entry.columns.size())
        fail("42P10",
             "table \"" + entry.alias + "\" has " + std::to_string(entry.columns.size()) + " columns available but " +
                 std::to_string(names.size()) + " columns specified",
             location);
    for (std::size_t i = 0; i < names.size(); ++i)
        entry.columns[i].name = names[i];
}

FromNode *Binder::addRange(Scope &scope, RangeEntry entry, const PgQuery__Alias *alias, std::vector<NamespaceItem> &out,
                           const std::string &schema)
{
    applyAlias(alias, entry, -1);
    NamespaceItem item;
    item.name = entry.alias;
    item.schema = alias ? std::string() : schema;
    item.range = static_cast<int>(scope.query->range.size());
    for (std::size_t i = 0; i < entry.columns.size(); ++i)
        item.columns.push_back({entry.columns[i].name, item.range, static_cast<int>(i), nullptr, entry.columns[i]});
    scope.everSeen.push_back(item);
    out.push_back(std::move(item));
    scope.query->range.push_back(std::move(entry));
    auto *node = m_statement.make<FromNode>();
    node->range = out.back().range;
    return node;
}

void Binder::failQualified(const std::vector<std::string> &names, const char *kind, bool quoted, int location) const
{
    std::string text;
    for (const auto &name : names)
        text += (text.empty() ? "" : ".") + name;
    // A column's name has a part more than that of a relation.
    const std::size_t most = std::string_view(kind) == "column" ? 4 : 3;
    if (names.size() > most)
        fail("42601",
             std::string("improper ") + (std::string_view(kind) == "relation" ? "relation" : "qualified") +
                 " name (too many dotted names): " + text,
             location);
    fail("0A000", "cross-database references are not implemented: " + (quoted ? "\"" + text + "\"" : text), location);
}

void Binder::checkDatabase(const PgQuery__RangeVar &var, bool withPosition) const
{
    if (!var.catalogname || !*var.catalogname)
        return;
    fail("0A000",
         "cross-database references are not implemented: \"" + std::string(var.catalogname) + "." + var.schemaname +
             "." + var.relname + "\"",
         withPosition ? var.location : -1);
}

std::shared_ptr<const TableDefinition> Binder::openTarget(const PgQuery__RangeVar &var) const
{
    checkDatabase(var);
    const std::string schema = var.schemaname ? var.schemaname : "";
    auto table = m_schema.findTable(schema, var.relname);
    if (table)
        return table;
    if (schema == "pg_catalog" || schema == "information_schema" || std::string_view(var.relname).substr(0, 3) == "pg_")
        decline("catalogue tables (" + std::string(var.relname) + ")");
    fail("42P01", "relation \"" + (schema.empty() ? "" : schema + ".") + var.relname + "\" does not exist",
         var.location);
}

FromNode *Binder::bindRangeVar(Scope &scope, const PgQuery__RangeVar &var, std::vector<NamespaceItem> &out)
{
    checkDatabase(var);
    RangeEntry entry;
    entry.alias = var.relname;
    const std::string schema = var.schemaname ? var.schemaname : "";
    if (schema.empty()) {
        int levelsUp = 0;
        if (CteDefinition *cte = findCte(scope, var.relname, levelsUp)) {
            if (const Change *change = cte->query ? changeOf(*cte->query) : nullptr; change && !change->hasReturning)
                fail("0A000", "WITH query \"" + cte->name + "\" does not have a RETURNING clause", var.location);
            entry.kind = RangeKind::Cte;
            entry.cte = cte;
            entry.selfReference = cte->recursive && cte->query == nullptr;
            if (!entry.selfReference && (!m_bindsAgain || m_boundAgain.count(cte) > 0))
                ++cte->references;
            entry.columns = cte->columns;
            return addRange(scope, std::move(entry), var.alias, out);
        }
    }
    const ViewSource *source = nullptr;
    addDatabaseTable(scope, var, entry, source);
    const auto definition = entry.table ? entry.table : entry.view;
    FromNode *node = addRange(scope, std::move(entry), var.alias, out, definition->schema);
    if (source && source->asOf != definition) {
        if (var.alias && var.alias->n_colnames > 0)
            decline("a view that renames columns of a table altered since");
        nameAsOf(*source, *definition, out.back());
    }
    return node;
}

void Binder::addDatabaseTable(Scope &scope, const PgQuery__RangeVar &var, RangeEntry &entry, const ViewSource *&source)
{
    const std::string schema = var.schemaname ? var.schemaname : "";
    auto table = m_view ? findAsOf(var, source) : m_schema.findTable(schema, var.relname);
    if (!table) {
        const std::string_view name = var.relname;
        if ((schema.empty() || schema == "public") && m_schema.findSequence(name))
            decline("reading a sequence as a table");
        if (schema == "pg_catalog" || schema == "information_schema" || name.substr(0, 3) == "pg_")
            decline("catalogue tables (" + std::string(name) + ")");
        const std::string shown = schema.empty() ? std::string(name) : schema + "." + std::string(name);
        for (Scope *at = &scope; at; at = at->parent) {
            for (const auto *future : at->futureCtes) {
                if (future->ctename == name && schema.empty())
                    fail("42P01", "relation \"" + shown + "\" does not exist", var.location,
                         "There is a WITH item named \"" + shown +
                             "\", but it cannot be referenced from this part of the query.",
                         "Use WITH RECURSIVE, or re-order the WITH items to remove forward references.");
            }
        }
        fail("42P01", "relation \"" + shown + "\" does not exist", var.location);
    }
    if (m_sources && std::ranges::none_of(*m_sources, [&](const auto &known) { return known.name == table->name; }))
        m_sources->push_back({.name = table->name, .asOf = table, .columns = {}});
    for (const auto &column : table->columns)
        entry.columns.push_back({column.name, column.type, column.typmod, 0});
    if (!table->isView) {
        entry.kind = RangeKind::Table;
        entry.table = std::move(table);
        return;
    }
    entry.kind = RangeKind::Subquery;
    entry.view = table;
    entry.subquery = bindViewText(*table);
}

/// A view is its query, bound where only the database is in scope.
Query *Binder::bindViewText(const TableDefinition &view)
{
    auto parsed = parse(view.viewSql);
    if (!parsed.script || parsed.script->statements().size() != 1)
        decline("the view " + view.name);
    const auto *raw = parsed.script->statements().front().raw;
    Binder inner(view.viewSql, m_schema, m_session, m_statement);
    inner.m_view = &view;
    return inner.bindSelect(*raw->stmt->select_stmt, nullptr, true);
}

FromNode *Binder::bindSubselect(Scope &scope, const PgQuery__RangeSubselect &sub, std::vector<NamespaceItem> &out)
{
    if (sub.subquery->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        decline(nodeName(*sub.subquery));
    RangeEntry entry;
    entry.kind = RangeKind::Subquery;
    entry.lateral = sub.lateral;
    const Place outer = scope.place;
    scope.place = Place::FromSubselect;
    const bool wasActive = scope.lateralActive;
    scope.lateralActive = sub.lateral;
    // Without LATERAL the items to the left are in scope to be named in errors only.
    entry.subquery = bindSelect(*sub.subquery->select_stmt, &scope, true);
    scope.lateralActive = wasActive;
    scope.place = outer;
    for (const auto &target : entry.subquery->targets) {
        if (!target.junk)
            entry.columns.push_back({target.name, target.expr->type, target.expr->typmod, target.expr->collation});
    }
    return addRange(scope, std::move(entry), sub.alias, out);
}

} // namespace sqlgym::sql
