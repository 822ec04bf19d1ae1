// Entries of the outbox as calls of the server's functions.
#pragma once

#include "base/result.h"
#include "cache/outbox.h"
#include "client/gateway.h"

#include <optional>
#include <string>
#include <vector>

namespace sqlgym::sync {

struct ApiCall {
    std::string sql;
    std::vector<std::optional<std::string>> arguments;

    /// They refer into this.
    client::Values values() const;
};

/// The arguments are those of the payload by name; `id` is the entry's own where the payload names none.
/// Errors: client/refused  an operation or a payload that this program does not know.
base::Result<ApiCall> apiCall(const cache::OutboxEntry &entry);

} // namespace sqlgym::sync
