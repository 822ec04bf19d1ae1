#include "verify/report_json.h"

#include "grading/canonical.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

namespace sqlgym::verify {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestText = 2'000;

std::string cut(const std::string &text)
{
    if (text.size() <= kLongestText)
        return text;
    std::size_t end = kLongestText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end) + "...";
}

std::string dumped(const Json &json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// "wrong query 2 (counts NULLs)" -> 1 for "wrong query "; nothing for another list.
std::optional<int> numberAfter(const std::string &query, std::string_view list)
{
    if (!query.starts_with(list))
        return std::nullopt;
    int number = 0;
    const char *begin = query.data() + list.size();
    if (std::from_chars(begin, query.data() + query.size(), number).ec != std::errc() || number < 1)
        return std::nullopt;
    return number - 1;
}

Json finding(const std::string &kind, bool fault, const std::string &field, const std::string &detail)
{
    return {{"kind", kind}, {"fault", fault}, {"field", field}, {"detail", cut(detail)}};
}

Json mutantsOf(const PackReport &report)
{
    if (report.mutants.empty())
        return nullptr;
    const MutantTally &tally = report.mutants.front();
    Json survivors = Json::array();
    for (const auto &survivor : tally.survivors) {
        if (survivors.size() < kMostReported)
            survivors.push_back({{"sql", cut(survivor.sql)}, {"change", cut(survivor.what)}});
    }
    return {{"count", tally.singles + tally.joined},
            {"killed", tally.killed},
            {"equivalent", tally.equivalent},
            {"rate", tally.killRate()},
            {"survivors", std::move(survivors)}};
}

} // namespace

std::string fieldOf(const Finding &finding, const content::Problem &problem)
{
    if (finding.kind == FindingKind::Missing)
        return problem.tests.empty() ? "/tests" : problem.solutionSql.empty() ? "/solution/sql" : "/wrong_queries";
    if (finding.kind == FindingKind::MutantsSurvive)
        return "/tests";
    if (finding.kind == FindingKind::NotEquivalent)
        return "/equivalent";
    if (const auto wrong = numberAfter(finding.query, "wrong query "))
        return "/wrong_queries/" + std::to_string(*wrong) + "/sql";
    if (const auto right = numberAfter(finding.query, "right query "))
        return "/right_queries/" + std::to_string(*right) + "/sql";
    const auto test = std::ranges::find(problem.tests, finding.test, &content::TestCase::name);
    const std::string ofTest =
        test == problem.tests.end() ? "" : "/tests/" + std::to_string(test - problem.tests.begin());
    if (finding.kind == FindingKind::ExpectedStale && !ofTest.empty())
        return ofTest + "/expected";
    if (finding.kind == FindingKind::BadRule)
        return "/rules";
    return finding.query == "solution" ? "/solution/sql" : ofTest;
}

std::string reportJson(const PackReport &report, const content::Problem &problem)
{
    Json findings = Json::array();
    const auto add = [&](bool faults) { // those first: a list that is cut keeps them
        for (const Finding &each : report.findings) {
            if (each.isFault() != faults || findings.size() >= kMostReported)
                continue;
            Json json = finding(findingWord(each.kind), faults, fieldOf(each, problem), each.detail);
            json["test"] = cut(each.test);
            json["query"] = cut(each.query);
            findings.push_back(std::move(json));
        }
    };
    add(true);
    add(false);
    return dumped({{"good", report.good()},
                   {"findings", std::move(findings)},
                   {"tests", report.tests},
                   {"runs", report.runs},
                   {"declined", report.declinedRuns},
                   {"mutants", mutantsOf(report)},
                   {"expected_hash", grading::expectedHash(problem)}});
}

std::string reportJson(const std::vector<content::DefinitionFault> &faults)
{
    Json findings = Json::array();
    for (const content::DefinitionFault &fault : faults) {
        if (findings.size() < kMostReported)
            findings.push_back(finding("bad_definition", true, fault.path, fault.what));
    }
    return dumped({{"good", false}, {"findings", std::move(findings)}});
}

std::string reportJson(const std::string &why)
{
    return dumped({{"good", false}, {"findings", Json::array({finding("broken", true, "", why)})}});
}

} // namespace sqlgym::verify
