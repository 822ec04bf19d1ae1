// A judgement as private.write_verdict() takes it.
#pragma once

#include "progress/judge.h"

#include <string>

namespace sqlgym::judge {

/// One JSON object; the members are rows, their members columns. `sandbox` is the name of what the query ran in.
std::string verdictRows(const progress::Judgement &judgement, const std::string &sandbox);

} // namespace sqlgym::judge
