// Decides whether a learner's result is the one asked for, and what differs.
#pragma once

#include "base/cancel_token.h"
#include "content/problem.h"
#include "grading/verdict.h"
#include "sandbox/result_table.h"

#include <string>

namespace sqlgym::grading {

struct Comparison {
    Outcome outcome =
        Outcome::Match; ///< Match, WrongColumns, WrongRows or WrongOrder, the first that applies; Cancelled
    Difference difference;
    std::string sentence; ///< "2 rows are missing, 1 row is extra."
};

/// Compares as the rules ask.
///
/// Columns: as many as expected, each of the expected family (cell_form.h); names only with namesMatter. With
///   columnOrderMatters = false they are matched by name; where aliases do not decide and names are not found, by
///   whatever assignment makes the rows agree.
/// Rows: bags. NULL equals NULL and nothing else. Numbers are compared exactly, as decimals, whatever their integer,
///   numeric or float type; within the rules' absolute tolerance where there is one (inclusive, decided exactly).
/// Order: Strict is the expected sequence. ByColumns: at each position the order columns hold what the expected row
///   there holds, so that ties may come in any order; order columns the result does not have are not checked.
/// Difference: rows are matched as bags first. What is left is paired where most cells agree (Changed); an extra row
///   that equals an expected one is Duplicated, never Changed. Moved: the fewest rows that, put elsewhere, make the
///   order right. The five counts are disjoint. With WrongColumns the lines are there only when every expected column
///   could be found.
/// Cost: near-linear in the rows; pairing stops looking after a fixed amount of work.
/// Cancelled: the outcome says so, and nothing else of the answer means anything.
Comparison compare(const sandbox::ResultTable &expected, const sandbox::ResultTable &actual,
                   const content::ValidationRules &rules, const base::CancelToken &cancel = {});

/// test_cases.expected_output as a result.
sandbox::ResultTable expectedTable(const content::ExpectedOutput &output);

} // namespace sqlgym::grading
