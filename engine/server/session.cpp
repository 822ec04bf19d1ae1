#include "server/session.h"

#include "postgres/parameters.h"

namespace sqlgym::server {

namespace {

constexpr int kOldest = 140000;

} // namespace

base::Result<Session> Session::open(const std::string &dsn)
{
    auto parameters = postgres::parseDsn(dsn);
    if (!parameters)
        return parameters.error();
    parameters->try_emplace("application_name", "sqlgymctl");
    parameters->try_emplace("connect_timeout", "10");
    auto connection = postgres::Connection::open(*parameters);
    if (!connection)
        return connection.error();
    if (connection->serverVersion() < kOldest)
        return base::Error{"server", "too_old",
                           "The server runs PostgreSQL " + std::to_string(connection->serverVersion() / 10000) +
                               "; SQLGym needs 14 or newer."};
    Session session(std::move(*connection));
    if (auto quiet = session.execute("SET client_min_messages = warning"); !quiet)
        return quiet.error();
    return session;
}

base::Result<postgres::ResultSet> Session::run(const std::string &sql, const Values &values)
{
    if (!m_connection.sendOne(sql, values))
        return base::Error{"postgres", "connect", "The server does not answer: " + m_connection.lastError(), true};
    std::optional<postgres::ResultSet> last;
    while (auto result = m_connection.next()) {
        if (!last || !last->failed())
            last = std::move(result);
    }
    if (!last)
        return base::Error{"postgres", "connect", "The server does not answer: " + m_connection.lastError(), true};
    if (last->failed()) {
        const auto diagnostic = last->diagnostic();
        return base::Error{"postgres", diagnostic.sqlstate, diagnostic.message};
    }
    return std::move(*last);
}

base::Result<std::optional<std::string>> Session::value(const std::string &sql, const Values &values)
{
    auto result = run(sql, values);
    if (!result)
        return result.error();
    if (result->rowCount() == 0)
        return std::optional<std::string>();
    const auto cell = result->cell(0, 0);
    return cell ? std::optional<std::string>(std::string(*cell)) : std::nullopt;
}

base::Result<void> Session::transaction(const std::function<base::Result<void>(Session &)> &work)
{
    if (auto begun = execute("BEGIN"); !begun)
        return begun.error();
    auto done = work(*this);
    if (done) {
        if (auto committed = execute("COMMIT"); !committed)
            done = committed.error();
    }
    if (!done && m_connection.alive())
        (void)execute("ROLLBACK");
    return done;
}

} // namespace sqlgym::server
