// Badges for deeds: resources/server/0014_deeds.sql.
#pragma once

#include "judge/log.h"
#include "server/session.h"

namespace sqlgym::judge {

/// One round: everybody whose deeds wait is given what they earn, each learner in a transaction. Returns the facts of
/// what was done, for the log. Several may run at once.
base::Result<Facts> awardDeeds(server::Session &session);

} // namespace sqlgym::judge
