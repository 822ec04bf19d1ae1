// The gateway over libpq: straight to PostgreSQL, or through PgBouncer.
#pragma once

#include "base/cancel_token.h"
#include "client/gateway.h"

#include <memory>
#include <string>

namespace sqlgym::gateway {

struct Options {
    const base::CancelToken *cancel = nullptr; ///< outlives the gateway; looked at in all waits
    int connectMs = 10'000;
    int callMs = 20'000;              ///< beyond the 15 s that the server gives a statement
    std::size_t mostBytes = 64 << 20; ///< of one answer: a server's word is not taken for what fits into memory
};

/// Connects to `dsn` (see endpoint()) and asks the server which version it is.
/// Errors: BadAddress, Offline, Tls, Refused, NotAServer, OlderServer, NewerServer, ReadOnly, Busy, Cancelled.
base::Result<std::unique_ptr<client::Gateway>> open(const std::string &dsn, const Options &options = {});

/// Versions of a server that this program knows, both included. To a newer one it speaks when that says so
/// (api.oldest_client()).
extern const int kOldestSchema;
extern const int kNewestSchema;

} // namespace sqlgym::gateway
