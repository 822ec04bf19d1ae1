// CREATE TABLE, CREATE VIEW, CREATE TABLE AS, DROP: what loads a problem's data.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <pg_query.h>

#include <algorithm>
#include <unordered_set>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

/// The SQL of a SELECT, by libpg_query's deparser: how views, defaults and checks are kept.
std::string deparse(PgQuery__Node &select)
{
    PgQuery__RawStmt raw = PG_QUERY__RAW_STMT__INIT;
    raw.stmt = &select;
    PgQuery__RawStmt *list[] = {&raw};
    PgQuery__ParseResult result = PG_QUERY__PARSE_RESULT__INIT;
    result.version = PG_VERSION_NUM;
    result.n_stmts = 1;
    result.stmts = list;
    PgQueryProtobuf packed;
    packed.len = pg_query__parse_result__get_packed_size(&result);
    std::string buffer(packed.len, '\0');
    packed.data = buffer.data();
    pg_query__parse_result__pack(&result, reinterpret_cast<std::uint8_t *>(packed.data));
    PgQueryDeparseResult text = pg_query_deparse_protobuf(packed);
    std::string sql = text.query ? text.query : "";
    pg_query_free_deparse_result(text);
    return sql;
}

std::string joinedName(const std::string &table, const TableDefinition &definition, const std::vector<int> &columns,
                       const char *suffix)
{
    std::string name = table;
    for (const int column : columns)
        name += "_" + definition.columns[static_cast<std::size_t>(column)].name;
    return name + suffix;
}

bool nameTaken(const TableDefinition &table, const std::string &name)
{
    return std::ranges::any_of(table.keys, [&](const auto &key) { return key.name == name; }) ||
           std::ranges::any_of(table.checks, [&](const auto &check) { return check.name == name; }) ||
           std::ranges::any_of(table.foreignKeys, [&](const auto &key) { return key.name == name; });
}

std::string freeName(const TableDefinition &table, std::string name)
{
    if (!nameTaken(table, name))
        return name;
    for (int i = 1;; ++i) {
        if (!nameTaken(table, name + std::to_string(i)))
            return name + std::to_string(i);
    }
}

} // namespace

std::string Binder::nodeText(const Node &node)
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
    const std::string sql = deparse(selectNode);
    if (sql.substr(0, 7) != "SELECT ")
        decline("this expression in a definition");
    return sql.substr(7);
}

/// Binds an expression given as text (a default, a check), alone or over one table's row as range 0.
Expr *Binder::bindStandalone(std::string_view expression, const TableDefinition *table, Oid to, std::int32_t typmod,
                             Place place)
{
    const std::string sql = "SELECT " + std::string(expression);
    auto parsed = parse(sql);
    if (!parsed.script || parsed.script->statements().size() != 1)
        decline("this default or check expression");
    const auto &select = *parsed.script->statements().front().raw->stmt->select_stmt;
    Binder inner(sql, m_schema, m_session, m_statement);
    Scope scope;
    scope.query = newQuery();
    if (table)
        inner.addRowOf(*table, scope);
    Expr *expr = inner.bindExpr(scope, select.target_list[0]->res_target->val, place);
    if (to)
        expr = inner.coerceTo(expr, to, typmod, CoercionContext::Assignment, CoercionForm::ImplicitCast, -1);
    if (!expr)
        decline("this default or check expression");
    return expr;
}

void Binder::addRowOf(const TableDefinition &table, Scope &scope)
{
    RangeEntry entry;
    entry.alias = table.name;
    for (const auto &column : table.columns)
        entry.columns.push_back({column.name, column.type, column.typmod, 0});
    std::vector<NamespaceItem> items;
    addRange(scope, std::move(entry), nullptr, items);
    scope.items = items;
}

/// The name given, or one made of table and columns that is free.
std::string Binder::constraintName(const PgQuery__Constraint &constraint, const TableDefinition &table,
                                   const std::vector<int> &columns, const char *suffix) const
{
    const std::string given = constraint.conname ? constraint.conname : "";
    if (given.empty())
        return freeName(table, joinedName(table.name, table, columns, suffix));
    if (nameTaken(table, given))
        fail("42710", "constraint \"" + given + "\" for relation \"" + table.name + "\" already exists");
    return given;
}

void Binder::addConstraint(const PgQuery__Constraint &constraint, TableDefinition &table, int column)
{
    const std::string given = constraint.conname ? constraint.conname : "";
    if (!given.empty() && nameTaken(table, given))
        fail("42710", "constraint \"" + given + "\" for relation \"" + table.name + "\" already exists");
    const auto indexOf = [&](const std::string &name) {
        const auto found = std::ranges::find(table.columns, name, &ColumnDefinition::name);
        if (found == table.columns.end())
            fail("42703", "column \"" + name + "\" named in key does not exist", constraint.location);
        return static_cast<int>(found - table.columns.begin());
    };
    const auto columnsOf = [&](Node **list, std::size_t count) {
        std::vector<int> out;
        for (const auto &name : stringsOf(list, count))
            out.push_back(indexOf(name));
        if (out.empty() && column >= 0)
            out.push_back(column);
        return out;
    };
    switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE: {
        if (constraint.nulls_not_distinct)
            decline("NULLS NOT DISTINCT");
        KeyDefinition key;
        key.primary = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
        key.deferrable = constraint.deferrable;
        key.columns = columnsOf(constraint.keys, constraint.n_keys);
        if (key.primary) {
            if (std::ranges::any_of(table.keys, &KeyDefinition::primary))
                fail("42P16", "multiple primary keys for table \"" + table.name + "\" are not allowed",
                     constraint.location);
            for (const int index : key.columns)
                table.columns[static_cast<std::size_t>(index)].notNull = true;
        }
        key.name = !given.empty() ? given
                   : key.primary  ? freeName(table, table.name + "_pkey")
                                  : freeName(table, joinedName(table.name, table, key.columns, "_key"));
        // PostgreSQL builds the primary key's index first: it is checked first.
        if (key.primary)
            table.keys.insert(table.keys.begin(), std::move(key));
        else
            table.keys.push_back(std::move(key));
        break;
    }
    default:
        decline("this kind of constraint");
    }
}

/// A temporary relation may stand beside a permanent one of its name; there is one schema here.
void Binder::declineShadowing(const PgQuery__RangeVar &relation) const
{
    if (relation.relpersistence && *relation.relpersistence == 't' && m_schema.findTable("", relation.relname))
        decline("a temporary table or view that hides a permanent one");
}

/// What PostgreSQL looks at when the columns are all known: how many there are, then their names.
void Binder::checkColumnList(const TableDefinition &table) const
{
    constexpr std::size_t kMaxTableColumns = 1600;
    if (table.columns.size() > kMaxTableColumns)
        fail("54011", "tables can have at most 1600 columns");
    std::unordered_set<std::string_view> names;
    for (const auto &column : table.columns) {
        if (!names.insert(column.name).second)
            fail("42701", "column \"" + column.name + "\" specified more than once");
    }
}

/// In PostgreSQL's order: columns and keys, then whether the table is there already, then what is bound over its row.
void Binder::bindTableElements(const PgQuery__CreateStmt &stmt, TableDefinition &table, bool exists)
{
    std::vector<LaterPart> later;
    std::vector<const PgQuery__Constraint *> tableConstraints;
    for (std::size_t i = 0; i < stmt.n_table_elts; ++i) {
        const Node &element = *stmt.table_elts[i];
        if (element.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
            addColumn(*element.column_def, table, later);
        else if (element.node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
            tableConstraints.push_back(element.constraint);
        else
            decline(nodeName(element));
    }
    for (const auto *constraint : tableConstraints) {
        if (constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK ||
            constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN)
            later.push_back({constraint, -1});
        else
            addConstraint(*constraint, table, -1);
    }
    checkColumnList(table);
    if (exists)
        fail("42P07", "relation \"" + table.name + "\" already exists");
    for (const auto &check : table.checks)
        bindCheck(check, table);
    const auto ofKind = [&](auto contype, auto bindPart) {
        for (const auto &part : later) {
            if (part.constraint->contype == contype)
                bindPart(part);
        }
    };
    const auto bindExpression = [&](const LaterPart &part) {
        bindColumnExpression(*part.constraint, table, part.column);
    };
    ofKind(PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT, bindExpression);
    ofKind(PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED, bindExpression);
    ofKind(PG_QUERY__CONSTR_TYPE__CONSTR_CHECK, [&](const LaterPart &part) { addCheck(*part.constraint, table); });
    ofKind(PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN, [&](const LaterPart &part) {
        if (stmt.relation->relpersistence && *stmt.relation->relpersistence == 't' &&
            table.name != part.constraint->pktable->relname)
            decline("a temporary table that refers to another table");
        addForeignKey(part, table);
    });
}

/// What a learner's table does without.
void Binder::declineStorage(const PgQuery__CreateStmt &stmt) const
{
    const std::string_view method = stmt.access_method ? stmt.access_method : "";
    if (!method.empty() && method != "heap")
        decline("table access methods");
    for (std::size_t i = 0; i < stmt.n_options; ++i) {
        if (std::string_view(stmt.options[i]->def_elem->defname) != "fillfactor")
            decline("storage parameters");
    }
    for (std::size_t i = 0; i < stmt.n_table_elts; ++i) {
        const Node &element = *stmt.table_elts[i];
        if (element.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF && element.column_def->compression &&
            *element.column_def->compression)
            decline("COMPRESSION");
    }
}

void Binder::bindCreateTable(const PgQuery__CreateStmt &stmt)
{
    if (stmt.n_inh_relations > 0 || stmt.partspec || stmt.partbound || stmt.of_typename)
        decline("inheritance, partitions and typed tables");
    declineStorage(stmt);
    checkDatabase(*stmt.relation);
    declineShadowing(*stmt.relation);
    auto table = std::make_shared<TableDefinition>();
    table->name = stmt.relation->relname;
    const std::string schema = stmt.relation->schemaname ? stmt.relation->schemaname : "";
    if (schema.substr(0, 3) == "pg_")
        decline("tables in PostgreSQL's own schemas");
    if (schema == "public" && stmt.relation->relpersistence && *stmt.relation->relpersistence == 't')
        fail("42P16", "cannot create temporary relation in non-temporary schema", stmt.relation->location);
    if (!schema.empty() && schema != "public") {
        if (!m_schema.hasSchema(schema))
            fail("3F000", "schema \"" + schema + "\" does not exist", stmt.relation->location);
        decline("schemas other than public");
    }
    const bool exists = m_schema.findTable(schema, table->name) != nullptr;
    if (!(exists && stmt.if_not_exists))
        bindTableElements(stmt, *table, exists);
    m_statement.kind = StatementKind::CreateTable;
    m_statement.create.table = std::move(table);
    m_statement.create.ifNotExists = stmt.if_not_exists;
}

/// Where a relation is made or dropped: PostgreSQL's error has no position there.
void Binder::checkSchema(const std::string &schema) const
{
    if (schema.empty() || schema == "public")
        return;
    if (schema.substr(0, 3) == "pg_" || schema == "information_schema" || m_schema.hasSchema(schema))
        decline("schemas other than public");
    fail("3F000", "schema \"" + schema + "\" does not exist");
}

void Binder::bindCreateTableAs(const PgQuery__CreateTableAsStmt &stmt)
{
    if (stmt.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
        stmt.query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        decline("this form of CREATE ... AS");
    if (stmt.into->skip_data)
        decline("WITH NO DATA");
    if ((stmt.into->access_method && *stmt.into->access_method) || stmt.into->n_options > 0)
        decline("storage parameters");
    declineShadowing(*stmt.into->rel);
    auto table = std::make_shared<TableDefinition>();
    table->name = stmt.into->rel->relname;
    Query *query = bindSelect(*stmt.query->select_stmt, nullptr, true);
    checkDatabase(*stmt.into->rel, false);
    checkSchema(stmt.into->rel->schemaname ? stmt.into->rel->schemaname : "");
    const auto names = stringsOf(stmt.into->col_names, stmt.into->n_col_names);
    for (const auto &target : query->targets) {
        if (target.junk)
            continue;
        ColumnDefinition column;
        const std::size_t index = table->columns.size();
        column.name = index < names.size() ? names[index] : target.name;
        column.type = target.expr->type;
        column.typmod = target.expr->typmod;
        table->columns.push_back(std::move(column));
    }
    if (names.size() > table->columns.size())
        fail("42601", "too many column names were specified");
    checkColumnList(*table);
    m_statement.kind = StatementKind::CreateTableAs;
    m_statement.create.table = std::move(table);
    m_statement.create.ifNotExists = stmt.if_not_exists;
    m_statement.create.source = query;
}

void Binder::bindCreateView(const PgQuery__ViewStmt &stmt, base::SourceSpan)
{
    if (stmt.query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        decline("this form of CREATE VIEW");
    if (stmt.n_options > 0)
        decline("options of views");
    declineShadowing(*stmt.view);
    auto view = std::make_shared<TableDefinition>();
    view->name = stmt.view->relname;
    view->isView = true;
    view->viewSql = deparse(*stmt.query);
    if (view->viewSql.empty())
        decline("this view");
    const Query *query = bindSelect(*stmt.query->select_stmt, nullptr, true);
    checkDatabase(*stmt.view, false);
    checkSchema(stmt.view->schemaname ? stmt.view->schemaname : "");
    if (std::ranges::any_of(query->ctes, [](const auto *cte) { return changeOf(*cte->query) != nullptr; }))
        fail("0A000", "views must not contain data-modifying statements in WITH");
    const auto names = stringsOf(stmt.aliases, stmt.n_aliases);
    for (const auto &target : query->targets) {
        if (target.junk)
            continue;
        const std::size_t index = view->columns.size();
        ColumnDefinition column;
        column.name = index < names.size() ? names[index] : target.name;
        column.type = target.expr->type;
        column.typmod = target.expr->typmod;
        view->columns.push_back(std::move(column));
    }
    if (names.size() > view->columns.size())
        fail("42601", "CREATE VIEW specifies more column names than columns");
    checkColumnList(*view);
    m_statement.kind = StatementKind::CreateView;
    m_statement.create.table = std::move(view);
    m_statement.create.orReplace = stmt.replace;
}

void Binder::bindDrop(const PgQuery__DropStmt &stmt)
{
    if (stmt.remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE &&
        stmt.remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_VIEW)
        decline("DROP of other things than tables and views");
    m_statement.kind = StatementKind::Drop;
    m_statement.drop.views = stmt.remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW;
    m_statement.drop.ifExists = stmt.missing_ok;
    m_statement.drop.cascade = stmt.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    for (std::size_t i = 0; i < stmt.n_objects; ++i) {
        const auto names = stringsOf(stmt.objects[i]->list->items, stmt.objects[i]->list->n_items);
        if (names.size() > 2)
            failQualified(names, "relation", true);
        if (names.size() == 2 && !stmt.missing_ok && stmt.n_objects == 1)
            checkSchema(names[0]);
        m_statement.drop.names.push_back({names.size() > 1 ? names[names.size() - 2] : "", names.back()});
    }
}

} // namespace sqlgym::sql
