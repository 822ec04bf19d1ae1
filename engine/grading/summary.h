// The verdict over all tests, from the tests' own. Internal to grading.
#pragma once

#include "content/problem.h"
#include "grading/verdict.h"

#include <vector>

namespace sqlgym::grading {

/// By orderIndex, then name.
std::vector<const content::TestCase *> testsInOrder(const content::Problem &problem);

/// Fills correct, sentence and firstFailed. `total` tests belong to the problem; verdict.tests may be fewer.
void summarise(Verdict &verdict, int total);

} // namespace sqlgym::grading
