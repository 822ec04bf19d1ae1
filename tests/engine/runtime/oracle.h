// PostgreSQL 15, asked what an expression gives: the judge of every function here.
#pragma once

#include "postgres/private_cluster.h"

#include <memory>
#include <string>
#include <vector>

namespace sqlgym::tests {

/// Answers are written alike on both sides: "=text", "NULL" or "!sqlstate message | detail | hint".
class Oracle {
public:
    /// False when no server could be started (`whyNot`).
    bool start();
    const std::string &whyNot() const { return m_whyNot; }

    /// One answer for each expression, all in one session.
    std::vector<std::string> ask(const std::vector<std::string> &expressions);
    /// One answer for each query: its rows' first columns, joined by newlines.
    std::vector<std::string> askQueries(const std::vector<std::string> &queries);
    /// The cells of a query that must succeed; NULL is the empty text.
    std::vector<std::vector<std::string>> rows(const std::string &sql);

private:
    std::vector<std::string> call(const char *function, const std::vector<std::string> &texts);

    std::unique_ptr<postgres::PrivateCluster> m_cluster;
    std::unique_ptr<postgres::Connection> m_connection;
    std::string m_whyNot;
};

} // namespace sqlgym::tests
