// The tables a statement can see.
#pragma once

#include "value/datum.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::sql {

using value::Oid;

struct ColumnDefinition {
    std::string name;
    Oid type = 0;
    std::int32_t typmod = -1;
    bool notNull = false;
    std::string defaultSql; ///< the DEFAULT expression as text, empty = none
    bool hasDefault = false;
    char identity = 0;        ///< 'a' always, 'd' by default, 0 none; serial columns are 's'
    std::string generatedSql; ///< GENERATED ALWAYS AS (...) STORED: the expression over the row, empty = none
};

struct KeyDefinition {
    std::string name;
    std::vector<int> columns; ///< indexes into TableDefinition::columns
    bool primary = false;
    bool deferrable = false;
    bool constraint = true; ///< false: a unique index only
};

struct ForeignKeyDefinition {
    std::string name;
    std::vector<int> columns;
    std::string table;
    std::vector<int> referenced;
    char deleteAction = 'a'; ///< pg_constraint.confdeltype: a, r, c, n, d
    char updateAction = 'a';
    bool deferrable = false;
    bool matchFull = false;
    std::uint64_t order = 0; ///< when it was made: the older is checked first
};

struct CheckDefinition {
    std::string name;
    std::string sql;    ///< the boolean expression as text
    std::string domain; ///< not empty: a domain's check, over VALUE, of column `column`
    int column = -1;
};

/// A table or a view. Immutable once made: a changed table is a new definition.
struct TableDefinition {
    std::string schema = "public";
    std::string name;
    std::vector<ColumnDefinition> columns;
    std::vector<KeyDefinition> keys;
    std::vector<ForeignKeyDefinition> foreignKeys;
    std::vector<CheckDefinition> checks;
    std::vector<std::string> indexes; ///< names of those that are not unique
    bool isView = false;
    std::string viewSql;
};

/// CREATE DOMAIN: a column of a domain is a column of its base type with the domain's checks.
struct DomainDefinition {
    std::string name;
    Oid base = 0;
    std::int32_t typmod = -1;
    bool notNull = false;
    std::string defaultSql;
    std::vector<CheckDefinition> checks; ///< over VALUE
};

/// Looks tables up by name, as the search path "$user", public does.
class SchemaView {
public:
    virtual ~SchemaView() = default;
    /// `schema` empty = search path. nullptr: no such relation.
    virtual std::shared_ptr<const TableDefinition> findTable(std::string_view schema, std::string_view name) const = 0;
    /// Tables, views, indexes and sequences share their names.
    virtual bool hasRelation(std::string_view name) const { return findTable({}, name) != nullptr; }
    /// The OID of an enum defined here; 0 = none.
    virtual Oid findEnum(std::string_view) const { return 0; }
    virtual std::shared_ptr<const DomainDefinition> findDomain(std::string_view) const { return nullptr; }
    virtual bool hasSchema(std::string_view schema) const { return schema == "public"; }
};

} // namespace sqlgym::sql
