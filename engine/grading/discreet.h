// What a learner may be told of a verdict that hidden tests had a part in.
#pragma once

#include "grading/verdict.h"

namespace sqlgym::grading {

/// The same verdict without what hidden tests' data shows through: their rows, differences, the engine's words (a
/// failing cast quotes a cell), times and memory. What is left of them is whether they pass, and the outcome's kind.
/// `total` tests belong to the problem; verdict.tests may be fewer.
Verdict discreet(Verdict verdict, int total);

} // namespace sqlgym::grading
