#include "cache/ui_state.h"

#include "cache/rows.h"
#include "cache/store_context.h"
#include "sqlite/transaction.h"

namespace sqlgym::cache {

base::Result<std::optional<std::string>> UiState::value(std::string_view key)
{
    return selectOne(
        m_context.database, "SELECT value FROM ui_state WHERE key = ?",
        [](sqlite::Statement &row) { return row.string(0); }, key);
}

base::Result<void> UiState::set(std::string_view key, std::string_view value)
{
    auto statement = m_context.database.prepare("INSERT INTO ui_state (key, value) VALUES (?, ?) "
                                                "ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    if (!statement)
        return statement.error();
    statement->bindText(1, key);
    statement->bindBytes(2, value);
    return statement->run();
}

base::Result<void> UiState::set(const std::vector<std::pair<std::string, std::string>> &values)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    for (const auto &[key, value] : values) {
        if (auto done = set(key, value); !done)
            return done;
    }
    return transaction->commit();
}

base::Result<void> UiState::remove(std::string_view key)
{
    return m_context.database.run("DELETE FROM ui_state WHERE key = ?", key);
}

} // namespace sqlgym::cache
