// What every store of the cache works on.
#pragma once

#include "base/clock.h"
#include "sqlite/database.h"

#include <string>

namespace sqlgym::cache {

/// Owned by Cache; the stores refer to it. All of it belongs to the cache's thread.
struct StoreContext {
    sqlite::Database database;
    const base::Clock *clock;
    std::string userId; ///< users.id of the profile's learner
    std::string path{}; ///< of the file; empty = in memory
};

} // namespace sqlgym::cache
