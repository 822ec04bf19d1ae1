#include "progress/badges.h"
#include "progress/status.h"
#include "progress/work_time.h"
#include "progress/xp.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::progress;
using content::Difficulty;

namespace {

constexpr std::int64_t kDay = 86'400'000'000;

const std::vector<ProblemFact> kProblems{
    {"p1", "t1", "joins", "Joins", Difficulty::Easy},
    {"p2", "t1", "joins", "Joins", Difficulty::Hard},
    {"p3", "t2", "windows", "Windows", Difficulty::Hard},
};

Event act(EventKind kind, const std::string &problem, int minute, bool correct = false)
{
    Event event;
    event.kind = kind;
    event.problemId = problem;
    event.at = minute * std::int64_t{60'000'000};
    event.correct = correct;
    return event;
}

Event wrong(const std::string &problem, int minute) { return act(EventKind::Submit, problem, minute); }
Event right(const std::string &problem, int minute) { return act(EventKind::Submit, problem, minute, true); }

base::Result<BadgeProgress> badge(const char *criteria, const std::vector<Event> &events)
{
    content::Badge wanted;
    wanted.name = "Test";
    wanted.criteriaJson = criteria;
    return badgeProgress(wanted, {events, kProblems, 10 * kDay, 0, {}, {}});
}

} // namespace

class TestProgress : public QObject {
    Q_OBJECT
private slots:
    void statusFollowsWhatWasDone();
    void givingUpIsAStateOfItsOwn();
    void pointsAreGivenOncePerProblem();
    void badges_data();
    void badges();
    void badCriteriaAreNamed_data();
    void badCriteriaAreNamed();
    void timeWithoutAnActIsNotWork();
};

void TestProgress::statusFollowsWhatWasDone()
{
    const auto statuses = problemStatuses({right("p1", 9), wrong("p1", 5), act(EventKind::Hint, "p1", 6),
                                           act(EventKind::Run, "p2", 1), right("p3", 2), wrong("p3", 3)});

    QCOMPARE(statuses.at("p1").state, ProblemState::Solved);
    QCOMPARE(statuses.at("p1").submissionsToSolve, 2);
    QVERIFY(!statuses.at("p1").firstTry);
    QVERIFY(statuses.at("p1").hintUsed);
    QCOMPARE(statuses.at("p2").state, ProblemState::Tried);
    QCOMPARE(statuses.at("p3").state, ProblemState::Solved);
    QVERIFY(statuses.at("p3").firstTry);
    QCOMPARE(statuses.at("p3").submissions, 2);
    QVERIFY(!statuses.contains("p4"));
}

void TestProgress::givingUpIsAStateOfItsOwn()
{
    const auto gaveUp = problemStatuses({wrong("p1", 1), act(EventKind::SolutionSeen, "p1", 2), wrong("p1", 3)});
    const auto solvedThen = problemStatuses({act(EventKind::SolutionSeen, "p1", 2), right("p1", 3)});
    const auto seenAfter = problemStatuses({right("p1", 1), act(EventKind::SolutionSeen, "p1", 2)});

    QCOMPARE(gaveUp.at("p1").state, ProblemState::GaveUp);
    QCOMPARE(solvedThen.at("p1").state, ProblemState::Solved);
    QVERIFY(solvedThen.at("p1").solutionSeenFirst);
    QCOMPARE(seenAfter.at("p1").state, ProblemState::Solved);
    QVERIFY(!seenAfter.at("p1").solutionSeenFirst);
}

void TestProgress::pointsAreGivenOncePerProblem()
{
    QCOMPARE(totalPoints({right("p1", 1), right("p1", 2), right("p2", 3), wrong("p3", 4)}, kProblems), 40 + 100);
    QCOMPARE(totalPoints({act(EventKind::SolutionSeen, "p2", 1), right("p2", 3)}, kProblems), 25);
    QCOMPARE(totalPoints({right("unknown", 1)}, kProblems), 0);
}

void TestProgress::badges_data()
{
    QTest::addColumn<QByteArray>("criteria");
    QTest::addColumn<bool>("earned");
    QTest::addColumn<QString>("criteriaWords");
    QTest::addColumn<QString>("words");

    QTest::newRow("problems") << QByteArray(R"({"kind":"problems_solved","count":3})") << false << "Solve 3 problems."
                              << "2 of 3 problems solved.";
    QTest::newRow("one problem") << QByteArray(R"({"kind":"problems_solved","count":1})") << true << "Solve 1 problem."
                                 << "1 of 1 problem solved.";
    QTest::newRow("topic") << QByteArray(R"({"kind":"topic_solved","topic":"joins"})") << true
                           << "Solve every problem in Joins."
                           << "2 of 2 problems in Joins solved.";
    QTest::newRow("topic without problems")
        << QByteArray(R"({"kind":"topic_solved","topic":"none"})") << false << "Solve every problem in none."
        << "There are no problems in none yet.";
    QTest::newRow("difficulty") << QByteArray(R"({"kind":"difficulty_solved","difficulty":"HARD","count":2})") << false
                                << "Solve 2 hard problems."
                                << "1 of 2 hard problems solved.";
    QTest::newRow("first try") << QByteArray(R"({"kind":"first_try","count":2})") << false
                               << "Solve 2 problems with the first submission."
                               << "1 of 2 problems solved with the first submission.";
    QTest::newRow("no hints") << QByteArray(R"({"kind":"no_hints","count":1})") << true
                              << "Solve 1 problem without a hint."
                              << "1 of 1 problem solved without a hint.";
    QTest::newRow("streak") << QByteArray(R"({"kind":"streak","days":3})") << false << "Solve on 3 days in a row."
                            << "Longest streak: 2 of 3 days.";
}

void TestProgress::badges()
{
    QFETCH(QByteArray, criteria);
    // p1 by the second submission and with a hint; p2 a day later, at once.
    const std::vector<Event> events{act(EventKind::Hint, "p1", 1), wrong("p1", 2), right("p1", 3), right("p2", 1440)};

    const auto progress = badge(criteria.constData(), events);

    QVERIFY(progress);
    QTEST(progress->earned(), "earned");
    QTEST(QString::fromStdString(progress->criteria), "criteriaWords");
    QTEST(QString::fromStdString(progress->words), "words");
}

void TestProgress::badCriteriaAreNamed_data()
{
    QTest::addColumn<QByteArray>("criteria");
    QTest::newRow("not JSON") << QByteArray("{");
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("unknown kind") << QByteArray(R"({"kind":"luck","count":1})");
    QTest::newRow("no count") << QByteArray(R"({"kind":"problems_solved"})");
    QTest::newRow("count of nought") << QByteArray(R"({"kind":"problems_solved","count":0})");
    QTest::newRow("unknown difficulty") << QByteArray(R"({"kind":"difficulty_solved","difficulty":"Odd","count":1})");
    QTest::newRow("no topic") << QByteArray(R"({"kind":"topic_solved"})");
}

void TestProgress::badCriteriaAreNamed()
{
    QFETCH(QByteArray, criteria);

    const auto progress = badge(criteria.constData(), {});

    QVERIFY(!progress);
    QCOMPARE(progress.error().code, std::string("bad_criteria"));
}

void TestProgress::timeWithoutAnActIsNotWork()
{
    constexpr base::UnixMicros kSecond = 1'000'000;
    WorkTime time;

    time.act(100 * kSecond);
    QCOMPARE(time.seconds(), 0);
    time.act(130 * kSecond);
    time.act(130 * kSecond + WorkTime::kIdleAfter);
    QCOMPARE(time.seconds(), 150);
    time.act(1'000 * kSecond); // was away
    time.act(1'000 * kSecond + kSecond / 2);
    QCOMPARE(time.take(), 150);
    time.act(1'001 * kSecond);
    QCOMPARE(time.take(), 1);
    time.act(500 * kSecond); // the clock was set back
    time.act(510 * kSecond);
    QCOMPARE(time.seconds(), 10);
    time.stop();
    time.act(511 * kSecond);
    QCOMPARE(time.seconds(), 0);
}

QTEST_APPLESS_MAIN(TestProgress)
#include "tst_progress.moc"
