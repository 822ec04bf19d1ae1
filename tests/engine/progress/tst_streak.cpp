#include "progress/streak.h"

#include <QtTest>

using namespace sqlgym;
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
    void freezesAreEarnedAndUsed_data();
    void freezesAreEarnedAndUsed();
    void aRestIsCountedWhereOneIs();
    void clockChangesCostNoFreeze();
    void generatedStreaksAgreeWithCounting();
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

namespace {

/// Solves at noon, a letter a day from 2024-01-01: 'x' solved, '.' not.
std::vector<Event> days(const QByteArray &pattern, int offset = 0)
{
    std::vector<Event> out;
    for (int day = 0; day < pattern.size(); ++day) {
        Event event;
        event.kind = EventKind::Submit;
        event.correct = true;
        event.problemId = "p";
        event.at =
            micros("2024-01-01T12:00:00") + day * std::int64_t{86'400'000'000} - offset * std::int64_t{60'000'000};
        event.utcOffsetMinutes = offset;
        if (pattern[day] == 'x')
            out.push_back(event);
    }
    return out;
}

/// At eight in the evening of the pattern's last day.
base::UnixMicros evening(const QByteArray &pattern, int offset = 0)
{
    return micros("2024-01-01T20:00:00") + (pattern.size() - 1) * std::int64_t{86'400'000'000} -
           offset * std::int64_t{60'000'000};
}

} // namespace

void TestStreak::freezesAreEarnedAndUsed_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<int>("current");
    QTest::addColumn<int>("longest");
    QTest::addColumn<int>("freezes");
    QTest::addColumn<int>("rested");

    const auto row = [](const char *name, const char *pattern, int current, int longest, int freezes, int rested) {
        QTest::newRow(name) << QByteArray(pattern) << current << longest << freezes << rested;
    };
    row("six days earn none", "xxxxxx", 6, 6, 0, 0);
    row("seven earn one", "xxxxxxx", 7, 7, 1, 0);
    row("two are kept, not three", "xxxxxxxxxxxxxxxxxxxxx", 21, 21, 2, 0);
    row("today is not yet missed", "xxxxxxx.", 7, 7, 1, 0);
    row("a missed day uses one", "xxxxxxx..", 7, 7, 0, 1);
    row("and the streak goes on", "xxxxxxx.x", 8, 8, 0, 1);
    row("one is not enough for two days", "xxxxxxx...", 0, 7, 0, 0);
    row("after that it begins anew", "xxxxxxx..x", 1, 7, 0, 0);
    row("two in a row with two kept", "xxxxxxxxxxxxxx..x", 15, 15, 0, 2);
    row("two apart with two kept", "xxxxxxxxxxxxxx.x.x", 16, 16, 0, 2);
    row("three missed end it", "xxxxxxxxxxxxxx...x", 1, 14, 0, 0);
    row("a rested day is no seventh", "xxxxxxx.xxxxxx", 13, 13, 0, 1);
    row("the fourteenth earns the next", "xxxxxxx.xxxxxxx", 14, 14, 1, 1);
}

void TestStreak::freezesAreEarnedAndUsed()
{
    QFETCH(QByteArray, pattern);

    for (const int offset : {-600, 0, 330, 840}) {
        const Streak streak = streakAt(days(pattern, offset), evening(pattern, offset), offset);

        QTEST(streak.current, "current");
        QTEST(streak.longest, "longest");
        QTEST(streak.freezes, "freezes");
        QTEST(static_cast<int>(streak.restedDays.size()), "rested");
    }
}

void TestStreak::aRestIsCountedWhereOneIs()
{
    // A week in Auckland, then a day less by flying to Honolulu: one missed day there, none here.
    auto solves = days("xxxxxxx", 780);
    Event last = solves.back();
    last.at += 2 * std::int64_t{86'400'000'000};
    last.utcOffsetMinutes = -600;
    solves.push_back(last);

    const Streak streak = streakAt(solves, last.at + 1, -600);

    QCOMPARE(streak.current, 8);
    QCOMPARE(streak.freezes, 1 - static_cast<int>(streak.restedDays.size()));
}

void TestStreak::clockChangesCostNoFreeze()
{
    // Berlin, one minute before midnight, over both changes of 2024.
    for (const auto &[from, change] : {std::pair{"2024-03-26", 60}, std::pair{"2024-10-22", 120}}) {
        const QDate first = QDate::fromString(QLatin1String(from), Qt::ISODate);
        std::vector<Event> solves;
        Event event;
        event.kind = EventKind::Submit;
        event.correct = true;
        event.problemId = "p";
        for (int day = 0; day < 10; ++day) {
            const bool after = day > 4; // the sixth day is the one after the Sunday
            event.utcOffsetMinutes = after ? 180 - change : change;
            event.at = (QDateTime(first.addDays(day), QTime(23, 59), Qt::UTC).toMSecsSinceEpoch() / 60'000 -
                        event.utcOffsetMinutes) *
                       std::int64_t{60'000'000};
            solves.push_back(event);
        }

        const Streak streak = streakAt(solves, solves.back().at, solves.back().utcOffsetMinutes);

        QCOMPARE(streak.current, 10);
        QCOMPARE(streak.freezes, 1);
        QVERIFY(streak.restedDays.empty());
    }
}

// Day by day, as one would on a wall calendar.
void TestStreak::generatedStreaksAgreeWithCounting()
{
    quint32 seed = 20'240'101;
    const auto random = [&seed] { return (seed = seed * 1'664'525u + 1'013'904'223u) >> 16; };
    for (int round = 0; round < 3'000; ++round) {
        QByteArray pattern;
        const auto diligence = 2 + random() % 14;
        for (auto day = 1 + random() % 90; day > 0; --day)
            pattern += random() % diligence == 0 ? '.' : 'x';
        int run = 0, longest = 0, freezes = 0;
        for (int day = 0; day < pattern.size(); ++day) {
            if (pattern[day] == 'x') {
                ++run;
                longest = std::max(longest, run);
                freezes += run % 7 == 0 && freezes < 2 ? 1 : 0;
            } else if (day + 1 < pattern.size() && run > 0) {
                if (freezes-- == 0)
                    run = freezes = 0;
            }
        }

        const Streak streak = streakAt(days(pattern), evening(pattern), 0);

        QVERIFY2(streak.current == run && streak.longest == longest && streak.freezes == freezes, pattern.constData());
    }
}

QTEST_APPLESS_MAIN(TestStreak)
#include "tst_streak.moc"
