// Generated results, small and large, against what must hold for any.
#include "grading/compare.h"
#include "rules.h"
#include "tables.h"

#include <QtTest>

#include <algorithm>
#include <random>

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

class TestCompareGenerated : public QObject {
    Q_OBJECT
private slots:
    void equalTextComparesAsEqualValuesDo();
    void aShuffledBagIsEqual();
    void removedRowsAreReportedMissing();
    void differencesSurviveTheCapOnLines();
    void tenThousandRowsTakeWellUnderASecond();
};

// Equal text of one type takes a short way; int8 beside int4 takes the long one. They must say the same.
void TestCompareGenerated::equalTextComparesAsEqualValuesDo()
{
    std::mt19937 random(11);
    for (const int rows : {0, 1, 7, 300, 2500}) {
        Rows made;
        for (int row = 0; row < rows; ++row) {
            const auto cell = [&] {
                const auto drawn = random() % 40;
                return drawn == 0 ? null : tests::Cell(std::to_string(drawn));
            };
            made.push_back({cell(), cell()});
        }
        const ResultTable four = table({{"a", "int4"}, {"b", "int4"}}, made);
        const ResultTable eight = table({{"a", "int8"}, {"b", "int8"}}, made);
        for (const auto &rules :
             {ValidationRules(), ordered(RowOrder::Strict), ordered(RowOrder::ByColumns, {{"b"}})}) {
            const Comparison quick = compare(four, four, rules);
            const Comparison slow = compare(four, eight, rules);
            QCOMPARE(quick.outcome, Outcome::Match);
            QCOMPARE(slow.outcome, Outcome::Match);
            QCOMPARE(quick.sentence, slow.sentence);
            QCOMPARE(quick.difference.actualColumnOf, slow.difference.actualColumnOf);
            QCOMPARE(quick.difference.lines.size(), slow.difference.lines.size());
            for (std::size_t i = 0; i < quick.difference.lines.size(); ++i) {
                QCOMPARE(quick.difference.lines[i].mark, slow.difference.lines[i].mark);
                QCOMPARE(quick.difference.lines[i].expectedRow, slow.difference.lines[i].expectedRow);
            }
        }
    }
    QCOMPARE(compare(one("text", "ab  "), one("bpchar", "ab  "), {}).outcome, Outcome::WrongRows);
}

void TestCompareGenerated::aShuffledBagIsEqual()
{
    std::mt19937 random(20240229);
    for (int round = 0; round < 50; ++round) {
        Rows rows;
        const int count = static_cast<int>(random() % 60);
        for (int i = 0; i < count; ++i) {
            const tests::Cell name = random() % 5 == 0 ? null : tests::Cell(std::string(1, char('a' + random() % 4)));
            rows.push_back({name, std::to_string(random() % 6), std::to_string(random() % 3) + ".50"});
        }
        Rows shuffled = rows;
        std::ranges::shuffle(shuffled, random);
        const std::initializer_list<sandbox::Column> columns{{"a", "text"}, {"b", "int4"}, {"c", "numeric"}};

        const Comparison found = compare(table(columns, rows), table(columns, shuffled),
                                         round % 2 == 0 ? ValidationRules() : tolerant(0.25));

        QCOMPARE(found.outcome, Outcome::Match);
        QCOMPARE(found.difference.lines.size(), rows.size());
    }
}

void TestCompareGenerated::removedRowsAreReportedMissing()
{
    std::mt19937 random(7);
    for (int round = 0; round < 50; ++round) {
        Rows rows;
        for (int i = 0; i < 40; ++i)
            rows.push_back({std::to_string(random() % 15), std::to_string(random() % 2)});
        const std::size_t removed = random() % 10 + 1;
        Rows fewer(rows.begin() + static_cast<std::ptrdiff_t>(removed), rows.end());
        std::ranges::shuffle(fewer, random);
        const std::initializer_list<sandbox::Column> columns{{"a", "int4"}, {"b", "int4"}};

        const Comparison missing = compare(table(columns, rows), table(columns, fewer), ValidationRules());
        const Comparison extra = compare(table(columns, fewer), table(columns, rows), ValidationRules());

        QCOMPARE(missing.difference.missingRows, removed);
        QCOMPARE(missing.difference.extraRows + missing.difference.duplicatedRows + missing.difference.changedRows, 0u);
        QCOMPARE(extra.difference.extraRows + extra.difference.duplicatedRows, removed);
        QCOMPARE(extra.difference.missingRows + extra.difference.changedRows, 0u);
    }
}

void TestCompareGenerated::differencesSurviveTheCapOnLines()
{
    Rows rows;
    for (int i = 0; i < 5000; ++i)
        rows.push_back({std::to_string(i)});
    Rows fewer(rows.begin(), rows.end() - 1);

    const Comparison found = compare(table({{"x", "int4"}}, rows), table({{"x", "int4"}}, fewer), ValidationRules());

    QCOMPARE(found.difference.lines.size(), Difference::kMaxLines);
    QCOMPARE(found.difference.lines.back().mark, RowMark::Missing);
    QCOMPARE(found.difference.missingRows, 1u);
}

void TestCompareGenerated::tenThousandRowsTakeWellUnderASecond()
{
    std::mt19937 random(1);
    const std::initializer_list<sandbox::Column> columns{
        {"a", "int4"}, {"b", "text"}, {"c", "numeric"}, {"d", "float8"}};
    const auto make = [&](int salt) {
        Rows rows;
        for (int i = 0; i < 10'000; ++i)
            rows.push_back({std::to_string(random() % 20'000), "name " + std::to_string(random() % 100),
                            std::to_string(i % 100) + ".25", std::to_string(salt) + ".5"});
        return table(columns, rows);
    };
    const ResultTable expected = make(0);
    const ResultTable actual = make(1);

    for (const ValidationRules &rules :
         {ValidationRules(), ordered(RowOrder::Strict), tolerant(0.001), tolerant(100)}) {
        QElapsedTimer timer;
        timer.start();
        compare(expected, actual, rules);
        // Generous: a debug build under load. A quadratic comparison takes minutes.
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
        qInfo("%lld ms", timer.elapsed());
    }
}

QTEST_APPLESS_MAIN(TestCompareGenerated)
#include "tst_compare_generated.moc"
