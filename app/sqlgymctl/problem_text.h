// A problem for a terminal: what the desktop shows before it is solved, so without the solution.
#pragma once

#include "content/problem.h"

#include <string>

namespace sqlgym::ctl {

std::string problemText(const content::Problem &problem);
std::string problemJson(const content::Problem &problem);

} // namespace sqlgym::ctl
