#include "session/sync_round.h"

#include "session/cache_pause.h"
#include "session/store.h"
#include "sync/push.h"

namespace sqlgym::session {

namespace {

base::Result<void> opened(const SyncParts &parts)
{
    if (parts.cache)
        return {};
    auto cache = cache::Cache::open(parts.databaseFile);
    if (!cache)
        return cache.error();
    parts.cache = std::move(*cache);
    return {};
}

/// The window's connection knows whose the profile is: it is opened anew when that changes.
base::Result<void> adopt(const SyncParts &parts, const client::Account &account)
{
    auto local = parts.cache->isLocal();
    if (!local)
        return local.error();
    std::optional<CachePause> pause;
    if (*local)
        pause.emplace(parts.store);
    return parts.cache->adopt(account.id, account.username);
}

/// The account's own columns come with no copy. A new copy has not got them either, so they are kept at the end.
base::Result<void> keepAccount(const SyncParts &parts, client::Account &account, SyncDone &done)
{
    // Premium or an instructor's rights that come or go are a change of everything: see log_standing() on the server.
    if (done.changed) {
        auto fresh = client::myAccount(parts.gateway);
        if (!fresh)
            return fresh.error();
        account = std::move(*fresh);
    }
    if (auto there = opened(parts); !there)
        return there.error();
    auto kept =
        parts.cache->profile().keepAccount({account.email, account.emailProved, account.premium, account.admin});
    if (!kept)
        return kept.error();
    done.changed = done.changed || *kept;
    return {};
}

base::Result<SyncDone> pull(const SyncParts &parts, const std::string &accountId, SyncDone done)
{
    sync::PullOptions options;
    options.cancel = &parts.cancel;
    // After a new copy comes what changed while it was made; a server that was restored meanwhile wants another.
    for (int round = 0; round < 3; ++round) {
        if (auto there = opened(parts); !there)
            return there.error();
        options.progress = nullptr;
        auto changes = sync::pullChanges(parts.cache->mirror(), parts.gateway, options);
        if (!changes)
            return changes.error();
        done.changed = done.changed || changes->written + changes->removed > 0;
        if (!changes->outdated)
            return done;
        options.progress = parts.progress;
        std::optional<CachePause> pause;
        auto all = sync::pullAll(
            parts.databaseFile, accountId, parts.gateway,
            [&] {
                parts.cache.reset();
                pause.emplace(parts.store);
            },
            options);
        if (!all)
            return all.error();
        done.anew = done.changed = true;
    }
    return base::Error{"sync", "restless", "The server's data is being replaced again and again. Try again later.",
                       true};
}

} // namespace

base::Result<SyncDone> syncRound(const SyncParts &parts, client::Account &account)
{
    if (auto there = opened(parts); !there)
        return there.error();
    if (auto adopted = adopt(parts, account); !adopted)
        return adopted.error();
    auto pushed = sync::push(*parts.cache, parts.gateway, {.cancel = &parts.cancel});
    if (!pushed)
        return pushed.error();
    SyncDone done;
    done.changed = pushed->sent + pushed->parked > 0;
    done.full = pushed->busyElsewhere;
    if (pushed->stopped) {
        // A limit on the number of writes keeps nothing from coming.
        if (client::troubleOf(*pushed->stopped) != client::Trouble::RateLimited)
            return *pushed->stopped;
        done.full = true;
    }
    auto pulled = pull(parts, account.id, done);
    if (!pulled)
        return pulled;
    if (auto kept = keepAccount(parts, account, *pulled); !kept)
        return kept.error();
    if (auto counts = parts.cache->outbox().counts())
        pulled->awaitingVerdict = counts->awaitingVerdict;
    return pulled;
}

} // namespace sqlgym::session
