#include "verify/verify_pack.h"

#include "grading/compare.h"
#include "grading/constructs.h"
#include "grading/grade.h"
#include "grading/kept_datasets.h"
#include "verify/same_result.h"
#include "verify/try_mutants.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <iterator>
#include <mutex>
#include <thread>

namespace sqlgym::verify {

namespace {

using grading::Outcome;
using grading::TestVerdict;
using grading::Verdict;

// Runs of the problem's queries on both engines, and what they show.
class ProblemCheck {
public:
    ProblemCheck(const content::Problem &problem, sandbox::Sandbox &embedded, sandbox::Sandbox &postgres,
                 base::CancelToken &cancel, PackReport &report)
        : m_problem(problem), m_prepared(problem), m_embedded(embedded), m_postgres(postgres), m_cancel(cancel),
          m_report(report)
    {
    }

    void run()
    {
        ++m_report.problems;
        m_report.tests += static_cast<int>(m_problem.tests.size());
        checkParts();
        for (const content::TestCase &test : m_problem.tests)
            checkRules(test);
        if (!m_problem.solutionSql.empty())
            checkSolution();
        for (std::size_t i = 0; i < m_problem.wrongQueries.size() && !m_cancel.cancelled(); ++i)
            checkWrongQuery(i);
        for (std::size_t i = 0; i < m_problem.rightQueries.size() && !m_cancel.cancelled(); ++i)
            checkRightQuery(i);
    }

private:
    void found(FindingKind kind, const std::string &test, const std::string &query, const std::string &detail)
    {
        m_report.findings.push_back({kind, m_problem.slug, test, query, detail});
    }

    void checkParts()
    {
        if (m_problem.tests.empty())
            found(FindingKind::Missing, {}, {}, "The problem has no tests.");
        if (m_problem.solutionSql.empty())
            found(FindingKind::Missing, {}, {}, "The problem has no solution.");
        if (m_problem.wrongQueries.empty())
            found(FindingKind::Missing, {}, {}, "The problem has no wrong queries to try the tests on.");
    }

    void checkRules(const content::TestCase &test)
    {
        const auto checkConstructs = [&](const std::vector<std::string> &names) {
            for (const std::string &name : names) {
                if (!grading::isKnownConstruct(name))
                    found(FindingKind::BadRule, test.name, {}, "There is no construct called \"" + name + "\".");
            }
        };
        checkConstructs(test.rules.mustUse);
        checkConstructs(test.rules.mustNotUse);
        if (test.rules.rowOrder == content::RowOrder::ByColumns && test.rules.orderBy.empty())
            found(FindingKind::BadRule, test.name, {}, "Rows are to be ordered by columns, but none is named.");
        for (const content::OrderKey &key : test.rules.orderBy) {
            if (std::ranges::find(test.expected.columns, key.column, &content::ContractColumn::name) ==
                test.expected.columns.end())
                found(FindingKind::BadRule, test.name, {},
                      "Rows are to be ordered by \"" + key.column + "\", which the expected output does not have.");
        }
    }

    // On PostgreSQL; the embedded engine's runs are compared with it on the way.
    Verdict gradeOnBoth(const std::string &query, const std::string &name)
    {
        Verdict postgres = grading::grade(m_prepared, query, m_postgres, m_cancel);
        const Verdict embedded = grading::grade(m_prepared, query, m_embedded, m_cancel);
        for (std::size_t i = 0; i < postgres.tests.size(); ++i) {
            const TestVerdict &there = postgres.tests[i];
            if (there.outcome == Outcome::Failed || there.outcome == Outcome::Unsupported) {
                found(FindingKind::Broken, there.testName, name, "On PostgreSQL: " + there.sentence);
                continue;
            }
            if (there.outcome == Outcome::Cancelled)
                continue;
            ++m_report.runs;
            if (i < embedded.tests.size())
                compareRuns(embedded.tests[i], there, name);
            else
                found(FindingKind::EnginesDiffer, there.testName, name,
                      "The embedded engine did not get to this test: " + embedded.tests.back().sentence);
        }
        return postgres;
    }

    void compareRuns(const TestVerdict &embedded, const TestVerdict &postgres, const std::string &name)
    {
        if (embedded.outcome == Outcome::Unsupported) {
            ++m_report.declinedRuns;
            found(FindingKind::Declined, embedded.testName, name,
                  "The embedded engine declines " + embedded.feature + ".");
            return;
        }
        if (embedded.outcome == Outcome::Cancelled)
            return;
        if (embedded.outcome == Outcome::Failed) {
            found(FindingKind::Broken, embedded.testName, name, embedded.sentence);
            return;
        }
        const std::string difference = differenceOf(embedded, postgres);
        if (difference.empty())
            ++m_report.equalRuns;
        else
            found(FindingKind::EnginesDiffer, embedded.testName, name, difference);
        if (name.rfind("wrong", 0) != 0 && embedded.dependsOnOrder)
            found(FindingKind::DependsOnOrder, embedded.testName, name, "Chance decides which rows come.");
    }

    void checkSolution()
    {
        const Verdict verdict = gradeOnBoth(m_problem.solutionSql, kSolution);
        for (const TestVerdict &test : verdict.tests) {
            if (test.outcome == Outcome::Cancelled || test.outcome == Outcome::Failed ||
                test.outcome == Outcome::Unsupported)
                continue;
            if (test.outcome != Outcome::Match) {
                found(FindingKind::SolutionFails, test.testName, kSolution, test.sentence);
                continue;
            }
            const auto rules = std::ranges::find(m_problem.tests, test.testName, &content::TestCase::name)->rules;
            const std::string stale = staleness(test, rules);
            if (!stale.empty())
                found(FindingKind::ExpectedStale, test.testName, kSolution, stale);
        }
    }

    void checkWrongQuery(std::size_t index)
    {
        const content::WrongQuery &wrong = m_problem.wrongQueries[index];
        const std::string name = "wrong query " + std::to_string(index + 1) +
                                 (wrong.mistake.empty() ? std::string() : " (" + wrong.mistake + ")");
        const Verdict verdict = gradeOnBoth(wrong.sql, name);
        if (verdict.correct)
            found(FindingKind::WrongPasses, {}, name, "Every test passes.");
        // An error in the statement itself is seen at once: no test is needed to refuse it.
        for (const TestVerdict &test : verdict.tests) {
            if (test.outcome == Outcome::Error && test.diagnostic.sqlstate.starts_with("42")) {
                found(FindingKind::WrongFails, test.testName, name, "It does not even run: " + test.diagnostic.message);
                break;
            }
        }
    }

    void checkRightQuery(std::size_t index)
    {
        const content::RightQuery &right = m_problem.rightQueries[index];
        const std::string name = "right query " + std::to_string(index + 1) + " (" + right.way + ")";
        for (const TestVerdict &test : gradeOnBoth(right.sql, name).tests) {
            if (test.outcome != Outcome::Match && test.outcome != Outcome::Cancelled)
                found(FindingKind::RightFails, test.testName, name, test.sentence);
        }
    }

    static constexpr const char *kSolution = "solution";
    const content::Problem &m_problem;
    const grading::PreparedProblem m_prepared;
    sandbox::Sandbox &m_embedded;
    sandbox::Sandbox &m_postgres;
    base::CancelToken &m_cancel;
    PackReport &m_report;
};

} // namespace

std::string findingLine(const Finding &finding)
{
    std::string line = finding.problem;
    if (!finding.test.empty())
        line += ", test " + finding.test;
    if (!finding.query.empty())
        line += ", " + finding.query;
    return line + ": " + finding.detail;
}

std::string findingWord(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Declined:
        return "declined";
    case FindingKind::EnginesDiffer:
        return "engines_differ";
    case FindingKind::SolutionFails:
        return "solution_fails";
    case FindingKind::WrongPasses:
        return "wrong_passes";
    case FindingKind::WrongFails:
        return "wrong_fails";
    case FindingKind::RightFails:
        return "right_fails";
    case FindingKind::ExpectedStale:
        return "expected_stale";
    case FindingKind::DependsOnOrder:
        return "depends_on_order";
    case FindingKind::BadRule:
        return "bad_rule";
    case FindingKind::Missing:
        return "missing";
    case FindingKind::MutantsSurvive:
        return "mutants_survive";
    case FindingKind::NotEquivalent:
        return "not_equivalent";
    case FindingKind::Broken:
        return "broken";
    }
    return "broken";
}

bool PackReport::good() const { return !cancelled && std::ranges::none_of(findings, &Finding::isFault); }

namespace {

void add(PackReport &all, PackReport &&one)
{
    all.findings.insert(all.findings.end(), std::make_move_iterator(one.findings.begin()),
                        std::make_move_iterator(one.findings.end()));
    all.mutants.insert(all.mutants.end(), std::make_move_iterator(one.mutants.begin()),
                       std::make_move_iterator(one.mutants.end()));
    all.problems += one.problems;
    all.tests += one.tests;
    all.runs += one.runs;
    all.equalRuns += one.equalRuns;
    all.declinedRuns += one.declinedRuns;
}

} // namespace

PackReport verifyPack(const content::Pack &pack, const std::vector<Engines> &workers, base::CancelToken &cancel,
                      const VerifyProgress &progress, Mutants mutants)
{
    std::vector<PackReport> reports(pack.problems.size());
    std::atomic<std::size_t> next{0};
    std::mutex telling;
    int done = 0;
    const auto work = [&](const Engines &engines) {
        for (std::size_t at = next++; at < reports.size() && !cancel.cancelled(); at = next++) {
            const content::Problem &problem = pack.problems[at];
            // Each problem's data is loaded once, and forgotten with the problem.
            grading::KeptDatasets keptEmbedded(engines.embedded);
            grading::KeptDatasets keptPostgres(engines.postgres);
            ProblemCheck(problem, keptEmbedded, keptPostgres, cancel, reports[at]).run();
            if (mutants != Mutants::None)
                tryMutants(problem, {keptEmbedded, keptPostgres}, mutants, cancel, reports[at]);
            const std::lock_guard lock(telling);
            ++done;
            if (progress && !cancel.cancelled())
                progress(problem, done, static_cast<int>(reports.size()));
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < workers.size(); ++i)
        threads.emplace_back(work, std::cref(workers[i]));
    work(workers.front());
    for (std::thread &thread : threads)
        thread.join();
    PackReport all;
    for (PackReport &report : reports)
        add(all, std::move(report));
    all.cancelled = cancel.cancelled();
    return all;
}

} // namespace sqlgym::verify
