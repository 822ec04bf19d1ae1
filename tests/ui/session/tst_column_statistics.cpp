// What a column holds, against what PostgreSQL 15 says of the same values.
#include "session/column_statistics.h"

#include <QtTest/QtTest>

using namespace sqlgym;
using session::ColumnStatistics;

namespace {

using Cells = std::vector<std::optional<std::string>>;

sandbox::ResultTable tableOf(const std::string &type, const Cells &cells)
{
    sandbox::ResultTable table;
    table.columns = {{"v", type}};
    for (const auto &cell : cells)
        table.append(cell ? sandbox::ResultTable::Cell(*cell) : std::nullopt);
    return table;
}

ColumnStatistics of(const std::string &type, const Cells &cells)
{
    return *session::columnStatistics(tableOf(type, cells), nullptr, 0, base::CancelToken());
}

QByteArray word(const std::optional<std::string> &text) { return text ? QByteArray::fromStdString(*text) : "none"; }

} // namespace

class TestColumnStatistics : public QObject {
    Q_OBJECT
private slots:
    void decimalsAreSummedExactly();
    void doublesAreSummedAsTheyArePrinted();
    void infinitiesAndNaN();
    void averagesAsPostgresScalesThem();
    void money();
    void textsByTheirBytes();
    void momentsOnlyWhereTheirTextSorts();
    void typesWithoutAnOrderOfTheirTextHaveNoExtremes();
    void onlyTheRowsAskedFor();
    void emptyAndCancelled();
};

// select count(*), count(*) filter (where v is null), count(distinct v), min(v), max(v), sum(v), avg(v) from n
void TestColumnStatistics::decimalsAreSummedExactly()
{
    const auto found = of("numeric", {"0.1", "0.20", "0.3", std::nullopt, "12345678901234567890.123", "0.100", "-0.2",
                                      std::nullopt, "0.30"});

    QCOMPARE(found.rows, 9u);
    QCOMPARE(found.nulls, 2u);
    QCOMPARE(found.distinct, 5u);
    QCOMPARE(word(found.smallest), QByteArray("-0.2"));
    QCOMPARE(word(found.largest), QByteArray("12345678901234567890.123"));
    QCOMPARE(word(found.sum), QByteArray("12345678901234567890.923"));
    QCOMPARE(word(found.average), QByteArray("1763668414462081127.275"));
    // select v, count(*) from n where v is not null group by v order by count(*) desc, min(i) limit 5
    const std::pair<const char *, std::uint64_t> frequent[] = {
        {"0.1", 2}, {"0.3", 2}, {"0.20", 1}, {"12345678901234567890.123", 1}, {"-0.2", 1}};
    QCOMPARE(found.frequent.size(), std::size(frequent));
    for (std::size_t i = 0; i < std::size(frequent); ++i) {
        QCOMPARE(found.frequent[i].value, std::string(frequent[i].first));
        QCOMPARE(found.frequent[i].rows, frequent[i].second);
    }
}

// select count(distinct v), sum(v::numeric), avg(v::numeric) from f
void TestColumnStatistics::doublesAreSummedAsTheyArePrinted()
{
    const auto found = of("float8", {"0.1", "0.2", "0.3", "1e+20", "-0", "0"});

    QCOMPARE(found.distinct, 5u);
    QCOMPARE(word(found.largest), QByteArray("1e+20"));
    QCOMPARE(word(found.sum), QByteArray("100000000000000000000.6"));
    QCOMPARE(word(found.average), QByteArray("16666666666666666666.8"));
}

// The same with 'Infinity' and 'NaN'.
void TestColumnStatistics::infinitiesAndNaN()
{
    const auto found = of("float8", {"0.1", "Infinity", "NaN"});

    QCOMPARE(word(found.smallest), QByteArray("0.1"));
    QCOMPARE(word(found.largest), QByteArray("NaN"));
    QCOMPARE(word(found.sum), QByteArray("NaN"));
    QCOMPARE(word(found.average), QByteArray("NaN"));
}

// select sum(v), avg(v) from (values (1),(2),(2)) x(v)
void TestColumnStatistics::averagesAsPostgresScalesThem()
{
    const auto found = of("int4", {"1", "2", "2"});

    QCOMPARE(word(found.sum), QByteArray("5"));
    QCOMPARE(word(found.average), QByteArray("1.6666666666666667"));
}

void TestColumnStatistics::money()
{
    const auto found = of("money", {"-$1,234.50", "$10.00", "$9.99"});

    QCOMPARE(word(found.smallest), QByteArray("-$1,234.50"));
    QCOMPARE(word(found.largest), QByteArray("$10.00"));
    QCOMPARE(word(found.sum), QByteArray("-1214.51"));
}

// select count(distinct v), min(v collate "C"), max(v collate "C") from t
void TestColumnStatistics::textsByTheirBytes()
{
    const auto found = of("text", {"b", "B", std::nullopt, "", "b", "\u00E9"});

    QCOMPARE(found.distinct, 4u);
    QCOMPARE(word(found.smallest), QByteArray(""));
    QCOMPARE(word(found.largest), QByteArray("\u00E9"));
    QVERIFY(!found.sum && !found.average);
}

void TestColumnStatistics::momentsOnlyWhereTheirTextSorts()
{
    QCOMPARE(word(of("date", {"2024-01-02", "2023-12-31"}).smallest), QByteArray("2023-12-31"));
    // PostgreSQL: 0044-03-15 BC is the smallest, 10000-01-01 the largest; their texts say otherwise.
    QVERIFY(!of("date", {"2024-01-02", "0044-03-15 BC", "2023-12-31"}).smallest);
    QVERIFY(!of("date", {"2024-01-02", "10000-01-01"}).largest);
    QVERIFY(!of("timestamptz", {"2024-01-02 10:00:00+00", "-infinity"}).smallest);
}

void TestColumnStatistics::typesWithoutAnOrderOfTheirTextHaveNoExtremes()
{
    for (const char *type : {"interval", "json", "jsonb", "_int4", "inet", "oid"}) {
        const auto found = of(type, {"10", "9"});
        QVERIFY2(!found.smallest && !found.largest && !found.sum, type);
        QCOMPARE(found.distinct, 2u);
    }
}

void TestColumnStatistics::onlyTheRowsAskedFor()
{
    const auto table = tableOf("int8", {"1", "2", "3", "4"});
    const std::vector<std::uint32_t> rows{3, 1};

    const auto found = session::columnStatistics(table, &rows, 0, base::CancelToken());

    QCOMPARE(found->rows, 2u);
    QCOMPARE(word(found->sum), QByteArray("6"));
    QCOMPARE(found->frequent.front().value, std::string("4"));
}

void TestColumnStatistics::emptyAndCancelled()
{
    const auto found = of("numeric", {std::nullopt});
    QCOMPARE(found.nulls, 1u);
    QVERIFY(!found.smallest && !found.sum && found.frequent.empty());

    base::CancelToken cancelled;
    cancelled.cancel();
    QVERIFY(!session::columnStatistics(tableOf("int4", {"1"}), nullptr, 0, cancelled));
}

QTEST_GUILESS_MAIN(TestColumnStatistics)
#include "tst_column_statistics.moc"
