// Makes a database an SQLGym server, moves one forward, and tells how one stands.
#pragma once

#include "base/result.h"
#include "server/session.h"

#include <string>
#include <vector>

namespace sqlgym::server {

/// A privilege that the administrator lacked: what could not be done, in words, and PostgreSQL's reason.
struct Weakness {
    std::string purpose;
    std::string reason;
};

struct DeployReport {
    int from = 0; ///< version before, 0 = none
    int to = 0;
    std::vector<Weakness> weaker;
};

/// Turns an empty database into a server.
/// Errors: server/not_empty  the database holds tables, or is a server already.
///         server/not_utf8  it cannot hold every text.
///         server/missing_role, postgres/<sqlstate>  what could not be made.
base::Result<DeployReport> init(Session &session);

/// Moves a server to this program's version, a migration a transaction: a break leaves it at the last whole one.
/// Errors: server/no_server; server/newer  made by a later program; server/other  a migration differs from ours.
base::Result<DeployReport> upgrade(Session &session);

struct Lint {
    std::string lint;
    std::string object;
};

struct ServerStatus {
    int version = 0;
    int known = 0; ///< by this program
    std::string postgres;
    long waiting = 0; ///< submissions in the queue
    long users = 0;
    long problems = 0;
    long judges = 0; ///< seen in the last minute
    std::vector<Lint> lints;
};

/// Errors: server/no_server.
base::Result<ServerStatus> status(Session &session);

/// Makes a user an instructor. False: there is no user of that name.
base::Result<bool> grantAdmin(Session &session, const std::string &username);

} // namespace sqlgym::server
