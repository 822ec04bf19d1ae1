// The text that names a server, as connection parameters that are safe to use.
#pragma once

#include "base/result.h"
#include "postgres/parameters.h"

#include <string>

namespace sqlgym::gateway {

struct Endpoint {
    postgres::Parameters parameters; ///< complete: see postgres::connectExactly()
    std::string address;             ///< "sqlgym_client@gym.example.org:5432/sqlgym"
};

/// `dsn` in either of libpq's forms. What it leaves out: user sqlgym_client, database sqlgym; sslmode verify-full with
/// the system's certificates, but for sockets and loopback addresses, where TLS is used if the server has it;
/// a password only by SCRAM bound to that connection (a pooler without it needs channel_binding=prefer); connections
/// that go read-write, notice a dead peer, and answer within ten seconds. What it says itself is kept. Errors:
/// client/bad_address.
base::Result<Endpoint> endpoint(const std::string &dsn);

/// A path or name of a socket's folder, localhost, 127.0.0.0/8 or ::1; each of several, with commas between.
bool isLocal(const std::string &hosts);

} // namespace sqlgym::gateway
