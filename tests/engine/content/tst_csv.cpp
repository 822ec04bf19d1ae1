#include "content/csv.h"

#include <QtTest>

using namespace sqlgym::content;

class TestCsv : public QObject {
    Q_OBJECT

private slots:
    void tellsNullFromEmpty();
    void readsQuotes();
    void keepsLineNumbers();
    void namesTheLineOfAMistake_data();
    void namesTheLineOfAMistake();
};

void TestCsv::tellsNullFromEmpty()
{
    const auto csv = parseCsv("a,,\"\"\n,\n");

    QVERIFY(csv);
    QCOMPARE(csv->rows, (std::vector<Row>{{"a", std::nullopt, ""}, {std::nullopt, std::nullopt}}));
}

void TestCsv::readsQuotes()
{
    const auto csv = parseCsv("\"say \"\"hi\"\", you\",\" x \"\r\n\"two\nlines\",ø");

    QVERIFY(csv);
    QCOMPARE(csv->rows, (std::vector<Row>{{"say \"hi\", you", " x "}, {"two\nlines", "ø"}}));
}

void TestCsv::keepsLineNumbers()
{
    const auto csv = parseCsv("a\n\"b\nc\"\nd\n");

    QVERIFY(csv);
    QCOMPARE(csv->lines, (std::vector<int>{1, 2, 4}));
}

void TestCsv::namesTheLineOfAMistake_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("line");

    QTest::newRow("a quote is not closed") << QByteArray("a\n\"b\nc\n") << QByteArray("line 2");
    QTest::newRow("text after a quote") << QByteArray("a\nb\n\"c\"d\n") << QByteArray("line 3");
    QTest::newRow("a quote in the middle") << QByteArray("a\nb\"c\"\n") << QByteArray("line 2");
    QTest::newRow("a lone carriage return") << QByteArray("a\rb\n") << QByteArray("line 1");
}

void TestCsv::namesTheLineOfAMistake()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, line);

    const auto csv = parseCsv(text.toStdString());

    QVERIFY(!csv);
    QVERIFY2(csv.error().message.starts_with(line.toStdString()), csv.error().message.c_str());
}

QTEST_APPLESS_MAIN(TestCsv)
#include "tst_csv.moc"
