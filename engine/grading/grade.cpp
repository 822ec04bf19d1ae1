#include "grading/grade.h"

#include "base/text_position.h"
#include "grading/compare.h"
#include "grading/constructs.h"
#include "grading/sentences.h"
#include "grading/summary.h"
#include "sql/parse.h"

#include <algorithm>

namespace sqlgym::grading {

namespace {

/// Between the learner's statement and the look at the tables: ends a comment of its last line.
constexpr char kThen[] = "\n;\n";

std::string seconds(int count) { return std::to_string(count) + (count == 1 ? " second" : " seconds"); }

std::string failsWith(const base::Diagnostic &diagnostic) { return "The query fails: " + diagnostic.message + "."; }

// The diagnostic of a decline says what else could have run it, and why that did not.
std::string noVerdict(const sandbox::Outcome &run)
{
    std::string sentence = "No verdict: ";
    sentence += run.by == sandbox::Engine::Postgres ? run.feature + " is not allowed here."
                                                    : "the embedded engine does not support " + run.feature + ".";
    return run.diagnostic.message.empty() ? sentence : sentence + " " + run.diagnostic.message;
}

// Outcomes that are decided before any row is compared; false = the run gave a result.
bool judgeStatus(const sandbox::Outcome &run, const content::TestCase &test, TestVerdict &verdict)
{
    switch (run.status) {
    case sandbox::Status::Ok:
        return false;
    case sandbox::Status::Error:
        verdict.outcome = Outcome::Error;
        verdict.sentence = failsWith(run.diagnostic);
        break;
    case sandbox::Status::Unsupported:
        verdict.outcome = Outcome::Unsupported;
        verdict.sentence = noVerdict(run);
        break;
    case sandbox::Status::Timeout:
        verdict.outcome = Outcome::Timeout;
        verdict.sentence = "The query took longer than " + seconds(test.timeoutSeconds) + ".";
        break;
    case sandbox::Status::MemoryLimit:
        verdict.outcome = Outcome::MemoryLimit;
        verdict.sentence = "The query needed more than " + std::to_string(test.memoryLimitMb) + " MB of memory.";
        break;
    case sandbox::Status::Cancelled:
        verdict.outcome = Outcome::Cancelled;
        verdict.sentence = "Cancelled.";
        break;
    case sandbox::Status::Failed:
        verdict.outcome = Outcome::Failed;
        verdict.sentence = "The check could not run: " + run.diagnostic.message;
        break;
    }
    return true;
}

// Needs no parser: it begins with a word or "(", and no semicolon stands before its end. Others are parsed to know.
bool isPlainlyOne(std::string_view query)
{
    constexpr std::string_view kSpace = " \t\n\r\f";
    const auto last = query.find_last_not_of(kSpace);
    const auto first = query.find_first_not_of(kSpace);
    if (first == std::string_view::npos)
        return false;
    const char begin = query[first];
    const bool word = (begin >= 'a' && begin <= 'z') || (begin >= 'A' && begin <= 'Z') || begin == '(';
    return word && query.substr(0, last).find(';') == std::string_view::npos;
}

class Grader {
public:
    Grader(const std::string &query, sandbox::Sandbox &sandbox, base::CancelToken &cancel, const GradeOptions &options)
        : m_query(query), m_sandbox(sandbox), m_cancel(cancel), m_options(options)
    {
    }

    TestVerdict run(const PreparedTest &prepared)
    {
        const content::TestCase &test = *prepared.test;
        TestVerdict verdict;
        verdict.testId = test.id;
        verdict.testName = test.name;
        verdict.hidden = test.hidden;
        verdict.expected = prepared.expected;
        if (isNotOneStatement(verdict))
            return verdict;

        sandbox::Request request;
        request.dataset = prepared.data.name;
        if (!loaded(prepared.data, verdict))
            return verdict;
        const bool looksAfter = !test.rules.resultQuery.empty() && isOneStatement();
        request.query = looksAfter ? m_query + kThen + test.rules.resultQuery : m_query;
        request.timeoutMs = test.timeoutSeconds * 1000;
        request.memoryMb = test.memoryLimitMb;
        request.maxRows = std::max<std::uint64_t>(m_options.maxRows, test.expected.rows.size() + 1);
        // What was found to be one statement may be followed by ours; nothing else may be several.
        request.singleStatement = !looksAfter;

        sandbox::Outcome run = m_sandbox.run(request, m_cancel);
        verdict.by = run.by;
        verdict.elapsedUs = run.elapsedUs;
        verdict.memoryBytes = run.memoryPeakBytes;
        verdict.diagnostic = run.diagnostic;
        verdict.feature = run.feature;
        verdict.dependsOnOrder = run.dependsOnOrder;
        if (looksAfter && run.status == sandbox::Status::Error &&
            run.diagnostic.position > static_cast<int>(base::characterCount(m_query))) {
            verdict.diagnostic.position = 0;
            verdict.outcome = Outcome::WrongRows;
            verdict.sentence = "The tables cannot be looked at afterwards: " + run.diagnostic.message + ".";
            return verdict;
        }
        if (judgeStatus(run, test, verdict))
            return verdict;
        verdict.actual = std::move(run.table);
        judgeResult(run.truncated, request.maxRows, test, verdict);
        return verdict;
    }

private:
    const sql::ParseOutcome &parsed()
    {
        if (!m_parsed)
            m_parsed = sql::parse(m_query);
        return *m_parsed;
    }

    bool isOneStatement() { return parsed().script && parsed().script->statements().size() == 1; }

    // Decided here, so that every engine refuses it alike. What does not parse is the engine's to explain.
    bool isNotOneStatement(TestVerdict &verdict)
    {
        if (isPlainlyOne(m_query) || !parsed().script || parsed().script->statements().size() == 1)
            return false;
        verdict.diagnostic.sqlstate = "42601";
        verdict.diagnostic.message = parsed().script->statements().empty()
                                         ? "one statement is asked for, and this text holds none"
                                         : "one statement is asked for, and this text holds several";
        verdict.outcome = Outcome::Error;
        verdict.sentence = failsWith(verdict.diagnostic);
        return true;
    }

    bool loaded(const Dataset &data, TestVerdict &verdict)
    {
        const sandbox::Outcome load = m_sandbox.load(data.name, data.setup);
        if (load.status == sandbox::Status::Ok)
            return true;
        verdict.by = load.by;
        verdict.diagnostic = load.diagnostic;
        verdict.feature = load.feature;
        if (load.status == sandbox::Status::Unsupported) {
            verdict.outcome = Outcome::Unsupported;
            verdict.sentence = noVerdict(load);
        } else if (load.status == sandbox::Status::Cancelled) {
            verdict.outcome = Outcome::Cancelled;
            verdict.sentence = "Cancelled.";
        } else {
            verdict.outcome = Outcome::Failed;
            verdict.sentence = "The problem's data could not be loaded: " + load.diagnostic.message;
        }
        return false;
    }

    void judgeResult(bool truncated, std::uint64_t maxRows, const content::TestCase &test, TestVerdict &verdict)
    {
        Comparison comparison = compare(verdict.expected, verdict.actual, test.rules, m_cancel);
        verdict.outcome = comparison.outcome;
        verdict.sentence = std::move(comparison.sentence);
        verdict.difference = std::move(comparison.difference);
        if (verdict.outcome == Outcome::WrongColumns || verdict.outcome == Outcome::Cancelled)
            return;
        if (truncated) {
            verdict.outcome = Outcome::WrongRows;
            verdict.sentence = "The result has more than " + countedRows(maxRows) + "; " +
                               std::to_string(verdict.expected.rowCount()) +
                               (verdict.expected.rowCount() == 1 ? " is expected." : " are expected.");
        } else if (verdict.outcome == Outcome::Match) {
            judgeForm(test, verdict);
        } else if (verdict.actual.memoryBytes() > m_options.maxBytes) {
            // Kept rows serve the difference; a result of this size serves nobody.
            verdict.actual = sandbox::ResultTable();
            verdict.difference = Difference();
            verdict.outcome = Outcome::WrongRows;
            verdict.sentence = "The result is larger than " + std::to_string(m_options.maxBytes >> 20) +
                               " MB, and not the expected one.";
        }
    }

    void judgeForm(const content::TestCase &test, TestVerdict &verdict)
    {
        if (!test.rules.mustUse.empty() || !test.rules.mustNotUse.empty()) {
            if (!m_constructs)
                m_constructs = parsed().script ? constructsOf(*parsed().script) : std::set<std::string>();
            const std::vector<std::string> broken = brokenRules(*m_constructs, test.rules);
            if (!broken.empty()) {
                verdict.outcome = Outcome::WrongForm;
                verdict.sentence = "The rows are right, but another form is asked for:";
                for (const std::string &sentence : broken)
                    verdict.sentence += " " + sentence;
                return;
            }
        }
        if (verdict.dependsOnOrder) {
            verdict.outcome = Outcome::DependsOnOrder;
            verdict.sentence = dependsOnOrderSentence();
        }
    }

    const std::string &m_query;
    sandbox::Sandbox &m_sandbox;
    base::CancelToken &m_cancel;
    const GradeOptions &m_options;
    std::optional<sql::ParseOutcome> m_parsed;
    std::optional<std::set<std::string>> m_constructs;
};

bool endsGrading(Outcome outcome)
{
    return outcome == Outcome::Timeout || outcome == Outcome::MemoryLimit || outcome == Outcome::Cancelled ||
           outcome == Outcome::Failed;
}

} // namespace

Verdict grade(const PreparedProblem &problem, const std::string &query, sandbox::Sandbox &sandbox,
              base::CancelToken &cancel, const GradeOptions &options, const GradeProgress &progress)
{
    Verdict verdict;
    Grader grader(query, sandbox, cancel, options);
    const int total = static_cast<int>(problem.tests().size());
    for (const PreparedTest &test : problem.tests()) {
        verdict.tests.push_back(grader.run(test));
        if (progress)
            progress(verdict.tests.back(), static_cast<int>(verdict.tests.size()), total);
        const Outcome outcome = verdict.tests.back().outcome;
        if (endsGrading(outcome) || (options.untilFirstFault && outcome != Outcome::Match))
            break;
    }
    const bool byPostgres = !verdict.tests.empty() && std::ranges::all_of(verdict.tests, [](const TestVerdict &test) {
        return test.by == sandbox::Engine::Postgres;
    });
    verdict.trust = byPostgres ? Trust::Confirmed : Trust::Embedded;
    summarise(verdict, total);
    return verdict;
}

} // namespace sqlgym::grading
