#include "exec/foreign_keys.h"

#include "catalogue/type_oids.h"
#include "exec/row_writer.h"
#include "exec/statement_changes.h"

#include <algorithm>

namespace sqlgym::exec {

namespace type = catalogue::type;

namespace {

struct Reference {
    const Table *table;
    const sql::ForeignKeyDefinition *key;
};

/// The foreign keys that refer to `table`, oldest first.
std::vector<Reference> referencesTo(const Database &database, const sql::TableDefinition &table)
{
    std::vector<Reference> found;
    for (const auto &[name, other] : database.tables())
        for (const auto &key : other->definition->foreignKeys)
            if (key.table == table.name)
                found.push_back({other.get(), &key});
    std::stable_sort(found.begin(), found.end(),
                     [](const Reference &a, const Reference &b) { return a.key->order < b.key->order; });
    return found;
}

/// May values of one be looked up among those of the other?
bool areComparable(Oid a, Oid b)
{
    const auto isInteger = [](Oid t) { return t == type::kInt2 || t == type::kInt4 || t == type::kInt8; };
    const auto isText = [](Oid t) { return t == type::kText || t == type::kVarchar; };
    return a == b || (isInteger(a) && isInteger(b)) || (isText(a) && isText(b));
}

bool areComparable(const sql::TableDefinition &definition, const sql::TableDefinition &other,
                   const sql::ForeignKeyDefinition &key)
{
    for (std::size_t i = 0; i < key.columns.size(); ++i)
        if (!areComparable(definition.columns[std::size_t(key.columns[i])].type,
                           other.columns[std::size_t(key.referenced[i])].type))
            return false;
    return true;
}

} // namespace

bool hasForeignKeys(const Database &database, const sql::TableDefinition &table)
{
    return !table.foreignKeys.empty() || !referencesTo(database, table).empty();
}

bool ForeignKeys::check(std::vector<RowEvent> &events)
{
    for (std::size_t i = 0; i < events.size(); ++i) {
        const RowEvent event = events[i];
        if ((event.old && !checkReferring(event, events)) || (event.now && !checkReferred(event)) || !m_run.proceed())
            return false;
    }
    return true;
}

bool ForeignKeys::checkReferring(const RowEvent &event, std::vector<RowEvent> &events)
{
    const auto &definition = event.table->definition();
    for (const Reference &reference : referencesTo(m_database, definition)) {
        const auto &key = *reference.key;
        if (keyValues(key.referenced, event.old).empty() ||
            (event.now && sameKey(definition, key.referenced, event.old, event.now)))
            continue;
        if (!act(event, *reference.table, key, events))
            return false;
    }
    return true;
}

/// The rows of `other` that refer to a row which is gone, or has another key now.
bool ForeignKeys::act(const RowEvent &event, const Table &other, const sql::ForeignKeyDefinition &key,
                      std::vector<RowEvent> &events)
{
    const auto &definition = event.table->definition();
    const auto otherDefinition = other.definition;
    if (!areComparable(*otherDefinition, definition, key)) {
        m_run.stop.decline("foreign keys between columns of different types");
        return false;
    }
    const auto values = keyValues(key.referenced, event.old);
    TableWriter &writer = m_changes.writer(*otherDefinition);
    const auto rows = writer.holders(key.columns, values);
    if (rows.empty() || m_run.stopped())
        return !m_run.stopped();
    const char action = event.now ? key.updateAction : key.deleteAction;
    if (action == 'a' && !event.table->holders(key.referenced, values).empty())
        return true;
    if (action == 'a' || action == 'r') {
        if (key.deferrable)
            m_run.stop.decline("a deferrable foreign key");
        else
            m_run.cx.fail("23503",
                          "update or delete on table \"" + definition.name + "\" violates foreign key constraint \"" +
                              key.name + "\" on table \"" + otherDefinition->name + "\"",
                          "Key " + describeKey(definition, key.referenced, event.old) +
                              " is still referenced from table \"" + otherDefinition->name + "\".");
        return false;
    }
    for (const Datum *row : rows) {
        if (action == 'c' && !event.now) {
            writer.remove(row, nullptr);
            events.push_back({&writer, row, nullptr});
        } else if (action == 'd' || !changeRow(writer, row, key, action == 'c' ? event.now : nullptr, events)) {
            if (!m_run.stopped())
                m_run.stop.decline("ON DELETE SET DEFAULT and its like");
            return false;
        }
    }
    return true;
}

/// The row's foreign key becomes that of `referenced`, or NULL.
bool ForeignKeys::changeRow(TableWriter &writer, const Datum *row, const sql::ForeignKeyDefinition &key,
                            const Datum *referenced, std::vector<RowEvent> &events)
{
    const auto &definition = writer.definition();
    if (!definition.checks.empty() || std::any_of(definition.columns.begin(), definition.columns.end(),
                                                  [](const auto &column) { return !column.generatedSql.empty(); })) {
        m_run.stop.decline("a foreign key's action on a table with checks");
        return false;
    }
    std::vector<Datum> changed(row, row + definition.columns.size());
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
        const auto column = std::size_t(key.columns[i]);
        changed[column] = referenced ? referenced[key.referenced[i]] : Datum::null();
        if (definition.columns[column].notNull && changed[column].isNull) {
            failNotNull(m_run, definition, column, changed.data());
            return false;
        }
    }
    const Datum *now = writer.add(changed.data(), nullptr, row);
    if (now)
        events.push_back({&writer, row, now});
    return now != nullptr;
}

/// The rows that the changed row refers to are there.
bool ForeignKeys::checkReferred(const RowEvent &event)
{
    const auto &definition = event.table->definition();
    if (event.table->isGone(event.now))
        return true;
    for (const auto &key : definition.foreignKeys) {
        if (event.old && sameKey(definition, key.columns, event.old, event.now))
            continue;
        const auto values = keyValues(key.columns, event.now);
        if (values.empty()) {
            const bool partly = std::any_of(key.columns.begin(), key.columns.end(),
                                            [&](int column) { return !event.now[column].isNull; });
            if (key.matchFull && partly) {
                m_run.stop.decline("MATCH FULL");
                return false;
            }
            continue;
        }
        const auto other = m_database.table(key.table);
        if (!other || !areComparable(definition, *other->definition, key)) {
            m_run.stop.decline("foreign keys between columns of different types");
            return false;
        }
        const auto rows = m_changes.writer(*other->definition).holders(key.referenced, values);
        if (m_run.stopped())
            return false;
        if (!rows.empty())
            continue;
        if (key.deferrable)
            m_run.stop.decline("a deferrable foreign key");
        else
            m_run.cx.fail("23503",
                          "insert or update on table \"" + definition.name + "\" violates foreign key constraint \"" +
                              key.name + "\"",
                          "Key " + describeKey(definition, key.columns, event.now) + " is not present in table \"" +
                              key.table + "\".");
        return false;
    }
    return true;
}

} // namespace sqlgym::exec
