// SELECT and VALUES, clause by clause in the order in which PostgreSQL analyses them: that order decides which of
// several mistakes is reported.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/level_walker.h"

namespace sqlgym::sql {

namespace type = catalogue::type;

Query *Binder::newQuery() { return m_statement.make<Query>(); }

Query *Binder::bindSelect(const PgQuery__SelectStmt &stmt, Scope *parent, bool resolveUnknowns)
{
    const DepthGuard guard(*this);
    Scope scope;
    scope.parent = parent;
    scope.query = newQuery();
    scope.resolveUnknowns = resolveUnknowns;
    if (stmt.with_clause)
        bindWith(*stmt.with_clause, scope);
    if (stmt.into_clause && stmt.into_clause != m_into)
        decline("SELECT INTO");
    const bool isPlain =
        stmt.op == PG_QUERY__SET_OPERATION__SETOP_NONE || stmt.op == PG_QUERY__SET_OPERATION__SET_OPERATION_UNDEFINED;
    Query *query = stmt.n_values_lists > 0 ? bindValues(stmt, scope)
                   : isPlain               ? bindPlainSelect(stmt, scope)
                                           : bindSetOperation(stmt, scope);
    if (query->targets.size() > kMaxTargets)
        fail("54011", "target lists can have at most 1664 entries");
    return query;
}

Query *Binder::bindPlainSelect(const PgQuery__SelectStmt &stmt, Scope &scope)
{
    Query &query = *scope.query;
    for (std::size_t i = 0; i < stmt.n_window_clause; ++i)
        scope.windowDefinitions.push_back(stmt.window_clause[i]->window_def);
    bindFrom(scope, stmt.from_clause, stmt.n_from_clause);
    bindTargets(scope, stmt.target_list, stmt.n_target_list, query.targets);
    if (stmt.where_clause)
        query.where = coerceToBoolean(bindExpr(scope, stmt.where_clause, Place::Where), "WHERE");
    if (stmt.having_clause) {
        query.having = coerceToBoolean(bindExpr(scope, stmt.having_clause, Place::Having), "HAVING");
        query.grouped = true;
    }
    query.orderBy = bindSortClause(scope, query, stmt.sort_clause, stmt.n_sort_clause, Place::OrderBy, true);
    bindGroupClause(scope, query, stmt);
    bindDistinct(scope, query, stmt);
    finishOrderAndLimit(stmt, scope, query);
    bindWindows(scope, query);
    if (scope.resolveUnknowns)
        resolveUnknownTargets(query);
    if (stmt.n_locking_clause > 0)
        bindLocking(stmt, scope);
    query.hasSetFunctions = scope.hasSetFunctions;
    if (query.grouped)
        checkGrouping(scope, query);
    return &query;
}

void Binder::finishOrderAndLimit(const PgQuery__SelectStmt &stmt, Scope &scope, Query &query)
{
    query.offset = bindLimit(scope, stmt.limit_offset, Place::Offset, stmt);
    query.limit = bindLimit(scope, stmt.limit_count, Place::Limit, stmt);
    query.withTies = stmt.limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES;
}

Expr *Binder::bindLimit(Scope &scope, const Node *node, Place place, const PgQuery__SelectStmt &stmt)
{
    if (!node)
        return nullptr;
    const char *name = place == Place::Limit ? "LIMIT" : "OFFSET";
    Expr *expr = bindExpr(scope, node, place);
    expr = coerceToType(expr, type::kInt8, name);
    LevelWalker walker(0);
    walker.walk(*expr);
    if (walker.columnLevel == 0)
        fail("42P10", std::string("argument of ") + name + " must not contain variables", locationOf(expr));
    if (const auto *constant = as<ConstantExpr>(expr); constant && constant->value.isNull) {
        if (place == Place::Limit && stmt.limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES)
            fail("2201W", "row count cannot be null in FETCH FIRST ... WITH TIES clause");
    }
    return expr;
}

void Binder::resolveUnknownTargets(Query &query)
{
    for (std::size_t i = 0; i < query.targets.size(); ++i)
        resolveUnknownTarget(query, static_cast<int>(i));
}

/// VALUES (...), (...): as PostgreSQL does, SELECT column1, ... FROM a VALUES range entry.
Query *Binder::bindValues(const PgQuery__SelectStmt &stmt, Scope &scope)
{
    Query &query = *scope.query;
    std::vector<std::vector<Expr *>> rows;
    for (std::size_t r = 0; r < stmt.n_values_lists; ++r) {
        const auto &list = *stmt.values_lists[r]->list;
        std::vector<Expr *> row;
        for (std::size_t i = 0; i < list.n_items; ++i) {
            if (list.items[i]->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT)
                fail("42601", "DEFAULT is not allowed in this context", locationOf(list.items[i]));
            const Node *item = list.items[i]->node_case == PG_QUERY__NODE__NODE_RES_TARGET
                                   ? list.items[i]->res_target->val
                                   : list.items[i];
            row.push_back(bindExpr(scope, item, Place::Values));
        }
        if (!rows.empty() && row.size() != rows.front().size())
            fail("42601", "VALUES lists must all be the same length", locationOf(stmt.values_lists[r]));
        rows.push_back(std::move(row));
    }
    RangeEntry entry;
    entry.kind = RangeKind::Values;
    entry.alias = "*VALUES*";
    for (std::size_t c = 0; c < rows.front().size(); ++c) {
        std::vector<Expr *> column;
        for (const auto &row : rows)
            column.push_back(row[c]);
        const Oid common = selectCommonType(column, "VALUES");
        for (auto &row : rows)
            row[c] = coerceToCommon(row[c], common, "VALUES");
        column.clear();
        for (const auto &row : rows)
            column.push_back(row[c]);
        entry.columns.push_back({"column" + std::to_string(c + 1), common, commonTypmod(column, common), 0});
    }
    entry.values = std::move(rows);
    std::vector<NamespaceItem> items;
    query.from.push_back(addRange(scope, std::move(entry), nullptr, items));
    scope.items = items;
    for (const auto &column : items.front().columns)
        query.targets.push_back({columnOf(scope, items.front(), column, 0, -1), column.name, false});
    query.orderBy = bindSortClause(scope, query, stmt.sort_clause, stmt.n_sort_clause, Place::OrderBy, true);
    finishOrderAndLimit(stmt, scope, query);
    if (stmt.n_locking_clause > 0)
        bindLocking(stmt, scope);
    return &query;
}

} // namespace sqlgym::sql
