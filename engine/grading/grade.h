// Checks a query against a problem's tests, on any engine.
#pragma once

#include "base/cancel_token.h"
#include "grading/prepared_problem.h"
#include "grading/verdict.h"
#include "sandbox/sandbox.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sqlgym::grading {

struct GradeOptions {
    std::uint64_t maxRows = 10'000; ///< a longer result is wrong (a test that expects more raises it)
    std::size_t maxBytes = 10u << 20;
    bool untilFirstFault = false; ///< the tests after one that is not passed are left out
};

/// Called after each test, on the thread that grades.
using GradeProgress = std::function<void(const TestVerdict &test, int done, int total)>;

/// Runs `query` on every test of the problem, in the tests' order, each on its own data under its own limits, as one
/// statement. A test passes when the result is right (compare.h) and the query keeps the form that the rules ask for.
///
/// A result that the engine reports to depend on row order: wrong when it differs, DependsOnOrder when it happens to
///   be right; never passed.
/// After a timeout, the memory limit, a cancel or a broken sandbox the remaining tests are left out: verdict.tests ends
///   there.
/// verdict.trust is Confirmed when PostgreSQL answered every test, else Embedded.
/// Data is loaded under the names of prepared_problem.h: with a sandbox wrapped in KeptDatasets (kept_datasets.h) the
/// second check of a problem loads nothing.
Verdict grade(const PreparedProblem &problem, const std::string &query, sandbox::Sandbox &sandbox,
              base::CancelToken &cancel, const GradeOptions &options = {}, const GradeProgress &progress = {});

/// True when the verdict stands: right, or refused by some test. Otherwise no engine at hand could tell.
bool isDecided(const Verdict &verdict);

struct Confirmation {
    Verdict verdict; ///< to be shown from now on
    /// False: PostgreSQL did not get to an answer (cancelled, broken); `verdict` is the first one.
    bool answered = false;
    /// When the engines differ: what to report, as JSON {"problem","test","query","setup","embedded","postgres"}.
    std::optional<std::string> caseJson;
};

/// The two engines' verdicts as one: what PostgreSQL (`second`) says holds. Agreement is on outcomes *and* on results
/// (names, types and rows as a bag; an error's SQLSTATE, message and position): Trust::Confirmed, else Contradicted.
/// What the first engine declined, PostgreSQL decides. What it found to depend on row order stays so: PostgreSQL cannot
/// tell.
Confirmation merge(const PreparedProblem &problem, const std::string &query, const Verdict &first, Verdict second);

/// What another run of the same query on the same data found to be left to chance, test by test: a pass there is none.
void markChance(Verdict &verdict, const std::vector<bool> &leftToChance, int total);

/// Grades again on `postgres`, and merges.
Confirmation confirm(const PreparedProblem &problem, const std::string &query, const Verdict &first,
                     sandbox::Sandbox &postgres, base::CancelToken &cancel, const GradeOptions &options = {});

} // namespace sqlgym::grading
