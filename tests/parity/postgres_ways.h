// PostgreSQL 15 under its own settings, and in ways that make it plan otherwise, over rows stored in another order.
#pragma once

#include "base/result.h"
#include "sandbox/sandbox.h"

#include <memory>
#include <string>
#include <vector>

namespace sqlgym::parity {

/// Ways share a cluster, and databases where the physical order is the same. What a statement changes is rolled back.
struct PostgresWay {
    std::string name; ///< "without hashjoin, rows in order 2"
    std::unique_ptr<sandbox::Sandbox> sandbox;
};

/// The first one is PostgreSQL as it comes, over the rows as they were inserted; the others are left out unless `all`.
/// Errors: those of PrivateCluster::start.
base::Result<std::vector<PostgresWay>> makePostgresWays(const std::string &clusterFolder, bool all);

} // namespace sqlgym::parity
