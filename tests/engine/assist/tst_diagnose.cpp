// What is underlined while typing, and what is said to a beginner. PostgreSQL's messages are proven in
// tests/engine/sql.
#include "assist/diagnose.h"

#include <QtTest/QtTest>

using namespace sqlgym;

namespace {

assist::Tables tables()
{
    assist::Tables made;
    made.addScript(
        "CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL, joined_on date);"
        "CREATE TABLE tool (id int PRIMARY KEY, name text NOT NULL, price numeric(8,2));"
        "CREATE TABLE loan (id int PRIMARY KEY, tool_id int REFERENCES tool, member_id int REFERENCES member,"
        " due_on date NOT NULL, returned_on date);");
    return made;
}

std::string underlined(const std::string &sql, const assist::Finding &finding)
{
    return sql.substr(finding.span.byteBegin, finding.span.byteEnd - finding.span.byteBegin);
}

} // namespace

class TestDiagnose : public QObject {
    Q_OBJECT
private slots:
    void exactToken_data();
    void exactToken();
    void rightQueriesHaveNoFindings_data();
    void rightQueriesHaveNoFindings();
    void plainSentences_data();
    void plainSentences();
    void eachStatementForItself();
    void laterStatementsSeeEarlierTables();
    void hostileTextsEnd();
};

void TestDiagnose::exactToken_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("sqlstate");
    QTest::addColumn<int>("position"); // PostgreSQL's, in characters

    QTest::newRow("unknown column") << QByteArray("SELECT id, plyer FROM loan") << QByteArray("plyer")
                                    << QByteArray("42703") << 12;
    QTest::newRow("a qualified name as a whole")
        << QByteArray("SELECT l.colour FROM loan l") << QByteArray("l.colour") << QByteArray("42703") << 8;
    QTest::newRow("behind text of other scripts") << QByteArray("SELECT 'na\xC3\xAFve \xE2\x82\xAC', plyer FROM loan")
                                                  << QByteArray("plyer") << QByteArray("42703") << 19;
    QTest::newRow("behind an emoji") << QByteArray("SELECT '\xF0\x9F\x98\x80', plyer FROM loan") << QByteArray("plyer")
                                     << QByteArray("42703") << 13;
    QTest::newRow("in the second statement")
        << QByteArray("SELECT 1;\nSELECT x FROM loan") << QByteArray("x") << QByteArray("42703") << 18;
    QTest::newRow("unknown table") << QByteArray("SELECT * FROM lone") << QByteArray("lone") << QByteArray("42P01")
                                   << 15;
    QTest::newRow("syntax") << QByteArray("SELECT id, FROM loan") << QByteArray("FROM") << QByteArray("42601") << 12;
    QTest::newRow("ungrouped column") << QByteArray("SELECT tool_id, due_on FROM loan GROUP BY tool_id")
                                      << QByteArray("due_on") << QByteArray("42803") << 17;
    QTest::newRow("not closed") << QByteArray("SELECT 'abc FROM loan") << QByteArray("'abc FROM loan")
                                << QByteArray("42601") << 8;
}

void TestDiagnose::exactToken()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, sqlstate);
    QFETCH(int, position);

    const auto findings = assist::diagnose(sql.toStdString(), tables());

    QCOMPARE(findings.size(), std::size_t(1));
    QCOMPARE(QByteArray::fromStdString(underlined(sql.toStdString(), findings.front())), token);
    QCOMPARE(QByteArray::fromStdString(findings.front().diagnostic.sqlstate), sqlstate);
    QCOMPARE(findings.front().diagnostic.position, position);
}

void TestDiagnose::rightQueriesHaveNoFindings_data()
{
    QTest::addColumn<QByteArray>("sql");
    for (const char *sql :
         {"SELECT count(*) FROM loan l JOIN tool t ON t.id = l.tool_id", "", "-- only a comment", "SELECT 1;;SELECT 2",
          "WITH late AS (SELECT * FROM loan) SELECT id FROM late", "SELECT pg_read_file('x')", // declined, not wrong
          "INSERT INTO tool VALUES (1, 'saw', 9.5) RETURNING id"})
        QTest::newRow(sql) << QByteArray(sql);
}

void TestDiagnose::rightQueriesHaveNoFindings()
{
    QFETCH(QByteArray, sql);
    const auto findings = assist::diagnose(sql.toStdString(), tables());
    QVERIFY2(findings.empty(), findings.empty() ? "" : findings.front().diagnostic.message.c_str());
}

void TestDiagnose::plainSentences_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("says");

    const auto row = [](const char *sql, const char *says) {
        QTest::newRow(sql) << QByteArray(sql) << QByteArray(says);
    };
    row("SELECT id, FROM loan", "comma too many");
    row("SELECT id FORM loan", "FROM instead of FORM");
    row("SELCT id FROM loan", "SELECT instead of SELCT");
    row("SELECT id FROM loan WEHRE id = 1", "WHERE instead of WEHRE");
    row("SELECT id FROM loan ORDER BY id WHERE id = 1", "WHERE stands before ORDER");
    row("SELECT tool_id FROM loan GROUP BY tool_id WHERE id > 1", "WHERE stands before GROUP");
    row("SELECT id) FROM loan", "closes nothing");
    row("SELECT id FROM (SELECT id FROM loan", "opened and not closed");
    row("SELECT id name FROM", "has to follow FROM");
    row("SELECT id due_on tool_id FROM loan", "side by side");
    row("SELECT CASE WHEN id = 1 THEN 2 FROM loan", "ends with END");
    row("SELECT * FROM loan JOIN tool WHERE true", "JOIN table ON");
    row("SELECT TOP 5 id FROM loan", "LIMIT");
    row("SELECT id FROM loan LIMIT 5, 10", "OFFSET");
    row("SELECT `id` FROM loan", "double quotes");
    row("SELECT id FROM loan WHERE id => 3", ">=");
    row("SELECT id FROM loan WHERE id == 3", "one =");
    row("SELECT id FROM loan WHERE id =< 3", "<=");
    row("SELECT name FROM tool WHERE name = \"saw\"", "single quotes");
    row("SELECT id AS n FROM loan WHERE n = 1", "SELECT list");
    row("SELECT price FROM loan", "tool");
    row("SELECT lone.id FROM loan", "Nothing in FROM");
    row("SELECT tool.id FROM loan", "not in FROM");
    row("SELECT * FROM loans", "Did you mean the table loan");
    row("SELECT * FROM nothing_like_it", "The tables here are");
    row("SELECT tool_id, due_on FROM loan GROUP BY tool_id", "aggregate");
    row("SELECT id FROM loan WHERE count(*) > 1", "HAVING");
    row("SELECT sum(count(*)) FROM loan", "subquery");
    row("SELECT id FROM loan WHERE row_number() OVER () = 1", "filter outside");
    row("SELECT id FROM loan JOIN tool ON tool.id = loan.tool_id", "table.column");
    row("SELECT ifnull(name, '') FROM tool", "coalesce");
    row("SELECT year(due_on) FROM loan", "extract");
    row("SELECT lenght(name) FROM tool", "length()");
    row("SELECT sum(name) FROM tool", "cast");
    row("SELECT * FROM tool WHERE name = 5", "single quotes");
    row("SELECT name + name FROM tool", "||");
    row("SELECT id FROM loan WHERE id = 'abc'", "whole number");
    row("SELECT id FROM loan WHERE due_on = '2024-13-45'", "YYYY");
    row("SELECT id FROM loan WHERE id", "condition");
    row("SELECT * FROM (SELECT 1)", "AS name");
    row("SELECT 1 UNION SELECT 1, 2", "equally many");
    row("SELECT (SELECT id, tool_id FROM loan)", "one column");
    row("SELECT DISTINCT tool_id FROM loan ORDER BY id", "SELECT list");
    row("SELECT * FROM loan, loan", "alias");
    row("SELECT 'abc", "does not end");
}

void TestDiagnose::plainSentences()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, says);

    const auto findings = assist::diagnose(sql.toStdString(), tables());

    QCOMPARE(findings.size(), std::size_t(1));
    QVERIFY2(QByteArray::fromStdString(findings.front().plain).contains(says),
             (findings.front().diagnostic.message + " | " + findings.front().plain).c_str());
}

void TestDiagnose::eachStatementForItself()
{
    const std::string sql = "SELECT x FROM loan;\nSELECT 1;\nSELECT FROM WHERE;\nSELECT y FROM tool";
    const auto findings = assist::diagnose(sql, tables());
    QCOMPARE(findings.size(), std::size_t(3));
    QCOMPARE(underlined(sql, findings[2]), std::string("y"));
}

void TestDiagnose::laterStatementsSeeEarlierTables()
{
    QVERIFY(assist::diagnose("CREATE TABLE t (a int); SELECT a FROM t; DROP TABLE t", tables()).empty());
    QCOMPARE(assist::diagnose("CREATE TABLE t (a int); DROP TABLE t; SELECT a FROM t", tables()).size(),
             std::size_t(1));
}

void TestDiagnose::hostileTextsEnd()
{
    std::string operators = "SELECT 1";
    for (int i = 0; i < 20'000; ++i)
        operators += "+1";
    QVERIFY(assist::diagnose(operators, tables()).empty()); // declined before the parser recurses
    QVERIFY(assist::diagnose("SELECT " + std::string(20'000, '('), tables()).size() <= 1);
    QVERIFY(assist::diagnose(std::string("SELECT 1\0002", 10), tables()).size() == 1);
    QVERIFY(assist::diagnose(std::string(10'000'000, 'x'), tables()).empty());
    QVERIFY(assist::diagnose("SELECT '\xFF\xFE', \xE2\x80\xAE FROM", tables()).size() <= 1);
}

QTEST_APPLESS_MAIN(TestDiagnose)
#include "tst_diagnose.moc"
