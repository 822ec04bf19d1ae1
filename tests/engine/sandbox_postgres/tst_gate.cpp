// What the gate declines, by which name, and what it lets through.
#include "sandbox_postgres/gate.h"

#include <QtTest>

using namespace sqlgym::sandbox_postgres;

class TestGate : public QObject {
    Q_OBJECT
private slots:
    void declines_data();
    void declines();
    void letsThrough_data();
    void letsThrough();
    void countsStatements_data();
    void countsStatements();
    void leavesWhatDoesNotScanToPostgres();
    void survivesDepthAndLength();
};

void TestGate::declines_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("feature");

    const auto row = [](const char *sql, const char *feature) { QTest::newRow(sql) << QByteArray(sql) << feature; };
    row("COPY t TO STDOUT", "COPY");
    row("copy (select 1) to program 'id'", "COPY");
    row("SELECT 1; DO $$ BEGIN END $$", "DO blocks");
    row("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE FUNCTION");
    row("CREATE OR REPLACE PROCEDURE p() LANGUAGE sql AS ''", "CREATE PROCEDURE");
    row("CREATE EXTENSION dblink", "CREATE EXTENSION");
    row("CREATE DATABASE d", "CREATE DATABASE");
    row("DROP ROLE r", "DROP ROLE");
    row("ALTER SYSTEM SET work_mem = '1GB'", "ALTER SYSTEM");
    row("VACUUM t", "VACUUM");
    row("LISTEN x", "LISTEN");
    row("/* c */ -- d\n NOTIFY x", "NOTIFY");
    row("SET statement_timeout = 0", "SET statement_timeout");
    row("SET LOCAL statement_timeout TO 0", "SET statement_timeout");
    row("SET ROLE postgres", "SET role");
    row("SET SESSION AUTHORIZATION postgres", "SET authorization");
    row("SET NAMES 'LATIN1'", "SET names");
    row("SELECT pg_sleep(1)", "the function pg_sleep");
    row("SELECT pg_catalog . \"pg_sleep_for\" ('1 s')", "the function pg_sleep_for");
    row("SELECT (SELECT count(*) FROM t WHERE PG_READ_FILE('/etc/passwd') IS NULL)", "the function pg_read_file");
    row("SELECT lo_import('/etc/passwd')", "the function lo_import");
    row("SELECT * FROM dblink('x', 'SELECT 1') AS t(a int)", "the function dblink");
    row("SELECT set_config('statement_timeout', '0', false)", "the function set_config");
    row("SELECT query_to_xml('SELECT 1', true, true, '')", "the function query_to_xml");
    row("PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION");
    row("CREATE INDEX CONCURRENTLY i ON t(a)", "CREATE INDEX CONCURRENTLY");
}

void TestGate::declines()
{
    QFETCH(QByteArray, sql);

    const auto found = inspect(sql.toStdString(), Purpose::Run);

    QTEST(QString::fromStdString(found.declined), "feature");
}

void TestGate::letsThrough_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<bool>("changesData");
    QTest::addColumn<bool>("controlsTransaction");

    const auto row = [](const char *sql, bool changes, bool controls) {
        QTest::newRow(sql) << QByteArray(sql) << changes << controls;
    };
    row("SELECT 'COPY t TO STDOUT; pg_sleep(1)'", false, false);
    row("(VALUES (1), (2)) ORDER BY 1;", false, false);
    row("WITH a AS (SELECT 1) TABLE a", false, false);
    row("WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a", true, false);
    row("SELECT * INTO u FROM t", true, false);
    row("SELECT nextval('s')", true, false);
    row("CREATE TEMP TABLE t(a int)", true, false);
    row("CREATE UNIQUE INDEX ON t(a)", true, false);
    row("MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE", true, false);
    row("SAVEPOINT s; ROLLBACK TO s; RELEASE s", false, false);
    row("SET DateStyle = 'German'", false, false);
    row("EXPLAIN SELECT 1", false, false);
    row("BEGIN; SELECT 1; COMMIT", true, true);
    row("ROLLBACK", true, true);
    row("SELEC 1", false, false);
    row("CREATE TABEL t(a int)", true, false);
}

void TestGate::letsThrough()
{
    QFETCH(QByteArray, sql);

    const auto found = inspect(sql.toStdString(), Purpose::Run);

    QCOMPARE(found.declined, std::string());
    QVERIFY(found.scanned);
    QTEST(found.changesData, "changesData");
    QTEST(found.controlsTransaction, "controlsTransaction");
}

void TestGate::countsStatements_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("statements");

    QTest::newRow("nothing") << QByteArray("") << 0;
    QTest::newRow("a comment") << QByteArray("-- SELECT 1;\n/* SELECT 2; */") << 0;
    QTest::newRow("semicolons alone") << QByteArray(";;") << 0;
    QTest::newRow("one without an end") << QByteArray("SELECT 1") << 1;
    QTest::newRow("semicolons in quotes") << QByteArray("SELECT ';', $a$;$a$, \";\", E'\\';'") << 1;
    QTest::newRow("two and a comment") << QByteArray("SELECT 1; SELECT 2; -- done") << 2;
    QTest::newRow("a rule's statements") << QByteArray("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)") << 1;
}

void TestGate::countsStatements()
{
    QFETCH(QByteArray, sql);

    QTEST(inspect(sql.toStdString(), Purpose::Run).statements, "statements");
}

void TestGate::leavesWhatDoesNotScanToPostgres()
{
    const auto found = inspect("SELECT pg_sleep(1), 'never closed", Purpose::Run);

    QVERIFY(!found.scanned); // the sandbox then has it parsed and nothing run
}

void TestGate::survivesDepthAndLength()
{
    std::string chain = "SELECT 1";
    for (int i = 0; i < 200'000; ++i)
        chain += "+1";

    QVERIFY(inspect(std::string(500'000, '('), Purpose::Run).scanned);
    QCOMPARE(inspect(chain, Purpose::Run).statements, 1);
    QCOMPARE(inspect("SELECT '" + std::string(10 << 20, 'x') + "'", Purpose::Run).statements, 1);
}

QTEST_APPLESS_MAIN(TestGate)
#include "tst_gate.moc"
