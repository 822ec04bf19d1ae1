// Where the learner of a profile stands, without a server.
#pragma once

#include "base/result.h"
#include "cache/cache.h"
#include "client/standing.h"

namespace sqlgym::ctl {

/// As the desktop's Progress page reckons it: days are the learner's own.
base::Result<client::Standing> localStanding(cache::Cache &cache);

} // namespace sqlgym::ctl
