// Connecting with what the caller says and nothing else, and telling where a connection failed.
#pragma once

#include "base/cancel_token.h"
#include "postgres/connection.h"
#include "postgres/parameters.h"

#include <cstdint>
#include <optional>
#include <string>

namespace sqlgym::postgres {

/// How far an attempt came before it failed.
enum class Stage : std::uint8_t {
    Address,  ///< no attempt was made: a parameter is none, or the caller cancelled
    Network,  ///< no server was reached, or it went away
    Tls,      ///< no protected connection: certificate, host name, protocol, or the server has none
    Login,    ///< the server refused; `sqlstate` says why
    Writable, ///< the server is there and takes no writes
};

struct Attempt {
    std::optional<Connection> connection; ///< none: the rest says why
    Stage stage = Stage::Address;
    std::string sqlstate; ///< Login; may be empty
    std::string words;    ///< libpq's or the server's
};

/// Every keyword that libpq knows gets a value, an empty one where `parameters` has none, so that neither PG* variables
/// nor files of the home folder (passwords, certificates) count. PGSERVICE alone cannot be overruled: see
/// forgetEnvironment(). Blocks for timeoutMs at most, but for the resolution of a host's name; looks at `cancel` all
/// the time. Source: PostgreSQL 15 manual, 34.1 Database Connection Control Functions, 34.15 Environment Variables.
Attempt connectExactly(const Parameters &parameters, int timeoutMs, const base::CancelToken *cancel = nullptr);

/// Removes libpq's variables (PG…) from the environment of this process. When a program starts: no other thread may
/// read the environment meanwhile.
void forgetEnvironment();

/// 160001.
int libraryVersion();

} // namespace sqlgym::postgres
