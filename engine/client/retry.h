// Trying again what may work the next time.
#pragma once

#include "base/cancel_token.h"
#include "base/result.h"

#include <functional>

namespace sqlgym::client {

/// Milliseconds before attempt number `attempt` + 1 (from 1): doubling from 200 to 10,000, each by chance between half
/// and all of it, so that those who were cut off together do not come back together.
int pauseMs(int attempt);

/// Sleeps, looking at `cancel`. False: cancelled.
bool pauseFor(int milliseconds, const base::CancelToken &cancel);

/// `work` up to `attempts` times, as long as its error is transient. Only for what may be done twice.
template <typename T>
base::Result<T> withRetries(int attempts, const base::CancelToken &cancel, const std::function<base::Result<T>()> &work)
{
    for (int attempt = 1;; ++attempt) {
        base::Result<T> done = work();
        if (done || !done.error().transient || attempt >= attempts || !pauseFor(pauseMs(attempt), cancel))
            return done;
    }
}

} // namespace sqlgym::client
