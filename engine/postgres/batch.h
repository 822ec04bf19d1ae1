// Several statements in one round trip, each parsed the first time only.
#pragma once

#include "base/result.h"
#include "postgres/connection.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sqlgym::postgres {

struct Statement {
    std::string sql; ///< one
    std::vector<std::optional<std::string>> values;
};

/// Of one connection, and no longer than it. The statements stay prepared there: not for a connection through a pooler.
class Batch {
public:
    explicit Batch(Connection &connection) : m_connection(connection) {}

    /// The results of `statements`, as many and in order. The first failure is the error, and nothing behind it has
    /// run; without BEGIN among them they are one transaction. Errors: postgres/<sqlstate>, postgres/connect.
    base::Result<std::vector<ResultSet>> run(const std::vector<Statement> &statements);

private:
    base::Result<std::vector<ResultSet>> answers(const std::vector<std::string> &asked);
    base::Error broken() const;

    Connection &m_connection;
    std::map<std::string, std::string> m_prepared; ///< by text: its name
    int m_names = 0;
};

} // namespace sqlgym::postgres
