#include "assist/function_at.h"

#include <QtTest/QtTest>

using namespace sqlgym::assist;

class TestFunctionAt : public QObject {
    Q_OBJECT
private slots:
    void findsTheCallAtTheCursor_data();
    void findsTheCallAtTheCursor();
    void describesTheFormThatTakesTheArgument();
};

void TestFunctionAt::findsTheCallAtTheCursor_data()
{
    QTest::addColumn<QByteArray>("sql"); // | is the cursor
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("argument");

    QTest::newRow("no call") << QByteArray("SELECT a| FROM t") << QByteArray() << -1;
    QTest::newRow("on the name") << QByteArray("SELECT ro|und(a, 2)") << QByteArray("round") << -1;
    QTest::newRow("behind the name") << QByteArray("SELECT round|(a, 2)") << QByteArray("round") << -1;
    QTest::newRow("first argument") << QByteArray("SELECT round(|a, 2)") << QByteArray("round") << 0;
    QTest::newRow("second argument") << QByteArray("SELECT round(a, |2)") << QByteArray("round") << 1;
    QTest::newRow("not closed yet") << QByteArray("SELECT round(a, |") << QByteArray("round") << 1;
    QTest::newRow("the inner one") << QByteArray("SELECT round(abs(|a), 2)") << QByteArray("abs") << 0;
    QTest::newRow("behind the inner one") << QByteArray("SELECT round(abs(a), |2)") << QByteArray("round") << 1;
    QTest::newRow("behind the call") << QByteArray("SELECT round(a, 2), |b") << QByteArray() << -1;
    QTest::newRow("brackets within") << QByteArray("SELECT round((a, (b + |c)), 2)") << QByteArray("round") << 0;
    QTest::newRow("a comma in a string") << QByteArray("SELECT left('a,b', |2)") << QByteArray("left") << 1;
    QTest::newRow("LEFT of a join") << QByteArray("SELECT 1 FROM a LE|FT JOIN b") << QByteArray() << -1;
    QTest::newRow("in a string") << QByteArray("SELECT upper('a|b')") << QByteArray("upper") << 0;
    QTest::newRow("another statement") << QByteArray("SELECT round(1; SELECT |2") << QByteArray() << -1;
    QTest::newRow("capitals") << QByteArray("SELECT COUNT(|x)") << QByteArray("count") << 0;
    QTest::newRow("an empty text") << QByteArray("|") << QByteArray() << -1;
}

void TestFunctionAt::findsTheCallAtTheCursor()
{
    QFETCH(QByteArray, sql);
    const auto cursor = sql.indexOf('|');
    sql.remove(cursor, 1);

    const FunctionAt at =
        functionAt({sql.constData(), static_cast<std::size_t>(sql.size())}, static_cast<std::size_t>(cursor));

    QTEST(at.help ? QByteArray::fromStdString(at.help->name) : QByteArray(), "name");
    QTEST(at.argument, "argument");
}

void TestFunctionAt::describesTheFormThatTakesTheArgument()
{
    const auto words = [](std::string_view sql, std::size_t cursor) { return describe(functionAt(sql, cursor)); };

    QCOMPARE(words("SELECT a", 8), std::string());
    QVERIFY(words("SELECT round(a, 2)", 17).starts_with("round(numeric, integer) \u2192 numeric"));
    QVERIFY(words("SELECT upper(a)", 14).starts_with("upper(text) \u2192 text"));
    QVERIFY(words("SELECT count(a)", 14).find("how many rows") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestFunctionAt)
#include "tst_function_at.moc"
