// What waits in the outbox goes to the server: in order, each once.
#pragma once

#include "base/cancel_token.h"
#include "base/result.h"
#include "cache/cache.h"
#include "client/gateway.h"

#include <functional>
#include <optional>

namespace sqlgym::sync {

struct PushProgress {
    int sent = 0;
    int waiting = 0; ///< still to be sent
};

struct PushOptions {
    const base::CancelToken *cancel = nullptr;
    std::function<void(const PushProgress &)> progress; ///< before each entry, on the calling thread
    int attempts = 3;                                   ///< of one entry, while its trouble is transient
    int rateLimitWaitMs = 0;                            ///< how long a limit on the number of writes is waited for
};

struct PushReport {
    int sent = 0;
    int parked = 0;             ///< refused now: in the outbox as rejected, with the server's reason
    int waiting = 0;            ///< still to be sent
    bool busyElsewhere = false; ///< another instance is sending from this profile: nothing was done
    /// What stopped it; all that was not sent waits. Those that are transient are worth another push() after a while
    /// (client::pauseMs()), RateLimited after a minute, SignedOut after signing in again.
    std::optional<base::Error> stopped;
};

/// Sends what waits, the oldest first. An id that was sent without an answer is sent again, and has one effect. What
/// the server refuses is parked with its reason, and what hangs on that (a comment on a refused post) with it; the rest
/// goes on. A solution that is refused while a submission of its problem waits for the verdict waits too.
///
/// Errors: sync/other_account  the gateway's session is another account's, or the profile is no account's yet
///         (cache::Cache::adopt()): nothing was sent. And those of the cache.
base::Result<PushReport> push(cache::Cache &cache, client::Gateway &gateway, const PushOptions &options = {});

} // namespace sqlgym::sync
