#include "assist/scan.h"

#include <QtTest/QtTest>

using namespace sqlgym::assist;

class TestScan : public QObject {
    Q_OBJECT
private slots:
    void classesOfTokens_data();
    void classesOfTokens();
    void statements_data();
    void statements();
    void statementAtTheCursor();
    void anyBytesEndSomewhere();
};

void TestScan::classesOfTokens_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("kinds"); // one letter a token

    QTest::newRow("a select") << QByteArray("SELECT a, count(*) FROM t") << QByteArray("kppfpopkp");
    QTest::newRow("strings of all kinds")
        << QByteArray("'it''s' E'a\\'b' $$x;y$$ $q$ $$ $q$ B'01'") << QByteArray("sssss");
    QTest::newRow("comments nest") << QByteArray("/* a /* b */ c */ 1 -- rest") << QByteArray("cnc");
    QTest::newRow("quoted names") << QByteArray("\"Select\".\"a\"\"b\"") << QByteArray("qpq");
    QTest::newRow("numbers") << QByteArray("1 2.5 .5 1e10 3.2E-4 $1") << QByteArray("nnnnnP");
    QTest::newRow("a keyword after a dot is a name") << QByteArray("t.order") << QByteArray("ppp");
    QTest::newRow("not closed: to the end") << QByteArray("SELECT 'abc") << QByteArray("ks");
    QTest::newRow("an operator ends before a comment") << QByteArray("1+--x") << QByteArray("noc");
    QTest::newRow("letters of any language") << QByteArray("sélect \"Ä\"") << QByteArray("pq");
}

void TestScan::classesOfTokens()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, kinds);
    static constexpr char letters[] = {'p', 'k', 'f', 's', 'n', 'c', 'q', 'o', 'P'};

    QByteArray found;
    for (const auto &token : scanSql(sql.toStdString()).tokens)
        found += letters[static_cast<int>(token.kind)];

    QCOMPARE(found, kinds);
}

void TestScan::statements_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QStringList>("pieces");

    QTest::newRow("two") << QByteArray("SELECT 1; SELECT 2;") << QStringList{"SELECT 1", "SELECT 2"};
    QTest::newRow("semicolons in strings and comments")
        << QByteArray("SELECT ';' /* ; */; -- ;\nSELECT $$;$$") << QStringList{"SELECT ';'", "SELECT $$;$$"};
    QTest::newRow("comments around are not of it")
        << QByteArray("-- note\nSELECT 1 -- end\n;") << QStringList{"SELECT 1"};
    QTest::newRow("nothing") << QByteArray(" ; -- x\n;") << QStringList{};
}

void TestScan::statements()
{
    QFETCH(QByteArray, sql);
    QFETCH(QStringList, pieces);

    QStringList found;
    for (const auto &span : scanSql({sql.constData(), static_cast<std::size_t>(sql.size())}).statements)
        found << QString::fromUtf8(sql.mid(span.byteBegin, static_cast<int>(span.byteEnd - span.byteBegin)));

    QCOMPARE(found, pieces);
}

void TestScan::statementAtTheCursor()
{
    const std::string sql = "SELECT 1;\n\nSELECT 2;\n";
    const auto scan = scanSql(sql);

    QCOMPARE(statementAt(scan, 0)->byteBegin, 0u);
    QCOMPARE(statementAt(scan, 9)->byteBegin, 0u); // right behind the semicolon
    QCOMPARE(statementAt(scan, 11)->byteBegin, 11u);
    QCOMPARE(statementAt(scan, 21)->byteBegin, 11u); // the empty last line
    QVERIFY(!statementAt(scanSql("-- nothing"), 3));
}

void TestScan::anyBytesEndSomewhere()
{
    std::string bytes;
    for (unsigned seed = 1; seed < 400; ++seed) {
        bytes.clear();
        unsigned state = seed * 2654435761u;
        static constexpr std::string_view kParts = "'\"$-/*;E\\ a1.\n\x80\xFF\0()";
        for (int i = 0; i < 60; ++i) {
            state = state * 1664525u + 1013904223u;
            bytes += kParts[(state >> 16) % kParts.size()];
        }
        std::size_t at = 0;
        for (const auto &token : scanSql(bytes).tokens) {
            QVERIFY(token.span.byteBegin >= at && token.span.byteEnd > token.span.byteBegin &&
                    token.span.byteEnd <= bytes.size());
            at = token.span.byteEnd;
        }
    }
}

QTEST_APPLESS_MAIN(TestScan)
#include "tst_scan.moc"
