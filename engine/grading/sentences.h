// What a comparison found, in words for a learner. Internal to grading.
#pragma once

#include "content/problem.h"
#include "grading/verdict.h"

#include <cstdint>
#include <string>

namespace sqlgym::grading {

/// "1 row", "2 rows".
std::string countedRows(std::uint64_t count);

/// `expectedRows` and `actualRows` are the results' lengths.
std::string rowsSentence(const Difference &difference, std::uint64_t expectedRows, std::uint64_t actualRows);
std::string orderSentence(const Difference &difference, const content::ValidationRules &rules);

/// Outcome::DependsOnOrder.
std::string dependsOnOrderSentence();

} // namespace sqlgym::grading
