// Memory of values, and sums that never lose a digit.
#include "value/numeric.h"
#include "value/numeric_sum.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::value;

namespace {

struct Run {
    explicit Run(std::size_t limit = std::size_t{64} << 20) : account(limit) {}
    base::MemoryAccount account;
    base::Stop stop;
    base::CancelToken cancel;
    Session session;
    Arena arena{account, stop};
    Context cx{arena, stop, cancel, session};
};

} // namespace

class TestValue : public QObject {
    Q_OBJECT
private slots:
    void emptyTextsAreNotNull();
    void largeRequestsMeetTheLimit();
    void smallRequestsAreServedPastTheLimit();
    void resetGivesMemoryBack();
    void copiesStandAlone();
    void sumsAreExact();
    void sumsForgetWhatLeaves();
    void numericsTakeTheSmallFormWhereTheyFit();
    void overflowIsAnError();
};

void TestValue::emptyTextsAreNotNull()
{
    Run run;

    QVERIFY(!makeText("", run.arena).isNull);
    run.arena.reset();
    QVERIFY(!makeText("", run.arena).isNull);
    QVERIFY(!run.stop.raised());
}

void TestValue::largeRequestsMeetTheLimit()
{
    Run run(1 << 20);

    QVERIFY(!run.arena.allocate(2 << 20));

    QCOMPARE(run.stop.reason(), base::StopReason::MemoryLimit);
}

void TestValue::smallRequestsAreServedPastTheLimit()
{
    Run run(1 << 20);

    for (int i = 0; i < 100; ++i)
        QVERIFY(run.arena.allocate(Arena::kAlwaysServed));

    QCOMPARE(run.stop.reason(), base::StopReason::MemoryLimit);
}

void TestValue::resetGivesMemoryBack()
{
    Run run;
    for (int i = 0; i < 1000; ++i)
        run.arena.allocate(10'000);
    const std::size_t used = run.account.used();

    run.arena.reset();

    QVERIFY(run.account.used() < used / 4);
}

void TestValue::copiesStandAlone()
{
    Run from;
    Run to;
    const Datum big = numeric::parse("123456789012345678901234567890.123", from.cx);

    const Datum copy = copyDatum(big, to.arena);
    from.arena.reset();
    std::memset(from.arena.allocate(256), 0xEE, 256);

    QCOMPARE(numeric::toText(copy), std::string("123456789012345678901234567890.123"));
}

void TestValue::sumsAreExact()
{
    Run run;
    numeric::Sum sum{};
    // 1e20 + 1e-20, a hundred times; and what would lose digits in between.
    const Datum large = numeric::parse("100000000000000000000", run.cx);
    const Datum little = numeric::parse("0.00000000000000000001", run.cx);

    for (int i = 0; i < 100; ++i) {
        QVERIFY(sum.add(large, run.cx));
        QVERIFY(sum.add(little, run.cx));
        QVERIFY(sum.add(numeric::ofInt(INT64_MAX), run.cx));
        QVERIFY(sum.subtract(numeric::ofInt(INT64_MAX), run.cx));
    }

    QCOMPARE(numeric::toText(sum.result(run.cx)), std::string("10000000000000000000000.00000000000000000100"));
}

void TestValue::sumsForgetWhatLeaves()
{
    Run run;
    numeric::Sum sum{};
    const Datum a = numeric::parse("12345678901234567890.5", run.cx);
    const Datum b = numeric::parse("0.25", run.cx);

    sum.add(a, run.cx);
    sum.add(b, run.cx);
    sum.subtract(a, run.cx);

    QCOMPARE(numeric::toText(sum.result(run.cx)), std::string("0.25"));
}

void TestValue::numericsTakeTheSmallFormWhereTheyFit()
{
    Run run;
    const Datum big = numeric::parse("10000000000000000000", run.cx);
    QCOMPARE(big.storage, Storage::BigNumeric);

    const Datum small = numeric::subtract(big, numeric::parse("9999999999999999999", run.cx), run.cx);

    QCOMPARE(small.storage, Storage::SmallNumeric);
    QCOMPARE(numeric::hash(small), numeric::hash(numeric::parse("1.000", run.cx)));
}

void TestValue::overflowIsAnError()
{
    Run run;
    const Datum most = numeric::parse("1e131071", run.cx);
    QVERIFY(!most.isNull);

    QVERIFY(numeric::multiply(most, numeric::ofInt(10), run.cx).isNull);

    QCOMPARE(run.stop.diagnostic().sqlstate, std::string("22003"));
    QCOMPARE(run.stop.diagnostic().message, std::string("value overflows numeric format"));
}

QTEST_APPLESS_MAIN(TestValue)
#include "tst_value.moc"
