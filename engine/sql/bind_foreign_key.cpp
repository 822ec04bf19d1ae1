// FOREIGN KEY: the key it refers to, and whether the two can be compared (ATAddForeignKeyConstraint's order).
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>
#include <initializer_list>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

/// Types whose values one B-tree operator family compares with each other.
bool sameFamily(Oid a, Oid b)
{
    static constexpr std::initializer_list<Oid> kFamilies[] = {
        {type::kInt2, type::kInt4, type::kInt8},
        {type::kFloat4, type::kFloat8},
        {type::kDate, type::kTimestamp, type::kTimestamptz},
        {type::kText, type::kVarchar, type::kName},
    };
    return a == b || std::ranges::any_of(kFamilies, [&](const auto &family) {
               return std::ranges::find(family, a) != family.end() && std::ranges::find(family, b) != family.end();
           });
}

bool isKeyOf(const TableDefinition &table, std::vector<int> columns)
{
    std::ranges::sort(columns);
    return std::ranges::any_of(table.keys, [&](const KeyDefinition &key) {
        auto own = key.columns;
        std::ranges::sort(own);
        return own == columns;
    });
}

} // namespace

std::vector<int> Binder::foreignKeyColumns(const TableDefinition &table, Node **list, std::size_t count) const
{
    static constexpr std::string_view kSystemColumns[] = {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"};
    std::vector<int> out;
    for (const auto &name : stringsOf(list, count)) {
        const auto found = std::ranges::find(table.columns, name, &ColumnDefinition::name);
        if (found == table.columns.end() && std::ranges::find(kSystemColumns, name) != std::end(kSystemColumns))
            fail("0A000", "system columns cannot be used in foreign keys");
        if (found == table.columns.end())
            fail("42703", "column \"" + name + "\" referenced in foreign key constraint does not exist");
        out.push_back(static_cast<int>(found - table.columns.begin()));
    }
    return out;
}

void Binder::addForeignKey(const LaterPart &part, TableDefinition &table)
{
    const auto &constraint = *part.constraint;
    const std::string schema = constraint.pktable->schemaname ? constraint.pktable->schemaname : "";
    ForeignKeyDefinition key;
    checkDatabase(*constraint.pktable, false);
    key.table = constraint.pktable->relname;
    key.deferrable = constraint.deferrable || part.deferrable;
    key.matchFull = constraint.fk_matchtype && *constraint.fk_matchtype == 'f';
    if (constraint.n_fk_del_set_cols > 0)
        decline("SET NULL of some columns");
    if (constraint.fk_del_action && *constraint.fk_del_action)
        key.deleteAction = *constraint.fk_del_action;
    if (constraint.fk_upd_action && *constraint.fk_upd_action)
        key.updateAction = *constraint.fk_upd_action;
    std::shared_ptr<const TableDefinition> other;
    const TableDefinition *referenced = &table;
    if (key.table != table.name) {
        other = m_schema.findTable(schema, key.table);
        if (schema.substr(0, 3) == "pg_" || schema == "information_schema")
            decline("catalogue tables (" + key.table + ")");
        if (!schema.empty() && !m_schema.hasSchema(schema))
            fail("3F000", "schema \"" + schema + "\" does not exist");
        if (!other)
            fail("42P01", "relation \"" + (schema.empty() ? "" : schema + ".") + key.table + "\" does not exist");
        if (other->isView)
            fail("42809", "referenced relation \"" + key.table + "\" is not a table");
        referenced = other.get();
    }
    key.columns = foreignKeyColumns(table, constraint.fk_attrs, constraint.n_fk_attrs);
    if (key.columns.empty())
        key.columns.push_back(part.column);
    key.referenced = foreignKeyColumns(*referenced, constraint.pk_attrs, constraint.n_pk_attrs);
    if (key.referenced.empty()) {
        const auto primary = std::ranges::find(referenced->keys, true, &KeyDefinition::primary);
        if (primary == referenced->keys.end())
            fail("42704", "there is no primary key for referenced table \"" + key.table + "\"");
        key.referenced = primary->columns;
    } else if (!isKeyOf(*referenced, key.referenced)) {
        fail("42830", "there is no unique constraint matching given keys for referenced table \"" + key.table + "\"");
    }
    if (key.referenced.size() != key.columns.size())
        fail("42830", "number of referencing and referenced columns for foreign key disagree");
    key.name = constraintName(constraint, table, key.columns, "_fkey");
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
        const auto &own = table.columns[static_cast<std::size_t>(key.columns[i])];
        const auto &theirs = referenced->columns[static_cast<std::size_t>(key.referenced[i])];
        const Oid compared = theirs.type == type::kVarchar ? type::kText : theirs.type;
        if (!sameFamily(own.type, theirs.type) && !canCoerce(own.type, compared, CoercionContext::Implicit))
            fail("42804", "foreign key constraint \"" + key.name + "\" cannot be implemented", -1,
                 "Key columns \"" + own.name + "\" and \"" + theirs.name +
                     "\" are of incompatible types: " + typeText(own.type) + " and " + typeText(theirs.type) + ".");
    }
    table.foreignKeys.push_back(std::move(key));
}

} // namespace sqlgym::sql
