// PostgreSQL's answers as the sandbox hands them on, each on pristine data.
#include "fixture.h"

#include <QtTest>

using namespace sqlgym;
using sandbox::Status;
using tests::run;
using tests::text;
using tests::types;

namespace {

constexpr char kClub[] = R"(
CREATE TYPE level AS ENUM ('new', 'old');
CREATE DOMAIN points AS int CHECK (VALUE >= 0);
CREATE TABLE member(id serial PRIMARY KEY, name text NOT NULL, fee numeric(6,2), since date, rank level, score points);
INSERT INTO member(name, fee, since, rank, score) VALUES
  ('ada', 12.5, '2020-02-29', 'old', 3), ('bob', NULL, '2021-01-01', 'new', 0), ('cy', 7, NULL, NULL, NULL);
CREATE TABLE game(id int PRIMARY KEY, winner int REFERENCES member DEFERRABLE INITIALLY DEFERRED);
)";

} // namespace

class TestPostgresSandbox : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void answersAsPostgres_data();
    void answersAsPostgres();
    void namesTypes_data();
    void namesTypes();
    void reportsErrorsInPostgresWords();
    void countsPositionsInCharactersOfTheWholeText();
    void theLastStatementCounts();
    void everyRunIsOnPristineData_data();
    void everyRunIsOnPristineData();
    void deferredConstraintsAreChecked();
    void settingsDoNotOutliveTheRun();
    void aTablesRowTypeIsNamedAsTheTableIsNow();
    void oneStatementMeansOne_data();
    void oneStatementMeansOne();
    void loadingAgainReplaces();
    void badSetupsAreReported();
    void manyDatasetsStayUsable();
    void declinesWhatTheRoleMayNotDo();
    void oddTextsGetClearAnswers_data();
    void oddTextsGetClearAnswers();

private:
    tests::ClusterPlace m_place;
    std::unique_ptr<sandbox_postgres::PostgresSandbox> m_sandbox;
};

void TestPostgresSandbox::initTestCase()
{
    m_sandbox = std::make_unique<sandbox_postgres::PostgresSandbox>(m_place.path());
    const auto loaded = m_sandbox->load("club", kClub);
    QVERIFY2(loaded.status == Status::Ok, text(loaded).c_str());
}

void TestPostgresSandbox::answersAsPostgres_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("rows");

    QTest::newRow("numerics keep their scale")
        << QByteArray("SELECT fee, fee / 3 FROM member WHERE id = 1") << QByteArray("12.50|4.1666666666666667");
    QTest::newRow("NULL is no text") << QByteArray("SELECT name, fee FROM member WHERE fee IS NULL")
                                     << QByteArray("bob|NULL");
    QTest::newRow("text sorts by bytes") << QByteArray(
                                                "SELECT x FROM (VALUES ('a'), ('B'), ('é'), ('z')) v(x) ORDER BY x")
                                         << QByteArray("B\na\nz\n\xC3\xA9");
    QTest::newRow("times are UTC") << QByteArray("SELECT timestamptz '2020-06-01 12:00+02'")
                                   << QByteArray("2020-06-01 10:00:00+00");
    QTest::newRow("an empty result") << QByteArray("SELECT name FROM member WHERE false") << QByteArray("");
    QTest::newRow("floats are shortest") << QByteArray("SELECT 0.1::float8 + 0.2") << QByteArray("0.30000000000000004");
}

void TestPostgresSandbox::answersAsPostgres()
{
    QFETCH(QByteArray, sql);

    const auto outcome = run(*m_sandbox, "club", sql.toStdString());

    QCOMPARE(outcome.by, sandbox::Engine::Postgres);
    QTEST(QByteArray::fromStdString(text(outcome)), "rows");
}

void TestPostgresSandbox::namesTypes_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("types");

    QTest::newRow("built in") << QByteArray("SELECT 1, 2::bigint, 'x' AS t, 1.5, now() AS n, ARRAY[1] AS a")
                              << QByteArray("?column?:int4 int8:int8 t:text ?column?:numeric n:timestamptz a:_int4");
    QTest::newRow("the dataset's own") << QByteArray("SELECT rank FROM member") << QByteArray("rank:level");
    QTest::newRow("a domain is its base type") << QByteArray("SELECT score FROM member") << QByteArray("score:int4");
    QTest::newRow("made in the run") << QByteArray("CREATE TYPE pair AS (a int, b int); SELECT ROW(1, 2)::pair AS p")
                                     << QByteArray("p:pair");
    QTest::newRow("no rows") << QByteArray("SELECT rank, id FROM member WHERE false")
                             << QByteArray("rank:level id:int4");
}

void TestPostgresSandbox::namesTypes()
{
    QFETCH(QByteArray, sql);

    QTEST(QByteArray::fromStdString(types(run(*m_sandbox, "club", sql.toStdString()))), "types");
}

void TestPostgresSandbox::reportsErrorsInPostgresWords()
{
    const auto outcome = run(*m_sandbox, "club", "SELECT nam FROM member");

    QCOMPARE(outcome.status, Status::Error);
    QCOMPARE(outcome.diagnostic.sqlstate, std::string("42703"));
    QCOMPARE(outcome.diagnostic.message, std::string("column \"nam\" does not exist"));
    QCOMPARE(outcome.diagnostic.hint, std::string("Perhaps you meant to reference the column \"member.name\"."));
    QCOMPARE(outcome.diagnostic.position, 8);
}

void TestPostgresSandbox::countsPositionsInCharactersOfTheWholeText()
{
    const auto outcome = run(*m_sandbox, "club", "SELECT '€€'; SELECT nam FROM member");

    QCOMPARE(outcome.diagnostic.position, 21);
}

void TestPostgresSandbox::theLastStatementCounts()
{
    const auto rows = run(*m_sandbox, "club", "SELECT 1 AS a, 2 AS b; SELECT count(*) FROM member");
    const auto none = run(*m_sandbox, "club", "SELECT 1; DELETE FROM member WHERE id = 3");

    QCOMPARE(text(rows), std::string("3"));
    QCOMPARE(types(rows), std::string("count:int8"));
    QCOMPARE(none.status, Status::Ok);
    QCOMPARE(none.commandTag, std::string("DELETE 1"));
    QCOMPARE(none.table.columnCount(), 0u);
}

void TestPostgresSandbox::everyRunIsOnPristineData_data()
{
    QTest::addColumn<QByteArray>("before");

    QTest::newRow("rows deleted") << QByteArray("DELETE FROM member");
    QTest::newRow("rows updated, so that they lie elsewhere") << QByteArray("UPDATE member SET name = upper(name)");
    QTest::newRow("a sequence advanced") << QByteArray("SELECT nextval('member_id_seq') FROM generate_series(1, 50)");
    QTest::newRow("a table dropped and committed") << QByteArray("DROP TABLE member CASCADE; COMMIT; SELECT 1");
    QTest::newRow("a transaction of its own") << QByteArray("BEGIN; DELETE FROM member; COMMIT");
    QTest::newRow("an error half-way") << QByteArray("DELETE FROM member; SELECT 1/0");
    QTest::newRow("a temporary table in the way") << QByteArray("CREATE TEMP TABLE member(id int)");
}

void TestPostgresSandbox::everyRunIsOnPristineData()
{
    QFETCH(QByteArray, before);
    run(*m_sandbox, "club", before.toStdString());

    const auto rows = run(*m_sandbox, "club", "SELECT id, name FROM member");
    const auto next = run(*m_sandbox, "club", "INSERT INTO member(name) VALUES ('dot') RETURNING id");

    QCOMPARE(text(rows), std::string("1|ada\n2|bob\n3|cy"));
    QCOMPARE(text(next), std::string("4"));
}

void TestPostgresSandbox::deferredConstraintsAreChecked()
{
    const auto outcome = run(*m_sandbox, "club", "INSERT INTO game VALUES (1, 99)");

    QCOMPARE(outcome.status, Status::Error);
    QCOMPARE(outcome.diagnostic.sqlstate, std::string("23503"));
}

void TestPostgresSandbox::settingsDoNotOutliveTheRun()
{
    const auto german = run(*m_sandbox, "club", "SET DateStyle = 'German'; SELECT date '2020-02-29'");
    const auto after = run(*m_sandbox, "club", "SELECT date '2020-02-29'");

    QCOMPARE(text(german), std::string("29.02.2020"));
    QCOMPARE(text(after), std::string("2020-02-29"));
}

void TestPostgresSandbox::aTablesRowTypeIsNamedAsTheTableIsNow()
{
    const auto before = run(*m_sandbox, "club", "SELECT game FROM game");
    const auto renamed = run(*m_sandbox, "club", "ALTER TABLE game RENAME TO match; SELECT match FROM match");
    const auto after = run(*m_sandbox, "club", "SELECT game FROM game");

    QCOMPARE(types(before), std::string("game:game"));
    QCOMPARE(types(renamed), std::string("match:match"));
    QCOMPARE(types(after), std::string("game:game"));
}

void TestPostgresSandbox::oneStatementMeansOne_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("answer");

    QTest::newRow("one") << QByteArray("SELECT 1;") << QByteArray("1");
    QTest::newRow("two") << QByteArray("SELECT 1; SELECT 2")
                         << QByteArray("42601 one statement is asked for, and this text holds several");
    QTest::newRow("none") << QByteArray("-- nothing")
                          << QByteArray("42601 one statement is asked for, and this text holds none");
    QTest::newRow("one that escapes") << QByteArray("COMMIT")
                                      << QByteArray("declined: transaction control (BEGIN, COMMIT, ROLLBACK)");
    QTest::newRow("wrong and two") << QByteArray("SELEC 1; SELECT 2")
                                   << QByteArray("42601 syntax error at or near \"SELEC\"");
}

void TestPostgresSandbox::oneStatementMeansOne()
{
    QFETCH(QByteArray, sql);
    base::CancelToken cancel;

    const auto outcome =
        m_sandbox->run({.dataset = "club", .query = sql.toStdString(), .singleStatement = true}, cancel);

    QTEST(QByteArray::fromStdString(text(outcome)), "answer");
}

void TestPostgresSandbox::loadingAgainReplaces()
{
    QCOMPARE(m_sandbox->load("again", "CREATE TABLE t AS SELECT 1 AS a").status, Status::Ok);
    QCOMPARE(m_sandbox->load("again", "CREATE TABLE t AS SELECT 2 AS a").status, Status::Ok);

    QCOMPARE(text(run(*m_sandbox, "again", "SELECT a FROM t")), std::string("2"));
}

void TestPostgresSandbox::badSetupsAreReported()
{
    const auto wrong = m_sandbox->load("bad", "CREATE TABLE t(a int); INSERT INTO t VALUES ('x')");
    const auto guarded = m_sandbox->load("guarded", "CREATE EXTENSION dblink");

    QCOMPARE(text(wrong), std::string("22P02 invalid input syntax for type integer: \"x\""));
    QCOMPARE(wrong.diagnostic.position, 46);
    QCOMPARE(text(guarded), std::string("declined: CREATE EXTENSION"));
    QCOMPARE(run(*m_sandbox, "bad", "SELECT 1").status, Status::Failed);
    QCOMPARE(run(*m_sandbox, "never loaded", "SELECT 1").status, Status::Failed);
}

void TestPostgresSandbox::manyDatasetsStayUsable()
{
    for (int i = 0; i < 20; ++i)
        QCOMPARE(
            m_sandbox->load("n" + std::to_string(i), "CREATE TABLE t AS SELECT " + std::to_string(i) + " AS a").status,
            Status::Ok);

    for (int i = 0; i < 20; ++i)
        QCOMPARE(text(run(*m_sandbox, "n" + std::to_string(i), "SELECT a FROM t")), std::to_string(i));
    QCOMPARE(text(run(*m_sandbox, "club", "SELECT count(*) FROM pg_database WHERE datname ~ '^sqlgym_db'")),
             std::string("12")); // the rest is made again when needed
}

void TestPostgresSandbox::declinesWhatTheRoleMayNotDo()
{
    QVERIFY(text(run(*m_sandbox, "club", "SELECT * FROM pg_authid")).starts_with("declined: what needs rights"));
    // Past the gate by a spelling it does not decode: the wall behind it stands.
    QVERIFY(text(run(*m_sandbox, "club", "SELECT U&\"pg\\005fsleep\"(5)")).starts_with("declined: what needs rights"));
}

void TestPostgresSandbox::oddTextsGetClearAnswers_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("begin");

    QTest::newRow("NUL") << QByteArray("SELECT '\0'", 10) << QByteArray("22021 invalid byte sequence");
    QTest::newRow("no UTF-8") << QByteArray("SELECT '\xFF'") << QByteArray("22021 invalid byte sequence");
    QTest::newRow("a string left open") << QByteArray("SELECT 'x") << QByteArray("42601 unterminated quoted string");
    QTest::newRow("a comment left open") << QByteArray("SELECT 1 /* x") << QByteArray("42601 unterminated /* comment");
    QTest::newRow("10 MB of columns") << QByteArray("SELECT 1") + QByteArray(",1").repeated(5 << 20)
                                      << QByteArray("54011 target lists can have at most 1664 entries");
    QTest::newRow("10 MB of additions") << QByteArray("SELECT 1") + QByteArray("+1").repeated(5 << 20)
                                        << QByteArray("54001 stack depth limit exceeded");
    QTest::newRow("100,000 parentheses") << QByteArray("SELECT ") + QByteArray("(").repeated(100'000) + "1" +
                                                QByteArray(")").repeated(100'000)
                                         << QByteArray("42601 memory exhausted");
    QTest::newRow("more than we send") << QByteArray("SELECT '") + QByteArray(17 << 20, 'x') + "'"
                                       << QByteArray("declined: a text of 17 MB");
}

void TestPostgresSandbox::oddTextsGetClearAnswers()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, begin);
    base::CancelToken cancel;

    const auto outcome =
        m_sandbox->run({.dataset = "club", .query = sql.toStdString(), .timeoutMs = 60'000, .memoryMb = 4096}, cancel);

    QVERIFY2(text(outcome).starts_with(begin.toStdString()), text(outcome).substr(0, 200).c_str());
    QCOMPARE(text(run(*m_sandbox, "club", "SELECT 1")), std::string("1"));
}

QTEST_APPLESS_MAIN(TestPostgresSandbox)
#include "tst_postgres_sandbox.moc"
