// The constraints of a new table: keys, checks, foreign keys, and the names they get.
#include "sql/definition_binder.h"
#include "sql/expr_tools.h"
#include "sql/object_name.h"

#include "catalogue/type_oids.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

std::string columnNames(const TableDefinition &table, const std::vector<int> &columns)
{
    std::string names;
    for (const int column : columns)
        names += (names.empty() ? "" : "_") + table.columns[static_cast<std::size_t>(column)].name;
    return names;
}

/// A check of the table's own: those of domains have names elsewhere.
bool checkNamed(const TableDefinition &table, const std::string &name)
{
    return std::ranges::any_of(table.checks,
                               [&](const auto &check) { return check.domain.empty() && check.name == name; });
}

bool isForeignKey(const TableDefinition &table, const std::string &name)
{
    return std::ranges::any_of(table.foreignKeys, [&](const auto &key) { return key.name == name; });
}

bool readsWholeRow(Expr &expr)
{
    const auto *column = as<ColumnExpr>(&expr);
    bool reads = column && column->column < 0;
    forEachChild(expr, [&](Expr *&child) { reads = reads || readsWholeRow(*child); });
    return reads;
}

/// Types whose values are compared across types by operators of one btree family.
bool oneFamily(Oid a, Oid b)
{
    static constexpr std::array<std::array<Oid, 3>, 4> kFamilies = {{
        {type::kInt2, type::kInt4, type::kInt8},
        {type::kFloat4, type::kFloat8, type::kFloat8},
        {type::kText, type::kVarchar, type::kName},
        {type::kDate, type::kTimestamp, type::kTimestamptz},
    }};
    return std::ranges::any_of(kFamilies, [&](const auto &family) {
        return std::ranges::find(family, a) != family.end() && std::ranges::find(family, b) != family.end();
    });
}

} // namespace

bool DefinitionBinder::isConstraint(const TableDefinition &table, const std::string &name)
{
    return std::ranges::any_of(table.keys, [&](const auto &key) { return key.name == name; }) ||
           checkNamed(table, name) || isForeignKey(table, name);
}

void DefinitionBinder::constraintExists(const std::string &name, const TableDefinition &table) const
{
    fail("42710", "constraint \"" + name + "\" for relation \"" + table.name + "\" already exists");
}

void DefinitionBinder::addKeys(const NewTable &made)
{
    auto &table = *made.table;
    bool hasPrimary = false;
    for (const auto &[node, column, deferrable] : made.constraints) {
        const bool primary = node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
        if (!primary && node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE)
            continue;
        if (node->nulls_not_distinct)
            decline("NULLS NOT DISTINCT");
        if (primary && std::exchange(hasPrimary, true))
            fail("42P16", "multiple primary keys for table \"" + table.name + "\" are not allowed", node->location);
        KeyDefinition key;
        key.name = node->conname ? node->conname : "";
        key.primary = primary;
        key.deferrable = deferrable;
        if (column >= 0)
            key.columns.push_back(column);
        for (const auto &name : stringsOf(node->keys, node->n_keys)) {
            const auto found = std::ranges::find(table.columns, name, &ColumnDefinition::name);
            if (found == table.columns.end() && made.altered && primary)
                fail("42703", "column \"" + name + "\" of relation \"" + table.name + "\" does not exist");
            if (found == table.columns.end())
                fail("42703", "column \"" + name + "\" named in key does not exist",
                     made.altered ? -1 : node->location);
            const int index = static_cast<int>(found - table.columns.begin());
            if (std::ranges::find(key.columns, index) != key.columns.end())
                fail("42701",
                     "column \"" + name + "\" appears twice in " + (primary ? "primary key" : "unique") + " constraint",
                     node->location);
            key.columns.push_back(index);
        }
        if (primary) {
            for (const int index : key.columns)
                table.columns[static_cast<std::size_t>(index)].notNull = true;
        }
        // The primary key's index is made first: it is checked first.
        table.keys.insert(primary ? table.keys.begin() + static_cast<std::ptrdiff_t>(made.firstKey) : table.keys.end(),
                          std::move(key));
    }
}

void DefinitionBinder::nameKeys(const NewTable &made) const
{
    auto &table = *made.table;
    std::set<std::string> names;
    for (std::size_t i = made.firstKey; i < table.keys.size(); ++i) {
        auto &key = table.keys[i];
        if (key.primary && std::any_of(table.keys.begin(), table.keys.begin() + static_cast<std::ptrdiff_t>(i),
                                       [](const auto &other) { return other.primary; }))
            fail("42P16", "multiple primary keys for table \"" + table.name + "\" are not allowed");
        for (const int column : key.columns) {
            const Oid oid = table.columns[static_cast<std::size_t>(column)].type;
            if (!catalogue::findOrdering(oid))
                fail("42704",
                     "data type " + typeText(oid) + " has no default operator class for access method \"btree\"", -1,
                     {},
                     "You must specify an operator class for the index or define a default operator class for the "
                     "data type.");
        }
        const auto isRelation = [&](const std::string &name) {
            return name == table.name || names.contains(name) || m_schema.hasRelation(name);
        };
        const auto taken = [&](const std::string &name) { return isRelation(name) || isConstraint(table, name); };
        if (key.name.empty()) {
            key.name = key.primary ? freeObjectName(table.name, {}, "pkey", taken)
                                   : freeObjectName(table.name, columnNames(table, key.columns), "key", taken);
        } else {
            if (isRelation(key.name))
                fail("42P07", "relation \"" + key.name + "\" already exists");
            if (checkNamed(table, key.name) || isForeignKey(table, key.name))
                constraintExists(key.name, table);
        }
        names.insert(key.name);
    }
}

void DefinitionBinder::addChecks(const NewTable &made)
{
    auto &table = *made.table;
    for (const auto &pending : made.constraints) {
        if (pending.node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK)
            continue;
        Expr *expr = coerceToBoolean(bindOver(*pending.node->raw_expr, &table, Place::Check), "CHECK");
        CheckDefinition check;
        check.sql = nodeText(*pending.node->raw_expr);
        check.reads = columnIds(*expr, table);
        check.name = pending.node->conname ? pending.node->conname : "";
        const auto taken = [&](const std::string &name) { return isConstraint(table, name); };
        if (check.name.empty()) {
            // Named after the column that it is about, wherever it stands; after none when it is about several.
            std::string about;
            if (check.reads.size() == 1 && !readsWholeRow(*expr))
                about = std::ranges::find(table.columns, check.reads.front(), &ColumnDefinition::id)->name;
            check.name = freeObjectName(table.name, about, "check", taken);
        } else if (made.altered && taken(check.name)) {
            constraintExists(check.name, table);
        } else if (checkNamed(table, check.name)) {
            fail("42710", "check constraint \"" + check.name + "\" already exists");
        }
        table.checks.push_back(std::move(check));
    }
}

void DefinitionBinder::addForeignKeys(const NewTable &made)
{
    for (const auto &pending : made.constraints) {
        switch (pending.node->contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
            addForeignKey(pending, *made.table);
            break;
        default:
            decline("this kind of constraint");
        }
    }
}

/// What lasts may not refer to what does not.
void DefinitionBinder::checkPersistence(const TableDefinition &table, const TableDefinition &referenced) const
{
    const char own = table.persistence;
    const char other = referenced.persistence;
    if (own == 'p' && other != 'p')
        fail("42P16", "constraints on permanent tables may reference only permanent tables");
    if (own == 'u' && other == 't')
        fail("42P16", "constraints on unlogged tables may reference only permanent or unlogged tables");
    if (own == 't' && other != 't')
        fail("42P16", "constraints on temporary tables may reference only temporary tables");
}

std::vector<int> DefinitionBinder::foreignKeyColumns(const TableDefinition &table, Node *const *list,
                                                     std::size_t count) const
{
    std::vector<int> columns;
    for (const auto &name : stringsOf(list, count)) {
        const auto found = std::ranges::find(table.columns, name, &ColumnDefinition::name);
        if (found == table.columns.end() && isSystemColumn(name))
            fail("0A000", "system columns cannot be used in foreign keys");
        if (found == table.columns.end())
            fail("42703", "column \"" + name + "\" referenced in foreign key constraint does not exist");
        columns.push_back(static_cast<int>(found - table.columns.begin()));
    }
    return columns;
}

void DefinitionBinder::addForeignKey(const PendingConstraint &pending, TableDefinition &table)
{
    const auto &node = *pending.node;
    ForeignKeyDefinition key;
    checkDatabase(*node.pktable, false);
    key.table = node.pktable->relname;
    key.deferrable = pending.deferrable;
    key.matchFull = node.fk_matchtype && *node.fk_matchtype == 'f';
    if (node.n_fk_del_set_cols > 0)
        decline("SET NULL of some columns");
    if (node.fk_del_action && *node.fk_del_action)
        key.deleteAction = *node.fk_del_action;
    if (node.fk_upd_action && *node.fk_upd_action)
        key.updateAction = *node.fk_upd_action;
    std::shared_ptr<const TableDefinition> other;
    if (key.table != table.name) {
        const std::string schema = node.pktable->schemaname ? node.pktable->schemaname : "";
        other = m_schema.findTable(schema, key.table);
        if (schema.substr(0, 3) == "pg_" || schema == "information_schema")
            decline("catalogue tables (" + key.table + ")");
        if (!schema.empty() && !m_schema.hasSchema(schema))
            fail("3F000", "schema \"" + schema + "\" does not exist");
        if (!other)
            fail("42P01", "relation \"" + (schema.empty() ? "" : schema + ".") + key.table + "\" does not exist");
        if (!other->isTable())
            fail("42809", "referenced relation \"" + key.table + "\" is not a table");
        checkPersistence(table, *other);
    }
    const TableDefinition &referenced = other ? *other : table;
    key.name = node.conname ? node.conname : "";
    if (!key.name.empty() && isConstraint(table, key.name))
        constraintExists(key.name, table);
    key.columns = foreignKeyColumns(table, node.fk_attrs, node.n_fk_attrs);
    if (pending.column >= 0)
        key.columns.push_back(pending.column);
    key.referenced = foreignKeyColumns(referenced, node.pk_attrs, node.n_pk_attrs);
    if (key.referenced.empty()) {
        const auto primary = std::ranges::find(referenced.keys, true, &KeyDefinition::primary);
        if (primary == referenced.keys.end())
            fail("42704", "there is no primary key for referenced table \"" + key.table + "\"");
        key.referenced = primary->columns;
    } else if (!isUniqueKey(referenced, key.referenced)) {
        fail("42830", "there is no unique constraint matching given keys for referenced table \"" + key.table + "\"");
    }
    if (key.referenced.size() != key.columns.size())
        fail("42830", "number of referencing and referenced columns for foreign key disagree");
    if (key.name.empty())
        key.name = freeObjectName(table.name, columnNames(table, key.columns), "fkey",
                                  [&](const std::string &name) { return isConstraint(table, name); });
    checkForeignKeyTypes(key, table, referenced);
    table.foreignKeys.push_back(std::move(key));
}

/// Some unique key has exactly these columns, in whatever order.
bool DefinitionBinder::isUniqueKey(const TableDefinition &table, const std::vector<int> &columns)
{
    const auto sorted = [](std::vector<int> list) {
        std::ranges::sort(list);
        return list;
    };
    return std::ranges::any_of(table.keys,
                               [&](const KeyDefinition &key) { return sorted(key.columns) == sorted(columns); });
}

void DefinitionBinder::checkForeignKeyTypes(const ForeignKeyDefinition &key, const TableDefinition &table,
                                            const TableDefinition &referenced) const
{
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
        const auto &own = table.columns[static_cast<std::size_t>(key.columns[i])];
        const auto &there = referenced.columns[static_cast<std::size_t>(key.referenced[i])];
        // varchar is compared by the operators of text.
        const Oid compared = there.type == type::kVarchar ? type::kText : there.type;
        if (own.type == there.type || oneFamily(own.type, there.type) ||
            canCoerce(own.type, compared, CoercionContext::Implicit))
            continue;
        fail("42804", "foreign key constraint \"" + key.name + "\" cannot be implemented", -1,
             "Key columns \"" + own.name + "\" and \"" + there.name +
                 "\" are of incompatible types: " + typeText(own.type) + " and " + typeText(there.type) + ".");
    }
}

} // namespace sqlgym::sql
