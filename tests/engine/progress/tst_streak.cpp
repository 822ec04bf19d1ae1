#include "progress/streak.h"

#include <QtTest>

using namespace sqlgym::progress;

namespace {

struct Solve {
    const char *utc; ///< ISO, in UTC
    int offsetMinutes;
};

std::int64_t micros(const char *utc)
{
    return QDateTime::fromString(QString::fromLatin1(utc) + QStringLiteral("Z"), Qt::ISODate).toMSecsSinceEpoch() *
           1000;
}

std::vector<Event> events(const std::vector<Solve> &solves)
{
    std::vector<Event> out;
    for (const Solve &solve : solves) {
        Event event;
        event.kind = EventKind::Submit;
        event.correct = true;
        event.problemId = "p";
        event.at = micros(solve.utc);
        event.utcOffsetMinutes = solve.offsetMinutes;
        out.push_back(event);
    }
    return out;
}

} // namespace

class TestStreak : public QObject {
    Q_OBJECT
private slots:
    void current_data();
    void current();
    void localDaysAreTheLearnersOwn();
    void frozenDaysNeitherCountNorBreak();
    void onlyRightSubmissionsCount();
    void theLongestStreakIsKept();
};

Q_DECLARE_METATYPE(std::vector<Solve>)
Q_DECLARE_METATYPE(Solve)

void TestStreak::current_data()
{
    QTest::addColumn<std::vector<Solve>>("solves");
    QTest::addColumn<Solve>("now");
    QTest::addColumn<int>("current");
    QTest::addColumn<bool>("today");

    const auto row = [](const char *name, std::vector<Solve> solves, Solve now, int current, bool today) {
        QTest::newRow(name) << std::move(solves) << now << current << today;
    };
    row("nothing", {}, {"2024-03-10T12:00:00", 0}, 0, false);
    row("today", {{"2024-03-10T08:00:00", 0}}, {"2024-03-10T12:00:00", 0}, 1, true);
    row("yesterday still stands", {{"2024-03-09T08:00:00", 0}}, {"2024-03-10T23:59:00", 0}, 1, false);
    row("two days ago does not", {{"2024-03-08T23:59:00", 0}}, {"2024-03-10T00:00:00", 0}, 0, false);
    row("three in a row", {{"2024-03-08T08:00:00", 0}, {"2024-03-09T22:00:00", 0}, {"2024-03-10T01:00:00", 0}},
        {"2024-03-10T12:00:00", 0}, 3, true);
    row("in any order of arrival", {{"2024-03-10T01:00:00", 0}, {"2024-03-08T08:00:00", 0}, {"2024-03-09T22:00:00", 0}},
        {"2024-03-10T12:00:00", 0}, 3, true);
    row("twice a day counts once", {{"2024-03-10T01:00:00", 0}, {"2024-03-10T08:00:00", 0}}, {"2024-03-10T12:00:00", 0},
        1, true);
    row("a missed day begins anew",
        {{"2024-03-06T08:00:00", 0},
         {"2024-03-07T08:00:00", 0},
         {"2024-03-09T08:00:00", 0},
         {"2024-03-10T08:00:00", 0}},
        {"2024-03-10T12:00:00", 0}, 2, true);
    // 23:30 and 00:30 in Kolkata (UTC+5:30) are one UTC day, but two days of the learner's.
    row("across local midnight within one UTC day", {{"2024-03-09T18:00:00", 330}, {"2024-03-09T19:00:00", 330}},
        {"2024-03-09T19:30:00", 330}, 2, true);
    // Two evenings in New York (UTC-5) that are three calendar days in UTC.
    row("evenings in the west", {{"2024-03-06T04:30:00", -300}, {"2024-03-07T00:30:00", -300}},
        {"2024-03-07T04:00:00", -300}, 2, true);
    // Spring forward in Berlin, 2024-03-31: +1 h to +2 h.
    row("the clock goes forward",
        {{"2024-03-30T22:30:00", 60}, {"2024-03-31T21:30:00", 120}, {"2024-04-01T21:30:00", 120}},
        {"2024-04-01T21:45:00", 120}, 3, true);
    // Fall back, 2024-10-27: +2 h to +1 h.
    row("the clock goes back", {{"2024-10-26T21:30:00", 120}, {"2024-10-27T22:30:00", 60}, {"2024-10-28T22:30:00", 60}},
        {"2024-10-28T22:45:00", 60}, 3, true);
    // Honolulu Monday 23:00, then Auckland Wednesday 08:00: ten hours later; there was no Tuesday.
    row("east over the date line loses a day, not the streak",
        {{"2024-03-05T09:00:00", -600}, {"2024-03-05T19:00:00", 780}}, {"2024-03-05T19:05:00", 780}, 2, true);
    // Auckland Tuesday 10:00, then Honolulu Monday 20:00: Tuesday comes again and counts once.
    row("west over the date line",
        {{"2024-03-04T21:00:00", 780},
         {"2024-03-05T06:00:00", -600},
         {"2024-03-06T06:00:00", -600},
         {"2024-03-07T06:00:00", -600}},
        {"2024-03-07T06:05:00", -600}, 2, true);
    row("before 1970", {{"1969-12-30T08:00:00", 0}, {"1969-12-31T08:00:00", 0}, {"1970-01-01T08:00:00", 0}},
        {"1970-01-01T09:00:00", 0}, 3, true);
}

void TestStreak::current()
{
    QFETCH(std::vector<Solve>, solves);
    QFETCH(Solve, now);

    const Streak streak = streakAt(events(solves), micros(now.utc), now.offsetMinutes);

    QTEST(streak.current, "current");
    QTEST(streak.solvedToday, "today");
}

void TestStreak::localDaysAreTheLearnersOwn()
{
    QCOMPARE(localDay(micros("1970-01-01T00:00:00"), 0), 0);
    QCOMPARE(localDay(micros("1970-01-01T00:00:00"), -1), -1);
    QCOMPARE(localDay(micros("1970-01-01T23:59:59"), 1), 1);
    QCOMPARE(localDay(micros("1969-12-31T00:00:00"), 0), -1);
}

void TestStreak::frozenDaysNeitherCountNorBreak()
{
    const auto solves = events({{"2024-03-06T08:00:00", 0}, {"2024-03-09T08:00:00", 0}});
    const LocalDay seventh = localDay(micros("2024-03-07T08:00:00"), 0);
    const auto now = micros("2024-03-09T12:00:00");

    QCOMPARE(streakAt(solves, now, 0, {seventh, seventh + 1}).current, 2);
    QCOMPARE(streakAt(solves, now, 0, {seventh}).current, 1);
}

void TestStreak::onlyRightSubmissionsCount()
{
    auto acts = events({{"2024-03-09T08:00:00", 0}, {"2024-03-10T08:00:00", 0}, {"2024-03-10T09:00:00", 0}});
    acts[1].correct = false;
    acts[2].kind = EventKind::Check;

    const Streak streak = streakAt(acts, micros("2024-03-10T12:00:00"), 0);

    QCOMPARE(streak.current, 1);
    QVERIFY(!streak.solvedToday);
}

void TestStreak::theLongestStreakIsKept()
{
    const auto solves = events({{"2024-03-01T08:00:00", 0},
                                {"2024-03-02T08:00:00", 0},
                                {"2024-03-03T08:00:00", 0},
                                {"2024-03-10T08:00:00", 0}});

    const Streak streak = streakAt(solves, micros("2024-03-20T08:00:00"), 0);

    QCOMPARE(streak.current, 0);
    QCOMPARE(streak.longest, 3);
}

QTEST_APPLESS_MAIN(TestStreak)
#include "tst_streak.moc"
