// Judging: the same verdicts as at home, all rows of a verdict, and nothing of hidden tests.
#include "content/names.h"
#include "grading/canonical.h"
#include "grading/grade.h"
#include "grading/kept_datasets.h"
#include "grading/verdict_json.h"
#include "judge/problem_rows.h"
#include "judge/shuffled.h"
#include "judge_fixture.h"
#include "sandbox/process_sandbox.h"

#include <QtTest>

#include <thread>

using namespace sqlgym;
using tests::asked;

class TestJudging : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void theCatalogueIsTheSameThere();
    void verdictsAreThoseOfHome();
    void aVerdictIsWrittenWhole();
    void aVerdictIsTold();
    void hiddenTestsStayHidden();
    void theDataLiesInAnotherOrder();
    void luckDoesNotPass();
    void learnersDoNotMissCounts();
    void whatPostgresRefusesIsAnError();
    void anotherVersionOfAProblemIsSeen();
    void aProblemWithoutTestsFailsItsJobs();

private:
    void judgeAll()
    {
        judge::Worker worker(m_fixture->worker("one"), m_fixture->log());
        const auto done = worker.run();
        QVERIFY2(done, done ? "" : done.error().message.c_str());
    }

    std::unique_ptr<tests::JudgeFixture> m_fixture;
    std::optional<server::Session> m_admin;
};

void TestJudging::initTestCase()
{
    m_fixture = std::make_unique<tests::JudgeFixture>();
    m_admin = m_fixture->admin();
}

void TestJudging::cleanupTestCase()
{
    const auto state = server::status(*m_admin);
    QVERIFY(state);
    for (const auto &lint : state->lints)
        QFAIL((lint.lint + ": " + lint.object).c_str());
    m_fixture.reset();
}

void TestJudging::theCatalogueIsTheSameThere()
{
    auto session = m_fixture->as("sqlgym_judge");
    for (const content::Problem &problem : m_fixture->pack.problems) {
        const auto read = judge::readProblem(session, problem.id);
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QCOMPARE(read->expectedHash, grading::expectedHash(problem));
        QCOMPARE(grading::expectedHash(*read), read->expectedHash);
        QCOMPARE(read->slug, problem.slug);
        QCOMPARE(read->tests.size(), problem.tests.size());
        for (const content::TestCase &test : problem.tests)
            QCOMPARE(content::setupSql(*read, &read->tests[&test - problem.tests.data()]),
                     content::setupSql(problem, &test));
    }
}

/// Right and wrong queries of the whole catalogue, judged by the server and by the engine of a desktop.
void TestJudging::verdictsAreThoseOfHome()
{
    auto ann = m_fixture->learner("home_ann");
    struct Case {
        const content::Problem *problem;
        std::string query;
        std::string id;
    };
    std::vector<Case> cases;
    for (const content::Problem &problem : m_fixture->pack.problems) {
        cases.push_back({&problem, problem.solutionSql, {}});
        for (const content::WrongQuery &wrong : problem.wrongQueries)
            cases.push_back({&problem, wrong.sql, {}});
    }
    QVERIFY(cases.size() > 60);
    for (Case &each : cases)
        each.id = m_fixture->submit(ann, *each.problem, each.query);
    judgeAll();
    QCOMPARE(m_fixture->count("engines_differ"), 0);

    sandbox::ProcessSandbox::Options options;
    options.argv = {SANDBOX_PROGRAM};
    grading::KeptDatasets home(std::make_unique<sandbox::ProcessSandbox>(std::move(options)));
    int right = 0;
    int lucky = 0;
    for (const Case &each : cases) {
        base::CancelToken never;
        const grading::Verdict verdict = grading::grade(*each.problem, each.query, home, never);
        QVERIFY2(grading::isDecided(verdict), each.query.c_str());
        right += verdict.correct ? 1 : 0;
        const std::string told = asked(*m_admin, "SELECT is_correct FROM submissions WHERE id = $1", {each.id});
        QVERIFY2(told == (verdict.correct ? "t" : "f"), (each.query + "\n" + m_fixture->text()).c_str());
        for (const grading::TestVerdict &test : verdict.tests) {
            const std::string details =
                asked(*m_admin,
                      "SELECT is_correct || ' ' || (validation_details ->> 'outcome') || ' ' || "
                      "(validation_details -> 'missing_rows') || ' ' || (validation_details -> "
                      "'extra_rows') || ' ' || (validation_details ->> 'sentence') FROM "
                      "execution_results WHERE submission_id = $1 AND test_case_id = $2",
                      {each.id, test.testId});
            const std::string expected = std::string(test.outcome == grading::Outcome::Match ? "true" : "false") + " " +
                                         std::string(grading::outcomeWord(test.outcome)) + " " +
                                         std::to_string(test.difference.missingRows) + " " +
                                         std::to_string(test.difference.extraRows) + " " + test.sentence;
            // Where chance decides the rows, another order on disk shows others.
            if (test.dependsOnOrder)
                ++lucky;
            else
                QCOMPARE(QString::fromStdString(details), QString::fromStdString(expected));
        }
    }
    QVERIFY(right >= static_cast<int>(m_fixture->pack.problems.size()));
    qInfo("%zu queries, %d right; %d tests left to chance", cases.size(), right, lucky);
}

void TestJudging::aVerdictIsWrittenWhole()
{
    auto bob = m_fixture->learner("whole_bob");
    const std::string bobId = asked(bob, "SELECT api.current_user_id()");
    const content::Problem &problem = m_fixture->pack.problems[0];
    const std::string wrong = m_fixture->submit(bob, problem, "SELECT 1 AS nothing");
    judgeAll();
    QCOMPARE(asked(bob,
                   "SELECT status, rows_returned, error_message, result_data ->> 'correct', completed_at IS NOT NULL "
                   "FROM problem_submissions WHERE id = $1",
                   {wrong}),
             std::string("completed|1|NULL|false|t"));
    const std::string right = m_fixture->submit(bob, problem, problem.solutionSql);
    judgeAll();
    QCOMPARE(asked(bob, "SELECT id, is_correct, query = $2 FROM submissions ORDER BY submitted_at, id = $1",
                   {right, problem.solutionSql}),
             wrong + "|f|f\n" + right + "|t|t");
    QCOMPARE(
        asked(bob, "SELECT count(*), bool_and(is_correct) FROM execution_results WHERE submission_id = $1", {right}),
        std::to_string(problem.tests.size()) + "|t");
    QCOMPARE(asked(bob, "SELECT problems_solved FROM users WHERE id = $1", {bobId}), std::string("1"));
    QCOMPARE(asked(bob, "SELECT problems_attempted, problems_solved, total_submissions, successful_submissions, "
                        "experience_points > 0 FROM user_progress"),
             std::string("1|1|2|1|t"));
    QCOMPARE(asked(bob, "SELECT completed_at IS NOT NULL, first_query_at IS NOT NULL FROM problem_sessions"),
             std::string("t|t"));
    QVERIFY(asked(bob, "SELECT count(*) FROM user_badges") != "0");
    QCOMPARE(asked(*m_admin, "SELECT status FROM fallback_submissions WHERE job_id = $1", {right}),
             std::string("completed"));
    QCOMPARE(
        asked(*m_admin, "SELECT status, expires_at > last_used_at FROM user_sandboxes WHERE user_id = $1", {bobId}),
        std::string("ACTIVE|t"));
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM private.leases"), std::string("0"));
}

/// To the learner alone, and without a word about what it is.
void TestJudging::aVerdictIsTold()
{
    auto zoe = m_fixture->learner("told_zoe");
    auto yan = m_fixture->learner("told_yan");
    for (auto *learner : {&zoe, &yan})
        QVERIFY(learner->execute("LISTEN " + asked(*learner, "SELECT api.my_channel()")));
    const content::Problem &problem = m_fixture->pack.problems[0];
    m_fixture->submit(zoe, problem, problem.solutionSql);
    while (zoe.connection().waitForNotification(200)) {
    }
    judgeAll();
    QVERIFY(zoe.connection().waitForNotification(1000));
    QVERIFY(!yan.connection().waitForNotification(200));
}

/// A query that quotes a cell of every row in its error: hidden tests' cells must not come back.
void TestJudging::hiddenTestsStayHidden()
{
    auto eve = m_fixture->learner("hidden_eve");
    int hiddenSeen = 0;
    int compared = 0;
    for (const content::Problem &problem : m_fixture->pack.problems) {
        if (std::ranges::none_of(problem.tests, &content::TestCase::hidden))
            continue;
        const content::Table &table = problem.tables[0];
        const std::string id = m_fixture->submit(
            eve, problem, "SELECT (string_agg(t::text, ';')||'!canary')::int FROM \"" + table.name + "\" t");
        judgeAll();
        const std::string told =
            asked(eve,
                  "SELECT coalesce(error_message, '') || ' ' || result_data::text || coalesce(execution_time_ms, 0) || "
                  "coalesce(rows_returned, 0) FROM problem_submissions WHERE id = $1",
                  {id});
        // The visible tests' error may quote their data; each hidden test has only a kind.
        QCOMPARE(
            asked(
                eve,
                "SELECT count(*) FROM problem_submissions, jsonb_array_elements(result_data -> 'tests') t "
                "WHERE id = $1 AND (t ->> 'hidden')::boolean AND t ->> 'sentence' NOT IN "
                "('The query fails on hidden data (22P02).', 'The columns are not the expected ones on hidden data.')",
                {id}),
            std::string("0"));
        for (const content::TestCase &test : problem.tests) {
            if (!test.hidden)
                continue;
            ++hiddenSeen;
            for (const auto &overlay : test.input) {
                if (overlay.table != table.name || overlay.rows.empty() || overlay.rows[0].size() < 2)
                    continue;
                // A row that the visible tests have as well is no secret.
                const auto shows = [&](const content::TestCase &other) {
                    return !other.hidden &&
                           content::setupSql(problem, &other).find(*overlay.rows[0][1]) != std::string::npos;
                };
                if (overlay.rows[0][1] && std::ranges::none_of(problem.tests, shows)) {
                    QVERIFY2(told.find(*overlay.rows[0][1]) == std::string::npos, told.c_str());
                    ++compared;
                }
            }
        }
        QVERIFY(asked(eve, "SELECT error_message FROM execution_results WHERE submission_id = $1", {id}) == "!42501");
        QVERIFY(asked(*m_admin,
                      "SELECT count(*) FROM execution_results WHERE submission_id = $1 AND error_message LIKE "
                      "'%canary%'",
                      {id}) != "0");
        if (hiddenSeen > 12)
            break;
    }
    QVERIFY(hiddenSeen > 3);
    QVERIFY(compared > 0);
}

void TestJudging::theDataLiesInAnotherOrder()
{
    int moved = 0;
    for (const content::Problem &problem : m_fixture->pack.problems) {
        const content::Problem other = judge::shuffled(problem);
        QCOMPARE(content::setupSql(judge::shuffled(problem)), content::setupSql(other));
        for (std::size_t at = 0; at < problem.tables.size(); ++at) {
            auto before = problem.tables[at].rows;
            auto after = other.tables[at].rows;
            moved += before != after ? 1 : 0;
            std::ranges::sort(before);
            std::ranges::sort(after);
            QVERIFY(before == after);
        }
    }
    QVERIFY(moved > 10);
}

/// Rows that happen to lie in the order that is asked for, and what happens to come first.
void TestJudging::luckDoesNotPass()
{
    content::Problem problem;
    problem.slug = "luck";
    problem.id = content::problemId(problem.slug);
    problem.title = "Luck";
    problem.question = "In order.";
    problem.solutionSql = "SELECT id FROM t ORDER BY id";
    problem.contract.grain = "one row per t";
    problem.contract.columns = {{"id", "int4", "the id"}};
    problem.contract.rowOrder = content::RowOrder::Strict;
    content::Table table;
    table.name = "t";
    table.columns = {{"id", "integer", true, {}}, {"v", "double precision", true, {}}};
    for (int row = 1; row <= 9; ++row)
        table.rows.push_back({std::to_string(row), "1"});
    problem.tables.push_back(table);
    content::TestCase test;
    test.name = "nine rows";
    test.id = content::testId(problem.slug, test.name);
    test.hidden = false;
    test.rules.rowOrder = content::RowOrder::Strict;
    test.expected.columns = {{"id", "int4", {}}};
    for (int row = 1; row <= 9; ++row)
        test.expected.rows.push_back({std::to_string(row)});
    problem.tests.push_back(test);
    content::Pack pack;
    pack.name = "luck";
    pack.problems.push_back(problem);
    auto admin = m_fixture->admin();
    const auto imported = server::importPack(admin, pack);
    QVERIFY2(imported, imported ? "" : imported.error().message.c_str());

    auto lou = m_fixture->learner("lucky_lou");
    const std::string right = m_fixture->submit(lou, problem, problem.solutionSql);
    const std::vector<std::string> lucky = {
        m_fixture->submit(lou, problem, "SELECT id FROM t"),
        m_fixture->submit(lou, problem, "SELECT id FROM t ORDER BY v"),
        m_fixture->submit(lou, problem, "SELECT unnest(array_agg(id)) AS id FROM t"),
    };
    judgeAll();
    QCOMPARE(asked(lou, "SELECT is_correct FROM submissions WHERE id = $1", {right}), std::string("t"));
    QCOMPARE(asked(lou, "SELECT is_correct FROM submissions WHERE id = $1", {lucky[0]}), std::string("f"));
    QCOMPARE(asked(lou, "SELECT is_correct FROM submissions WHERE id = $1", {lucky[1]}), std::string("f"));
    QCOMPARE(asked(lou, "SELECT is_correct FROM submissions WHERE id = $1", {lucky[2]}), std::string("f"));
}

/// Many submissions of one learner on many topics, decided by two judges at once.
void TestJudging::learnersDoNotMissCounts()
{
    auto kim = m_fixture->learner("counted_kim");
    const auto &problems = m_fixture->pack.problems;
    int right = 0;
    int all = 0;
    for (int round = 0; round < 3; ++round) {
        for (std::size_t at = 0; at < std::min<std::size_t>(problems.size(), 8); ++at) {
            const bool correct = round != 1;
            m_fixture->submit(kim, problems[at], correct ? problems[at].solutionSql : "SELECT 1 AS nothing");
            right += correct ? 1 : 0;
            ++all;
        }
    }
    std::vector<std::thread> threads;
    for (const char *name : {"left", "right"})
        threads.emplace_back([this, name] {
            judge::Worker worker(m_fixture->worker(name), m_fixture->log());
            (void)worker.run();
        });
    for (auto &thread : threads)
        thread.join();
    const int solved = static_cast<int>(std::min<std::size_t>(problems.size(), 8));
    QCOMPARE(asked(kim, "SELECT count(*), count(*) FILTER (WHERE is_correct) FROM submissions"),
             std::to_string(all) + "|" + std::to_string(right));
    QCOMPARE(
        asked(kim,
              "SELECT sum(total_submissions), sum(successful_submissions), sum(problems_solved) FROM user_progress"),
        std::to_string(all) + "|" + std::to_string(right) + "|" + std::to_string(solved));
    QCOMPARE(asked(kim, "SELECT problems_solved FROM users WHERE id = api.current_user_id()"), std::to_string(solved));
    QCOMPARE(asked(kim, "SELECT count(*) - count(DISTINCT badge_id) FROM user_badges"), std::string("0"));
}

void TestJudging::whatPostgresRefusesIsAnError()
{
    auto mal = m_fixture->learner("refused_mal");
    const content::Problem &problem = m_fixture->pack.problems[0];
    for (const char *query :
         {"COPY (SELECT 1) TO '/tmp/x'", "SELECT pg_sleep(100)", "DO $$ BEGIN END $$", "SELECT 1; SELECT 2",
          "SELECT pg_read_file('/etc/passwd')", "SELEC", "COMMIT", "SET statement_timeout = 0", "SELECT lo_create(1)",
          "CREATE ROLE mal", "SELECT pg_terminate_backend(pg_backend_pid())"}) {
        const std::string id = m_fixture->submit(mal, problem, query);
        judgeAll();
        const std::string told = asked(mal,
                                       "SELECT s.status, r.is_correct FROM problem_submissions s JOIN submissions r "
                                       "USING (id) WHERE s.id = $1",
                                       {id});
        QVERIFY2(told == "failed|f" || told == "completed|f",
                 (std::string(query) + ": " + told + "\n" + m_fixture->text()).c_str());
    }
}

void TestJudging::anotherVersionOfAProblemIsSeen()
{
    auto ned = m_fixture->learner("version_ned");
    const content::Problem &problem = m_fixture->pack.problems[1];
    const std::string before = m_fixture->submit(ned, problem, problem.solutionSql);
    judge::WorkerOptions options = m_fixture->worker("long");
    options.once = false;
    options.pollMs = 100;
    judge::Worker worker(options, m_fixture->log());
    std::thread thread([&] { (void)worker.run(); });
    QTRY_COMPARE_WITH_TIMEOUT(asked(ned, "SELECT is_correct FROM submissions WHERE id = $1", {before}),
                              std::string("t"), 60'000);
    asked(*m_admin,
          "UPDATE test_cases SET expected_output = jsonb_set(expected_output, '{rows}', '[]') WHERE problem_id = $1",
          {problem.id});
    const std::string after = m_fixture->submit(ned, problem, problem.solutionSql);
    QTRY_COMPARE_WITH_TIMEOUT(asked(ned, "SELECT is_correct FROM submissions WHERE id = $1", {after}), std::string("f"),
                              60'000);
    worker.stop();
    thread.join();
    auto session = m_fixture->admin();
    QVERIFY(server::importPack(session, m_fixture->pack));
}

void TestJudging::aProblemWithoutTestsFailsItsJobs()
{
    auto joe = m_fixture->learner("testless_joe");
    content::Problem empty;
    empty.id = base::randomUuid();
    asked(*m_admin,
          "INSERT INTO problems (id, title, question, difficulty, tags, hints, premium, expected_display) SELECT $1, "
          "'Empty', question, difficulty, tags, hints, premium, expected_display FROM problems LIMIT 1",
          {empty.id});
    const std::string id = m_fixture->submit(joe, empty, "SELECT 1");
    judgeAll();
    QCOMPARE(asked(joe, "SELECT status, error_message FROM problem_submissions WHERE id = $1", {id}),
             std::string("failed|This problem cannot be judged at the moment. Its author has to mend it."));
    QCOMPARE(asked(*m_admin, "SELECT status FROM fallback_submissions WHERE job_id = $1", {id}), std::string("failed"));
}

QTEST_GUILESS_MAIN(TestJudging)
#include "tst_judging.moc"
