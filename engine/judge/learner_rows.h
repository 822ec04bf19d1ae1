// What a learner had before a verdict, read from a server.
#pragma once

#include "progress/judge.h"
#include "server/session.h"

#include <string>

namespace sqlgym::judge {

/// All but `problems`, which is the same for everybody. Within the transaction that writes the verdict, after
/// private.open_verdict(), nothing of it changes until that ends.
base::Result<progress::History> readHistory(server::Session &session, const std::string &userId);

} // namespace sqlgym::judge
