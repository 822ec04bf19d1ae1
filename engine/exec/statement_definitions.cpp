// CREATE and DROP of tables, views and indexes.
#include "exec/row_writer.h"
#include "exec/statement.h"

#include <algorithm>
#include <set>

namespace sqlgym::exec {

std::string StatementRunner::createTable(const sql::CreateTableStatement &create)
{
    auto definition = std::make_shared<sql::TableDefinition>(*create.table);
    for (auto &foreign : definition->foreignKeys)
        foreign.order = m_database.nextOrder();
    auto table = std::make_shared<Table>();
    table->sequences.resize(definition->columns.size(), 0);
    table->definition = std::move(definition);
    m_database.add(std::move(table));
    return "CREATE TABLE";
}

/// Fails when two rows of a table that is to get a unique index are the same in its columns.
void StatementRunner::checkUnique(const Table &table, const sql::KeyDefinition &key)
{
    const KeyIndex *index = table.index(key.columns);
    if (!index) {
        m_run.stop.decline("a unique index over this type");
        return;
    }
    std::set<std::uint32_t> duplicated;
    std::vector<Datum> values(key.columns.size());
    for (std::uint32_t row = 0; row < table.rows.size() && m_run.proceed(); ++row) {
        bool hasNull = false;
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = table.rows[row][key.columns[i]];
            hasNull = hasNull || values[i].isNull;
        }
        const std::uint32_t found = hasNull ? row : index->find(values.data(), table.rows);
        if (found != row)
            duplicated.insert(found);
    }
    // Which one PostgreSQL meets first is its sort's affair.
    if (duplicated.size() > 1)
        m_run.stop.decline("a unique index over rows with several duplicates");
    else if (!duplicated.empty())
        m_run.cx.fail("23505", "could not create unique index \"" + key.name + "\"",
                      "Key " + describeKey(*table.definition, key.columns, table.rows[*duplicated.begin()]) +
                          " is duplicated.");
}

std::string StatementRunner::createIndex(const sql::CreateIndexStatement &statement)
{
    Table &table = *m_database.edit(statement.table->name);
    if (statement.unique)
        checkUnique(table, statement.key);
    auto definition = std::make_shared<sql::TableDefinition>(*table.definition);
    if (statement.unique)
        definition->keys.push_back(statement.key);
    else
        definition->indexes.push_back(statement.key.name);
    table.definition = std::move(definition);
    return "CREATE INDEX";
}

std::string StatementRunner::createView(const sql::CreateTableStatement &create)
{
    const std::string &name = create.table->name;
    if (m_database.hasRelation(name)) {
        const auto existing = m_database.table(name);
        if (create.orReplace && existing && existing->definition->isView)
            m_run.stop.decline("replacing a view");
        else
            m_run.cx.fail("42P07", "relation \"" + name + "\" already exists");
        return {};
    }
    auto view = std::make_shared<Table>();
    view->definition = create.table;
    m_database.add(std::move(view));
    return "CREATE VIEW";
}

std::string StatementRunner::dropIndexes(const sql::DropStatement &statement)
{
    for (const auto &wanted : statement.names) {
        bool found = false;
        for (const auto &[name, table] : m_database.tables()) {
            auto definition = std::make_shared<sql::TableDefinition>(*table->definition);
            const auto isIt = [&](const sql::KeyDefinition &key) { return key.name == wanted.name; };
            const auto key = std::find_if(definition->keys.begin(), definition->keys.end(), isIt);
            if (key != definition->keys.end() && key->constraint) {
                m_run.cx.fail("2BP01",
                              "cannot drop index " + wanted.name + " because constraint " + wanted.name + " on table " +
                                  name + " requires it",
                              {}, "You can drop constraint " + wanted.name + " on table " + name + " instead.");
                return {};
            }
            found = key != definition->keys.end() || std::erase(definition->indexes, wanted.name) > 0;
            if (!found)
                continue;
            if (key != definition->keys.end())
                definition->keys.erase(key);
            m_database.edit(name)->definition = std::move(definition);
            break;
        }
        if (found || statement.ifExists)
            continue;
        if (m_database.hasRelation(wanted.name))
            m_run.cx.fail("42809", "\"" + wanted.name + "\" is not an index");
        else
            m_run.cx.fail("42704", "index \"" + wanted.name + "\" does not exist");
        return {};
    }
    return "DROP INDEX";
}

std::string StatementRunner::drop(const sql::DropStatement &statement)
{
    if (statement.kind == sql::RelationKind::Index)
        return dropIndexes(statement);
    const bool views = statement.kind == sql::RelationKind::View;
    const std::string kind = views ? "view" : "table";
    std::vector<std::string> names;
    for (const auto &name : statement.names) {
        const auto table = name.schema.empty() || name.schema == "public" ? m_database.table(name.name) : nullptr;
        if (!table) {
            if (statement.ifExists)
                continue;
            m_run.cx.fail("42P01", kind + " \"" + name.name + "\" does not exist");
            return {};
        }
        if (table->definition->isView != views) {
            m_run.cx.fail("42809", "\"" + name.name + "\" is not a " + kind, {},
                          table->definition->isView ? "Use DROP VIEW to remove a view."
                                                    : "Use DROP TABLE to remove a table.");
            return {};
        }
        names.push_back(name.name);
    }
    for (const auto &[other, table] : m_database.tables()) {
        if (std::find(names.begin(), names.end(), other) != names.end())
            continue;
        for (const std::string &name : names) {
            const auto &keys = table->definition->foreignKeys;
            const bool depends =
                table->definition->isView
                    ? table->definition->viewSql.find(name) != std::string::npos
                    : std::any_of(keys.begin(), keys.end(), [&](const auto &key) { return key.table == name; });
            if (depends) {
                m_run.stop.decline("dropping a " + kind + " that others depend on");
                return {};
            }
        }
    }
    for (const std::string &name : names)
        m_database.remove(name);
    return views ? "DROP VIEW" : "DROP TABLE";
}

} // namespace sqlgym::exec
