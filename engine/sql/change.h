// INSERT, UPDATE and DELETE in the typed tree.
#pragma once

#include "sql/bound.h"

#include <optional>

namespace sqlgym::sql {

/// ON CONFLICT.
struct ConflictClause {
    bool update = false;           ///< DO UPDATE, else DO NOTHING
    std::vector<std::size_t> keys; ///< the arbiters, indexes into table->keys
    /// DO UPDATE: one target per entry of `columns` over range 0 = the row that is there, range 1 = EXCLUDED.
    Query *set = nullptr;
    std::vector<int> columns;
};

enum class ChangeKind : std::uint8_t { Insert, Update, Delete };

/// INSERT, UPDATE or DELETE: range 0 of a query whose targets are the RETURNING list. Range 1 of it is the source's row
/// where RETURNING reads other tables of an UPDATE or DELETE.
///
/// The source of an INSERT gives one value per entry of `columns`, coerced for assignment; that of the others gives the
/// row's identity (kRowIdentity of its range 0), then the new values, then what RETURNING reads.
struct Change {
    ChangeKind kind = ChangeKind::Insert;
    std::shared_ptr<const TableDefinition> table;
    std::vector<int> columns;                      ///< target columns, in the source's order
    Query *source = nullptr;                       ///< nullptr: DEFAULT VALUES
    std::vector<int> numbered;                     ///< UPDATE: serial or identity columns that get their next number
    std::vector<std::pair<int, Expr *>> defaults;  ///< INSERT: for the other columns that have one
    std::vector<std::pair<int, Expr *>> generated; ///< generated columns, over range 0 = the new row
    std::vector<Expr *> checks;                    ///< over range 0 = the new row; parallel to table->checks
    std::optional<ConflictClause> conflict;        ///< INSERT
    bool hasReturning = false;
};

} // namespace sqlgym::sql
