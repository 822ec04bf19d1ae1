#include "../sandbox_postgres/fixture.h"
#include "grading/canonical.h"
#include "grading/grade.h"
#include "grading/kept_datasets.h"

#include <QtTest>

#include <thread>

using namespace sqlgym;
using namespace sqlgym::grading;

Q_DECLARE_METATYPE(sqlgym::grading::Outcome)

namespace {

// Scores with a NULL, a tie and a duplicate; the second test has no rows at all.
content::Problem problem()
{
    content::Table score;
    score.name = "score";
    score.columns = {{"player", "text", true, ""}, {"points", "integer", false, ""}};
    score.rows = {{"ada", "7"}, {"bob", {}}, {"cy", "5"}, {"ada", "5"}, {"ada", "7"}};
    content::Problem out;
    out.slug = "averages";
    out.tables = {score};
    content::TestCase test;
    test.id = "1";
    test.name = "sample data";
    test.expected = {{{"player", "text", ""}, {"average", "numeric", ""}}, {{"ada", "6.33"}, {"cy", "5"}, {"bob", {}}}};
    test.rules.rowOrder = content::RowOrder::Strict;
    test.timeoutSeconds = 1;
    test.memoryLimitMb = 32;
    out.tests.push_back(test);
    test.id = "2";
    test.name = "nobody";
    test.orderIndex = 1;
    test.hidden = true;
    test.input = {{"score", {}}};
    test.expected.rows.clear();
    out.tests.push_back(test);
    return out;
}

} // namespace

class TestGradePostgres : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void verdicts_data();
    void verdicts();
    void aQueryCannotSpoilTheNextOne();
    void aChangeIsJudgedByWhatItLeaves();
    void cancellingStopsARunningQuery();
    void theHashOfARealResultIsTheExpectedOne();

private:
    tests::ClusterPlace m_place;
    std::unique_ptr<sandbox_postgres::PostgresSandbox> m_postgres;
    std::unique_ptr<KeptDatasets> m_sandbox;
};

void TestGradePostgres::initTestCase()
{
    m_postgres = std::make_unique<sandbox_postgres::PostgresSandbox>(m_place.path());
    const auto started = m_postgres->start();
    QVERIFY2(started.status == sandbox::Status::Ok, started.diagnostic.message.c_str());
    m_sandbox = std::make_unique<KeptDatasets>(*m_postgres);
}

void TestGradePostgres::verdicts_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("sentence");

    const auto row = [](const char *name, const char *query, Outcome outcome, const char *sentence) {
        QTest::newRow(name) << QByteArray(query) << outcome << QString::fromUtf8(sentence);
    };
    row("right", "SELECT player, round(avg(points), 2) FROM score GROUP BY player ORDER BY 2 DESC NULLS LAST",
        Outcome::Match, "Passes all 2 tests.");
    row("right, with a semicolon and another alias",
        "SELECT player p, round(avg(points), 2) FROM score GROUP BY 1 ORDER BY 2 DESC NULLS LAST;", Outcome::Match,
        "Passes all 2 tests.");
    row("not rounded", "SELECT player, avg(points) FROM score GROUP BY player ORDER BY 2 DESC NULLS LAST",
        Outcome::WrongRows, "Fails test 1 of 2: 1 row has wrong values.");
    row("NULLs first", "SELECT player, round(avg(points), 2) FROM score GROUP BY player ORDER BY 2 DESC",
        Outcome::WrongOrder, "Fails test 1 of 2: The rows are right, but 1 row is out of order.");
    row("NULL lost", "SELECT player, round(avg(points), 2) FROM score WHERE points > 0 GROUP BY player ORDER BY 2 DESC",
        Outcome::WrongRows, "Fails test 1 of 2: 1 row is missing.");
    row("a float", "SELECT player, round(avg(points), 2)::float8 FROM score GROUP BY player ORDER BY 2 DESC NULLS LAST",
        Outcome::Match, "Passes all 2 tests.");
    row("a text", "SELECT player, round(avg(points), 2)::text FROM score GROUP BY player ORDER BY 2 DESC NULLS LAST",
        Outcome::WrongColumns, "Fails test 1 of 2: Column 2 (\"round\") is of type text; numeric is asked for.");
    row("a column too few", "SELECT player FROM score", Outcome::WrongColumns,
        "Fails test 1 of 2: The result has 1 column; 2 are asked for: player, average.");
    row("an error", "SELECT plyer FROM score", Outcome::Error,
        "Fails test 1 of 2: The query fails: column \"plyer\" does not exist.");
    row("no result", "DELETE FROM score", Outcome::WrongColumns,
        "Fails test 1 of 2: The query returns no result; these columns are asked for: player, average.");
    row("no end", "SELECT count(*)::text, 1 FROM generate_series(1, 10000000000) a, generate_series(1, 10000000000) b",
        Outcome::Timeout, "Fails test 1 of 2: The query took longer than 1 second.");
    row("too many rows", "SELECT player, 1 FROM score, generate_series(1, 3000)", Outcome::WrongRows,
        "Fails test 1 of 2: The result has more than 10000 rows; 3 are expected.");
    row("too much memory", "SELECT repeat('x', 200000000), 1", Outcome::MemoryLimit,
        "Fails test 1 of 2: The query needed more than 32 MB of memory.");
}

void TestGradePostgres::verdicts()
{
    QFETCH(QByteArray, query);
    QFETCH(Outcome, outcome);
    base::CancelToken cancel;

    const Verdict verdict = grade(problem(), query.toStdString(), *m_sandbox, cancel);

    QTEST(QString::fromStdString(verdict.sentence), "sentence");
    QCOMPARE(verdict.tests[0].outcome, outcome);
    QCOMPARE(verdict.correct, outcome == Outcome::Match);
    QCOMPARE(verdict.trust, Trust::Confirmed);
}

void TestGradePostgres::aQueryCannotSpoilTheNextOne()
{
    const std::string right =
        "SELECT player, round(avg(points), 2) FROM score GROUP BY player ORDER BY 2 DESC NULLS LAST";
    base::CancelToken cancel;

    const Verdict spoiling = grade(problem(), "DELETE FROM score", *m_sandbox, cancel);
    const Verdict after = grade(problem(), right, *m_sandbox, cancel);

    QVERIFY(!spoiling.correct);
    QVERIFY2(after.correct, after.sentence.c_str());
}

/// The tables count, whatever the statement itself returns.
void TestGradePostgres::aChangeIsJudgedByWhatItLeaves()
{
    content::Problem raise = problem();
    for (content::TestCase &test : raise.tests) {
        test.rules.resultQuery = "SELECT player, points FROM score";
        test.rules.rowOrder = content::RowOrder::Ignored;
        test.expected.columns = {{"player", "text", ""}, {"points", "int4", ""}};
    }
    raise.tests[0].expected.rows = {{"ada", "8"}, {"bob", {}}, {"cy", "6"}, {"ada", "6"}, {"ada", "8"}};
    const auto judged = [&](const char *query) {
        base::CancelToken cancel;
        return grade(raise, query, *m_sandbox, cancel);
    };
    QVERIFY(judged("UPDATE score SET points = points + 1").correct);
    QVERIFY(judged("UPDATE score SET points = points + 1 RETURNING 'whatever';").correct);
    QVERIFY(judged("UPDATE score SET points = points + 1 -- done").correct);
    QVERIFY(
        judged("WITH more AS (UPDATE score SET points = points + 1 RETURNING 1) SELECT count(*) FROM more").correct);
    const struct {
        const char *query;
        Outcome outcome;
    } wrong[] = {
        {"SELECT player, points + 1 AS points FROM score", Outcome::WrongRows},
        {"UPDATE score SET points = points + 1 WHERE player = 'ada'", Outcome::WrongRows},
        {"UPDATE score SET points = 'x'", Outcome::Error},
        {"UPDATE score SET points = points + 1; COMMIT", Outcome::Error},
        {"UPDATE score SET points = points + 1 /*", Outcome::Error},
        {"UPDATE score SET points = points + 1; SELECT $$", Outcome::Error},
        {"", Outcome::Error},
        {"COMMIT", Outcome::WrongRows},
        {"DROP TABLE score", Outcome::WrongRows},
    };
    for (const auto &each : wrong) {
        const Verdict verdict = judged(each.query);
        QVERIFY2(!verdict.correct, each.query);
        QVERIFY2(verdict.tests[0].outcome == each.outcome, (std::string(each.query) + ": " + verdict.sentence).c_str());
    }
    // Each on data that nothing has touched.
    QVERIFY(judged("UPDATE score SET points = points + 1").correct);
}

void TestGradePostgres::cancellingStopsARunningQuery()
{
    content::Problem patient = problem();
    for (content::TestCase &test : patient.tests)
        test.timeoutSeconds = 30;
    base::CancelToken cancel;
    std::thread later([&] {
        QThread::msleep(500);
        cancel.cancel();
    });
    QElapsedTimer timer;
    timer.start();

    const Verdict verdict = grade(patient, "SELECT count(*) FROM generate_series(1, 10000000000)", *m_sandbox, cancel);
    later.join();

    QCOMPARE(verdict.tests.back().outcome, Outcome::Cancelled);
    QCOMPARE(verdict.tests.size(), 1u);
    QVERIFY(!isDecided(verdict));
    QVERIFY(timer.elapsed() < 10'000);
}

void TestGradePostgres::theHashOfARealResultIsTheExpectedOne()
{
    base::CancelToken cancel;
    const Verdict verdict =
        grade(problem(), "SELECT player, round(avg(points), 2) FROM score GROUP BY player ORDER BY 2 DESC NULLS LAST",
              *m_sandbox, cancel);

    std::vector<sandbox::ResultTable> results;
    for (const TestVerdict &test : verdict.tests)
        results.push_back(test.actual);

    QCOMPARE(hashOf(problem(), results), expectedHash(problem()));
}

QTEST_APPLESS_MAIN(TestGradePostgres)
#include "tst_grade_postgres.moc"
