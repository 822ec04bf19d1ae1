// Commands about the session: transactions, SET and SHOW, COMMENT, ANALYZE.
#include "sql/definition_binder.h"
#include "sql/settings.h"

#include <algorithm>
#include <iterator>

namespace sqlgym::sql {

void DefinitionBinder::bindTransaction(const PgQuery__TransactionStmt &stmt)
{
    if (stmt.chain)
        decline("AND CHAIN");
    for (std::size_t i = 0; i < stmt.n_options; ++i) {
        // How transactions are kept apart matters to nobody who is alone; READ ONLY would have errors of its own.
        if (std::string_view(stmt.options[i]->def_elem->defname) != "transaction_isolation")
            decline("transaction modes other than the isolation level");
    }
    auto &out = m_statement.transaction;
    out.savepoint = stmt.savepoint_name;
    switch (stmt.kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
        out.action = TransactionAction::Begin;
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
        out.action = TransactionAction::Commit;
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
        out.action = TransactionAction::Rollback;
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
        out.action = TransactionAction::Savepoint;
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
        out.action = TransactionAction::Release;
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
        out.action = TransactionAction::RollbackTo;
        break;
    default:
        decline("two-phase commit");
    }
    m_statement.kind = StatementKind::Transaction;
}

namespace {

/// What other systems' SHOW and SET know, and PostgreSQL does not.
bool isOfOtherSystem(std::string_view name)
{
    static constexpr std::string_view kNames[] = {
        "tables",  "databases", "schemas",      "users",    "processlist", "variables",        "warnings",
        "errors",  "status",    "engines",      "grants",   "views",       "indexes",          "triggers",
        "events",  "plugins",   "sequences",    "sql_mode", "autocommit",  "sql_safe_updates", "foreign_key_checks",
        "nocount", "dbs",       "unique_checks"};
    return std::ranges::find(kNames, name) != std::end(kNames);
}

} // namespace

void DefinitionBinder::bindSet(const PgQuery__VariableSetStmt &stmt)
{
    const std::string given = stmt.name;
    auto &out = m_statement.setting;
    m_statement.kind = StatementKind::Set;
    switch (stmt.kind) {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL:
        return;
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET:
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT:
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE:
        break;
    default:
        decline("this form of SET");
    }
    const Setting *setting = findSetting(given);
    if (!setting && isOfOtherSystem(given))
        fail("42704", "unrecognized configuration parameter \"" + given + "\"");
    if (!setting || stmt.is_local)
        decline(stmt.is_local ? "SET LOCAL" : "SET " + given);
    out.name = setting->name;
    if (stmt.kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE) {
        out.value = setting->initial;
        return;
    }
    std::vector<std::string> values;
    for (std::size_t i = 0; i < stmt.n_args; ++i) {
        if (stmt.args[i]->node_case != PG_QUERY__NODE__NODE_A_CONST)
            decline("SET " + given + " to this value");
        const auto &constant = *stmt.args[i]->a_const;
        if (constant.val_case == PG_QUERY__A__CONST__VAL_SVAL)
            values.emplace_back(constant.sval->sval);
        else if (constant.val_case == PG_QUERY__A__CONST__VAL_IVAL)
            values.push_back(std::to_string(constant.ival->ival));
        else
            decline("SET " + given + " to this value");
    }
    auto accepted = acceptedValue(*setting, values);
    if (!accepted)
        decline("SET " + given + " to this value");
    out.value = std::move(*accepted);
}

void DefinitionBinder::bindShow(const PgQuery__VariableShowStmt &stmt)
{
    const Setting *setting = findSetting(stmt.name);
    if (!setting && isOfOtherSystem(stmt.name))
        fail("42704", "unrecognized configuration parameter \"" + std::string(stmt.name) + "\"");
    if (!setting)
        decline("SHOW " + std::string(stmt.name));
    m_statement.kind = StatementKind::Show;
    m_statement.setting.name = setting->name;
    m_statement.setting.value = setting->initial;
}

std::shared_ptr<const TableDefinition> DefinitionBinder::relationNamed(const std::string &schema,
                                                                       const std::string &name) const
{
    auto table = m_schema.findTable(schema, name);
    if (!table)
        fail("42P01", "relation \"" + (schema.empty() ? name : schema + "." + name) + "\" does not exist");
    return table;
}

void DefinitionBinder::bindComment(const PgQuery__CommentStmt &stmt)
{
    const bool column = stmt.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN;
    const bool view = stmt.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW;
    if ((!column && !view && stmt.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) ||
        stmt.object->node_case != PG_QUERY__NODE__NODE_LIST)
        decline("COMMENT ON other things than tables, views and columns");
    auto names = stringsOf(stmt.object->list->items, stmt.object->list->n_items);
    std::string columnName;
    if (column) {
        columnName = names.back();
        names.pop_back();
    }
    if (names.empty() || names.size() > 2)
        decline("COMMENT ON a name of this form");
    const auto table = relationNamed(names.size() > 1 ? names.front() : "", names.back());
    if (!column && (view ? !table->isView : !table->isTable()))
        fail("42809", "\"" + table->name + "\" is not a " + (view ? "view" : "table"));
    if (column && std::ranges::find(table->columns, columnName, &ColumnDefinition::name) == table->columns.end())
        fail("42703", "column \"" + columnName + "\" of relation \"" + table->name + "\" does not exist");
    m_statement.kind = StatementKind::Ignored;
    m_statement.ignoredTag = "COMMENT";
}

/// ANALYZE gathers what only a planner that counts on statistics could use. VACUUM is not for a transaction block.
void DefinitionBinder::bindAnalyze(const PgQuery__VacuumStmt &stmt)
{
    if (stmt.is_vacuumcmd)
        decline("VACUUM");
    for (std::size_t i = 0; i < stmt.n_rels; ++i) {
        const auto &relation = *stmt.rels[i]->vacuum_relation;
        const auto table = relationNamed(relation.relation->schemaname ? relation.relation->schemaname : "",
                                         relation.relation->relname);
        for (const auto &name : stringsOf(relation.va_cols, relation.n_va_cols)) {
            if (std::ranges::find(table->columns, name, &ColumnDefinition::name) == table->columns.end())
                fail("42703", "column \"" + name + "\" of relation \"" + table->name + "\" does not exist");
        }
    }
    m_statement.kind = StatementKind::Ignored;
    m_statement.ignoredTag = "ANALYZE";
}

} // namespace sqlgym::sql
