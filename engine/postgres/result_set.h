// One result of PostgreSQL, owned.
#pragma once

#include "base/diagnostic.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct pg_result;

namespace sqlgym::postgres {

enum class ResultKind : std::uint8_t {
    Rows,      ///< a whole result, or the closing, empty part of one that was read row by row
    SingleRow, ///< one row of a result that is read row by row
    Command,   ///< done, without rows
    Empty,     ///< the text held no statement
    Error,     ///< `diagnostic()`
    Copy,      ///< COPY wants to talk: nobody here does
    Synced,    ///< a pipeline's sync point
    Skipped,   ///< not run: a statement before it in the pipeline failed
};

/// Cells are valid as long as the result is.
class ResultSet {
public:
    explicit ResultSet(pg_result *result) : m_result(result) {}

    ResultKind kind() const;
    bool failed() const { return kind() == ResultKind::Error; }
    int rowCount() const;
    int columnCount() const;
    std::string_view columnName(int column) const;
    /// The type's OID as RowDescription gives it (a domain comes as its base type).
    std::uint32_t typeOid(int column) const;
    std::optional<std::string_view> cell(int row, int column) const;
    /// "SELECT 3", "INSERT 0 1".
    std::string commandTag() const;
    /// Of an Error: PostgreSQL's words; the position in characters from 1, 0 = none.
    base::Diagnostic diagnostic() const;

private:
    struct Clear {
        void operator()(pg_result *result) const;
    };
    std::unique_ptr<pg_result, Clear> m_result;
};

} // namespace sqlgym::postgres
