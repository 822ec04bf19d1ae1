// A problem's solutions as the server tells them to whoever may see them.
#pragma once

#include "base/result.h"
#include "cache/solution_store.h"
#include "client/gateway.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sqlgym::sync {

struct ToldSolutions {
    std::vector<cache::ToldSolution> solutions; ///< at most 200; none for whom may not see any
    std::int64_t horizon = 0;                   ///< see SolutionStore::take()
};

/// Errors: those of the gateway; a server without api.solutions_of() answers with Failed.
base::Result<ToldSolutions> toldSolutions(client::Gateway &gateway, const std::string &problemId);

} // namespace sqlgym::sync
