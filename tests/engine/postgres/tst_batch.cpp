// Statements in one round trip, and connections that do not answer.
#include "postgres/batch.h"
#include "postgres/private_cluster.h"
#include "scratch.h"

#include <QElapsedTimer>
#include <QtTest>

#include <csignal>

using namespace sqlgym;
using namespace sqlgym::postgres;

class TestBatch : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void answersInOrder();
    void oneFailureUndoesAll();
    void goesOnAfterAFailure();
    void aTransactionIsLeftOpen();
    void aLostServerIsAnError();
    void aSilentServerIsAnError();

private:
    Connection connect() { return std::move(*Connection::open(m_cluster->parameters(kAdminRole, "postgres"))); }
    static std::string cell(const ResultSet &result) { return std::string(result.cell(0, 0).value_or("NULL")); }

    tests::Scratch m_scratch;
    std::unique_ptr<PrivateCluster> m_cluster;
};

void TestBatch::initTestCase()
{
    auto started = PrivateCluster::start(m_scratch.path("cluster"));
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    m_cluster = std::move(*started);
    QVERIFY(connect().execute("CREATE TABLE t (n int PRIMARY KEY)"));
}

void TestBatch::answersInOrder()
{
    Connection connection = connect();
    Batch batch(connection);

    const auto first = batch.run({{"SELECT $1::text", {"a"}}, {"SELECT $1::text", {std::nullopt}}, {"SELECT 3", {}}});
    const auto again = batch.run({{"SELECT $1::text", {"b"}}});

    QVERIFY(first && again);
    QCOMPARE(first->size(), 3u);
    QCOMPARE(cell((*first)[0]), std::string("a"));
    QCOMPARE(cell((*first)[1]), std::string("NULL"));
    QCOMPARE(cell((*first)[2]), std::string("3"));
    QCOMPARE(cell((*again)[0]), std::string("b"));
    const auto prepared = connection.execute("SELECT count(*) FROM pg_prepared_statements");
    QCOMPARE(cell(*prepared), std::string("2"));
}

void TestBatch::oneFailureUndoesAll()
{
    Connection connection = connect();
    Batch batch(connection);

    const auto failed =
        batch.run({{"INSERT INTO t VALUES (1)", {}}, {"SELECT 1 / 0", {}}, {"INSERT INTO t VALUES (2)", {}}});

    QVERIFY(!failed);
    QCOMPARE(failed.error().code, std::string("22012"));
    QCOMPARE(cell(*connection.execute("SELECT count(*) FROM t")), std::string("0"));
}

/// What was to be prepared behind the failure is not, and is when it is asked for again.
void TestBatch::goesOnAfterAFailure()
{
    Connection connection = connect();
    Batch batch(connection);
    QVERIFY(!batch.run({{"SELECT no_such_column", {}}, {"SELECT 5", {}}}));

    const auto five = batch.run({{"SELECT 5", {}}});
    const auto still = batch.run({{"SELECT no_such_column", {}}});

    QVERIFY2(five, five ? "" : five.error().message.c_str());
    QCOMPARE(cell((*five)[0]), std::string("5"));
    QCOMPARE(still.error().code, std::string("42703"));
}

void TestBatch::aTransactionIsLeftOpen()
{
    Connection connection = connect();
    Batch batch(connection);

    QVERIFY(batch.run({{"BEGIN", {}}, {"INSERT INTO t VALUES (7)", {}}}));
    const bool open = connection.inTransaction();
    QVERIFY(batch.run({{"ROLLBACK", {}}}));

    QVERIFY(open);
    QVERIFY(!connection.inTransaction());
    QCOMPARE(cell(*connection.execute("SELECT count(*) FROM t")), std::string("0"));
}

void TestBatch::aLostServerIsAnError()
{
    Connection connection = connect();
    Batch batch(connection);
    QVERIFY(batch.run({{"SELECT 1", {}}}));
    Connection other = connect();
    QVERIFY(other.execute("SELECT pg_terminate_backend(" + std::to_string(connection.backendPid()) + ")"));
    QTest::qWait(100);

    const auto lost = batch.run({{"SELECT 1", {}}, {"SELECT 2", {}}});

    QVERIFY(!lost);
    QVERIFY2(lost.error().code == "connect" || lost.error().code == "57P01" || lost.error().code.starts_with("08"),
             lost.error().code.c_str());
}

void TestBatch::aSilentServerIsAnError()
{
    Connection connection = connect();
    QCOMPARE(cell(*connection.execute("SELECT 1; SELECT 2", 5'000)), std::string("2"));
    QCOMPARE(connection.execute("SELECT 1 / 0", 5'000).error().code, std::string("22012"));
    QElapsedTimer time;
    time.start();
    ::kill(connection.backendPid(), SIGSTOP);

    const auto silent = connection.execute("SELECT 1", 300);

    ::kill(connection.backendPid(), SIGCONT);
    QVERIFY(!silent);
    QCOMPARE(silent.error().code, std::string("silent"));
    QVERIFY(time.elapsed() < 10'000);
}

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_batch.moc"
