// The learner to whom a profile belongs.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "sqlite/database.h"

#include <string>

namespace sqlgym::cache {

struct LocalUser {
    std::string id;
    std::string name;
};

/// The profile's user (sync_state 'user_id'); made with auth_provider 'local' when there is none. `wantedName` is cut
/// to 50 characters and stripped of control characters; "learner" when nothing is left.
base::Result<LocalUser> ensureLocalUser(sqlite::Database &database, const std::string &wantedName,
                                        base::UnixMicros now);

} // namespace sqlgym::cache
