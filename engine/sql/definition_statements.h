// Statements that make and remove tables, views, types and indexes.
#pragma once

#include "base/diagnostic.h"
#include "sql/schema.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sqlgym::sql {

struct Expr;
struct Query;

struct CreateTableStatement {
    std::shared_ptr<const TableDefinition> table;
    bool ifNotExists = false;
    bool orReplace = false;    ///< views
    Query *source = nullptr;   ///< CREATE TABLE AS, CREATE and REFRESH MATERIALIZED VIEW
    bool withoutData = false;  ///< ... WITH NO DATA
    bool concurrently = false; ///< REFRESH MATERIALIZED VIEW CONCURRENTLY
    std::vector<SequenceDefinition> sequences;
};

/// CREATE TYPE ... AS ENUM (`enumType`) or CREATE DOMAIN (`domain`).
struct CreateTypeStatement {
    std::string name;
    Oid enumType = 0;
    std::shared_ptr<const DomainDefinition> domain;
};

/// CREATE INDEX: a unique one is a key of the table.
struct CreateIndexStatement {
    std::shared_ptr<const TableDefinition> table;
    KeyDefinition key;
    IndexDefinition plain; ///< unless it is unique
    bool unique = false;
};

struct TruncateStatement {
    std::vector<std::shared_ptr<const TableDefinition>> tables;
    bool restart = false;
    bool cascade = false;
};

/// A column (`column` > 0, its id) or constraint that ALTER TABLE drops.
struct AlterDrop {
    int column = 0;
    std::string constraint;
    bool cascade = false;
};

/// ALTER TABLE: what the table becomes. Parallel to after->columns: where a column comes from, or what it is.
struct AlterTableStatement {
    std::shared_ptr<const TableDefinition> before;
    std::shared_ptr<const TableDefinition> after;
    std::vector<AlterDrop> drops;
    std::vector<int> retyped;                      ///< ids of the columns whose type changes
    std::vector<int> from;                         ///< the old column, -1: a new one
    std::vector<Expr *> values;                    ///< over range 0 = the old row; nullptr: the old value, or NULL
    std::vector<std::pair<int, Expr *>> generated; ///< new or retyped generated columns, over range 0 = the new row
    std::vector<std::pair<std::size_t, Expr *>> checks; ///< to be tested: index in after->checks, over the new row
    std::vector<std::string> constraints;               ///< names of keys and foreign keys to be tested
    std::vector<SequenceDefinition> sequences;          ///< of new columns
    std::vector<std::string> droppedSequences;          ///< of columns that stay
    std::optional<base::Diagnostic> mistake;            ///< told unless something else depends on a retyped column
    bool rewrites = false; ///< PostgreSQL writes all rows anew: it builds indexes after it tests rows, not before
    std::string tag = "ALTER TABLE";
};

/// CREATE SEQUENCE, or ALTER SEQUENCE with what it becomes.
struct SequenceStatement {
    SequenceDefinition sequence;
    bool alter = false;
    std::optional<std::int64_t> restart; ///< ALTER SEQUENCE ... RESTART
};

/// ALTER TYPE ... ADD VALUE: the enum as it becomes.
struct AlterEnumStatement {
    std::string name;
    Oid before = 0;
    Oid after = 0;
};

enum class RelationKind : std::uint8_t { Table, View, MaterializedView, Index, Sequence, Type, Domain };

struct DropStatement {
    struct Name {
        std::string schema, name;
    };
    std::vector<Name> names;
    bool ifExists = false;
    bool cascade = false;
    RelationKind kind = RelationKind::Table;
};

} // namespace sqlgym::sql
