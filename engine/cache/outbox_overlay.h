// What waits in the outbox, laid over the tables as the server last told them.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "sqlite/database.h"

#include <cstdint>
#include <string>

namespace sqlgym::cache {

// All inside a transaction of the caller's. Whoever takes in rows of the server's lifts before and lays after; whoever
// made new tables from the server's rows says so and lays.

/// Takes back what the user's entries did, the last first: the tables are then as the server told them.
base::Result<void> liftOutbox(sqlite::Database &database, const std::string &userId);
/// The tables hold nothing of the outbox: they are new.
base::Result<void> forgetOverlay(sqlite::Database &database, const std::string &userId);
/// With everything lifted: drops what the server did before transaction `horizon`, for the tables hold what it made of
/// it.
base::Result<void> settle(sqlite::Database &database, const std::string &userId, std::int64_t horizon);
/// Whether there is any of that.
base::Result<bool> canSettle(sqlite::Database &database, const std::string &userId, std::int64_t horizon);
/// Does again, in order, what waits, was refused or is not settled, and is not in the tables. A submission whose
/// verdict came from the server leaves the outbox here; where the verdict is another one than this machine's,
/// verdict_differences keeps the case.
base::Result<void> layOutbox(sqlite::Database &database, const std::string &userId, base::UnixMicros now);

/// The same for everything but submissions, which touch no column of another entry's.
base::Result<void> liftWrites(sqlite::Database &database, const std::string &userId);
base::Result<void> layWrites(sqlite::Database &database, const std::string &userId);

/// Takes out the entries, submissions aside, that `which` finds: " WHERE ..." over the outbox.
template <typename... T>
base::Result<void> dropWrites(sqlite::Database &database, const std::string &userId, const std::string &which,
                              const T &...values)
{
    auto count = database.integer("SELECT count(*) FROM outbox" + which, values...);
    if (!count || *count == 0)
        return count ? base::Result<void>() : count.error();
    auto done = liftWrites(database, userId);
    if (done)
        done = database.run("DELETE FROM outbox" + which, values...);
    return done ? layWrites(database, userId) : done;
}

/// Takes back one entry, of which no later one is about the same.
base::Result<void> liftEntry(sqlite::Database &database, const std::string &id);
/// Does one entry. False: what it speaks of is not here.
base::Result<bool> layEntry(sqlite::Database &database, const std::string &id);

} // namespace sqlgym::cache
