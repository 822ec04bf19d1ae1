// The server's SQL, embedded from resources/server when building.
#pragma once

#include <string_view>
#include <vector>

namespace sqlgym::server {

struct Migration {
    int number = 0;        ///< from 1, without gaps
    std::string_view name; ///< "0002_accounts"
    std::string_view sql;
};

/// In order. Those that were released never change: a deployed server refuses others under the same number.
const std::vector<Migration> &migrations();

/// Roles and default grants, run at each init and upgrade: parts that stand for themselves.
struct ClusterPart {
    std::string_view purpose; ///< "the role that clients connect as"
    std::string_view sql;
};
std::vector<ClusterPart> clusterParts();

/// A query of two columns, lint and object: what does not hold of a server and should.
std::string_view lintSql();

} // namespace sqlgym::server
