// What instructors read page by page, and that nobody else does.
#include "../gateway/real_server.h"
#include "../server/server_with_pack.h"
#include "client/account.h"
#include "client/instructor.h"
#include "gateway/libpq_gateway.h"

#include <QtTest>

#include <set>

using namespace sqlgym;
using client::SubmissionFilter;
using client::Trouble;
using tests::asked;
using tests::uuid;

class TestInstructorReads : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase()
    {
        m_ida.reset();
        m_ann.reset();
        m_server.reset();
    }
    void pagesHoldEverySubmissionOnce();
    void filters_data();
    void filters();
    void aSubmissionInFull();
    void commentsAreItsLearnersAndInstructors();
    void figuresOfAProblem();
    void textsWithTheirFailingTests();
    void learnersGetTheirOwnAndNothingElse();
    void whoIsNoInstructorAnyMoreIsRefused();

private:
    std::unique_ptr<client::Gateway> openAs(const std::string &name)
    {
        auto gateway = gateway::open(m_server->socketDsn());
        tests::require(static_cast<bool>(gateway), gateway ? "" : gateway.error().message);
        m_server->forgetAttempts();
        auto token = client::signUp(**gateway, name, name + "@example.org", base::Secret("correct horse"));
        tests::require(static_cast<bool>(token), token ? "" : token.error().message);
        tests::require(static_cast<bool>((*gateway)->useToken(std::move(*token))), "useToken");
        return std::move(*gateway);
    }
    /// All pages of `limit` rows.
    std::vector<client::SubmissionRow> all(const SubmissionFilter &filter, int limit)
    {
        std::vector<client::SubmissionRow> rows;
        client::SubmissionCursor cursor;
        for (bool more = true; more;) {
            auto page = client::submissionPage(*m_ida, filter, cursor, limit);
            tests::require(static_cast<bool>(page), page ? "" : page.error().message);
            tests::require(static_cast<int>(page->rows.size()) <= limit, "a page is too long");
            rows.insert(rows.end(), page->rows.begin(), page->rows.end());
            cursor = page->next;
            more = page->more;
        }
        return rows;
    }

    std::unique_ptr<tests::RealServer> m_server;
    std::unique_ptr<client::Gateway> m_ida, m_ann;
    std::string m_problem, m_other, m_hidden, m_visible;
};

void TestInstructorReads::initTestCase()
{
    m_server = std::make_unique<tests::RealServer>();
    m_server->start();
    const auto pack = tests::deployWithPack(*m_server);
    m_problem = pack.problems[0].id;
    m_other = pack.problems[1].id;
    m_ida = openAs("ida");
    m_ann = openAs("ann");
    openAs("annika");
    openAs("bob");
    auto admin = m_server->admin();
    QVERIFY(server::grantAdmin(admin, "ida").value());
    m_hidden =
        asked(admin, "SELECT id FROM test_cases WHERE problem_id = $1 AND is_hidden ORDER BY id LIMIT 1", {m_problem});
    m_visible = asked(admin, "SELECT id FROM test_cases WHERE problem_id = $1 AND NOT is_hidden ORDER BY id LIMIT 1",
                      {m_problem});
    // 90 submissions; three at each moment, so that pages end between rows of one moment. Every third one is right,
    // every tenth one waits, every tenth other one ends in an error.
    const auto made = asked(admin,
                            "WITH learner AS (SELECT id, row_number() OVER (ORDER BY username) - 1 AS n FROM users "
                            "WHERE username <> 'ida'), "
                            "job AS (INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status, "
                            "error_message, result_data, "
                            "execution_time_ms, created_at) SELECT '00000000-0000-4000-8000-' || lpad(g::text, 12, "
                            "'0'), l.id, CASE WHEN g % 2 = 0 THEN $1 "
                            "ELSE $2 END, 'SELECT ' || g, CASE WHEN g % 10 = 0 THEN 'pending' WHEN g % 10 = 1 THEN "
                            "'failed' ELSE 'completed' "
                            "END, CASE WHEN g % 10 = 1 THEN 'ERROR:  no such thing (42P01)' END, '{\"tests\": "
                            "[{\"name\": \"One\", \"outcome\": "
                            "\"match\"}, {\"name\": \"Two\", \"outcome\": \"wrong_rows\"}]}', g, timestamp "
                            "'2026-01-01' + make_interval(mins => g / 3) "
                            "FROM generate_series(0, 89) g JOIN learner l ON l.n = g % 3 RETURNING *) "
                            "INSERT INTO submissions (id, user_id, problem_id, query, is_correct, submitted_at) SELECT "
                            "id, user_id, problem_id, "
                            "sql_query, right(id, 12)::integer % 3 = 0, created_at FROM job WHERE status <> 'pending'",
                            {m_problem, m_other});
    QCOMPARE(made, std::string());
    QCOMPARE(
        asked(
            admin,
            "INSERT INTO execution_results (id, submission_id, test_case_id, status, execution_time_ms, error_message, "
            "is_correct, validation_details) SELECT 'h' || right(s.id, 12), s.id, $1, 'ERROR', 3, 'ERROR:  no such "
            "thing (42P01)', "
            "false, '{\"outcome\": \"error\", \"sentence\": \"It fails.\", \"error\": {\"sqlstate\": \"42P01\", "
            "\"message\": \"no such thing\"}}' FROM submissions s WHERE s.problem_id = $2 AND NOT s.is_correct",
            {m_hidden, m_problem}),
        std::string());
    QCOMPARE(asked(admin,
                   "INSERT INTO execution_results (id, submission_id, test_case_id, status, execution_time_ms, "
                   "is_correct, validation_details) SELECT 'v' || right(s.id, 12), s.id, $1, 'SUCCESS', 2, true, "
                   "'{\"outcome\": \"match\"}' FROM submissions s WHERE s.problem_id = $2",
                   {m_visible, m_problem}),
             std::string());
}

void TestInstructorReads::pagesHoldEverySubmissionOnce()
{
    for (const int limit : {1, 7, 30, 200}) {
        const auto rows = all({}, limit);

        QCOMPARE(rows.size(), 90u);
        std::set<std::string> ids;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            ids.insert(rows[i].id);
            if (i > 0)
                QVERIFY(std::pair(rows[i - 1].at, rows[i - 1].id) > std::pair(rows[i].at, rows[i].id));
        }
        QCOMPARE(ids.size(), 90u);
    }
    const auto newest = all({}, 200).front();
    QCOMPARE(newest.id, uuid(0x89)); // its number is written in decimals
    QCOMPARE(newest.beginning, std::string("SELECT 89"));
    QCOMPARE(newest.at, std::string("2026-01-01 00:29:00"));
    QCOMPARE(newest.correct, std::optional(false));
}

void TestInstructorReads::filters_data()
{
    using Verdict = client::VerdictFilter;
    QTest::addColumn<SubmissionFilter>("filter");
    QTest::addColumn<QString>("condition"); // of the same rows, for the server's owner
    QTest::newRow("a problem") << SubmissionFilter{.problemIds = {m_problem}} << "p.problem_id = '{problem}'";
    QTest::newRow("two problems") << SubmissionFilter{.problemIds = {m_problem, m_other}} << "true";
    QTest::newRow("none of the problems") << SubmissionFilter{.problemIds = {"x"}} << "false";
    QTest::newRow("a learner") << SubmissionFilter{.learner = "Bob"} << "u.username = 'bob'";
    QTest::newRow("learners by a beginning") << SubmissionFilter{.learner = "AN"} << "u.username LIKE 'an%'";
    QTest::newRow("a learner at a problem") << SubmissionFilter{.problemIds = {m_problem}, .learner = "bob"}
                                            << "u.username = 'bob' AND p.problem_id = '{problem}'";
    QTest::newRow("nobody's name") << SubmissionFilter{.learner = "%"} << "false";
    QTest::newRow("right") << SubmissionFilter{.verdict = Verdict::Right} << "s.is_correct";
    QTest::newRow("wrong") << SubmissionFilter{.verdict = Verdict::Wrong} << "NOT s.is_correct";
    QTest::newRow("no verdict") << SubmissionFilter{.verdict = Verdict::None} << "s.id IS NULL";
    QTest::newRow("failed") << SubmissionFilter{.status = "failed"} << "p.status = 'failed'";
    QTest::newRow("right of one problem") << SubmissionFilter{.problemIds = {m_problem}, .verdict = Verdict::Right}
                                          << "s.is_correct AND p.problem_id = '{problem}'";
    QTest::newRow("a span of time") << SubmissionFilter{.since = "2026-01-01 00:05:00", .until = "2026-01-01 00:10:00"}
                                    << "p.created_at >= '2026-01-01 00:05' AND p.created_at < '2026-01-01 00:10'";
}

void TestInstructorReads::filters()
{
    QFETCH(SubmissionFilter, filter);
    QFETCH(QString, condition);
    condition.replace("{problem}", QString::fromStdString(m_problem));
    auto admin = m_server->admin();
    const auto expected =
        asked(admin, "SELECT string_agg(p.id, ' ' ORDER BY p.created_at DESC, p.id DESC) FROM problem_submissions p "
                     "JOIN users u ON u.id = p.user_id LEFT JOIN submissions s ON s.id = p.id WHERE " +
                         condition.toStdString());

    std::string got;
    for (const auto &row : all(filter, 7))
        got += (got.empty() ? "" : " ") + row.id;

    QCOMPARE(got.empty() ? "NULL" : got, expected);
}

void TestInstructorReads::aSubmissionInFull()
{
    const auto id = all({.problemIds = {m_problem}, .verdict = client::VerdictFilter::Wrong}, 10).front().id;

    const auto detail = client::submissionDetail(*m_ida, id);

    QVERIFY2(detail, detail ? "" : detail.error().message.c_str());
    QCOMPARE(detail->query, detail->row.beginning);
    QCOMPARE(detail->tests.size(), 2u);
    const auto &failing = detail->tests[0].hidden ? detail->tests[0] : detail->tests[1];
    QVERIFY(failing.hidden && !failing.correct);
    QCOMPARE(failing.sqlstate, std::string("42P01"));
    QCOMPARE(failing.sentence, std::string("It fails."));
    QCOMPARE(failing.elapsedMs, std::optional(3));
    QCOMPARE(client::troubleOf(client::submissionDetail(*m_ida, "x").error()), Trouble::Refused);
}

void TestInstructorReads::commentsAreItsLearnersAndInstructors()
{
    const auto right = all({.learner = "ann", .verdict = client::VerdictFilter::Right}, 50);
    const auto wrong = all({.learner = "annika", .verdict = client::VerdictFilter::Wrong}, 50);
    const auto mine = std::ranges::find(right, "ann", &client::SubmissionRow::learner);
    const auto notMine = wrong.begin();
    QVERIFY(mine != right.end() && notMine != wrong.end());

    QVERIFY(client::commentSubmission(*m_ida, uuid(0xc1), mine->id, "Look at the NULLs.\nThen again."));
    QVERIFY(client::commentSubmission(*m_ida, uuid(0xc1), mine->id, "sent twice"));
    QVERIFY(client::commentSubmission(*m_ida, uuid(0xc2), notMine->id, "For Annika alone."));

    const auto seen = client::submissionComments(*m_ann, mine->id);
    QVERIFY(seen);
    QCOMPARE(seen->size(), 1u);
    QCOMPARE(seen->front().text, std::string("Look at the NULLs.\nThen again."));
    QCOMPARE(seen->front().author, std::string("ida"));
    QCOMPARE(client::submissionComments(*m_ann, notMine->id)->size(), 0u);
    QCOMPARE(client::troubleOf(client::commentSubmission(*m_ann, uuid(0xc3), mine->id, "x").error()), Trouble::Refused);
    QVERIFY(!client::commentSubmission(*m_ida, uuid(0xc4), mine->id, "  "));
}

void TestInstructorReads::figuresOfAProblem()
{
    const auto report = client::problemReport(*m_ida, m_problem);

    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(report->learners, 3);
    QCOMPARE(report->solvers, 1); // every third submission is right, and so are those of every third learner
    QCOMPARE(report->attempts, std::optional(1));
    QVERIFY(!report->minutes);
    QCOMPARE(report->recent, 45);
    QCOMPARE(report->errors.size(), 1u);
    QCOMPARE(report->errors[0].name, std::string("42P01"));
    QCOMPARE(report->errors[0].words, std::string("no such thing"));
    QCOMPARE(report->errors[0].learners, 2);
    QCOMPARE(report->tests.size(), 1u);
    QVERIFY(report->tests[0].hidden);
    QCOMPARE(report->tests[0].submissions, report->errors[0].submissions);
}

void TestInstructorReads::textsWithTheirFailingTests()
{
    const auto texts = client::submissionTexts(*m_ida, m_problem, "", 10);

    QVERIFY(texts);
    QCOMPARE(texts->size(), 10u);
    QCOMPARE(texts->front().query, std::string("SELECT 88"));
    QCOMPARE(texts->front().failing, std::vector<std::string>{"Two"});
}

void TestInstructorReads::learnersGetTheirOwnAndNothingElse()
{
    for (const auto &filter :
         {SubmissionFilter(), SubmissionFilter{.problemIds = {m_problem}},
          SubmissionFilter{.verdict = client::VerdictFilter::Wrong}, SubmissionFilter{.learner = "b"}}) {
        const auto page = client::submissionPage(*m_ann, filter, {}, 1000);
        QVERIFY(page);
        for (const auto &row : page->rows)
            QCOMPARE(row.learner, std::string("ann"));
    }
    const auto bobs = all({.learner = "bob"}, 50).front();
    QVERIFY(!client::submissionDetail(*m_ann, bobs.id));
    QVERIFY(client::submissionTexts(*m_ann, m_problem, bobs.userId, 10)->empty());
    QCOMPARE(client::troubleOf(client::problemReport(*m_ann, m_problem).error()), Trouble::Refused);
    auto nobody = gateway::open(m_server->socketDsn());
    QVERIFY(client::submissionPage(**nobody, {}, {}, 10)->rows.empty());
}

void TestInstructorReads::whoIsNoInstructorAnyMoreIsRefused()
{
    auto admin = m_server->admin();
    asked(admin, "UPDATE users SET is_admin = false WHERE username = 'ida'");

    QVERIFY(client::submissionPage(*m_ida, {}, {}, 10)->rows.empty());
    QCOMPARE(client::troubleOf(client::problemReport(*m_ida, m_problem).error()), Trouble::Refused);

    asked(admin, "UPDATE users SET is_admin = true WHERE username = 'ida'");
}

QTEST_GUILESS_MAIN(TestInstructorReads)
#include "tst_instructor_reads.moc"
