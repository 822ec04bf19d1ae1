// A problem, rebuilt from a server's rows, and what all problems have in common.
#pragma once

#include "content/problem.h"
#include "progress/event.h"
#include "server/session.h"

#include <string>
#include <vector>

namespace sqlgym::judge {

/// Errors: judge/no_problem  there is none of that id; judge/no_tests  nothing to judge by;
///         content/bad_column  a column holds what nobody can read; postgres/<sqlstate>.
base::Result<content::Problem> readProblem(server::Session &session, const std::string &id);

/// All problems, as far as progress needs them.
base::Result<std::vector<progress::ProblemFact>> readFacts(server::Session &session);
base::Result<std::vector<content::Badge>> readBadges(server::Session &session);

} // namespace sqlgym::judge
