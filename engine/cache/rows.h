// Reading rows into values: every store does it this way.
#pragma once

#include "base/result.h"
#include "sqlite/database.h"

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace sqlgym::cache {

/// All rows of `sql`, each made by `read` from the statement standing on it; `values` are its parameters 1..n.
template <typename Read, typename... Values>
auto select(sqlite::Database &database, std::string_view sql, Read read, const Values &...values)
    -> base::Result<std::vector<std::invoke_result_t<Read, sqlite::Statement &>>>
{
    auto statement = database.prepare(sql);
    if (!statement)
        return statement.error();
    statement->with(values...);
    std::vector<std::invoke_result_t<Read, sqlite::Statement &>> rows;
    while (true) {
        auto row = statement->step();
        if (!row)
            return row.error();
        if (!*row)
            return rows;
        rows.push_back(read(*statement));
    }
}

/// The first row, if there is one.
template <typename Read, typename... Values>
auto selectOne(sqlite::Database &database, std::string_view sql, Read read, const Values &...values)
    -> base::Result<std::optional<std::invoke_result_t<Read, sqlite::Statement &>>>
{
    using Row = std::invoke_result_t<Read, sqlite::Statement &>;
    auto rows = select(database, sql, read, values...);
    if (!rows)
        return rows.error();
    return rows->empty() ? std::optional<Row>() : std::optional<Row>(std::move(rows->front()));
}

} // namespace sqlgym::cache
