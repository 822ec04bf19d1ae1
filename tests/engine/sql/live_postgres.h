// A PostgreSQL 15 that says how it understands a statement, and the tables it holds as the binder sees them.
#pragma once

#include "base/diagnostic.h"
#include "postgres/private_cluster.h"
#include "sql/schema.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sqlgym::tests {

struct DescribedColumn {
    std::string name;
    std::uint32_t type = 0;
    int typmod = -1;
    bool operator==(const DescribedColumn &) const = default;
};

/// What PREPARE found: the columns (none for INSERT), or the error.
struct Description {
    std::vector<DescribedColumn> columns;
    std::optional<base::Diagnostic> error;
};

class LivePostgres {
public:
    LivePostgres();
    ~LivePostgres();
    /// Starts a cluster of its own and runs `setup` there. False: `whyNot`.
    bool start(const std::string &setup);
    const std::string &whyNot() const { return m_whyNot; }

    /// Parse and analysis alone: nothing is planned or run.
    Description describe(const std::string &sql);
    /// The cells of a query that must succeed; NULL is the empty text.
    std::vector<std::vector<std::string>> rows(const std::string &sql);
    /// The tables of schema public, as the binder takes them.
    std::unique_ptr<sql::SchemaView> schema();
    std::string connectionString() const;

private:
    struct Wire;
    std::unique_ptr<postgres::PrivateCluster> m_cluster;
    std::unique_ptr<Wire> m_wire;
    std::string m_whyNot;
};

} // namespace sqlgym::tests
