#include "grading/grade.h"
#include "grading/sentences.h"
#include "grading/summary.h"
#include "grading/verdict_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace sqlgym::grading {

namespace {

using Json = nlohmann::ordered_json;

bool gaveNoAnswer(Outcome outcome)
{
    return outcome == Outcome::Cancelled || outcome == Outcome::Failed || outcome == Outcome::Unsupported;
}

void leaveToChance(TestVerdict &test)
{
    test.dependsOnOrder = true;
    if (test.outcome == Outcome::Match) {
        test.outcome = Outcome::DependsOnOrder;
        test.sentence = dependsOnOrderSentence();
    }
}

std::vector<std::string> rowKeys(const sandbox::ResultTable &table)
{
    std::vector<std::string> keys(table.rowCount());
    for (std::size_t row = 0; row < keys.size(); ++row) {
        for (std::size_t column = 0; column < table.columnCount(); ++column) {
            const auto cell = table.cell(row, column);
            keys[row] += cell ? std::to_string(cell->size()) + ":" : "N";
            keys[row] += cell.value_or(std::string_view());
        }
    }
    std::ranges::sort(keys);
    return keys;
}

// The same result, letter for letter: what the promise of an embedded PostgreSQL is about.
bool sameRun(const TestVerdict &first, const TestVerdict &second)
{
    if (first.outcome != second.outcome)
        return false;
    if (first.outcome == Outcome::Error)
        return first.diagnostic.sqlstate == second.diagnostic.sqlstate &&
               first.diagnostic.message == second.diagnostic.message &&
               first.diagnostic.position == second.diagnostic.position;
    return first.actual.columns == second.actual.columns && rowKeys(first.actual) == rowKeys(second.actual);
}

bool agree(const TestVerdict &first, const TestVerdict &second)
{
    if (first.outcome == Outcome::Unsupported)
        return true;
    // Chance decides the rows: the engines may draw differently.
    if (first.dependsOnOrder && second.outcome != Outcome::Error)
        return first.actual.columns == second.actual.columns;
    return sameRun(first, second);
}

Json side(const TestVerdict &test)
{
    Json json = Json::parse(validationDetailsJson(test), nullptr, false);
    json["result"] = Json::parse(queryResultJson(test.actual), nullptr, false);
    return json;
}

std::string caseJson(const content::Problem &problem, const std::string &query, const TestVerdict &first,
                     const TestVerdict &second)
{
    Json json = {{"problem", problem.slug}, {"test", first.testName}, {"query", query}};
    const auto test = std::ranges::find(problem.tests, first.testName, &content::TestCase::name);
    if (test != problem.tests.end())
        json["setup"] = content::setupSql(problem, &*test);
    json["embedded"] = side(first);
    json["postgres"] = side(second);
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace

void markChance(Verdict &verdict, const std::vector<bool> &leftToChance, int total)
{
    for (std::size_t i = 0; i < std::min(verdict.tests.size(), leftToChance.size()); ++i) {
        if (leftToChance[i])
            leaveToChance(verdict.tests[i]);
    }
    summarise(verdict, total);
}

Confirmation merge(const PreparedProblem &problem, const std::string &query, const Verdict &first, Verdict second)
{
    Confirmation out;
    if (second.tests.empty() || std::ranges::any_of(second.tests, gaveNoAnswer, &TestVerdict::outcome)) {
        out.verdict = first;
        return out;
    }
    out.answered = true;
    second.trust = Trust::Confirmed;
    for (std::size_t i = 0; i < std::min(first.tests.size(), second.tests.size()); ++i) {
        const TestVerdict &before = first.tests[i];
        TestVerdict &now = second.tests[i];
        if (gaveNoAnswer(before.outcome))
            continue;
        if (!agree(before, now)) {
            second.trust = Trust::Contradicted;
            if (!out.caseJson)
                out.caseJson = caseJson(problem.problem(), query, before, now);
            continue;
        }
        if (before.dependsOnOrder)
            leaveToChance(now);
    }
    summarise(second, static_cast<int>(problem.tests().size()));
    out.verdict = std::move(second);
    return out;
}

Confirmation confirm(const PreparedProblem &problem, const std::string &query, const Verdict &first,
                     sandbox::Sandbox &postgres, base::CancelToken &cancel, const GradeOptions &options)
{
    return merge(problem, query, first, grade(problem, query, postgres, cancel, options));
}

} // namespace sqlgym::grading
