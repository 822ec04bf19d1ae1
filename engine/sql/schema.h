// The tables a statement can see.
#pragma once

#include "value/datum.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sqlgym::sql {

using value::Oid;

/// What a table and its columns were called when a text about them was written: texts are read with these names.
struct NamesAsOf {
    std::string table;
    std::vector<std::pair<int, std::string>> columns; ///< ColumnDefinition::id and the name
};

struct ColumnDefinition {
    std::string name;
    int id = 0; ///< pg_attribute.attnum: stays when others are dropped, and is never given again
    Oid type = 0;
    std::int32_t typmod = -1;
    bool notNull = false;
    std::string defaultSql; ///< the DEFAULT expression as text, empty = none
    bool hasDefault = false;
    std::vector<std::int64_t> defaultSequences; ///< OIDs of those that the DEFAULT expression names
    char identity = 0;                          ///< 'a' always, 'd' by default, 0 none; serial columns are 's'
    std::string sequence;                       ///< with `identity`: where its numbers come from
    std::string generatedSql; ///< GENERATED ALWAYS AS (...) STORED: the expression over the row, empty = none
    std::shared_ptr<const NamesAsOf> names; ///< of `generatedSql`; nullptr: those of now
    std::vector<int> reads;                 ///< ids of the columns in `generatedSql`
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
    std::string domain; ///< not empty: a domain's check, over VALUE, of column `column`; without name: its NOT NULL
    int column = -1;
    std::shared_ptr<const NamesAsOf> names; ///< nullptr: those of now
    std::vector<int> reads;                 ///< ids of the columns in it, but for a domain's
};

/// An index that is not unique: it decides nothing, but has a name and goes with its columns.
struct IndexDefinition {
    std::string name;
    std::vector<int> columns; ///< ids
};

struct TableDefinition;

/// A table or view that a view reads.
struct ViewSource {
    std::string name;                            ///< of now
    std::shared_ptr<const TableDefinition> asOf; ///< with the names that the view's text uses
    std::vector<int> columns;                    ///< ids of those it reads
    bool wholeRow = false;
};

/// A table, a view or a materialized view. Immutable once made: a changed table is a new definition.
struct TableDefinition {
    std::string schema = "public";
    std::string name;
    std::vector<ColumnDefinition> columns;
    std::vector<KeyDefinition> keys;
    std::vector<ForeignKeyDefinition> foreignKeys;
    std::vector<CheckDefinition> checks;
    std::vector<IndexDefinition> indexes;
    int lastColumnId = 0;
    char persistence = 'p';  ///< pg_class.relpersistence: p, u (unlogged), t (temporary)
    std::uint64_t order = 0; ///< when it was made
    bool isView = false;
    bool isMaterialized = false; ///< CREATE MATERIALIZED VIEW: it has rows, which REFRESH makes anew from viewSql
    bool isPopulated = true;     ///< false: a materialized view WITH NO DATA, which cannot be read
    bool checksRows = false;     ///< a view WITH CHECK OPTION
    std::string viewSql;
    std::vector<ViewSource> sources; ///< what a view reads

    bool isTable() const { return !isView && !isMaterialized; }
    /// As PostgreSQL's messages name it.
    const char *kindName() const { return isView ? "view" : isMaterialized ? "materialized view" : "table"; }
};

/// CREATE SEQUENCE, or what a serial or identity column brings with it.
struct SequenceDefinition {
    std::string name;
    Oid type = 0; ///< int2, int4 or int8
    std::int64_t start = 1;
    std::int64_t increment = 1;
    std::int64_t least = 1;
    std::int64_t most = 0;
    bool cycle = false;
    bool temporary = false;
    std::string table; ///< the owner's, empty = none
    int column = 0;    ///< the owner's id
    std::uint64_t order = 0;
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
    virtual std::shared_ptr<const SequenceDefinition> findSequence(std::string_view) const { return nullptr; }
    virtual std::shared_ptr<const DomainDefinition> findDomain(std::string_view) const { return nullptr; }
    virtual bool hasType(std::string_view name) const { return findEnum(name) || findDomain(name); }
    /// An enum with labels that are not committed: they may not be used.
    virtual bool isAltered(Oid) const { return false; }
    virtual bool hasSchema(std::string_view schema) const { return schema == "public"; }
};

} // namespace sqlgym::sql
