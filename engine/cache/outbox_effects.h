// What an operation does to the tables here before the server has done it.
#pragma once

#include "base/clock.h"
#include "cache/tracked_writer.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace sqlgym::cache {

/// An entry of the outbox, as its effect needs it.
struct Operation {
    std::string id;
    std::string kind;
    std::string userId;
    nlohmann::json payload; ///< the arguments of the api function by name
    nlohmann::json made;    ///< of a submission its rows and figures: [{"table", "row"}]
    base::UnixMicros at = 0;
};

/// Does it, as the server will. False: what it speaks of is not here, and nothing was done. Doing again what is done
/// already does nothing and answers true. Failures are the writer's.
bool applyEffect(TrackedWriter &writer, const Operation &operation);

/// All kinds of operations that there are.
std::vector<std::string> operationKinds();

/// Rows that a submission consists of, as Operation::made has them: of submissions, problem_submissions and
/// execution_results.
base::Result<nlohmann::json> rowsOfSubmission(sqlite::Database &database, std::string_view id);

} // namespace sqlgym::cache
