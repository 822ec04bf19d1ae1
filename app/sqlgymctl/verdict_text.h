// A verdict for a terminal.
#pragma once

#include "grading/verdict.h"

#include <string>

namespace sqlgym::ctl {

/// The summary, a line per test, and what differs in the first test that fails:
/// '-' a missing row, '+' an extra one, '=' one too many of its kind, '~' a moved one, '!' wrong cells, expected ->
/// got.
std::string verdictText(const grading::Verdict &verdict);

} // namespace sqlgym::ctl
