// A judgement as private.write_verdict() takes it.
#pragma once

#include "progress/judge.h"

#include <string>

namespace sqlgym::judge {

/// The rows of execution_results, which depend on nothing but the verdict: a JSON array of objects.
std::string resultRows(const std::vector<progress::ExecutionResultRow> &results);
/// One JSON object; the members are rows, their members columns. `results` are resultRows()'s; `sandbox` is the name of
/// what the query ran in.
std::string verdictRows(const progress::Judgement &judgement, const std::string &results, const std::string &sandbox);

} // namespace sqlgym::judge
