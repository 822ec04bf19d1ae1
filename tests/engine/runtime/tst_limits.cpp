// What would take all memory or all time ends at the limit instead.
#include "runtime/function.h"
#include "value/numeric.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace sqlgym;
using value::Datum;

namespace {

struct Run {
    explicit Run(std::int64_t timeoutMs = 0) : cancel(timeoutMs) {}
    base::MemoryAccount account{std::size_t{32} << 20};
    base::Stop stop;
    base::CancelToken cancel;
    value::Session session;
    value::Arena arena{account, stop};
    value::Context cx{arena, stop, cancel, session};

    Datum call(const char *symbol, const std::vector<Datum> &arguments)
    {
        const auto function = runtime::findScalar(symbol);
        runtime::CallSite site;
        runtime::Call made{cx, site, arguments.size()};
        const Datum result = function(made, arguments.data());
        if (site.release)
            site.release(site.memory);
        return result;
    }
};

} // namespace

class TestLimits : public QObject {
    Q_OBJECT
private slots:
    void longTextsMeetTheMemoryLimit();
    void slowPatternsMeetTheDeadline_data();
    void slowPatternsMeetTheDeadline();
    void likeIsNotExponential();
};

void TestLimits::longTextsMeetTheMemoryLimit()
{
    Run repeated;
    QVERIFY(repeated.call("repeat", {Datum::ofText("x"), Datum::ofInt(1'000'000'000)}).isNull);
    QCOMPARE(repeated.stop.reason(), base::StopReason::MemoryLimit);

    Run padded;
    QVERIFY(padded.call("lpad", {Datum::ofText("x"), Datum::ofInt(200'000'000), Datum::ofText("ab")}).isNull);
    QCOMPARE(padded.stop.reason(), base::StopReason::MemoryLimit);

    Run refused;
    QVERIFY(refused.call("repeat", {Datum::ofText("xy"), Datum::ofInt(1'000'000'000)}).isNull);
    QCOMPARE(refused.stop.diagnostic().sqlstate, std::string("54000"));
}

void TestLimits::slowPatternsMeetTheDeadline_data()
{
    QTest::addColumn<QByteArray>("symbol");
    QTest::addColumn<QByteArray>("pattern");
    QTest::newRow("nested stars") << QByteArray("regexp_match_no_flags") << QByteArray("((a*)*)*b");
    QTest::newRow("many starts") << QByteArray("regexp_count_no_start") << QByteArray("(a+)+$x");
    QTest::newRow("counts") << QByteArray("textregexsubstr") << QByteArray("(.{1,200}){1,200}b");
    QTest::newRow("lookbehind") << QByteArray("textregexeq") << QByteArray("(?<=a*)b");
}

void TestLimits::slowPatternsMeetTheDeadline()
{
    QFETCH(QByteArray, symbol);
    QFETCH(QByteArray, pattern);
    const std::string text(300'000, 'a');
    Run run(100);
    QElapsedTimer timer;
    timer.start();

    run.call(symbol.constData(),
             {Datum::ofText(text), Datum::ofText({pattern.constData(), static_cast<std::size_t>(pattern.size())})});

    QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed()) + " ms"));
    QVERIFY(!run.stop.raised() || run.stop.reason() == base::StopReason::Timeout ||
            run.stop.reason() == base::StopReason::Declined || run.stop.reason() == base::StopReason::MemoryLimit);
}

void TestLimits::likeIsNotExponential()
{
    const std::string text(20'000, 'a');
    std::string pattern;
    for (int i = 0; i < 200; ++i)
        pattern += "%a";
    pattern += "%b";
    Run run;
    QElapsedTimer timer;
    timer.start();

    const Datum result = run.call("textlike", {Datum::ofText(text), Datum::ofText(pattern)});

    QCOMPARE(result.int64, 0);
    QVERIFY(timer.elapsed() < 2000);
}

QTEST_APPLESS_MAIN(TestLimits)
#include "tst_limits.moc"
