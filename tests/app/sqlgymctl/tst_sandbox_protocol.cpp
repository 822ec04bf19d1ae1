// `sqlgymctl sandbox` as scripts see it: DESIGN 14, line by line, with the real program.
#include "program.h"

#include <QJsonArray>
#include <QtTest>

using sqlgym::tests::Program;

class TestSandboxProtocol : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void answersADataset();
    void answersACase();
    void answersAnError();
    void answersDeclinesAndLimits_data();
    void answersDeclinesAndLimits();
    void anyLineIsAnswered_data();
    void anyLineIsAnswered();
    void escapesWhatJsonEscapes();
    void answersInOrder();
    void endsWithItsInput();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void failsWithoutAServer();
    void embeddedAnswersWithoutPostgres();
    void exactSaysWhoAnswered();
    void exactWithoutPostgresDeclines();

private:
    Program m_program;
};

void TestSandboxProtocol::initTestCase()
{
    m_program.start({"sandbox", "--engine", "postgres"});
    const auto answer = m_program.ask(
        R"j({"dataset":"club","setup":"CREATE TABLE m(x int, y text); INSERT INTO m VALUES (1, NULL), (2, 'é')"})j");
    QCOMPARE(answer["status"].toString(), QString("ok"));
}

void TestSandboxProtocol::cleanupTestCase() { QCOMPARE(m_program.finish(), 0); }

void TestSandboxProtocol::answersADataset()
{
    const auto good = m_program.ask(R"j({"dataset":"other","setup":""})j");
    const auto bad = m_program.ask(R"j({"dataset":"bad","setup":"CREATE TABLE t(a nosuch)"})j");

    QCOMPARE(good["dataset"].toString(), QString("other"));
    QCOMPARE(good["status"].toString(), QString("ok"));
    QCOMPARE(bad["dataset"].toString(), QString("bad"));
    QCOMPARE(bad["status"].toString(), QString("error"));
    QCOMPARE(bad["error"]["sqlstate"].toString(), QString("42704"));
    QCOMPARE(bad["error"]["position"].toInt(), 18);
}

void TestSandboxProtocol::answersACase()
{
    const auto answer = m_program.ask(R"j({"id":"c1","dataset":"club","query":"SELECT x, y FROM m ORDER BY x"})j");

    QCOMPARE(answer["id"].toString(), QString("c1"));
    QCOMPARE(answer["status"].toString(), QString("ok"));
    const QJsonArray columns{QJsonObject{{"name", "x"}, {"type", "int4"}},
                             QJsonObject{{"name", "y"}, {"type", "text"}}};
    QCOMPARE(answer["columns"].toArray(), columns);
    const QJsonArray rows{QJsonArray{"1", QJsonValue::Null}, QJsonArray{"2", "é"}};
    QCOMPARE(answer["rows"].toArray(), rows);
    QVERIFY(answer["elapsed_us"].isDouble());
    QVERIFY(!answer.contains("error"));
}

void TestSandboxProtocol::answersAnError()
{
    const auto answer = m_program.ask(R"j({"id":7,"dataset":"club","query":"SELECT z FROM m"})j");

    QCOMPARE(answer["id"].toInt(), 7);
    QCOMPARE(answer["status"].toString(), QString("error"));
    const QJsonObject expected{{"sqlstate", "42703"},
                               {"message", "column \"z\" does not exist"},
                               {"detail", QJsonValue::Null},
                               {"hint", QJsonValue::Null},
                               {"position", 8}};
    QCOMPARE(answer["error"].toObject(), expected);
}

void TestSandboxProtocol::answersDeclinesAndLimits_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("status");

    QTest::newRow("declined") << QByteArray(R"j({"id":1,"query":"LISTEN x"})j") << "unsupported";
    QTest::newRow("too slow")
        << QByteArray(R"j({"id":1,"query":"SELECT count(*) FROM generate_series(1,10000000000)","timeout_ms":200})j")
        << "timeout";
    QTest::newRow("too much memory")
        << QByteArray(R"j({"id":1,"query":"SELECT length(repeat('x', 1000000000))","memory_mb":32})j")
        << "memory_limit";
    QTest::newRow("an unknown dataset") << QByteArray(R"j({"id":1,"dataset":"nowhere","query":"SELECT 1"})j")
                                        << "unsupported"; // says nothing about the statement
    QTest::newRow("no dataset named") << QByteArray(R"j({"id":1,"query":"SELECT 1"})j") << "ok";
}

void TestSandboxProtocol::answersDeclinesAndLimits()
{
    QFETCH(QByteArray, line);

    const auto answer = m_program.ask(line);

    QTEST(answer["status"].toString(), "status");
    QCOMPARE(answer.contains("unsupported"), answer["status"].toString() == "unsupported");
}

void TestSandboxProtocol::anyLineIsAnswered_data()
{
    QTest::addColumn<QByteArray>("line");

    QTest::newRow("no JSON") << QByteArray("nonsense");
    QTest::newRow("half a JSON") << QByteArray(R"j({"id":"x","query":"SELECT)j");
    QTest::newRow("not an object") << QByteArray("[1,2]");
    QTest::newRow("no UTF-8") << QByteArray("{\"id\":\"x\",\"query\":\"\xFF\"}");
    QTest::newRow("half a surrogate pair") << QByteArray(R"j({"id":"x","query":"SELECT '\ud800'"})j");
    QTest::newRow("nothing in it") << QByteArray("{}");
    QTest::newRow("a query that is no text") << QByteArray(R"j({"id":"x","query":5})j");
    QTest::newRow("no query") << QByteArray(R"j({"id":"x"})j");
    QTest::newRow("a set-up that is no text") << QByteArray(R"j({"dataset":"d","setup":null})j");
    QTest::newRow("a timeout that is none") << QByteArray(R"j({"id":"x","query":"SELECT 1","timeout_ms":-5})j");
    QTest::newRow("a memory limit that is none") << QByteArray(R"j({"id":"x","query":"SELECT 1","memory_mb":"lots"})j");
    QTest::newRow("a NUL in the query") << QByteArray(R"j({"id":"x","query":"SELECT '\u0000'"})j");
    QTest::newRow("brackets a million deep") << QByteArray(1'000'000, '[');
}

void TestSandboxProtocol::anyLineIsAnswered()
{
    QFETCH(QByteArray, line);

    const auto answer = m_program.ask(line);

    QCOMPARE(answer["status"].toString(), QString("error"));
    QCOMPARE(answer["error"]["sqlstate"].toString().size(), 5);
    QVERIFY(!answer["error"]["message"].toString().isEmpty());
    QCOMPARE(m_program.ask(R"j({"id":"next","query":"SELECT 1"})j")["id"].toString(), QString("next"));
}

void TestSandboxProtocol::escapesWhatJsonEscapes()
{
    const auto answer = m_program.ask(R"j({"id":"\"\\é","query":"SELECT E'a\"b\\\\c\\n\\t\\x01' AS \"é\"\"x\""})j");

    QCOMPARE(answer["id"].toString(), QString("\"\\é"));
    QCOMPARE(answer["columns"][0]["name"].toString(), QString("é\"x"));
    QCOMPARE(answer["rows"][0][0].toString(), QString("a\"b\\c\n\t\x01"));
}

void TestSandboxProtocol::answersInOrder()
{
    QByteArray lines;
    for (int i = 0; i < 200; ++i)
        lines +=
            QByteArray("{\"id\":") + QByteArray::number(i) + ",\"query\":\"SELECT " + QByteArray::number(i) + "\"}\n";
    m_program.process().write(lines);

    for (int i = 0; i < 200; ++i) {
        const auto answer = QJsonDocument::fromJson(m_program.readLine()).object();
        QCOMPARE(answer["id"].toInt(-1), i);
        QCOMPARE(answer["rows"][0][0].toString(), QString::number(i));
    }
}

void TestSandboxProtocol::endsWithItsInput()
{
    Program program;
    program.start({"sandbox", "--engine", "postgres"});
    program.process().write(R"j({"id":1,"query":"SELECT 1"})j"); // without a newline: a line all the same

    program.process().closeWriteChannel();

    QCOMPARE(QJsonDocument::fromJson(program.readLine()).object()["status"].toString(), QString("ok"));
    QCOMPARE(program.finish(), 0);
}

void TestSandboxProtocol::refusesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");

    QTest::newRow("no subcommand") << QStringList{};
    QTest::newRow("an unknown one") << QStringList{"sandbx"};
    QTest::newRow("an unknown engine") << QStringList{"sandbox", "--engine", "sqlite"};
    QTest::newRow("an unknown option") << QStringList{"sandbox", "--fast"};
}

void TestSandboxProtocol::refusesWrongUsage()
{
    QFETCH(QStringList, arguments);
    Program program;
    program.start(arguments);

    QCOMPARE(program.finish(), 2);
    QVERIFY(program.process().readAllStandardOutput().isEmpty());
    QVERIFY(!program.process().readAllStandardError().isEmpty());
}

void TestSandboxProtocol::failsWithoutAServer()
{
    Program program;
    program.start({"--dsn", "host=/nowhere", "sandbox", "--engine", "postgres"});

    QCOMPARE(program.finish(), 3);
    QVERIFY(program.process().readAllStandardError().contains("/nowhere"));
}

void TestSandboxProtocol::embeddedAnswersWithoutPostgres()
{
    Program program;
    program.start({"--dsn", "host=/nowhere", "sandbox"});

    QCOMPARE(program.ask(R"j({"dataset":"d","setup":"CREATE TABLE t(a int); INSERT INTO t VALUES (1)"})j")["status"]
                 .toString(),
             QString("ok"));
    const auto rows = program.ask(R"j({"id":1,"dataset":"d","query":"SELECT a + 1 AS b FROM t"})j");
    const auto declined = program.ask(R"j({"id":2,"dataset":"d","query":"SELECT xmlcomment('x') FROM t"})j");

    QCOMPARE(rows["rows"][0][0].toString(), QString("2"));
    QVERIFY(!rows.contains("by"));
    QCOMPARE(declined["status"].toString(), QString("unsupported"));
    QVERIFY(!declined["unsupported"]["feature"].toString().isEmpty());
    QCOMPARE(program.finish(), 0);
}

void TestSandboxProtocol::exactSaysWhoAnswered()
{
    Program program;
    program.start({"sandbox", "--engine", "exact"});

    program.ask(R"j({"dataset":"d","setup":"CREATE TABLE t(a int); INSERT INTO t VALUES (1)"})j");
    const auto embedded = program.ask(R"j({"id":1,"dataset":"d","query":"SELECT a FROM t"})j");
    const auto postgres = program.ask(R"j({"id":2,"dataset":"d","query":"SELECT a, xmlcomment('x') FROM t"})j");

    QCOMPARE(embedded["by"].toString(), QString("embedded"));
    QCOMPARE(embedded["rows"][0][0].toString(), QString("1"));
    QCOMPARE(postgres["by"].toString(), QString("postgres"));
    QCOMPARE(postgres["rows"][0][1].toString(), QString("<!--x-->"));
    QCOMPARE(program.finish(), 0);
}

void TestSandboxProtocol::exactWithoutPostgresDeclines()
{
    Program program;
    program.start({"--dsn", "host=/nowhere", "sandbox", "--engine", "exact"});

    const auto answer = program.ask(R"j({"id":1,"query":"SELECT xmlcomment('x')"})j");

    QCOMPARE(answer["status"].toString(), QString("unsupported"));
    QCOMPARE(program.finish(), 0);
}

QTEST_GUILESS_MAIN(TestSandboxProtocol)
#include "tst_sandbox_protocol.moc"
