// Rows of the server's tables, written into the cache's tables of the same names.
#pragma once

#include "base/result.h"
#include "sqlite/database.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sqlgym::cache {

/// One cell: NULL, a number (booleans are 0 and 1), or text (moments as base::timestampText() has them).
using MirrorValue = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// Names of the tables that are copied, parents before children.
std::span<const char *const> mirroredTables();

/// Writes rows of one table inside a transaction of the caller's, with foreign keys deferred.
class MirrorWriter {
public:
    enum class Into : std::uint8_t {
        Filled,
        Empty, ///< each row comes once and none is there yet: faster
    };
    /// `columns` names the cells of a row; those that the table here does not have are left out.
    /// Errors: sync/unknown_table  the table is none that is copied, or `columns` lacks its id.
    static base::Result<MirrorWriter> prepare(sqlite::Database &database, const std::string &table,
                                              const std::vector<std::string> &columns, Into into = Into::Filled);

    /// The row is there afterwards, with these values. One that stands in its way under another key goes: a row of the
    /// same user and problem, say, that was made here under an id of its own.
    base::Result<void> write(std::span<const MirrorValue> row);
    base::Result<void> remove(std::string_view id);

private:
    MirrorWriter(sqlite::Database &database, std::string table) : m_database(&database), m_table(std::move(table)) {}

    base::Result<void> makeWay(std::span<const MirrorValue> row);
    base::Result<void> makeStub(std::span<const MirrorValue> row);

    sqlite::Database *m_database;
    std::string m_table;
    std::vector<std::string> m_columns; ///< of the row; empty = left out
    std::optional<sqlite::Statement> m_write;
    std::optional<sqlite::Statement> m_remove;
    std::optional<sqlite::Statement> m_stub;
};

} // namespace sqlgym::cache
