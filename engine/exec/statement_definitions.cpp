// CREATE and DROP of tables, views and indexes.
#include "catalogue/catalogue.h"
#include "exec/alter.h"
#include "exec/dependencies.h"
#include "exec/row_writer.h"
#include "exec/statement.h"

#include <algorithm>
#include <set>

namespace sqlgym::exec {

std::string StatementRunner::createTable(const sql::CreateTableStatement &create)
{
    for (auto sequence : create.sequences) {
        sequence.order = m_database.nextOrder();
        m_database.addSequence(makeSequence(std::move(sequence)));
    }
    auto definition = std::make_shared<sql::TableDefinition>(*create.table);
    definition->order = m_database.nextOrder();
    for (auto &foreign : definition->foreignKeys)
        foreign.order = m_database.nextOrder();
    auto table = std::make_shared<Table>();
    table->definition = std::move(definition);
    m_database.add(std::move(table));
    return "CREATE TABLE";
}

void checkUnique(Execution &run, const Table &table, const sql::KeyDefinition &key)
{
    const KeyIndex *index = table.index(key.columns);
    if (!index) {
        run.stop.decline("a unique index over this type");
        return;
    }
    std::set<std::uint32_t> duplicated;
    std::vector<Datum> values(key.columns.size());
    for (std::uint32_t row = 0; row < table.rows.size() && run.proceed(); ++row) {
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
        run.stop.decline("a unique index over rows with several duplicates");
    else if (!duplicated.empty())
        run.cx.fail("23505", "could not create unique index \"" + key.name + "\"",
                    "Key " + describeKey(*table.definition, key.columns, table.rows[*duplicated.begin()]) +
                        " is duplicated.");
}

std::string StatementRunner::createIndex(const sql::CreateIndexStatement &statement)
{
    Table &table = *m_database.edit(statement.table->name);
    if (statement.unique)
        checkUnique(m_run, table, statement.key);
    auto definition = std::make_shared<sql::TableDefinition>(*table.definition);
    if (statement.unique)
        definition->keys.push_back(statement.key);
    else
        definition->indexes.push_back(statement.plain);
    table.definition = std::move(definition);
    return "CREATE INDEX";
}

/// A view keeps its columns; new ones may follow them.
bool StatementRunner::canReplace(const sql::TableDefinition &old, const sql::TableDefinition &now)
{
    if (!old.isView) {
        m_run.cx.fail("42809", "\"" + old.name + "\" is not a view");
        return false;
    }
    if (now.columns.size() < old.columns.size()) {
        m_run.cx.fail("42P16", "cannot drop columns from view");
        return false;
    }
    for (std::size_t i = 0; i < old.columns.size(); ++i) {
        const auto &was = old.columns[i];
        const auto &is = now.columns[i];
        if (was.name != is.name) {
            m_run.cx.fail("42P16", "cannot change name of view column \"" + was.name + "\" to \"" + is.name + "\"", {},
                          "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.");
            return false;
        }
        if (was.type != is.type || was.typmod != is.typmod) {
            m_run.cx.fail("42P16", "cannot change data type of view column \"" + was.name + "\" from " +
                                       catalogue::formatType(was.type, was.typmod) + " to " +
                                       catalogue::formatType(is.type, is.typmod));
            return false;
        }
    }
    // It would be looked up for ever.
    if (std::any_of(now.sources.begin(), now.sources.end(), [&](const auto &source) {
            return source.asOf->isView && (source.name == now.name || !source.asOf->sources.empty());
        })) {
        m_run.stop.decline("replacing a view by one that reads other views");
        return false;
    }
    return true;
}

std::string StatementRunner::createView(const sql::CreateTableStatement &create)
{
    const std::string &name = create.table->name;
    const auto existing = m_database.table(name);
    if (m_database.hasRelation(name) && (!create.orReplace || !existing)) {
        m_run.cx.fail("42P07", "relation \"" + name + "\" already exists");
        return {};
    }
    auto definition = std::make_shared<sql::TableDefinition>(*create.table);
    if (existing && !canReplace(*existing->definition, *definition))
        return {};
    definition->order = existing ? existing->definition->order : m_database.nextOrder();
    auto view = std::make_shared<Table>();
    view->definition = std::move(definition);
    m_database.add(std::move(view));
    return "CREATE VIEW";
}

std::string StatementRunner::truncate(const sql::TruncateStatement &statement)
{
    auto tables = statement.tables;
    const auto isInside = [&](const std::string &name) {
        return std::any_of(tables.begin(), tables.end(), [&](const auto &table) { return table->name == name; });
    };
    for (std::size_t i = 0; i < tables.size(); ++i) {
        std::shared_ptr<const sql::TableDefinition> outside; // the oldest that refers to this one
        for (const auto &[name, table] : m_database.tables())
            for (const auto &key : table->definition->foreignKeys)
                if (key.table == tables[i]->name && !isInside(name) &&
                    (!outside || table->definition->order < outside->order))
                    outside = table->definition;
        if (outside && !statement.cascade) {
            m_run.cx.fail("0A000", "cannot truncate a table referenced in a foreign key constraint",
                          "Table \"" + outside->name + "\" references \"" + tables[i]->name + "\".",
                          "Truncate table \"" + outside->name + "\" at the same time, or use TRUNCATE ... CASCADE.");
            return {};
        }
        if (outside) {
            tables.push_back(outside);
            --i; // there may be others
        }
    }
    for (const auto &definition : tables) {
        auto table = std::make_shared<Table>();
        table->definition = definition;
        m_database.add(std::move(table));
        const SequenceMap known = m_database.sequences();
        for (const auto &[name, sequence] : known)
            if (statement.restart && sequence.definition->table == definition->name)
                m_database.addSequence(restarted(sequence));
    }
    return "TRUNCATE TABLE";
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
            found = key != definition->keys.end() || std::erase_if(definition->indexes, [&](const auto &index) {
                                                         return index.name == wanted.name;
                                                     }) > 0;
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
    switch (statement.kind) {
    case sql::RelationKind::Index:
        return dropIndexes(statement);
    case sql::RelationKind::Sequence:
        return dropSequences(statement);
    case sql::RelationKind::Type:
    case sql::RelationKind::Domain:
        return dropTypes(statement);
    default:
        break;
    }
    const bool materialized = statement.kind == sql::RelationKind::MaterializedView;
    const std::string kind = materialized                                ? "materialized view"
                             : statement.kind == sql::RelationKind::View ? "view"
                                                                         : "table";
    const std::string tag = materialized ? "DROP MATERIALIZED VIEW" : kind == "view" ? "DROP VIEW" : "DROP TABLE";
    std::vector<CatalogueObject> targets;
    for (const auto &name : statement.names) {
        const auto table = name.schema.empty() || name.schema == "public" ? m_database.table(name.name) : nullptr;
        if (!table) {
            const bool isSequence = m_database.sequence(name.name) != nullptr;
            if (!isSequence && m_database.hasRelation(name.name)) {
                m_run.stop.decline("DROP TABLE of an index");
                return {};
            }
            if (isSequence) {
                m_run.cx.fail("42809", "\"" + name.name + "\" is not a " + kind, {},
                              "Use DROP SEQUENCE to remove a sequence.");
                return {};
            }
            if (statement.ifExists)
                continue;
            m_run.cx.fail("42P01", kind + " \"" + name.name + "\" does not exist");
            return {};
        }
        if (const auto &other = *table->definition; other.kindName() != kind) {
            m_run.cx.fail("42809", "\"" + name.name + "\" is not a " + kind, {},
                          other.isMaterialized ? "Use DROP MATERIALIZED VIEW to remove a materialized view."
                          : other.isView       ? "Use DROP VIEW to remove a view."
                                               : "Use DROP TABLE to remove a table.");
            return {};
        }
        targets.push_back({.table = name.name});
    }
    if (targets.empty())
        return tag;
    const auto dependents = dependentsOf(m_database, targets);
    if (!dependents.empty() && !statement.cascade) {
        failDependent(m_run, m_database, targets, dependents);
        return {};
    }
    dropDependents(m_run, m_database, dependents);
    for (const auto &target : targets)
        dropRelation(m_database, target.table);
    return tag;
}

} // namespace sqlgym::exec
