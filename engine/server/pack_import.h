// A content pack into a server.
#pragma once

#include "content/pack.h"
#include "server/session.h"

namespace sqlgym::server {

struct ImportReport {
    int topics = 0;
    int problems = 0;
    int badges = 0;
    int changed = 0; ///< rows that were written because they were new or other
};

/// All or nothing, in one transaction; the same pack again changes nothing. Nothing that a learner did is removed: a
/// test that the pack has no longer is removed only where no result refers to it, and hidden otherwise.
base::Result<ImportReport> importPack(Session &session, const content::Pack &pack);

} // namespace sqlgym::server
