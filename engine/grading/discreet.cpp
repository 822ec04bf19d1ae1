#include "grading/discreet.h"

#include "grading/summary.h"

namespace sqlgym::grading {

namespace {

std::string hiddenSentence(const TestVerdict &test)
{
    switch (test.outcome) {
    case Outcome::Match:
    case Outcome::WrongForm:      // of the query's text
    case Outcome::DependsOnOrder: // the same words for every test
    case Outcome::Timeout:        // the limit's
    case Outcome::MemoryLimit:
        return test.sentence;
    case Outcome::WrongColumns:
        return "The columns are not the expected ones on hidden data.";
    case Outcome::WrongRows:
        return "The rows are not the expected ones on hidden data.";
    case Outcome::WrongOrder:
        return "The rows come in a wrong order on hidden data.";
    case Outcome::Error:
        return "The query fails on hidden data (" + test.diagnostic.sqlstate + ").";
    case Outcome::Unsupported:
    case Outcome::Cancelled:
    case Outcome::Failed:
        break;
    }
    return "The hidden test gave no verdict.";
}

} // namespace

Verdict discreet(Verdict verdict, int total)
{
    for (TestVerdict &test : verdict.tests) {
        if (!test.hidden)
            continue;
        TestVerdict kept;
        kept.sentence = hiddenSentence(test);
        kept.testId = std::move(test.testId);
        kept.testName = std::move(test.testName);
        kept.hidden = true;
        kept.outcome = test.outcome;
        kept.by = test.by;
        kept.dependsOnOrder = test.dependsOnOrder;
        kept.diagnostic.sqlstate = test.diagnostic.sqlstate;
        if (test.outcome == Outcome::Error)
            kept.diagnostic.message = kept.sentence;
        test = std::move(kept);
    }
    summarise(verdict, total);
    return verdict;
}

} // namespace sqlgym::grading
