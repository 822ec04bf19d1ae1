#include "grading/summary.h"

#include "grading/grade.h"

#include <algorithm>
#include <tuple>

namespace sqlgym::grading {

namespace {

bool saysNothing(Outcome outcome)
{
    return outcome == Outcome::Unsupported || outcome == Outcome::Cancelled || outcome == Outcome::Failed;
}

bool refuses(const TestVerdict &test) { return test.outcome != Outcome::Match && !saysNothing(test.outcome); }

} // namespace

std::vector<const content::TestCase *> testsInOrder(const content::Problem &problem)
{
    std::vector<const content::TestCase *> tests;
    for (const content::TestCase &test : problem.tests)
        tests.push_back(&test);
    std::ranges::stable_sort(tests, [](const content::TestCase *a, const content::TestCase *b) {
        return std::tie(a->orderIndex, a->name) < std::tie(b->orderIndex, b->name);
    });
    return tests;
}

bool isDecided(const Verdict &verdict) { return verdict.correct || std::ranges::any_of(verdict.tests, refuses); }

void summarise(Verdict &verdict, int total)
{
    verdict.correct =
        total > 0 && static_cast<int>(verdict.tests.size()) == total &&
        std::ranges::all_of(verdict.tests, [](const auto &test) { return test.outcome == Outcome::Match; });
    verdict.firstFailed = -1;
    if (verdict.correct) {
        verdict.sentence = total == 1 ? "Passes the test." : "Passes all " + std::to_string(total) + " tests.";
        return;
    }
    // A test that refuses the query says more than one that could not tell.
    auto shown = std::ranges::find_if(verdict.tests, refuses);
    const bool refused = shown != verdict.tests.end();
    if (!refused)
        shown = std::ranges::find_if(verdict.tests, [](const auto &test) { return test.outcome != Outcome::Match; });
    if (shown == verdict.tests.end()) {
        verdict.sentence = "The problem has no tests.";
        return;
    }
    verdict.firstFailed = static_cast<int>(shown - verdict.tests.begin());
    if (refused && total > 1)
        verdict.sentence = "Fails test " + std::to_string(verdict.firstFailed + 1) + " of " + std::to_string(total) +
                           ": " + shown->sentence;
    else
        verdict.sentence = shown->sentence;
}

} // namespace sqlgym::grading
