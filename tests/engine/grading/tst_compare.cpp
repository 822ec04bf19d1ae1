#include "grading/compare.h"
#include "rules.h"
#include "tables.h"

#include <QtTest>

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

using namespace sqlgym;
using namespace sqlgym::grading;
using content::RowOrder;
using content::ValidationRules;
using sandbox::ResultTable;
using tests::null;
using tests::one;
using tests::ordered;
using tests::Rows;
using tests::table;
using tests::tolerant;

Q_DECLARE_METATYPE(sqlgym::sandbox::ResultTable)
Q_DECLARE_METATYPE(sqlgym::content::ValidationRules)
Q_DECLARE_METATYPE(sqlgym::grading::Outcome)

namespace {

const std::initializer_list<sandbox::Column> kPlayer{{"player", "text"}, {"points", "int4"}};

} // namespace

class TestCompare : public QObject {
    Q_OBJECT
private slots:
    void outcome_data();
    void outcome();
    void cells_data();
    void cells();
    void tolerance_data();
    void tolerance();
    void countsEachKindOfDifference();
    void pairsRowsThatShareMostCells();
    void marksTheFewestRowsAsMoved();
    void keepsExtraRowsWhereTheyCameWhenOrderMatters();
    void matchesColumnsByNameWhereTheirOrderIsFree();
    void findsTheAssignmentOfUnnamedColumns();
    void blamesTheRowsWhereSomeAssignmentFitsTheTypes();
    void tellsWhatIsWrongWithColumns();
    void saysItInWords_data();
    void saysItInWords();
    void toleranceMatchesNeighboursRatherThanExactTwins();
    void givesUpWhenCancelled_data();
    void givesUpWhenCancelled();
};

void TestCompare::outcome_data()
{
    QTest::addColumn<ResultTable>("expected");
    QTest::addColumn<ResultTable>("actual");
    QTest::addColumn<ValidationRules>("rules");
    QTest::addColumn<Outcome>("outcome");

    const ResultTable three = table(kPlayer, {{"ada", "7"}, {"bob", "5"}, {"cy", "5"}});
    const ResultTable tieSwapped = table(kPlayer, {{"ada", "7"}, {"cy", "5"}, {"bob", "5"}});
    const ResultTable reversed = table(kPlayer, {{"cy", "5"}, {"bob", "5"}, {"ada", "7"}});
    const auto byPoints = ordered(RowOrder::ByColumns, {{"points", true, true}});

    QTest::newRow("the same rows in another order") << three << reversed << ValidationRules() << Outcome::Match;
    QTest::newRow("strict order kept") << three << three << ordered(RowOrder::Strict) << Outcome::Match;
    QTest::newRow("strict order, ties swapped")
        << three << tieSwapped << ordered(RowOrder::Strict) << Outcome::WrongOrder;
    QTest::newRow("order by points, ties swapped") << three << tieSwapped << byPoints << Outcome::Match;
    QTest::newRow("order by points, reversed") << three << reversed << byPoints << Outcome::WrongOrder;
    QTest::newRow("NULL equals NULL") << one("text", null) << one("text", null) << ValidationRules() << Outcome::Match;
    QTest::newRow("NULL is not the empty text")
        << one("text", null) << one("text", "") << ValidationRules() << Outcome::WrongRows;
    QTest::newRow("NULL is not the word NULL")
        << one("text", null) << one("text", "NULL") << ValidationRules() << Outcome::WrongRows;
    QTest::newRow("duplicates count") << table({{"x", "int4"}}, {{"1"}, {"1"}, {"2"}})
                                      << table({{"x", "int4"}}, {{"1"}, {"2"}, {"2"}}) << ValidationRules()
                                      << Outcome::WrongRows;
    QTest::newRow("a lost duplicate") << table({{"x", "int4"}}, {{"1"}, {"1"}}) << table({{"x", "int4"}}, {{"1"}})
                                      << ValidationRules() << Outcome::WrongRows;
    QTest::newRow("two empty results") << table(kPlayer, {}) << table(kPlayer, {}) << ValidationRules()
                                       << Outcome::Match;
    QTest::newRow("an empty result where rows are asked")
        << three << table(kPlayer, {}) << ValidationRules() << Outcome::WrongRows;
    QTest::newRow("rows where none is asked") << table(kPlayer, {}) << three << ValidationRules() << Outcome::WrongRows;
    QTest::newRow("aliases do not decide")
        << one("int4", "1") << table({{"total", "int4"}}, {{"1"}}) << ValidationRules() << Outcome::Match;
    ValidationRules named;
    named.namesMatter = true;
    QTest::newRow("aliases decide when asked")
        << one("int4", "1") << table({{"total", "int4"}}, {{"1"}}) << named << Outcome::WrongColumns;
    QTest::newRow("a column too many") << one("int4", "1") << table({{"x", "int4"}, {"y", "int4"}}, {{"1", "2"}})
                                       << ValidationRules() << Outcome::WrongColumns;
    QTest::newRow("columns swapped") << table({{"a", "int4"}, {"b", "int4"}}, {{"1", "2"}})
                                     << table({{"b", "int4"}, {"a", "int4"}}, {{"2", "1"}}) << ValidationRules()
                                     << Outcome::WrongRows;
    QTest::newRow("an order column that the result lacks is not checked")
        << three << reversed << ordered(RowOrder::ByColumns, {{"rank", false, false}}) << Outcome::Match;
    QTest::newRow("wrong rows come before wrong order")
        << three << table(kPlayer, {{"cy", "5"}, {"ada", "7"}}) << ordered(RowOrder::Strict) << Outcome::WrongRows;
    QTest::newRow("a row apart in two cells is not joined by their text")
        << table({{"a", "text"}, {"b", "text"}}, {{"ab", "c"}}) << table({{"a", "text"}, {"b", "text"}}, {{"a", "bc"}})
        << ValidationRules() << Outcome::WrongRows;
}

void TestCompare::outcome()
{
    QFETCH(ResultTable, expected);
    QFETCH(ResultTable, actual);
    QFETCH(ValidationRules, rules);

    const Comparison found = compare(expected, actual, rules);

    QTEST(found.outcome, "outcome");
    QVERIFY(!found.sentence.empty());
}

void TestCompare::cells_data()
{
    QTest::addColumn<QByteArray>("expectedType");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("actualType");
    QTest::addColumn<QByteArray>("actual");
    QTest::addColumn<Outcome>("outcome");

    const auto row = [](const char *name, const char *et, const char *e, const char *at, const char *a, Outcome o) {
        QTest::newRow(name) << QByteArray(et) << QByteArray(e) << QByteArray(at) << QByteArray(a) << o;
    };
    row("integer and numeric of one value", "int4", "2", "numeric", "2.00", Outcome::Match);
    row("bigint for integer", "int4", "2", "int8", "2", Outcome::Match);
    row("trailing zeros", "numeric", "2.50", "numeric", "2.5000000000000000", Outcome::Match);
    row("a rounding forgotten", "numeric", "2.33", "numeric", "2.3333333333333333", Outcome::WrongRows);
    row("float with an exponent", "numeric", "150000000000000000000", "float8", "1.5e+20", Outcome::Match);
    row("a small float", "numeric", "0.00000015", "float8", "1.5e-07", Outcome::Match);
    row("a float's error shows", "numeric", "0.3", "float8", "0.30000000000000004", Outcome::WrongRows);
    row("NaN is NaN", "float8", "NaN", "numeric", "NaN", Outcome::Match);
    row("infinities have signs", "float8", "Infinity", "float8", "-Infinity", Outcome::WrongRows);
    row("negative zero is zero", "float8", "-0", "int4", "0", Outcome::Match);
    row("a large bigint keeps its last digit", "int8", "9007199254740993", "int8", "9007199254740992",
        Outcome::WrongRows);
    row("varchar for text", "text", "ada", "varchar", "ada", Outcome::Match);
    row("blanks behind char", "text", "ada", "bpchar", "ada  ", Outcome::Match);
    row("blanks behind text", "text", "ada", "text", "ada  ", Outcome::WrongRows);
    row("case", "text", "Ada", "text", "ada", Outcome::WrongRows);
    row("composed and decomposed letters differ", "text", "\xc3\xa9", "text", "e\xcc\x81", Outcome::WrongRows);
    row("the same letters", "text", "\xc3\xa9\xe2\x82\xac", "text", "\xc3\xa9\xe2\x82\xac", Outcome::Match);
    row("text that looks like a number", "text", "2", "text", "2.0", Outcome::WrongRows);
    row("a number as text", "int4", "2", "text", "2", Outcome::WrongColumns);
    row("a timestamp for a date", "date", "2024-02-29", "timestamp", "2024-02-29 00:00:00", Outcome::WrongColumns);
    row("boolean for integer", "int4", "1", "bool", "t", Outcome::WrongColumns);
    row("timestamps with and without zone", "timestamp", "2024-01-01 00:00:00", "timestamptz", "2024-01-01 00:00:00+00",
        Outcome::WrongColumns);
    row("arrays of bigint for integer", "_int4", "{1,2}", "_int8", "{1,2}", Outcome::Match);
}

void TestCompare::cells()
{
    QFETCH(QByteArray, expectedType);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, actualType);
    QFETCH(QByteArray, actual);

    const Comparison found = compare(one(expectedType.toStdString(), expected.toStdString()),
                                     one(actualType.toStdString(), actual.toStdString()), ValidationRules());

    QTEST(found.outcome, "outcome");
}

void TestCompare::tolerance_data()
{
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("actual");
    QTest::addColumn<double>("tolerance");
    QTest::addColumn<Outcome>("outcome");

    QTest::newRow("just within") << QByteArray("2.01") << QByteArray("2.00") << 0.01 << Outcome::Match;
    QTest::newRow("just beyond") << QByteArray("2.01") << QByteArray("1.9999999999999999") << 0.01
                                 << Outcome::WrongRows;
    QTest::newRow("across zero") << QByteArray("-0.005") << QByteArray("0.005") << 0.01 << Outcome::Match;
    QTest::newRow("across zero, too far") << QByteArray("-0.006") << QByteArray("0.005") << 0.01 << Outcome::WrongRows;
    QTest::newRow("large numbers keep their ones")
        << QByteArray("1000000000000000000000000000001") << QByteArray("1000000000000000000000000000002") << 0.5
        << Outcome::WrongRows;
    QTest::newRow("NaN is within NaN") << QByteArray("NaN") << QByteArray("NaN") << 0.1 << Outcome::Match;
    QTest::newRow("NaN is not within a number") << QByteArray("NaN") << QByteArray("0") << 1e9 << Outcome::WrongRows;
    QTest::newRow("infinity is far from all")
        << QByteArray("Infinity") << QByteArray("1e308") << 1e9 << Outcome::WrongRows;
    QTest::newRow("infinity is itself") << QByteArray("Infinity") << QByteArray("Infinity") << 1e9 << Outcome::Match;
}

void TestCompare::tolerance()
{
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, actual);
    QFETCH(double, tolerance);

    const Comparison found =
        compare(one("numeric", expected.toStdString()), one("float8", actual.toStdString()), tolerant(tolerance));

    QTEST(found.outcome, "outcome");
}

void TestCompare::countsEachKindOfDifference()
{
    const std::initializer_list<sandbox::Column> columns{{"id", "int4"}, {"name", "text"}, {"n", "int4"}};
    const ResultTable expected =
        table(columns, {{"1", "ada", "10"}, {"2", "bob", "20"}, {"3", null, "30"}, {"4", "dee", "40"}});
    const ResultTable actual = table(
        columns, {{"1", "ada", "10"}, {"1", "ada", "10"}, {"2", "bob", "21"}, {"3", null, "30"}, {"9", "zoe", "90"}});

    const Comparison found = compare(expected, actual, ValidationRules());

    QCOMPARE(found.outcome, Outcome::WrongRows);
    QCOMPARE(found.difference.missingRows, 1u);    // dee
    QCOMPARE(found.difference.extraRows, 1u);      // zoe
    QCOMPARE(found.difference.duplicatedRows, 1u); // the second ada
    QCOMPARE(found.difference.changedRows, 1u);    // bob
    QCOMPARE(found.difference.movedRows, 0u);
    QCOMPARE(found.difference.lines.size(), 6u);
    const auto changed = std::ranges::find(found.difference.lines, RowMark::Changed, &DiffLine::mark);
    QCOMPARE(changed->expectedRow, 1);
    QCOMPARE(changed->actualRow, 2);
    QCOMPARE(changed->wrongCells, std::vector<int>{2});
    QCOMPARE(
        QString::fromStdString(found.sentence),
        QStringLiteral("1 row is missing, 1 row is extra, 1 row appears more often than expected and 1 row has wrong "
                       "values."));
}

void TestCompare::pairsRowsThatShareMostCells()
{
    const std::initializer_list<sandbox::Column> columns{{"id", "int4"}, {"a", "text"}, {"b", "text"}, {"c", "text"}};
    const ResultTable expected = table(columns, {{"1", "x", "y", "z"}, {"2", "p", "q", "r"}});
    const ResultTable actual = table(columns, {{"2", "p", "?", "?"}, {"1", "x", "y", "!"}});

    const Comparison found = compare(expected, actual, ValidationRules());

    QCOMPARE(found.difference.changedRows, 2u);
    QCOMPARE(found.difference.lines[0].actualRow, 1);
    QCOMPARE(found.difference.lines[0].wrongCells, std::vector<int>{3});
    QCOMPARE(found.difference.lines[1].actualRow, 0);
    QCOMPARE(found.difference.lines[1].wrongCells, (std::vector<int>{2, 3}));
}

void TestCompare::marksTheFewestRowsAsMoved()
{
    const ResultTable expected = table({{"x", "int4"}}, {{"1"}, {"2"}, {"3"}, {"4"}, {"5"}});
    const ResultTable actual = table({{"x", "int4"}}, {{"5"}, {"1"}, {"2"}, {"3"}, {"4"}});

    const Comparison found = compare(expected, actual, ordered(RowOrder::Strict, {{"x", false, false}}));

    QCOMPARE(found.outcome, Outcome::WrongOrder);
    QCOMPARE(found.difference.movedRows, 1u);
    QCOMPARE(found.difference.lines.back().mark, RowMark::Moved);
    QCOMPARE(QString::fromStdString(found.sentence),
             QStringLiteral("The rows are right, but 1 row is out of order: sort by x."));
}

void TestCompare::keepsExtraRowsWhereTheyCameWhenOrderMatters()
{
    const ResultTable expected = table({{"x", "int4"}}, {{"1"}, {"3"}});
    const ResultTable actual = table({{"x", "int4"}}, {{"1"}, {"2"}, {"3"}});

    const Comparison found = compare(expected, actual, ordered(RowOrder::Strict));

    QCOMPARE(found.outcome, Outcome::WrongRows);
    QCOMPARE(found.difference.lines.size(), 3u);
    QCOMPARE(found.difference.lines[1].mark, RowMark::Extra);
    QCOMPARE(found.difference.movedRows, 0u);
}

void TestCompare::matchesColumnsByNameWhereTheirOrderIsFree()
{
    ValidationRules rules;
    rules.columnOrderMatters = false;
    const ResultTable expected = table({{"a", "int4"}, {"b", "int4"}}, {{"1", "2"}});
    const ResultTable actual = table({{"b", "int4"}, {"a", "int4"}}, {{"2", "1"}});

    const Comparison found = compare(expected, actual, rules);

    QCOMPARE(found.outcome, Outcome::Match);
    QCOMPARE(found.difference.actualColumnOf, (std::vector<int>{1, 0}));
}

void TestCompare::findsTheAssignmentOfUnnamedColumns()
{
    ValidationRules rules;
    rules.columnOrderMatters = false;
    const ResultTable expected =
        table({{"lo", "int4"}, {"hi", "int4"}, {"who", "text"}}, {{"1", "9", "ada"}, {"2", "8", "bob"}});
    const ResultTable actual =
        table({{"name", "text"}, {"max", "int8"}, {"min", "int8"}}, {{"bob", "8", "2"}, {"ada", "9", "1"}});

    const Comparison found = compare(expected, actual, rules);

    QCOMPARE(found.outcome, Outcome::Match);
    QCOMPARE(found.difference.actualColumnOf, (std::vector<int>{2, 1, 0}));
}

void TestCompare::blamesTheRowsWhereSomeAssignmentFitsTheTypes()
{
    ValidationRules rules;
    rules.columnOrderMatters = false;
    const ResultTable expected = table({{"lo", "int4"}, {"who", "text"}}, {{"1", "ada"}});
    const ResultTable actual = table({{"name", "text"}, {"min", "int8"}}, {{"ada", "2"}});

    const Comparison found = compare(expected, actual, rules);

    QCOMPARE(found.outcome, Outcome::WrongRows);
    QCOMPARE(found.difference.actualColumnOf, (std::vector<int>{1, 0}));
    QCOMPARE(found.difference.changedRows, 1u);
}

void TestCompare::tellsWhatIsWrongWithColumns()
{
    const ResultTable expected = table({{"day", "date"}, {"n", "int8"}}, {{"2024-01-01", "1"}});
    const ResultTable actual = table({{"d", "timestamp"}, {"n", "int8"}}, {{"2024-01-01 00:00:00", "1"}});

    const Comparison types = compare(expected, actual, ValidationRules());
    const Comparison count = compare(expected, table({{"n", "int8"}}, {{"1"}}), ValidationRules());

    QCOMPARE(QString::fromStdString(types.sentence),
             QStringLiteral("Column 1 (\"d\") is of type timestamp; date is asked for."));
    QCOMPARE(types.difference.lines.size(), 1u);
    QCOMPARE(QString::fromStdString(count.sentence),
             QStringLiteral("The result has 1 column; 2 are asked for: day, n."));
    QCOMPARE(count.difference.actualColumnOf, (std::vector<int>{-1, 0}));
    QVERIFY(count.difference.lines.empty());
}

void TestCompare::saysItInWords_data()
{
    QTest::addColumn<ResultTable>("actual");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("one missing") << table(kPlayer, {{"ada", "7"}, {"bob", "5"}}) << "1 row is missing.";
    QTest::newRow("two missing") << table(kPlayer, {{"ada", "7"}}) << "2 rows are missing.";
    QTest::newRow("empty") << table(kPlayer, {}) << "The result is empty; 3 rows are expected.";
    QTest::newRow("wrong values") << table(kPlayer, {{"ada", "8"}, {"bob", "6"}, {"cy", "5"}})
                                  << "2 rows have wrong values.";
    QTest::newRow("right") << table(kPlayer, {{"ada", "7"}, {"bob", "5"}, {"cy", "5"}}) << "Right: 3 rows.";
}

void TestCompare::saysItInWords()
{
    QFETCH(ResultTable, actual);
    const ResultTable expected = table(kPlayer, {{"ada", "7"}, {"bob", "5"}, {"cy", "5"}});

    const Comparison found = compare(expected, actual, ValidationRules());

    QTEST(QString::fromStdString(found.sentence), "sentence");
}

void TestCompare::toleranceMatchesNeighboursRatherThanExactTwins()
{
    // 2 has an exact twin, but only 1-2 and 2-3 leave nothing over.
    const ResultTable expected = table({{"x", "numeric"}}, {{"1"}, {"2"}});
    const ResultTable actual = table({{"x", "numeric"}}, {{"2"}, {"3"}});
    // The same in two columns, where one greedy walk along the first column would take the wrong partner.
    const ResultTable expected2 = table({{"x", "numeric"}, {"y", "numeric"}}, {{"1", "5"}, {"1", "7"}});
    const ResultTable actual2 = table({{"x", "numeric"}, {"y", "numeric"}}, {{"1", "6"}, {"1", "4"}});

    QCOMPARE(compare(expected, actual, tolerant(1)).outcome, Outcome::Match);
    QCOMPARE(compare(expected2, actual2, tolerant(1)).outcome, Outcome::Match);
    QCOMPARE(compare(expected2, actual2, tolerant(0.5)).outcome, Outcome::WrongRows);
}

void TestCompare::givesUpWhenCancelled_data()
{
    QTest::addColumn<ValidationRules>("rules");

    QTest::newRow("cells compared exactly") << ValidationRules();
    QTest::newRow("cells compared within a tolerance") << tolerant(0.5);
}

void TestCompare::givesUpWhenCancelled()
{
    QFETCH(const ValidationRules, rules);
    ResultTable expected, actual;
    expected.columns = actual.columns = {{"id", "int4"}, {"word", "text"}};
    for (int row = 0; row < 100'000; ++row) {
        expected.append(std::to_string(row));
        expected.append("word " + std::to_string(row));
        actual.append(std::to_string(row + 1));
        actual.append("word " + std::to_string(row));
    }
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(compare(expected, actual, rules).outcome, Outcome::WrongRows);
    const qint64 wholeMs = timer.elapsed();

    std::vector<qint64> afterEachMs;
    // At moments that fall into each part of the work.
    for (int part = 0; part < 6; ++part) {
        base::CancelToken cancel;
        QElapsedTimer since;
        std::thread canceller([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(wholeMs * part / 8));
            since.start();
            cancel.cancel();
        });
        const Comparison found = compare(expected, actual, rules, cancel);
        canceller.join();
        const qint64 afterMs = since.elapsed();

        if (found.outcome != Outcome::Cancelled)
            continue; // the machine was busy, and the comparison done before the canceller came
        afterEachMs.push_back(afterMs);
    }
    QVERIFY(afterEachMs.size() >= 3);
    // Another program may have held this one up at one moment, but not at most of them.
    std::ranges::sort(afterEachMs);
    const qint64 median = afterEachMs[afterEachMs.size() / 2];
    QVERIFY2(median * 2 <= wholeMs, qPrintable(QStringLiteral("%1 of %2 ms").arg(median).arg(wholeMs)));
}

QTEST_APPLESS_MAIN(TestCompare)
#include "tst_compare.moc"
