// Statements that make and remove tables, views, types and indexes.
#pragma once

#include "sql/schema.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sqlgym::sql {

struct Query;

struct CreateTableStatement {
    std::shared_ptr<const TableDefinition> table;
    bool ifNotExists = false;
    bool orReplace = false;  ///< views
    Query *source = nullptr; ///< CREATE TABLE AS
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
    bool unique = false;
};

enum class RelationKind : std::uint8_t { Table, View, Index };

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
