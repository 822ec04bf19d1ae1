#include "postgres/batch.h"

namespace sqlgym::postgres {

base::Error Batch::broken() const
{
    return {"postgres", "connect", "The server does not answer: " + m_connection.lastError(), true};
}

base::Result<std::vector<ResultSet>> Batch::run(const std::vector<Statement> &statements)
{
    if (!m_connection.beginPipeline())
        return broken();
    std::vector<std::string> asked; // what each answer is to: a text that is prepared, or "" for a statement's result
    for (const Statement &statement : statements) {
        const auto [known, isNew] = m_prepared.try_emplace(statement.sql);
        if (isNew) {
            known->second = "sqlgym_" + std::to_string(++m_names);
            asked.push_back(statement.sql);
            if (!m_connection.sendPrepare(known->second, statement.sql))
                return broken();
        }
        asked.emplace_back();
        if (!m_connection.sendPrepared(known->second, statement.values))
            return broken();
    }
    if (!m_connection.sync())
        return broken();
    auto results = answers(asked);
    if (m_connection.alive())
        m_connection.endPipeline();
    return results;
}

base::Result<std::vector<ResultSet>> Batch::answers(const std::vector<std::string> &asked)
{
    std::vector<ResultSet> results;
    std::optional<base::Error> error;
    for (const std::string &prepared : asked) {
        bool done = false;
        while (auto result = m_connection.next()) {
            if (result->failed() && !error) {
                const auto diagnostic = result->diagnostic();
                error = base::Error{"postgres", diagnostic.sqlstate, diagnostic.message};
            }
            done = !result->failed() && result->kind() != ResultKind::Skipped;
            if (done && prepared.empty())
                results.push_back(std::move(*result));
        }
        if (!m_connection.alive())
            return error.value_or(broken());
        if (!done && !prepared.empty())
            m_prepared.erase(prepared);
    }
    if (const auto synced = m_connection.next(); !synced || synced->kind() != ResultKind::Synced)
        return error.value_or(broken());
    if (error)
        return *error;
    return results;
}

} // namespace sqlgym::postgres
