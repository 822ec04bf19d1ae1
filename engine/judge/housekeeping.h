// Removes what is over at a server and works out its figures: resources/server/0008_housekeeping.sql.
#pragma once

#include "judge/log.h"
#include "server/session.h"

namespace sqlgym::judge {

/// One round: small batches until nothing is left or the round has been long enough, so that no lock is held for long.
/// Returns the facts of what was done, for the log. Several may run at once.
base::Result<Facts> keepHouse(server::Session &session);

} // namespace sqlgym::judge
