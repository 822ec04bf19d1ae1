// One exchange with the server: what waits goes, what changed comes.
#pragma once

#include "base/cancel_token.h"
#include "cache/cache.h"
#include "client/account.h"
#include "sync/pull.h"

#include <functional>
#include <memory>

namespace sqlgym::session {

class Store;

struct SyncParts {
    client::Gateway &gateway;
    /// The exchange's own connection to the profile, kept between rounds; opened when it is null.
    std::unique_ptr<cache::Cache> &cache;
    std::string databaseFile;
    Store &store; ///< its connection is closed where the file or its owner becomes another
    const base::CancelToken &cancel;
    std::function<void(const sync::PullProgress &)> progress; ///< of a new copy
};

struct SyncDone {
    bool anew = false;    ///< a new copy was made
    bool changed = false; ///< what the window shows may be another now
    bool full = false;    ///< the server takes no more at present: the rest a minute later
    int awaitingVerdict = 0;
};

/// Adopts a profile that is nobody's yet. `account` is asked for anew where something changed: what it may do may be
/// otherwise. Nothing new and nothing to send is one call. Errors: those of sync::push() and pull*(), and of the cache.
base::Result<SyncDone> syncRound(const SyncParts &parts, client::Account &account);

} // namespace sqlgym::session
