// A submission that was judged here, as an entry of the outbox.
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>
#include <string>

namespace sqlgym::cache {

struct StoreContext;

/// For a submission whose rows are in the tables, in the caller's transaction. `figures` are those of figures.h that
/// came of it, `steps` what takes them back. A second time changes nothing.
base::Result<void> enqueueSubmission(StoreContext &context, const std::string &id,
                                     const nlohmann::json &figures = nlohmann::json::array(),
                                     const nlohmann::json &steps = nlohmann::json::array());

/// For a query that nobody judged yet: its row says "pending", where the problem is known here. One transaction; a
/// second time changes nothing. Errors: cache/not_text.
base::Result<void> enqueueUnjudged(StoreContext &context, const std::string &id, const std::string &problemId,
                                   const std::string &query);

} // namespace sqlgym::cache
