// Parsing: PostgreSQL's syntax errors word for word, and texts that would overflow its parser.
#include "live_postgres.h"
#include "sql/guard.h"
#include "sql/parse.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace sqlgym;

namespace {

std::string repeated(std::string_view piece, std::size_t times)
{
    std::string text;
    text.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        text += piece;
    return text;
}

} // namespace

Q_DECLARE_METATYPE(std::string)

class TestParse : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void saysWhatPostgresSays_data();
    void saysWhatPostgresSays();
    void readsPastCommentsAsPostgresDoes();
    void refusesWhatIsNoText();
    void declinesWhatWouldOverflowTheParser_data();
    void declinesWhatWouldOverflowTheParser();
    void parsesWhatIsOnlyLarge_data();
    void parsesWhatIsOnlyLarge();
    void dividesAScriptIntoStatements();
    void measuresWhatIsNotQuoted();

private:
    tests::LivePostgres m_postgres;
};

void TestParse::initTestCase() { QVERIFY2(m_postgres.start("CREATE TABLE t (a int)"), m_postgres.whyNot().c_str()); }

void TestParse::saysWhatPostgresSays_data()
{
    QTest::addColumn<QString>("text");

    const char *const kTexts[] = {
        "SELEC 1",
        "SELECT 1 FROM",
        "SELECT '€€', FROM t",
        "SELECT 'ä', 'ö' \"ü\" x y FROM t",
        "SELECT '𝄞' 𝄞 𝄞 FROM t",
        "SELECT 'open",
        "SELECT '€€€ open",
        "SELECT \"open",
        "SELECT \"\"",
        "SELECT $a$ open $b$",
        "SELECT /* open /* inner */",
        "SELECT E'\\u00zz'",
        "SELECT E'\\ud800'",
        "SELECT U&'\\00zz'",
        "SELECT U&'\\d800'",
        "SELECT E'a', U&'\\zz'",
        "SELECT U&'a', E'\\u12'",
        "SELECT U&'\\00411\\+00zz'",
        "SELECT E'\\U0011ffff'",
        "SELECT U&'x' UESCAPE '+'",
        "SELECT 1abc",
        "SELECT 1e",
        "SELECT 1.e5x",
        "SELECT (1",
        "SELECT 1)",
        "SELECT 1 1",
        "SELECT * FROM t WHERE",
        "SELECT * FROM t GROUP a",
        "SELECT ,",
        "SELECT a FROM t LIMIT 1, 2",
        "SELECT * FROM (SELECT 1)",
        "SELECT * FROM (VALUES (1))",
        "SELECT a.b.c.d.e.f FROM t x y",
        "SELECT count(*) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING)",
        "SELECT @ ",
        "SELECT 1 +",
        "SELECT CASE WHEN 1 THEN",
        "INSERT INTO t VALUES (1",
        "INSERT t VALUES (1)",
        "CREATE TABLE (a int)",
        "UPDATE t SET",
        "DELETE t",
        "\n\n  SELECT\n  1 FROM FROM t",
        "SELECT 1;; SELEC 2",
    };
    for (const char *text : kTexts)
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestParse::saysWhatPostgresSays()
{
    QFETCH(const QString, text);
    const auto expected = m_postgres.describe(text.toStdString()).error;
    QVERIFY(expected);

    const auto parsed = sql::parse(text.toStdString());

    QVERIFY(parsed.error);
    QCOMPARE(QString::fromStdString(parsed.error->message), QString::fromStdString(expected->message));
    QCOMPARE(parsed.error->sqlstate, expected->sqlstate);
    QCOMPARE(parsed.error->position, expected->position);
    QCOMPARE(QString::fromStdString(parsed.error->hint), QString::fromStdString(expected->hint));
}

void TestParse::readsPastCommentsAsPostgresDoes()
{
    const char *const kTexts[] = {
        "SELECT a FROM t WHERE a NOT~IN (1)",
        "SELECT a FROM t WHERE a NOT~BETWEEN 1 AND 2",
        "SELECT a FROM t WHERE a::text NOT~LIKE 'x'",
        "SELECT a FROM t WHERE NOT~a = 1",
        "SELECT a FROM t WHERE a IS NOT~NULL",
        "SELECT a FROM t WHERE a IS NOT~DISTINCT~FROM 1",
        "SELECT a FROM t ORDER BY a NULLS~FIRST",
        "SELECT a FROM t ORDER BY a DESC NULLS~LAST",
        "SELECT a AS nulls FROM t ORDER BY nulls~DESC",
        "SELECT '2024-01-01'::timestamp WITH~TIME~ZONE",
        "SELECT * FROM unnest(ARRAY[1]) WITH~ORDINALITY",
        "WITH~q AS (SELECT 1) SELECT * FROM q",
        "SELECT U&'!0041'~UESCAPE~'!'",
        "SELECT U&\"!0041\"~UESCAPE '!' FROM t",
        "SELECT U&'\\0041'~'b'",
        "SELECT U&'\\0041'~\n'b'",
        "SELECT 'a'~'b'",
        "SELECT 'a'~\n'b'",
        "SELECT 1~NOT~",
        "SELECT NOT~",
        "SELECT '~', $$~$$, \"~\" FROM t",
    };
    const char *const kBetween[] = {" ",       " /* c */ ",    "/**/",   "/* a /* b */ ' */",
                                    " -- c\n", " --\n -- '\n", "--/*\n", " /* \n */ --\n ",
                                    "/* € */", " /* open"};
    int right = 0;
    for (const QString text : kTexts) {
        for (const QString between : kBetween) {
            const std::string sql = QString(text).replace('~', between).toStdString();
            const auto expected = m_postgres.describe(sql).error;
            const auto parsed = sql::parse(sql);
            const bool syntax = expected && expected->sqlstate == "42601";
            QVERIFY2(parsed.error.has_value() == syntax, sql.c_str());
            right += !syntax;
            if (syntax) {
                QCOMPARE(QString::fromStdString(parsed.error->message), QString::fromStdString(expected->message));
                QVERIFY2(parsed.error->position == expected->position, sql.c_str());
            }
        }
    }
    QVERIFY(right > 100);
}

void TestParse::refusesWhatIsNoText()
{
    using namespace std::string_view_literals;
    for (const std::string_view text : {"SELECT '\0'"sv, "\0"sv, "SELECT '\xff'"sv, "SELECT '\xc3'"sv, "\xed\xa0\x80"sv,
                                        "SELECT '\xc0\x80'"sv, "SELECT '\xf5\x80\x80\x80'"sv}) {
        const auto parsed = sql::parse(text);

        QVERIFY(parsed.error);
        QCOMPARE(parsed.error->sqlstate, std::string("22021"));
    }
}

void TestParse::declinesWhatWouldOverflowTheParser_data()
{
    QTest::addColumn<std::string>("text");

    QTest::newRow("100,000 terms") << "SELECT 1" + repeated("+1", 100'000);
    QTest::newRow("100,000 ANDs") << "SELECT true" + repeated(" AND true", 100'000);
    QTest::newRow("100,000 casts") << "SELECT 1" + repeated("::int", 100'000);
    QTest::newRow("100,000 NOTs") << "SELECT " + repeated("NOT ", 100'000) + "true";
    QTest::newRow("100,000 minus signs") << "SELECT " + repeated("- ", 100'000) + "1";
    QTest::newRow("100,000 parentheses") << "SELECT " + repeated("(", 100'000) + "1" + repeated(")", 100'000);
    QTest::newRow("100,000 open parentheses") << "SELECT " + repeated("(", 100'000);
    QTest::newRow("100,000 subqueries") << repeated("SELECT (", 100'000) + "1" + repeated(")", 100'000);
    QTest::newRow("100,000 UNIONs") << "SELECT 1" + repeated(" UNION SELECT 1", 100'000);
    QTest::newRow("100,000 joins") << "SELECT 1 FROM t" + repeated(" CROSS JOIN t", 100'000);
    QTest::newRow("100,000 CASEs") << "SELECT " + repeated("CASE WHEN true THEN ", 100'000) + "1" +
                                          repeated(" END", 100'000);
    QTest::newRow("100,000 subscripts") << "SELECT a" + repeated("[1]", 100'000) + " FROM t";
    QTest::newRow("100,000 arrays") << "SELECT " + repeated("ARRAY[", 100'000) + "1" + repeated("]", 100'000);
    QTest::newRow("20 MB") << "SELECT '" + repeated("x", 20u << 20) + "'";
}

void TestParse::declinesWhatWouldOverflowTheParser()
{
    QFETCH(const std::string, text);
    QElapsedTimer timer;
    timer.start();

    const auto parsed = sql::parse(text);

    QVERIFY(!parsed.script);
    QVERIFY(!parsed.declined.empty() || parsed.error);
    QVERIFY(timer.elapsed() < 5'000);
}

void TestParse::parsesWhatIsOnlyLarge_data()
{
    QTest::addColumn<std::string>("text");

    QTest::newRow("a text of 10 MB") << "SELECT '" + repeated("x", 10u << 20) + "'";
    QTest::newRow("10 MB of dollars") << "SELECT $tag$" + repeated("$", 10u << 20) + "$tag$";
    QTest::newRow("a comment of 10 MB") << "/*" + repeated("*", 10u << 20) + "*/ SELECT 1";
    QTest::newRow("10,000 nested comments") << repeated("/*", 10'000) + repeated("*/", 10'000) + " SELECT 1";
    QTest::newRow("a long tag") << "SELECT $" + repeated("t", 100'000) + "$ x $" + repeated("t", 100'000) + "$";
    QTest::newRow("20,000 rows") << "INSERT INTO t VALUES (0)" + repeated(", (1)", 20'000);
    QTest::newRow("500 parentheses") << "SELECT " + repeated("(", 500) + "1" + repeated(")", 500);
    QTest::newRow("4,000 terms") << "SELECT 1" + repeated("+1", 4'000);
    QTest::newRow("quoted parentheses") << "SELECT '" + repeated("(", 100'000) + "', \"" + repeated("+", 60) +
                                               "\" -- " + repeated("(", 9'000);
}

void TestParse::parsesWhatIsOnlyLarge()
{
    QFETCH(const std::string, text);

    const auto parsed = sql::parse(text);

    QVERIFY2(parsed.script, (parsed.declined + (parsed.error ? parsed.error->message : "")).c_str());
    QCOMPARE(parsed.script->statements().size(), std::size_t{1});
}

void TestParse::dividesAScriptIntoStatements()
{
    const std::string text = "  SELECT '€;' ; ;\n-- a; b\nSELECT \";\" ;; INSERT INTO t VALUES (1)  \n";

    const auto parsed = sql::parse(text);

    QVERIFY(parsed.script);
    QStringList pieces;
    for (const auto &statement : parsed.script->statements())
        pieces << QString::fromStdString(
            text.substr(statement.span.byteBegin, statement.span.byteEnd - statement.span.byteBegin));
    QCOMPARE(pieces.size(), 3);
    QCOMPARE(pieces[0], QStringLiteral("SELECT '€;'"));
    QVERIFY(pieces[1].endsWith(QStringLiteral("SELECT \";\"")));
    QCOMPARE(pieces[2], QStringLiteral("INSERT INTO t VALUES (1)"));
    QVERIFY(sql::parse("").script);
    QVERIFY(sql::parse(" ; -- nothing\n;").script->statements().empty());
}

void TestParse::measuresWhatIsNotQuoted()
{
    QCOMPARE(sql::measure("").tokens, std::size_t{0});
    QCOMPARE(sql::measure("SELECT ((1))").parentheses, std::size_t{2});
    QCOMPARE(sql::measure("SELECT '((((', $$((((($$, \"(((\" /* (((( */ -- ((((").parentheses, std::size_t{0});
    QVERIFY(sql::measure("SELECT 1+1+1+1").depth >= 3);
    // The longest statement counts, not their sum.
    const auto two = sql::measure("SELECT 1+1; SELECT 1+1+1");
    QCOMPARE(two.tokens, sql::measure("SELECT 1+1+1").tokens);
    QCOMPARE(two.depth, sql::measure("SELECT 1+1+1").depth);
}

QTEST_APPLESS_MAIN(TestParse)
#include "tst_parse.moc"
