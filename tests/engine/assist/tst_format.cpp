// The layout, and that it never changes what a statement means.
#include "assist/format.h"

#include <QtCore/QDirIterator>
#include <QtTest/QtTest>

using namespace sqlgym;

class TestFormat : public QObject {
    Q_OBJECT
private slots:
    void laysOut_data();
    void laysOut();
    void keepsComments();
    void leavesAloneWhatIsNotSql();
    void everySolutionStaysWhatItIs();
};

void TestFormat::laysOut_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("a clause a line") << QByteArray(
                                            "select id,name from tool where price>1 and name<>'x' order by id desc;")
                                     << QByteArray("select id, name\nfrom tool\nwhere price > 1 and name <> 'x'\n"
                                                   "order by id desc;\n");
    QTest::newRow("joins on lines of their own where they do not fit")
        << QByteArray("SELECT t.name FROM loan AS l JOIN tool AS t ON t.id = l.tool_id LEFT JOIN member AS m ON m.id = "
                      "l.member_id")
        << QByteArray(
               "SELECT t.name\nFROM loan AS l\n    JOIN tool AS t ON t.id = l.tool_id\n    LEFT JOIN member AS m "
               "ON m.id = l.member_id\n");
    QTest::newRow("signs") << QByteArray("SELECT -1, a::int, b[1], count( * ), x.y , 2* -3 FROM t")
                           << QByteArray("SELECT -1, a::int, b[1], count(*), x.y, 2 * -3\nFROM t\n");
    QTest::newRow("conditions") << QByteArray("SELECT 1 FROM t WHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaa BETWEEN 1 AND 2 AND "
                                              "bbbbbbbbbbbbbbbbbbbbbbbbbbbbb = 2 "
                                              "OR ccccccccccccccccccccccc IS NULL")
                                << QByteArray(
                                       "SELECT 1\nFROM t\nWHERE aaaaaaaaaaaaaaaaaaaaaaaaaaaa BETWEEN 1 AND 2\n    AND "
                                       "bbbbbbbbbbbbbbbbbbbbbbbbbbbbb = 2\n    OR ccccccccccccccccccccccc IS NULL\n");
    QTest::newRow("with items")
        << QByteArray("WITH late AS (SELECT tool_id, count(*) AS n FROM loan WHERE returned_on IS NULL GROUP BY "
                      "tool_id HAVING "
                      "count(*) > 2) SELECT * FROM late")
        << QByteArray(
               "WITH late AS (\n    SELECT tool_id, count(*) AS n\n    FROM loan\n    WHERE returned_on IS NULL\n"
               "    GROUP BY tool_id\n    HAVING count(*) > 2\n)\nSELECT *\nFROM late\n");
    QTest::newRow("several statements") << QByteArray("SELECT 1;SELECT 2;\n\n\nSELECT 3")
                                        << QByteArray("SELECT 1;\nSELECT 2;\n\nSELECT 3\n");
}

void TestFormat::laysOut()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, expected);

    const auto formatted = assist::format(sql.toStdString());

    QCOMPARE(QByteArray::fromStdString(formatted.refusal), QByteArray());
    QCOMPARE(QByteArray::fromStdString(formatted.text), expected);
    QCOMPARE(assist::format(formatted.text).text, formatted.text); // once is enough
}

void TestFormat::keepsComments()
{
    const std::string sql =
        "-- what is out\nSELECT id, -- the loan\n tool_id /* and what */ FROM loan -- all\nWHERE true";
    const auto formatted = assist::format(sql);
    QCOMPARE(formatted.refusal, std::string());
    for (const char *comment : {"-- what is out", "-- the loan", "/* and what */", "-- all"})
        QVERIFY2(formatted.text.find(comment) != std::string::npos, formatted.text.c_str());
    QCOMPARE(assist::format(formatted.text).text, formatted.text);
}

void TestFormat::leavesAloneWhatIsNotSql()
{
    for (const char *sql : {"SELECT FROM WHERE", "SELECT 'abc", "half a thought"}) {
        const auto formatted = assist::format(sql);
        QCOMPARE(formatted.text, std::string(sql));
        QVERIFY(!formatted.refusal.empty());
    }
}

void TestFormat::everySolutionStaysWhatItIs()
{
    int files = 0;
    QDirIterator all(QStringLiteral(SQLGYM_SOURCE_DIR "/resources/packs"), {QStringLiteral("*.sql")}, QDir::Files,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        if (file.fileName().endsWith(QStringLiteral("/starter.sql")))
            continue; // something to mend, or lines to put in order: it need not be SQL yet
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string sql = file.readAll().toStdString();
        const auto formatted = assist::format(sql);
        QVERIFY2(formatted.refusal.empty(), qPrintable(file.fileName() + QString::fromStdString(formatted.refusal)));
        QCOMPARE(assist::format(formatted.text).text, formatted.text);
        ++files;
    }
    QVERIFY(files > 40);
}

QTEST_APPLESS_MAIN(TestFormat)
#include "tst_format.moc"
