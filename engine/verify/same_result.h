// Results letter for letter: what "the same" means between engines, and between a pack and PostgreSQL. Internal to
// verify.
#pragma once

#include "content/problem.h"
#include "grading/verdict.h"

#include <string>

namespace sqlgym::verify {

/// What differs between two runs of one query on one test, a sentence; empty = nothing. Columns by name and type, rows
/// as a bag of PostgreSQL's text, errors by SQLSTATE, message, detail, hint and position. Where the embedded engine
/// found the rows left to chance, only the columns count.
std::string differenceOf(const grading::TestVerdict &embedded, const grading::TestVerdict &postgres);

/// How a passing solution's result differs from the recorded expected output, a sentence; empty = not at all. Names,
/// types and cells count to the letter, whatever grading forgives; the order of rows as far as the rules ask.
std::string staleness(const grading::TestVerdict &passed, const content::ValidationRules &rules);

} // namespace sqlgym::verify
