// What is at the server comes here: what changed since the last time, or a new copy of everything.
#pragma once

#include "base/cancel_token.h"
#include "base/result.h"
#include "cache/mirror_update.h"
#include "client/gateway.h"

#include <cstdint>
#include <functional>
#include <string>

namespace sqlgym::sync {

struct PullProgress {
    std::string table;
    std::int64_t rows = 0;  ///< so far, of all tables
    std::int64_t total = 0; ///< about as many as there will be; never less than `rows`
};

struct PullOptions {
    const base::CancelToken *cancel = nullptr;
    std::function<void(const PullProgress &)> progress; ///< now and then, on the calling thread
    int busyTimeoutMs = 5'000;                          ///< how long another window may hold the profile
};

struct PullReport {
    bool outdated = false; ///< the copy cannot be brought up to date: pullAll() makes a new one
    std::int64_t written = 0;
    std::int64_t removed = 0;
};

/// Brings the copy up to date, a page of changes after the other, each whole. Costs one round trip when there are none.
/// Errors: those of client/trouble.h, of the cache, and client/cancelled; what was taken so far stays.
base::Result<PullReport> pullChanges(cache::MirrorStore &mirror, client::Gateway &gateway, const PullOptions &options);

/// Makes a new copy beside the profile's database `path` and puts it in its place; what the profile has of its own
/// stays. No cache of this process may be open on it when that happens: `closeCaches` sees to that, and is called once,
/// at the end. Cancelled, cut off or killed, it goes on the next time with the table at which it was. Errors: as above;
/// cache/in_use (transient) when another instance has the profile open.
base::Result<PullReport> pullAll(const std::string &path, const std::string &accountId, client::Gateway &gateway,
                                 const std::function<void()> &closeCaches, const PullOptions &options);

} // namespace sqlgym::sync
