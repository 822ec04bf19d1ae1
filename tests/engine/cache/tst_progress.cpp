#include "base/uuid.h"
#include "cache/cache.h"
#include "sample_pack.h"
#include "set_clock.h"

#include <QTest>

using namespace sqlgym;
using cache::Cache;
using cachetest::SetClock;

// Submissions are judged by progress::judge() itself, as the program does it.
class TestProgress : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aRightSubmissionIsWrittenWhole();
    void aWrongSubmissionIsKeptToo();
    void storingTwiceChangesNothing();
    void whatCannotBeWrittenLeavesNothing();
    void aTopicThatVanishedDoesNotCostTheSubmission();
    void aTestThatVanishedDoesNotCostTheSubmission();
    void historyHoldsEveryAct();
    void timeSpentIsAddedToTheOpenSession();
    void aSubmissionSurvivesReloadingThePack();

private:
    progress::Judgement judged(const std::string &slug, bool correct);
    base::Result<void> submit(const std::string &slug, bool correct);
    std::unique_ptr<Cache> m_cache;
    SetClock m_clock;
};

void TestProgress::init()
{
    cache::CacheOptions options;
    options.clock = &m_clock;
    auto cache = Cache::openInMemory(options);
    QVERIFY(cache && (*cache)->problems().loadPack(cachetest::samplePack()));
    m_cache = std::move(*cache);
}

progress::Judgement TestProgress::judged(const std::string &slug, bool correct)
{
    m_clock.advance(SetClock::kSecond);
    auto problem = m_cache->problems().problem(slug);
    auto history = m_cache->progress().history();
    auto badges = m_cache->problems().badges();
    grading::Verdict verdict;
    verdict.correct = correct;
    for (const content::TestCase &test : problem->tests) {
        grading::TestVerdict one;
        one.testId = test.id;
        one.testName = test.name;
        one.outcome = correct ? grading::Outcome::Match : grading::Outcome::WrongRows;
        one.actual.columns = {{"name", "text"}};
        one.actual.append("Ada");
        one.actual.append(std::nullopt);
        one.elapsedUs = 2000;
        verdict.tests.push_back(one);
    }
    verdict.firstFailed = correct ? -1 : 0;
    progress::SubmissionInput input;
    input.userId = m_cache->userId();
    input.query = "SELECT name FROM member";
    input.writtenAt = m_clock.now();
    input.utcOffsetMinutes = 60;
    auto judgement = progress::judge(input, *problem, verdict, *history, *badges, base::randomUuid);
    if (!judgement)
        qFatal("%s", judgement.error().message.c_str());
    return *judgement;
}

base::Result<void> TestProgress::submit(const std::string &slug, bool correct)
{
    const progress::Judgement judgement = judged(slug, correct);
    cache::Attempt attempt;
    attempt.problemId = judgement.submission.problemId;
    attempt.query = judgement.submission.query;
    attempt.outcome = correct ? "match" : "wrong_rows";
    attempt.correct = correct;
    attempt.startedAt = judgement.submission.submittedAt;
    attempt.utcOffsetMinutes = 60;
    return m_cache->progress().store(judgement, attempt);
}

void TestProgress::aRightSubmissionIsWrittenWhole()
{
    auto stored = submit("late-returns", true);

    QVERIFY2(stored, stored ? "" : stored.error().message.c_str());
    const std::string problem = content::problemId("late-returns");
    const auto submissions = m_cache->progress().submissions(problem);
    QCOMPARE(submissions->size(), std::size_t{1});
    const cache::SubmissionRecord &record = submissions->front();
    QVERIFY(record.submission.isCorrect);
    QCOMPARE(record.submission.query, std::string("SELECT name FROM member"));
    QCOMPARE(record.submission.submittedAt, m_clock.now());
    QCOMPARE(record.submission.executionTime, std::optional<int>(4));
    QCOMPARE(record.status, std::string("completed"));
    QVERIFY(!record.resultDataJson.empty());

    const auto results = m_cache->progress().executionResults(record.submission.id);
    QCOMPARE(results->size(), std::size_t{2});
    QCOMPARE(results->front().status, std::string("SUCCESS"));
    QVERIFY(results->front().isCorrect && results->front().queryResultJson);
    QCOMPARE(results->front().rowsAffected, std::optional<int>(2));

    const auto topics = m_cache->progress().userProgress();
    QCOMPARE(topics->size(), std::size_t{1});
    QCOMPARE(topics->front().topicId, content::topicId("outer-joins"));
    QCOMPARE(topics->front().problemsSolved, 1);
    QCOMPARE(topics->front().highestDifficultySolved, std::optional(content::Difficulty::Easy));
    QCOMPARE(topics->front().lastActivityAt, m_clock.now());
    const auto badges = m_cache->progress().userBadges();
    QCOMPARE(badges->size(), std::size_t{1});
    QCOMPARE(*m_cache->progress().experiencePoints(), topics->front().experiencePoints + 50);
    QCOMPARE(m_cache->problems().summary("late-returns")->value().state, progress::ProblemState::Solved);

    const auto waiting = m_cache->outbox().entries(cache::OutboxState::Pending);
    QCOMPARE(waiting->size(), std::size_t{1});
    QCOMPARE(waiting->front().id, record.submission.id);
    QCOMPARE(waiting->front().kind, std::string("submit"));
    QVERIFY(waiting->front().payloadJson.find("SELECT name FROM member") != std::string::npos);
    const auto attempts = m_cache->attempts().attempts(problem);
    QCOMPARE(attempts->size(), std::size_t{1});
    QCOMPARE(attempts->front().kind, cache::AttemptKind::Submit);
    QCOMPARE(attempts->front().id, record.submission.id);
}

void TestProgress::aWrongSubmissionIsKeptToo()
{
    QVERIFY(submit("late-returns", false));
    QVERIFY(submit("late-returns", true));

    const auto submissions = m_cache->progress().submissions(content::problemId("late-returns"));
    QCOMPARE(submissions->size(), std::size_t{2});
    QVERIFY(submissions->front().submission.isCorrect && !submissions->back().submission.isCorrect);
    const auto topics = m_cache->progress().userProgress();
    QCOMPARE(topics->size(), std::size_t{1});
    QCOMPARE(topics->front().totalSubmissions, 2);
    QCOMPARE(topics->front().successfulSubmissions, 1);
}

void TestProgress::storingTwiceChangesNothing()
{
    const progress::Judgement judgement = judged("late-returns", true);
    cache::Attempt attempt;
    attempt.problemId = judgement.submission.problemId;

    QVERIFY(m_cache->progress().store(judgement, attempt));
    QVERIFY(m_cache->progress().store(judgement, attempt));

    QCOMPARE(m_cache->progress().submissions(judgement.submission.problemId)->size(), std::size_t{1});
    QCOMPARE(m_cache->outbox().entries()->size(), std::size_t{1});
    QCOMPARE(m_cache->progress().userBadges()->size(), std::size_t{1});
}

void TestProgress::whatCannotBeWrittenLeavesNothing()
{
    progress::Judgement judgement = judged("late-returns", true);
    judgement.session.problemId = "no such problem";
    cache::Attempt attempt;
    attempt.problemId = judgement.submission.problemId;

    auto stored = m_cache->progress().store(judgement, attempt);

    QVERIFY(!stored);
    QCOMPARE(stored.error().code, std::string("constraint"));
    QVERIFY(m_cache->progress().submissions(judgement.submission.problemId)->empty());
    QVERIFY(m_cache->outbox().entries()->empty());
    QVERIFY(m_cache->attempts().attempts(judgement.submission.problemId)->empty());
}

void TestProgress::aTopicThatVanishedDoesNotCostTheSubmission()
{
    progress::Judgement judgement = judged("late-returns", true);
    judgement.userProgress.topicId = "no such topic";
    cache::Attempt attempt;
    attempt.problemId = judgement.submission.problemId;

    QVERIFY(m_cache->progress().store(judgement, attempt));

    QCOMPARE(m_cache->progress().submissions(judgement.submission.problemId)->size(), std::size_t{1});
    QVERIFY(m_cache->progress().userProgress()->empty());
}

void TestProgress::aTestThatVanishedDoesNotCostTheSubmission()
{
    progress::Judgement judgement = judged("late-returns", true);
    content::Pack pack = cachetest::samplePack();
    pack.problems[0].tests.pop_back();
    QVERIFY(m_cache->problems().loadPack(pack));
    cache::Attempt attempt;
    attempt.problemId = judgement.submission.problemId;

    QVERIFY(m_cache->progress().store(judgement, attempt));

    QCOMPARE(m_cache->progress().executionResults(judgement.submission.id)->size(), std::size_t{1});
}

void TestProgress::historyHoldsEveryAct()
{
    const std::string problem = content::problemId("late-returns");
    cache::Attempt run;
    run.problemId = problem;
    run.utcOffsetMinutes = 60;
    QVERIFY(m_cache->attempts().add(run));
    run.kind = cache::AttemptKind::Check;
    run.correct = true;
    QVERIFY(m_cache->attempts().add(run));
    QVERIFY(m_cache->learning().useHint(problem, 1, 60));
    QVERIFY(submit("late-returns", true));
    QVERIFY(m_cache->learning().giveUp(content::problemId("early-birds"), 60));
    QVERIFY(m_cache->learning().setFrozenDay(7, true));

    auto history = m_cache->progress().history();

    QVERIFY2(history, history ? "" : history.error().message.c_str());
    std::map<progress::EventKind, int> kinds;
    for (const progress::Event &event : history->events) {
        ++kinds[event.kind];
        QCOMPARE(event.utcOffsetMinutes, 60);
        QVERIFY(event.at > 0);
        QCOMPARE(event.correct, event.kind == progress::EventKind::Check || event.kind == progress::EventKind::Submit);
    }
    QCOMPARE(kinds.size(), std::size_t{5});
    QCOMPARE(history->events.size(), std::size_t{5});
    QCOMPARE(history->problems.size(), std::size_t{3});
    const auto fact = std::ranges::find(history->problems, problem, &progress::ProblemFact::problemId);
    QCOMPARE(fact->topicSlug, std::string("outer-joins"));
    QCOMPARE(fact->topicId, content::topicId("outer-joins"));
    QCOMPARE(history->sessions.size(), std::size_t{1});
    QVERIFY(history->sessions.front().completedAt);
    QCOMPARE(history->badgeIds.size(), std::size_t{1});
    QCOMPARE(history->frozenDays, (std::set<progress::LocalDay>{7}));
}

void TestProgress::timeSpentIsAddedToTheOpenSession()
{
    const std::string problem = content::problemId("late-returns");
    QVERIFY(m_cache->progress().addTime(problem, 40));
    QVERIFY(m_cache->progress().addTime(problem, 50));
    QVERIFY(submit("late-returns", true));
    QVERIFY(m_cache->progress().addTime(problem, 10));

    auto sessions = m_cache->progress().history()->sessions;

    QCOMPARE(sessions.size(), std::size_t{2});
    std::ranges::sort(sessions, {}, &progress::ProblemSessionRow::totalTimeSpentSeconds);
    QCOMPARE(sessions[0].totalTimeSpentSeconds, 10);
    QVERIFY(!sessions[0].completedAt);
    QCOMPARE(sessions[1].totalTimeSpentSeconds, 90);
    QVERIFY(sessions[1].completedAt && sessions[1].firstQueryAt);
}

void TestProgress::aSubmissionSurvivesReloadingThePack()
{
    QVERIFY(submit("late-returns", true));
    content::Pack pack = cachetest::samplePack();
    pack.problems[0].title = "return later";
    pack.problems.erase(pack.problems.begin() + 1);

    QVERIFY(m_cache->problems().loadPack(pack));

    QCOMPARE(m_cache->progress().submissions(content::problemId("late-returns"))->size(), std::size_t{1});
    QCOMPARE(m_cache->progress().userProgress()->front().problemsSolved, 1);
}

QTEST_APPLESS_MAIN(TestProgress)
#include "tst_progress.moc"
