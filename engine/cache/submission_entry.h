// A submission that was judged here, as an entry of the outbox.
#pragma once

#include "base/result.h"

#include <string>

namespace sqlgym::cache {

struct StoreContext;

/// For a submission whose rows are in the tables, in the caller's transaction. A second time changes nothing.
base::Result<void> enqueueSubmission(StoreContext &context, const std::string &id);

} // namespace sqlgym::cache
