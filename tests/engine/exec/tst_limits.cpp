// Time, memory and depth: every runaway ends as it should, when it should, and the next run works.
#include "engine_fixture.h"

#include <QElapsedTimer>
#include <QtTest>

#include <chrono>
#include <thread>

using namespace sqlgym;
using sandbox::Status;
using tests::run;
using tests::text;

class TestLimits : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { QCOMPARE(text(run(*m_engine, "SELECT count(*) FROM big")), std::string("1000000")); }
    void timeouts_data();
    void timeouts();
    void cancelEndsACrossJoinWithin50Ms();
    void memory_data();
    void memory();
    void memoryIsGivenBack();
    void loadedDataIsNotCounted();
    void deepExpressions_data();
    void deepExpressions();
    void joinsOfManyRowsAreNotQuadratic_data();
    void joinsOfManyRowsAreNotQuadratic();

private:
    std::unique_ptr<sandbox::Sandbox> m_engine;
};

void TestLimits::initTestCase()
{
    m_engine = sandbox_embedded::makeEmbeddedSandbox();
    const auto loaded = m_engine->load("d", "CREATE TABLE big(id int, other int, word text);"
                                            "INSERT INTO big SELECT x, (x * 791) % 1000000, 'word ' || x"
                                            "  FROM generate_series(1, 1000000) x");
    QVERIFY2(loaded.status == Status::Ok, text(loaded).c_str());
}

void TestLimits::timeouts_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("cross join") << "SELECT count(*) FROM big a, big b";
    QTest::newRow("join without equality") << "SELECT count(*) FROM big a JOIN big b ON a.id < b.other";
    QTest::newRow("join whose condition never holds") << "SELECT 1 FROM big a JOIN big b ON a.id + b.id < 0";
    QTest::newRow("recursion without end")
        << "WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT (n + 1) % 10 FROM t, big, big b) SELECT * FROM t";
    QTest::newRow("correlated subquery") << "SELECT (SELECT count(*) FROM big b WHERE b.id < a.id) FROM big a";
    QTest::newRow("moving frame")
        << "SELECT max(id) OVER (ORDER BY id ROWS BETWEEN 500000 PRECEDING AND 1 PRECEDING) FROM big";
}

void TestLimits::timeouts()
{
    QFETCH(QString, query);
    QElapsedTimer timer;
    timer.start();

    const auto outcome = run(*m_engine, query.toStdString(), 512, 400);

    QCOMPARE(outcome.status, Status::Timeout);
    QVERIFY2(timer.elapsed() < 400 + 200, qPrintable(QString::number(timer.elapsed())));
}

void TestLimits::cancelEndsACrossJoinWithin50Ms()
{
    sandbox::Request request;
    request.dataset = "d";
    request.query = "SELECT count(*) FROM big a, big b";
    request.memoryMb = 256;
    base::CancelToken cancel;
    std::chrono::steady_clock::time_point cancelled;
    std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        cancelled = std::chrono::steady_clock::now();
        cancel.cancel();
    });

    const auto outcome = m_engine->run(request, cancel);

    const auto ended = std::chrono::steady_clock::now();
    other.join();
    QCOMPARE(outcome.status, Status::Cancelled);
    QVERIFY(ended - cancelled < std::chrono::milliseconds(50));
}

void TestLimits::memory_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("sort of a cross join") << "SELECT * FROM big a, big b ORDER BY a.id + b.id";
    QTest::newRow("repeat") << "SELECT repeat('x', 1000000000)";
    QTest::newRow("many results") << "SELECT a.word FROM big a, big b";
    QTest::newRow("hash join's table") << "SELECT count(*) FROM (SELECT word || word AS w, id FROM big) a"
                                          " JOIN (SELECT word || word AS w, id FROM big) b ON a.w = b.w";
    QTest::newRow("groups") << "SELECT word, count(*) FROM big GROUP BY word";
    QTest::newRow("distinct") << "SELECT count(*) FROM (SELECT DISTINCT word, id FROM big) s";
    QTest::newRow("one long text") << "SELECT string_agg(word, ',' ORDER BY id) FROM big";
    QTest::newRow("recursion")
        << "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t";
    QTest::newRow("window") << "SELECT lag(word) OVER (ORDER BY id) FROM big";
    QTest::newRow("insert") << "CREATE TABLE copy(word text); INSERT INTO copy SELECT word FROM big";
}

void TestLimits::memory()
{
    QFETCH(QString, query);

    const auto outcome = run(*m_engine, query.toStdString(), 16, 20'000);

    QCOMPARE(outcome.status, Status::MemoryLimit);
    QVERIFY(outcome.memoryPeakBytes <= 16u << 20);
}

void TestLimits::memoryIsGivenBack()
{
    // Each part needs most of the limit; one after the other they fit.
    const std::string part = "(SELECT count(*) FROM (SELECT DISTINCT id FROM big WHERE id < 100000) s)";

    const auto outcome = run(*m_engine, "SELECT 1 WHERE " + part + " > 0 AND " + part + " > 0", 32);

    QCOMPARE(text(outcome), std::string("1"));
}

void TestLimits::loadedDataIsNotCounted()
{
    const auto outcome = run(*m_engine, "SELECT count(*) FROM big WHERE word LIKE '%77%'", 4);

    QCOMPARE(outcome.status, Status::Ok);
    QVERIFY(outcome.memoryPeakBytes < 4u << 20);
}

void TestLimits::deepExpressions_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("expected");
    const auto times = [](const QString &text, int count) { return text.repeated(count); };
    QTest::newRow("a long sum of constants") << "SELECT 1" + times("+1", 4000) << "4001";
    QTest::newRow("a long sum of columns") << "SELECT id" + times("+id", 4000) + " FROM big LIMIT 1"
                                           << "4001";
    QTest::newRow("parentheses") << "SELECT " + times("(", 900) + "1" + times(")", 900) << "1";
    QTest::newRow("calls") << "SELECT " + times("abs(", 900) + "-id" + times(")", 900) + " FROM big WHERE id = 3"
                           << "3";
    QTest::newRow("a long OR") << "SELECT count(*) FROM (VALUES (1)) v(x) WHERE x = 0" + times(" OR x = 1", 2000)
                               << "1";
    QTest::newRow("subqueries") << "SELECT " + times("(SELECT ", 100) + "1" + times(")", 100) << "1";
    QTest::newRow("derived tables") << times("SELECT * FROM (", 100) + "SELECT 1" + times(") s", 100) << "1";
}

void TestLimits::deepExpressions()
{
    QFETCH(QString, query);
    QFETCH(QString, expected);

    QCOMPARE(QString::fromStdString(text(run(*m_engine, query.toStdString()))), expected);
}

void TestLimits::joinsOfManyRowsAreNotQuadratic_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("join") << "SELECT count(*) FROM big a JOIN big b ON a.id = b.other";
    QTest::newRow("left join") << "SELECT count(*) FROM big a LEFT JOIN big b ON a.id = b.other";
    QTest::newRow("IN") << "SELECT count(*) FROM big WHERE id IN (SELECT other FROM big)";
    QTest::newRow("NOT IN") << "SELECT count(*) FROM big WHERE id NOT IN (SELECT other FROM big)";
    QTest::newRow("EXISTS") << "SELECT count(*) FROM big a WHERE EXISTS (SELECT FROM big b WHERE b.other = a.id)";
    QTest::newRow("correlated sum") << "SELECT sum((SELECT b.id FROM big b WHERE b.other = a.id LIMIT 1)) FROM big a";
    QTest::newRow("lateral") << "SELECT count(*) FROM big a, LATERAL (SELECT FROM big b WHERE b.other = a.id) s";
}

void TestLimits::joinsOfManyRowsAreNotQuadratic()
{
    QFETCH(QString, query);

    // A million million steps would take hours.
    QCOMPARE(run(*m_engine, query.toStdString(), 1024, 60'000).status, Status::Ok);
}

QTEST_APPLESS_MAIN(TestLimits)
#include "tst_limits.moc"
