// Time, memory, rows and cancelling on a real server: nothing outlasts its limit, and the next run works.
#include "fixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <limits>
#include <thread>

using namespace sqlgym;
using sandbox::Status;
using tests::run;
using tests::text;

namespace {

constexpr int kLate = 200 * SQLGYM_PACE; // ms after the limit by which an answer is there
/// A delay that the machine made, busy with something else, does not come again; one of ours does.
constexpr int kRounds = 6;

/// A chain of `count` CTEs each used twice: planning it takes longer than anybody waits, and cannot be interrupted.
std::string endlessPlan(int count)
{
    std::string sql = "WITH c0 AS (SELECT 1 AS x)";
    for (int i = 1; i < count; ++i) {
        const std::string before = "c" + std::to_string(i - 1);
        sql += ", c" + std::to_string(i) + " AS (SELECT x FROM " + before + ")";
    }
    return sql + " SELECT * FROM c" + std::to_string(count - 1);
}

} // namespace

class TestLimits : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void timesOut_data();
    void timesOut();
    void othersOutliveASessionEndedByForce();
    void theTokensDeadlineCountsToo();
    void isCancelledFromAnotherThread();
    void runsOutOfMemory_data();
    void runsOutOfMemory();
    void resultsCountAsMemory();
    void cutsRows_data();
    void cutsRows();
    void keepsTypesOfACutResult();
    void outlivesItsServer_data();
    void outlivesItsServer();

private:
    tests::ClusterPlace m_place;
    std::unique_ptr<sandbox_postgres::PostgresSandbox> m_sandbox;
};

void TestLimits::initTestCase()
{
    m_sandbox = std::make_unique<sandbox_postgres::PostgresSandbox>(m_place.path());
    QCOMPARE(m_sandbox
                 ->load("t", "CREATE TYPE level AS ENUM ('a'); CREATE TABLE t AS SELECT 'a'::level AS l,"
                             " g FROM generate_series(1, 100) g")
                 .status,
             Status::Ok);
}

void TestLimits::timesOut_data()
{
    QTest::addColumn<QByteArray>("sql");

    QTest::newRow("an endless recursion")
        << QByteArray("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r");
    QTest::newRow("a cross join of a million million rows")
        << QByteArray("SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b");
    QTest::newRow("rows without end") << QByteArray(
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r");
    QTest::newRow("a plan that cannot be interrupted") << QByteArray::fromStdString(endlessPlan(3000));
}

void TestLimits::timesOut()
{
    QFETCH(QByteArray, sql);
    qint64 quickest = std::numeric_limits<qint64>::max();
    for (int round = 0; round < kRounds && quickest >= 700 + kLate; ++round) {
        base::CancelToken cancel;
        QElapsedTimer clock;
        clock.start();

        const auto outcome =
            m_sandbox->run({.dataset = "t", .query = sql.toStdString(), .timeoutMs = 700, .memoryMb = 2048}, cancel);

        quickest = std::min(quickest, clock.elapsed());
        QVERIFY2(outcome.status == Status::Timeout, text(outcome).substr(0, 200).c_str());
        QVERIFY2(clock.elapsed() >= 690, qPrintable(QString::number(clock.elapsed())));
    }
    QVERIFY2(quickest < 700 + kLate, qPrintable(QString::number(quickest)));
    QCOMPARE(text(run(*m_sandbox, "t", "SELECT count(*) FROM t")), std::string("100"));
}

void TestLimits::othersOutliveASessionEndedByForce()
{
    QCOMPARE(m_sandbox->load("other", "CREATE TABLE u AS SELECT 42 AS x").status, Status::Ok);
    for (int round = 0; round < 3; ++round) {
        QCOMPARE(text(run(*m_sandbox, "other", "SELECT x FROM u")), std::string("42"));
        base::CancelToken cancel;

        const auto outcome = m_sandbox->run({.dataset = "t", .query = endlessPlan(3000), .timeoutMs = 200}, cancel);

        QCOMPARE(outcome.status, Status::Timeout);
        QCOMPARE(text(run(*m_sandbox, "other", "SELECT x FROM u")), std::string("42"));
        QCOMPARE(text(run(*m_sandbox, "t", "SELECT count(*) FROM t")), std::string("100"));
    }
}

void TestLimits::theTokensDeadlineCountsToo()
{
    std::int64_t quickestMs = std::numeric_limits<std::int64_t>::max();
    for (int round = 0; round < kRounds && quickestMs >= 300 + kLate; ++round) {
        base::CancelToken cancel(300);

        const auto outcome =
            m_sandbox->run({.dataset = "t", .query = "SELECT count(*) FROM generate_series(1, 10000000000)"}, cancel);

        QCOMPARE(outcome.status, Status::Timeout);
        quickestMs = std::min(quickestMs, outcome.elapsedUs / 1000);
    }
    QVERIFY2(quickestMs < 300 + kLate, qPrintable(QString::number(quickestMs)));
}

void TestLimits::isCancelledFromAnotherThread()
{
    qint64 quickest = std::numeric_limits<qint64>::max();
    for (int round = 0; round < kRounds && quickest >= kLate; ++round) {
        QCOMPARE(text(run(*m_sandbox, "t", "SELECT 1")), std::string("1")); // a cut-off database is made anew first
        base::CancelToken cancel;
        QElapsedTimer clock;
        qint64 cancelledAt = 0;
        clock.start();
        std::thread other([&] {
            QTest::qSleep(150);
            cancelledAt = clock.elapsed();
            cancel.cancel();
        });

        const auto outcome =
            m_sandbox->run({.dataset = "t", .query = "SELECT count(*) FROM generate_series(1, 10000000000)"}, cancel);
        const auto elapsed = clock.elapsed();
        other.join();

        QCOMPARE(outcome.status, Status::Cancelled);
        quickest = std::min(quickest, elapsed - cancelledAt);
    }
    QVERIFY2(quickest < kLate, qPrintable(QString::number(quickest)));
    QCOMPARE(text(run(*m_sandbox, "t", "SELECT 1")), std::string("1"));
}

void TestLimits::runsOutOfMemory_data()
{
    QTest::addColumn<QByteArray>("sql");

    QTest::newRow("one long text") << QByteArray("SELECT length(repeat('x', 1000000000))");
    QTest::newRow("a text that doubles") << QByteArray(
        "WITH RECURSIVE r(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM r) SELECT max(length(t)) FROM r");
    QTest::newRow("an array of everything")
        << QByteArray("SELECT cardinality(array_agg(g)) FROM (SELECT generate_series(1, 30000000) AS g) s");
}

void TestLimits::runsOutOfMemory()
{
    QFETCH(QByteArray, sql);
    base::CancelToken cancel;

    const auto outcome =
        m_sandbox->run({.dataset = "t", .query = sql.toStdString(), .timeoutMs = 60'000, .memoryMb = 64}, cancel);

    QVERIFY2(outcome.status == Status::MemoryLimit, text(outcome).substr(0, 200).c_str());
    QCOMPARE(text(run(*m_sandbox, "t", "SELECT length(repeat('x', 1000000))")), std::string("1000000"));
}

void TestLimits::resultsCountAsMemory()
{
    base::CancelToken cancel;

    const auto outcome = m_sandbox->run({.dataset = "t",
                                         .query = "SELECT repeat('x', 10000) FROM generate_series(1, 1000000)",
                                         .timeoutMs = 60'000,
                                         .memoryMb = 64},
                                        cancel);

    QCOMPARE(outcome.status, Status::MemoryLimit);
    QCOMPARE(outcome.table.rowCount(), 0u);
}

void TestLimits::cutsRows_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("truncated");

    QTest::newRow("more than asked for") << QByteArray("SELECT generate_series(1, 100000000)") << 10 << true;
    QTest::newRow("just as many") << QByteArray("SELECT * FROM generate_series(1, 10)") << 10 << false;
    QTest::newRow("fewer") << QByteArray("SELECT * FROM generate_series(1, 3)") << 3 << false;
    QTest::newRow("of the last statement alone")
        << QByteArray("SELECT * FROM generate_series(1, 1000); SELECT * FROM generate_series(1, 3)") << 3 << false;
}

void TestLimits::cutsRows()
{
    QFETCH(QByteArray, sql);
    base::CancelToken cancel;

    const auto outcome = m_sandbox->run({.dataset = "t", .query = sql.toStdString(), .maxRows = 10}, cancel);

    QVERIFY2(outcome.status == Status::Ok, text(outcome).c_str());
    QTEST(static_cast<int>(outcome.table.rowCount()), "rows");
    QTEST(outcome.truncated, "truncated");
}

void TestLimits::keepsTypesOfACutResult()
{
    base::CancelToken cancel;

    const auto outcome =
        m_sandbox->run({.dataset = "t", .query = "SELECT l FROM t, generate_series(1, 100000)", .maxRows = 5}, cancel);

    QVERIFY(outcome.truncated);
    QCOMPARE(tests::types(outcome), std::string("l:level"));
}

void TestLimits::outlivesItsServer_data()
{
    QTest::addColumn<int>("signal");

    QTest::newRow("stopped by somebody") << SIGTERM;
    QTest::newRow("killed") << SIGKILL;
}

void TestLimits::outlivesItsServer()
{
    QFETCH(int, signal);
    QCOMPARE(text(run(*m_sandbox, "t", "SELECT count(*) FROM t")), std::string("100"));
    pid_t server = 0;
    for (const auto &name : QDir("/proc").entryList(QDir::Dirs)) {
        QFile line("/proc/" + name + "/cmdline");
        if (name.toInt() > 0 && line.open(QIODevice::ReadOnly)) {
            const QByteArray command = line.readAll();
            if (command.contains(m_place.path().c_str()) && command.contains("listen_addresses"))
                server = static_cast<pid_t>(name.toInt());
        }
    }
    QVERIFY(server > 0);

    kill(server, signal);

    // The run that finds it gone may say so; the next one works.
    QTRY_COMPARE_WITH_TIMEOUT(text(run(*m_sandbox, "t", "SELECT count(*) FROM t")), std::string("100"), 20'000);
}

QTEST_APPLESS_MAIN(TestLimits)
#include "tst_limits.moc"
