// Rows of a judgement as JSON objects of their tables' columns.
#pragma once

#include "progress/judge.h"

#include <nlohmann/json.hpp>

namespace sqlgym::progress {

/// Moments as base::timestampText() has them; what is not there is null.
nlohmann::json userProgressJson(const UserProgressRow &row);
nlohmann::json userBadgeJson(const UserBadgeRow &row);

} // namespace sqlgym::progress
