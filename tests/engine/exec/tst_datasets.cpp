// Datasets and scripts: pristine copies, what a failed set-up answers, statements one after the other.
#include "engine_fixture.h"

#include <QtTest>

using namespace sqlgym;
using sandbox::Status;
using tests::run;
using tests::text;

class TestDatasets : public QObject {
    Q_OBJECT
private slots:
    void init();
    void eachRunStartsFromTheLoadedData();
    void loadingAgainReplaces();
    void aDeclinedSetUpDeclinesEveryRun();
    void aFailedSetUpSaysWhy();
    void anUnknownDatasetIsOurFailing();
    void theLastStatementCounts();
    void theFirstErrorEndsTheScript();
    void namesAreLookedUpWhenAStatementIsReached();
    void aGradedQueryIsOneStatement();
    void rowsBeyondTheMostAreCut();
    void commandTags_data();
    void commandTags();
    void aLongInsertLoadsQuickly();

private:
    std::unique_ptr<sandbox::Sandbox> m_engine;
};

void TestDatasets::init()
{
    m_engine = sandbox_embedded::makeEmbeddedSandbox();
    QCOMPARE(
        m_engine->load("d", "CREATE TABLE t(id serial PRIMARY KEY, v int); INSERT INTO t(v) VALUES (10), (20)").status,
        Status::Ok);
}

void TestDatasets::eachRunStartsFromTheLoadedData()
{
    QCOMPARE(text(run(*m_engine, "INSERT INTO t(v) VALUES (30); SELECT count(*), max(id) FROM t")), std::string("3|3"));
    QCOMPARE(text(run(*m_engine, "DROP TABLE t; SELECT 1")), std::string("1"));
    QCOMPARE(text(run(*m_engine, "INSERT INTO t(v) VALUES (1); INSERT INTO t VALUES (1, 1)")),
             std::string("23505 duplicate key value violates unique constraint \"t_pkey\""));

    QCOMPARE(text(run(*m_engine, "INSERT INTO t(v) VALUES (40); SELECT id, v FROM t ORDER BY id")),
             std::string("1|10/2|20/3|40"));
}

void TestDatasets::loadingAgainReplaces()
{
    QCOMPARE(m_engine->load("d", "CREATE TABLE other(x int)").status, Status::Ok);

    QCOMPARE(text(run(*m_engine, "SELECT * FROM t")), std::string("42P01 relation \"t\" does not exist"));
}

void TestDatasets::aDeclinedSetUpDeclinesEveryRun()
{
    const auto loaded = m_engine->load("x", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    QCOMPARE(loaded.status, Status::Unsupported);

    const auto outcome = run(*m_engine, "SELECT 1", 64, 1000, "x");

    QCOMPARE(outcome.status, Status::Unsupported);
    QVERIFY(outcome.feature.find(loaded.feature) != std::string::npos);
}

void TestDatasets::aFailedSetUpSaysWhy()
{
    QCOMPARE(text(m_engine->load("x", "CREATE TABLE t(a int); INSERT INTO t VALUES ('one')")),
             std::string("22P02 invalid input syntax for type integer: \"one\""));

    QCOMPARE(run(*m_engine, "SELECT 1", 64, 1000, "x").status, Status::Unsupported);
}

void TestDatasets::anUnknownDatasetIsOurFailing()
{
    QCOMPARE(run(*m_engine, "SELECT 1", 64, 1000, "nowhere").status, Status::Failed);
}

void TestDatasets::theLastStatementCounts()
{
    QCOMPARE(text(run(*m_engine, "SELECT 1; SELECT 2")), std::string("2"));
    QCOMPARE(run(*m_engine, "SELECT 1; INSERT INTO t(v) VALUES (5)").table.columnCount(), std::size_t(0));
}

void TestDatasets::theFirstErrorEndsTheScript()
{
    QCOMPARE(text(run(*m_engine, "SELECT 1 / 0; SELECT 2")), std::string("22012 division by zero"));
    QCOMPARE(text(run(*m_engine, "SELECT 1; SELEC 2")), std::string("42601 syntax error at or near \"SELEC\""));
}

void TestDatasets::namesAreLookedUpWhenAStatementIsReached()
{
    QCOMPARE(text(run(*m_engine, "CREATE TABLE n(a int); INSERT INTO n VALUES (7); SELECT a FROM n")),
             std::string("7"));
    QCOMPARE(text(run(*m_engine, "SELECT 1 / 0; SELECT * FROM missing")), std::string("22012 division by zero"));
}

void TestDatasets::aGradedQueryIsOneStatement()
{
    sandbox::Request request;
    request.dataset = "d";
    request.query = "SELECT 1; SELECT 2";
    request.singleStatement = true;
    base::CancelToken cancel;

    QCOMPARE(text(m_engine->run(request, cancel)),
             std::string("42601 cannot insert multiple commands into a prepared statement"));
}

void TestDatasets::rowsBeyondTheMostAreCut()
{
    sandbox::Request request;
    request.dataset = "d";
    request.query = "SELECT x FROM generate_series(1, 1000000000) x";
    request.maxRows = 100;
    base::CancelToken cancel;

    const auto outcome = m_engine->run(request, cancel);

    QCOMPARE(outcome.status, Status::Ok);
    QCOMPARE(outcome.table.rowCount(), std::size_t(100));
    QVERIFY(outcome.truncated);
}

void TestDatasets::commandTags_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("tag");
    QTest::newRow("select") << "SELECT v FROM t"
                            << "SELECT 2";
    QTest::newRow("insert") << "INSERT INTO t(v) VALUES (1), (2), (3)"
                            << "INSERT 0 3";
    QTest::newRow("create") << "CREATE TABLE a(x int)"
                            << "CREATE TABLE";
    QTest::newRow("create as") << "CREATE TABLE a AS SELECT * FROM t"
                               << "SELECT 2";
    QTest::newRow("view") << "CREATE VIEW a AS SELECT * FROM t"
                          << "CREATE VIEW";
    QTest::newRow("drop") << "DROP TABLE t"
                          << "DROP TABLE";
}

void TestDatasets::commandTags()
{
    QFETCH(QString, query);
    QFETCH(QString, tag);

    QCOMPARE(QString::fromStdString(run(*m_engine, query.toStdString()).commandTag), tag);
}

void TestDatasets::aLongInsertLoadsQuickly()
{
    std::string setup =
        "CREATE TABLE b(id int PRIMARY KEY, a int NOT NULL, t text, c numeric(8,2)); INSERT INTO b VALUES ";
    for (int i = 0; i < 30'000; ++i)
        setup += (i ? ",(" : "(") + std::to_string(i) + ",7,'some words',12.50)";

    const auto loaded = m_engine->load("long", setup);

    // Linear: a check of each key against all others would take minutes.
    QVERIFY2(loaded.status == Status::Ok, text(loaded).c_str());
    QVERIFY(loaded.elapsedUs < 20'000'000);
    QCOMPARE(text(run(*m_engine, "SELECT count(*), sum(c) FROM b", 64, 5000, "long")), std::string("30000|375000.00"));
}

QTEST_APPLESS_MAIN(TestDatasets)
#include "tst_datasets.moc"
