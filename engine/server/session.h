// One administrator's connection to a server.
#pragma once

#include "base/result.h"
#include "postgres/connection.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sqlgym::server {

using Values = std::vector<std::optional<std::string>>;

class Session {
public:
    /// Errors: postgres/bad_dsn, postgres/connect; server/too_old  PostgreSQL before 14.
    static base::Result<Session> open(const std::string &dsn);
    explicit Session(postgres::Connection connection) : m_connection(std::move(connection)) {}

    /// One or several statements.
    base::Result<postgres::ResultSet> execute(const std::string &sql) { return m_connection.execute(sql); }
    /// One statement with parameters as text.
    /// Errors: postgres/<sqlstate>.
    base::Result<postgres::ResultSet> run(const std::string &sql, const Values &values = {});
    /// The first cell of the first row; nullopt when there is no row or it is NULL.
    base::Result<std::optional<std::string>> value(const std::string &sql, const Values &values = {});

    /// `work` in a transaction: committed when it succeeds, else rolled back.
    base::Result<void> transaction(const std::function<base::Result<void>(Session &)> &work);

    postgres::Connection &connection() { return m_connection; }

private:
    postgres::Connection m_connection;
};

} // namespace sqlgym::server
