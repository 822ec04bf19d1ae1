// Writes rows and notes how each write is taken back.
#pragma once

#include "base/result.h"
#include "sqlite/database.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::cache {

/// A row as a JSON object of its columns, as SQLite holds them; null = there is none.
base::Result<nlohmann::json> readRow(sqlite::Database &database, const std::string &table, std::string_view key);

/// Inside a transaction of the caller's. After a failure nothing is written any more; see failure(). Rows are named by
/// their `id`, those of sync_state by their `key`.
class TrackedWriter {
public:
    explicit TrackedWriter(sqlite::Database &database) : m_database(database) {}

    bool has(const std::string &table, std::string_view key);
    /// The first cell that `sql` finds, or nothing.
    template <typename... T> std::optional<std::string> find(std::string_view sql, const T &...values)
    {
        auto statement = m_database.prepare(sql);
        auto row = statement ? statement->with(values...).step() : statement.error();
        if (!row) {
            fail(row.error());
            return std::nullopt;
        }
        return *row ? std::optional(statement->string(0)) : std::nullopt;
    }

    // True when there was something to do.
    /// False where another row has its place.
    bool insert(const std::string &table, const nlohmann::json &row);
    bool remove(const std::string &table, std::string_view key);
    bool change(const std::string &table, std::string_view key, const nlohmann::json &values);
    bool add(const std::string &table, std::string_view key, const std::string &column, int number);

    const std::optional<base::Error> &failure() const { return m_failure; }
    /// A JSON array of what was done so far, for takeBack().
    const nlohmann::json &steps() const { return m_steps; }

private:
    void fail(const base::Error &error)
    {
        if (!m_failure)
            m_failure = error;
    }
    bool done(const base::Result<void> &result);

    sqlite::Database &m_database;
    nlohmann::json m_steps = nlohmann::json::array();
    std::optional<base::Error> m_failure;
};

/// Takes back what a TrackedWriter did, the last first. What is gone or otherwise by now stays so.
base::Result<void> takeBack(sqlite::Database &database, const std::string &steps);

} // namespace sqlgym::cache
