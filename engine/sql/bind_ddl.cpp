// CREATE TABLE AS, DROP, TRUNCATE; how expressions and queries are kept in definitions.
#include "sql/definition_binder.h"

#include "catalogue/type_oids.h"
#include "sql/deparse.h"
#include "sql/nodes_equal.h"
#include "sql/parse.h"

#include <pg_query.h>

#include <algorithm>
#include <unordered_set>

namespace sqlgym::sql {

namespace type = catalogue::type;

/// The SQL of a SELECT, by libpg_query's deparser: how views, defaults and checks are kept. Empty where what it writes
/// reads otherwise.
std::string DefinitionBinder::queryText(Node &select)
{
    nameAtTimeZone(&select);
    PgQuery__RawStmt raw = PG_QUERY__RAW_STMT__INIT;
    raw.stmt = &select;
    PgQuery__RawStmt *list[] = {&raw};
    PgQuery__ParseResult result = PG_QUERY__PARSE_RESULT__INIT;
    result.version = PG_VERSION_NUM;
    result.n_stmts = 1;
    result.stmts = list;
    std::string sql = deparse(result);
    const ParseOutcome again = parse(sql);
    const bool same = again.script && again.script->statements().size() == 1 &&
                      nodesEqual(&select.base, &again.script->statements().front().raw->stmt->base);
    return same ? sql : std::string();
}

std::string DefinitionBinder::nodeText(const Node &node)
{
    PgQuery__ResTarget target = PG_QUERY__RES_TARGET__INIT;
    target.val = const_cast<Node *>(&node);
    PgQuery__Node targetNode = PG_QUERY__NODE__INIT;
    targetNode.node_case = PG_QUERY__NODE__NODE_RES_TARGET;
    targetNode.res_target = &target;
    PgQuery__Node *targets[] = {&targetNode};
    PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
    select.n_target_list = 1;
    select.target_list = targets;
    select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
    select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
    PgQuery__Node selectNode = PG_QUERY__NODE__INIT;
    selectNode.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
    selectNode.select_stmt = &select;
    const std::string sql = queryText(selectNode);
    if (sql.substr(0, 7) != "SELECT ")
        decline("this expression in a definition");
    return sql.substr(7);
}

/// A temporary relation may stand beside a permanent one of its name; there is one schema here.
void DefinitionBinder::declineShadowing(const PgQuery__RangeVar &relation) const
{
    if (relation.relpersistence && *relation.relpersistence == 't' && m_schema.findTable("", relation.relname))
        decline("a temporary table or view that hides a permanent one");
}

/// Where a relation is made or dropped: PostgreSQL's error has no position there.
void DefinitionBinder::checkSchema(const std::string &schema) const
{
    if (schema.empty() || schema == "public")
        return;
    if (schema.substr(0, 3) == "pg_" || schema == "information_schema" || m_schema.hasSchema(schema))
        decline("schemas other than public");
    fail("3F000", "schema \"" + schema + "\" does not exist");
}

void DefinitionBinder::bindCreateTableAs(const PgQuery__CreateTableAsStmt &stmt)
{
    const bool materialized = stmt.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW;
    if ((stmt.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE && !materialized) ||
        stmt.query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        decline("this form of CREATE ... AS");
    if (!materialized)
        return bindTableAs(*stmt.query->select_stmt, *stmt.into, stmt.if_not_exists);
    const std::string text = queryText(*stmt.query);
    if (text.empty())
        decline("this view");
    std::vector<ViewSource> sources;
    m_sources = &sources;
    bindTableAs(*stmt.query->select_stmt, *stmt.into, stmt.if_not_exists, true);
    m_sources = nullptr;
    const Query &query = *m_statement.create.source;
    if (std::ranges::any_of(query.ctes, [](const auto *cte) { return changeOf(*cte->query) != nullptr; }))
        fail("0A000", "materialized views must not use data-modifying statements in WITH");
    gatherViewColumns(query, sources);
    if (std::ranges::any_of(sources, [](const auto &source) { return source.asOf->persistence == 't'; }))
        fail("0A000", "materialized views must not use temporary tables or views");
    auto view = std::make_shared<TableDefinition>(*m_statement.create.table);
    view->isMaterialized = true;
    view->isPopulated = !stmt.into->skip_data;
    view->viewSql = text;
    view->sources = std::move(sources);
    m_statement.create.table = std::move(view);
}

void DefinitionBinder::bindRefresh(const PgQuery__RefreshMatViewStmt &stmt)
{
    const auto &relation = *stmt.relation;
    checkDatabase(relation, false);
    auto view = relationNamed(relation.schemaname ? relation.schemaname : "", relation.relname);
    if (view->isView)
        fail("42809", "\"" + view->name + "\" is not a table or materialized view");
    if (!view->isMaterialized)
        fail("0A000", "\"" + view->name + "\" is not a materialized view");
    if (stmt.concurrent && !view->isPopulated)
        fail("0A000", "CONCURRENTLY cannot be used when the materialized view is not populated");
    if (stmt.concurrent && stmt.skip_data)
        fail("42601", "CONCURRENTLY and WITH NO DATA options cannot be used together");
    if (stmt.concurrent && view->keys.empty())
        fail("55000", "cannot refresh materialized view \"public." + view->name + "\" concurrently", -1, {},
             "Create a unique index with no WHERE clause on one or more columns of the materialized view.");
    m_statement.kind = StatementKind::RefreshView;
    m_statement.create.source = bindViewText(*view);
    m_statement.create.table = std::move(view);
    m_statement.create.withoutData = stmt.skip_data;
    m_statement.create.concurrently = stmt.concurrent;
}

/// CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW.
void DefinitionBinder::bindTableAs(const PgQuery__SelectStmt &select, const PgQuery__IntoClause &into, bool ifNotExists,
                                   bool materialized)
{
    if ((into.access_method && *into.access_method) || into.n_options > 0)
        decline("storage parameters");
    declineShadowing(*into.rel);
    auto table = std::make_shared<TableDefinition>();
    table->name = into.rel->relname;
    table->persistence = persistenceOf(*into.rel);
    if (materialized && table->persistence != 'p')
        decline("a materialized view that is not permanent");
    m_into = &into;
    Query *query = bindSelect(select, nullptr, true);
    declineSequenceOrder(*query);
    checkDatabase(*into.rel, false);
    checkSchema(into.rel->schemaname ? into.rel->schemaname : "");
    const auto names = stringsOf(into.col_names, into.n_col_names);
    for (const auto &target : query->targets) {
        if (target.junk)
            continue;
        ColumnDefinition column;
        const std::size_t index = table->columns.size();
        column.name = index < names.size() ? names[index] : target.name;
        if (target.expr->type == type::kRecord || target.expr->type == type::kRecordArray)
            decline("a column of rows");
        column.id = ++table->lastColumnId;
        column.type = target.expr->type;
        column.typmod = target.expr->typmod;
        table->columns.push_back(std::move(column));
    }
    if (names.size() > table->columns.size())
        fail("42601", "too many column names were specified");
    checkColumnList(*table);
    m_statement.kind = StatementKind::CreateTableAs;
    m_statement.create.table = std::move(table);
    m_statement.create.ifNotExists = ifNotExists;
    m_statement.create.withoutData = into.skip_data;
    m_statement.create.source = query;
}

void DefinitionBinder::bindDrop(const PgQuery__DropStmt &stmt)
{
    m_statement.kind = StatementKind::Drop;
    switch (stmt.remove_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
        m_statement.drop.kind = RelationKind::Table;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
        m_statement.drop.kind = RelationKind::View;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
        m_statement.drop.kind = RelationKind::MaterializedView;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
        m_statement.drop.kind = RelationKind::Index;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        m_statement.drop.kind = RelationKind::Sequence;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        m_statement.drop.kind = RelationKind::Type;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        m_statement.drop.kind = RelationKind::Domain;
        break;
    default:
        decline("DROP of other things than tables, views, indexes, sequences and types");
    }
    m_statement.drop.ifExists = stmt.missing_ok;
    m_statement.drop.cascade = stmt.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    for (std::size_t i = 0; i < stmt.n_objects; ++i) {
        const Node &object = *stmt.objects[i];
        const auto names = object.node_case == PG_QUERY__NODE__NODE_TYPE_NAME
                               ? stringsOf(object.type_name->names, object.type_name->n_names)
                               : stringsOf(object.list->items, object.list->n_items);
        if (names.size() > 2)
            failQualified(names, "relation", true);
        if (names.size() == 2 && !stmt.missing_ok && stmt.n_objects == 1)
            checkSchema(names[0]);
        m_statement.drop.names.push_back({names.size() > 1 ? names[names.size() - 2] : "", names.back()});
    }
}

void DefinitionBinder::bindTruncate(const PgQuery__TruncateStmt &stmt)
{
    auto &truncate = m_statement.truncate;
    for (std::size_t i = 0; i < stmt.n_relations; ++i) {
        const auto &relation = *stmt.relations[i]->range_var;
        checkDatabase(relation, false);
        auto table = relationNamed(relation.schemaname ? relation.schemaname : "", relation.relname);
        if (!table->isTable())
            fail("42809", "\"" + table->name + "\" is not a table");
        if (std::ranges::none_of(truncate.tables, [&](const auto &known) { return known->name == table->name; }))
            truncate.tables.push_back(std::move(table));
    }
    truncate.restart = stmt.restart_seqs;
    truncate.cascade = stmt.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    m_statement.kind = StatementKind::Truncate;
}

/// pg_class.relpersistence of a relation that is to be made.
char DefinitionBinder::persistenceOf(const PgQuery__RangeVar &relation)
{
    return relation.relpersistence && *relation.relpersistence ? *relation.relpersistence : 'p';
}

} // namespace sqlgym::sql
