// UPDATE and DELETE, and the assignments of SET.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/expr_tools.h"

#include <algorithm>
#include <set>

namespace sqlgym::sql {

namespace type = catalogue::type;

/// Puts the target table into scope as range 0 of the source query, with its rows' identity as the first target.
void Binder::bindModifyTarget(const PgQuery__RangeVar &relation, const Change &change, Scope &scope)
{
    RangeEntry entry;
    entry.alias = relation.relname;
    entry.table = m_viewTarget ? m_viewTarget->base : change.table;
    entry.view = m_viewTarget ? m_viewTarget->view : nullptr;
    for (const auto &column : entry.table->columns)
        entry.columns.push_back({column.name, column.type, column.typmod, 0});
    std::vector<NamespaceItem> items;
    scope.query->from.push_back(addRange(scope, std::move(entry), relation.alias, items, change.table->schema));
    nameAsView(items.front());
    nameAsView(scope.everSeen.back());
    items.front().isTarget = true;
    scope.items = items;
    auto *identity = make<ColumnExpr>();
    identity->column = kRowIdentity;
    identity->type = type::kInt8;
    scope.query->targets.push_back({identity, "", false});
}

/// Subqueries in FROM do not see the target, not even with LATERAL; the rest of the statement does.
void Binder::bindFromBesideTarget(Scope &scope, Node **list, std::size_t count)
{
    setLateral(scope.items, true, false);
    bindFrom(scope, list, count);
    setLateral(scope.items, false, true);
}

/// UPDATE and DELETE: `others` are what FROM or USING names, `assignments` what SET does (DELETE: none).
Query *Binder::bindModify(Change &change, Scope &scope, const PgQuery__RangeVar &relation, NodeList others, Node *where,
                          NodeList returning, NodeList assignments)
{
    scope.everSeen.clear();
    Scope source;
    source.parent = &scope;
    source.query = change.source = newQuery();
    bindModifyTarget(relation, change, source);
    bindFromBesideTarget(source, others.items, others.count);
    if (where)
        source.query->where = coerceToBoolean(bindExpr(source, where, Place::Where), "WHERE");
    change.hasReturning = returning.count > 0;
    bindReturning(source, returning.items, returning.count, scope.query->targets);
    if (assignments.count > 0)
        bindAssignments(source, assignments.items, assignments.count, *change.table, change.columns, &change.numbered);
    moveReturning(*scope.query, *source.query);
    return finishChange(change, scope);
}

Query *Binder::bindDelete(const PgQuery__DeleteStmt &stmt, Scope *parent)
{
    Scope scope;
    scope.parent = parent;
    scope.query = newQuery();
    std::vector<NamespaceItem> unseen;
    auto &change = startChange(ChangeKind::Delete, *stmt.relation, stmt.with_clause, scope, unseen);
    return bindModify(change, scope, *stmt.relation, {stmt.using_clause, stmt.n_using_clause}, stmt.where_clause,
                      {stmt.returning_list, stmt.n_returning_list}, {});
}

Query *Binder::bindUpdate(const PgQuery__UpdateStmt &stmt, Scope *parent)
{
    Scope scope;
    scope.parent = parent;
    scope.query = newQuery();
    std::vector<NamespaceItem> unseen;
    auto &change = startChange(ChangeKind::Update, *stmt.relation, stmt.with_clause, scope, unseen);
    return bindModify(change, scope, *stmt.relation, {stmt.from_clause, stmt.n_from_clause}, stmt.where_clause,
                      {stmt.returning_list, stmt.n_returning_list}, {stmt.target_list, stmt.n_target_list});
}

/// SET (a, b) = (SELECT ...): the subquery is bound once for each column it gives.
Expr *Binder::assignedColumn(Scope &scope, const PgQuery__MultiAssignRef &part)
{
    const auto &link = *part.source->sub_link;
    if (link.sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK)
        decline("this source of SET (...)");
    const auto &select = *link.subselect->select_stmt;
    const Place outer = scope.place;
    scope.place = Place::UpdateSource;
    const auto targets = bindSelect(select, &scope, true)->targets;
    scope.place = outer;
    if (std::ranges::count(targets, false, &TargetEntry::junk) != part.ncolumns)
        fail("42601", "number of columns does not match number of values", link.location);
    return subqueryColumn(scope, select, static_cast<std::size_t>(part.colno - 1), link.location);
}

/// One value of SET; nullptr: DEFAULT.
Expr *Binder::bindAssigned(Scope &scope, const Node &value)
{
    const Node *node = &value;
    if (value.node_case == PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF) {
        const auto &part = *value.multi_assign_ref;
        if (part.source->node_case == PG_QUERY__NODE__NODE_SUB_LINK)
            return assignedColumn(scope, part);
        if (part.source->node_case != PG_QUERY__NODE__NODE_ROW_EXPR)
            fail("0A000", "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression",
                 locationOf(part.source));
        const auto &row = *part.source->row_expr;
        for (std::size_t i = 0; i < row.n_args; ++i) {
            const Node &field = *row.args[i];
            if (field.node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
                field.column_ref->fields[field.column_ref->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR)
                decline("SET (...) = ROW(t.*)");
        }
        if (row.n_args != static_cast<std::size_t>(part.ncolumns))
            fail("42601", "number of columns does not match number of values", row.location);
        node = row.args[part.colno - 1];
    }
    if (node->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT && m_viewTarget)
        decline("DEFAULT in an UPDATE of a view");
    return node->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT ? nullptr
                                                                  : bindExpr(scope, node, Place::UpdateSource);
}

/// All the values first, then the columns they go to. Adds a target to the scope's query for each.
void Binder::bindAssignments(Scope &scope, Node **list, std::size_t count, const TableDefinition &table,
                             std::vector<int> &columns, std::vector<int> *numbered)
{
    const std::size_t first = scope.query->targets.size();
    std::vector<Expr *> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(bindAssigned(scope, *list[i]->res_target->val));
    std::set<int> assigned;
    const auto assign = [&](int index) {
        if (!assigned.insert(index).second)
            fail("42601",
                 "multiple assignments to same column \"" + table.columns[static_cast<std::size_t>(index)].name + "\"");
    };
    for (std::size_t i = 0; i < count; ++i) {
        const auto &target = *list[i]->res_target;
        const int index = targetColumn(table, target);
        const ColumnDefinition *found = &table.columns[static_cast<std::size_t>(index)];
        if (!found->generatedSql.empty() && !values[i]) {
            assign(index);
            continue;
        }
        if (!values[i]) {
            if (found->identity && !numbered)
                decline("DEFAULT for a serial or identity column");
            if (found->identity) {
                assign(index);
                numbered->push_back(index);
                continue;
            }
            values[i] = found->defaultSql.empty()
                            ? makeNull(found->type, -1)
                            : bindStandalone(found->defaultSql, nullptr, found->type, found->typmod, Place::Default);
        }
        Expr *value = assignTo(values[i], *found, -1);
        assign(index);
        columns.push_back(index);
        scope.query->targets.push_back({value, "", false});
    }
    // PostgreSQL looks at this when it rewrites the statement: other mistakes come first.
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto &column = table.columns[i];
        const bool generated = !column.generatedSql.empty();
        if ((!generated && column.identity != 'a') || std::ranges::find(columns, static_cast<int>(i)) == columns.end())
            continue;
        fail("428C9", "column \"" + column.name + "\" can only be updated to DEFAULT", -1,
             "Column \"" + column.name + "\" is " +
                 (generated ? "a generated column." : "an identity column defined as GENERATED ALWAYS."));
    }
    // They are computed in the order of the table's columns.
    std::vector<std::pair<int, TargetEntry>> inOrder;
    for (std::size_t i = first; i < scope.query->targets.size(); ++i)
        inOrder.emplace_back(columns[i - first], scope.query->targets[i]);
    std::ranges::sort(inOrder, {}, &std::pair<int, TargetEntry>::first);
    for (std::size_t i = 0; i < inOrder.size(); ++i) {
        columns[i] = inOrder[i].first;
        scope.query->targets[first + i] = inOrder[i].second;
    }
}

} // namespace sqlgym::sql
