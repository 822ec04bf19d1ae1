// ALTER ... RENAME: texts that use the old names are read with them from then on.
#include "sql/definition_binder.h"
#include "sql/object_name.h"

#include <algorithm>

namespace sqlgym::sql {

namespace {

/// The texts in a table's definition keep the names of now.
void keepNames(TableDefinition &table)
{
    std::shared_ptr<const NamesAsOf> names;
    const auto keep = [&](std::shared_ptr<const NamesAsOf> &known) {
        if (known)
            return;
        if (!names) {
            NamesAsOf made{.table = table.name, .columns = {}};
            for (const auto &column : table.columns)
                made.columns.emplace_back(column.id, column.name);
            names = std::make_shared<const NamesAsOf>(std::move(made));
        }
        known = names;
    };
    for (auto &column : table.columns) {
        if (!column.generatedSql.empty())
            keep(column.names);
    }
    for (auto &check : table.checks) {
        if (check.domain.empty())
            keep(check.names);
    }
}

} // namespace

void DefinitionBinder::bindRename(const PgQuery__RenameStmt &stmt)
{
    const bool column = stmt.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN;
    const bool constraint = stmt.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT;
    const auto kind = column ? stmt.relation_type : stmt.rename_type;
    const bool view = kind == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW;
    if ((kind != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE && !view && !constraint) || !stmt.relation)
        decline("this form of RENAME");
    const char *tag = view ? "ALTER VIEW" : "ALTER TABLE";
    auto before =
        tableToAlter(*stmt.relation, stmt.missing_ok, tag, "renaming an index, a sequence or a materialized view");
    if (!before)
        return;
    if (view && !before->isView)
        fail("42809", "\"" + before->name + "\" is not a view");
    startAlter(before);
    m_statement.alter.tag = tag;
    auto table = std::make_shared<TableDefinition>(*before);
    keepNames(*table);
    if (column)
        renameColumn(stmt, *table);
    else if (constraint)
        renameConstraint(stmt, *table);
    else
        renameTable(stmt, *table);
    m_statement.alter.after = std::move(table);
}

void DefinitionBinder::renameColumn(const PgQuery__RenameStmt &stmt, TableDefinition &table)
{
    const std::string from = stmt.subname;
    const std::string to = stmt.newname;
    const auto found = std::ranges::find(table.columns, from, &ColumnDefinition::name);
    if (found == table.columns.end() && isSystemColumn(from) && !table.isView)
        fail("0A000", "cannot rename system column \"" + from + "\"");
    if (found == table.columns.end())
        fail("42703", "column \"" + from + "\" does not exist");
    if (std::ranges::find(table.columns, to, &ColumnDefinition::name) != table.columns.end())
        fail("42701", "column \"" + to + "\" of relation \"" + table.name + "\" already exists");
    if (isSystemColumn(to) && !table.isView)
        fail("42701", "column name \"" + to + "\" conflicts with a system column name");
    found->name = to;
}

void DefinitionBinder::renameTable(const PgQuery__RenameStmt &stmt, TableDefinition &table)
{
    const std::string to = stmt.newname;
    if (m_schema.hasRelation(to))
        fail("42P07", "relation \"" + to + "\" already exists");
    if (m_schema.findEnum(to) || m_schema.findDomain(to))
        fail("42710", "type \"" + to + "\" already exists");
    for (auto &key : table.foreignKeys) {
        if (key.table == table.name)
            key.table = to;
    }
    table.name = to;
}

void DefinitionBinder::renameConstraint(const PgQuery__RenameStmt &stmt, TableDefinition &table)
{
    const std::string from = stmt.subname;
    const std::string to = stmt.newname;
    if (table.isView)
        decline("RENAME CONSTRAINT of a view");
    const auto key = std::ranges::find_if(
        table.keys, [&](const KeyDefinition &candidate) { return candidate.constraint && candidate.name == from; });
    const auto check = std::ranges::find_if(table.checks, [&](const CheckDefinition &candidate) {
        return candidate.domain.empty() && candidate.name == from;
    });
    const auto foreign = std::ranges::find(table.foreignKeys, from, &ForeignKeyDefinition::name);
    if (key == table.keys.end() && check == table.checks.end() && foreign == table.foreignKeys.end())
        fail("42704", "constraint \"" + from + "\" for table \"" + table.name + "\" does not exist");
    if (key != table.keys.end()) {
        if (m_schema.hasRelation(to))
            fail("42P07", "relation \"" + to + "\" already exists");
        key->name = to;
        return;
    }
    if (isConstraint(table, to))
        constraintExists(to, table);
    (check != table.checks.end() ? check->name : foreign->name) = to;
}

} // namespace sqlgym::sql
