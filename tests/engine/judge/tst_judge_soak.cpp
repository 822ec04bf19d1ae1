// Several learners, several judges, and everything that may happen to these and to the server, again and again: nothing
// is lost, nothing counts twice. SQLGYM_SOAK=SECONDS for longer than a moment, SQLGYM_SOAK_SEED for another course of
// things.
#include "judge/learner_rows.h"
#include "judge_fixture.h"
#include "progress/badges.h"
#include "progress/xp.h"

#include "judge/problem_rows.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

#include <csignal>

using namespace sqlgym;
using tests::asked;

namespace {

constexpr int kLearners = 5;
constexpr int kJudges = 3;
constexpr int kProblems = 6;

struct Submission {
    std::string problemId;
    bool right = false;
};

struct Learner {
    std::string id;
    std::string token;
    std::map<std::string, Submission> submissions; // by id
    int seconds = 0;
};

QString words(const std::string &text) { return QString::fromStdString(text); }

} // namespace

class TestJudgeSoak : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void nothingIsLostOrDoubled();

private:
    void learn(Learner &learner);
    void disturb();
    void startJudge(std::size_t number);
    void killCluster();
    void restartServer();
    void endJudges();
    void forgetPoison(Learner &learner);
    void check(const Learner &learner);
    void checkProgress(const Learner &learner, const progress::History &history);
    std::string said(const Learner &learner, const std::string &sql, const server::Values &values);
    std::string open()
    {
        return asked(*m_admin, "SELECT count(*) FROM fallback_submissions WHERE status IN ('pending', 'running')");
    }
    std::string one(const std::string &sql, const std::string &value) { return asked(*m_admin, sql, {value}); }

    std::unique_ptr<tests::JudgeFixture> m_fixture;
    std::optional<server::Session> m_admin;
    std::optional<server::Session> m_client;
    std::vector<Learner> m_learners;
    std::vector<std::unique_ptr<QProcess>> m_judges;
    std::vector<qint64> m_asleep; // judges that were stopped, to be woken
    QRandomGenerator m_random;
    std::map<std::string, int> m_events;
};

void TestJudgeSoak::initTestCase()
{
    m_random.seed(qEnvironmentVariableIsSet("SQLGYM_SOAK_SEED") ? qEnvironmentVariableIntValue("SQLGYM_SOAK_SEED") : 5);
    m_fixture = std::make_unique<tests::JudgeFixture>();
    // The fixture's server would lose what it has just promised when it crashes.
    auto owner = m_fixture->admin();
    QCOMPARE(asked(owner, "ALTER DATABASE gym SET synchronous_commit = on"), std::string());
    m_admin = m_fixture->admin();
    QCOMPARE(asked(*m_admin, "SHOW synchronous_commit"), std::string("on"));
    for (int number = 0; number < kLearners; ++number) {
        auto session = m_fixture->learner("soak_" + std::to_string(number));
        Learner learner;
        learner.id = asked(session, "SELECT api.current_user_id()");
        learner.token = asked(session, "SELECT current_setting('sqlgym.token')");
        m_learners.push_back(learner);
    }
    m_client = m_fixture->as("sqlgym_client");
}

void TestJudgeSoak::cleanupTestCase()
{
    endJudges();
    m_fixture.reset();
}

/// What the server answers in the learner's name, however often it goes away meanwhile.
std::string TestJudgeSoak::said(const Learner &learner, const std::string &sql, const server::Values &values)
{
    for (;;) {
        if (asked(*m_client, "SELECT set_config('sqlgym.token', $1, false)", {learner.token}) == learner.token) {
            auto answer = asked(*m_client, sql, values);
            // A busy machine, or a judge that froze with a lock: clients try again.
            const bool busy = answer == "!57014" || answer == "!55P03";
            m_events["answered too late"] += busy ? 1 : 0;
            if (busy)
                continue;
            if (!answer.starts_with("!08") && !answer.starts_with("!57P") && answer != "!connect")
                return answer;
        }
        m_client = m_fixture->as("sqlgym_client");
    }
}

void TestJudgeSoak::learn(Learner &learner)
{
    const content::Problem &problem = m_fixture->pack.problems[m_random.bounded(kProblems)];
    const std::string id = base::randomUuid();
    const int kind = static_cast<int>(m_random.bounded(20));
    if (kind == 0) {
        const std::string answer =
            said(learner, "SELECT api.use_hint($1, $2, $3)", {id, problem.id, std::to_string(1 + m_random.bounded(3))});
        QVERIFY2(!answer.starts_with("!"), answer.c_str());
    } else if (kind == 1) {
        const int seconds = static_cast<int>(m_random.bounded(100));
        const std::string answer =
            said(learner, "SELECT api.record_session($1, $2, $3, false)", {id, problem.id, std::to_string(seconds)});
        QVERIFY2(!answer.starts_with("!"), answer.c_str());
        learner.seconds += seconds;
    } else {
        const std::vector<std::string> wrong = {"SELECT 1 AS nothing", "SELECT no_such_column FROM nowhere",
                                                "SELECT count(*) FROM generate_series(1, 200000)"};
        const bool right = kind % 2 == 0;
        const std::string query = right ? problem.solutionSql : wrong[m_random.bounded(static_cast<int>(wrong.size()))];
        // The limit of thirty a minute is not what is tested here.
        asked(*m_admin, "UPDATE public.problem_submissions SET created_at = created_at - interval '1 hour' "
                        "WHERE created_at > now()::timestamp - interval '1 minute'");
        const std::string answer = said(learner, "SELECT api.submit($1, $2, $3, now())", {id, problem.id, query});
        QCOMPARE(words(answer), words(id));
        learner.submissions[id] = {problem.id, right};
    }
}

void TestJudgeSoak::startJudge(std::size_t number)
{
    auto process = std::make_unique<QProcess>();
    process->setProgram(JUDGE_PROGRAM);
    process->setArguments({"--dsn", words(m_fixture->dsn("sqlgym_judge")), "--folder", words(m_fixture->judgesFolder()),
                           "--lease", "2", "--workers", number == 0 ? "2" : "1"});
    process->setStandardErrorFile(qEnvironmentVariable("SQLGYM_SOAK_LOG", QProcess::nullDevice()), QIODevice::Append);
    process->start();
    m_judges[number] = std::move(process);
}

void TestJudgeSoak::killCluster()
{
    const QDir judges(words(m_fixture->judgesFolder()));
    const QStringList slots_ = judges.entryList({"slot-?"}, QDir::Dirs);
    if (slots_.isEmpty())
        return;
    QFile pid(judges.filePath(slots_[static_cast<qsizetype>(m_random.bounded(slots_.size()))] + "/postmaster.pid"));
    if (!pid.open(QIODevice::ReadOnly))
        return;
    const auto server = static_cast<pid_t>(pid.readLine().trimmed().toInt());
    if (server > 1)
        ::kill(server, SIGKILL);
}

void TestJudgeSoak::restartServer()
{
    m_admin.reset();
    m_client.reset();
    m_fixture->restart();
    m_admin = m_fixture->admin();
    m_client = m_fixture->as("sqlgym_client");
}

void TestJudgeSoak::disturb()
{
    // A job that was at hand at each of three kills is taken for poison: few shall be.
    asked(*m_admin, "UPDATE private.leases SET attempt = 1 WHERE expires_at <= now()");
    const std::size_t number = m_random.bounded(kJudges);
    QProcess &judge = *m_judges[number];
    const int kind = static_cast<int>(m_random.bounded(12));
    for (const qint64 pid : std::exchange(m_asleep, {}))
        ::kill(static_cast<pid_t>(pid), SIGCONT);
    if (kind < 5) {
        ++m_events["killed"];
        judge.kill();
        QVERIFY(judge.waitForFinished(20'000) || judge.state() == QProcess::NotRunning);
        startJudge(number);
    } else if (kind < 7) {
        ++m_events["stopped in order"];
        judge.terminate();
        // One that found no server when it started has ended by itself.
        QVERIFY(judge.waitForFinished(60'000) || judge.state() == QProcess::NotRunning);
        startJudge(number);
    } else if (kind < 9) {
        // Longer than its lease, perhaps: it wakes up and believes that its jobs are its own.
        ++m_events["asleep"];
        if (judge.processId() > 0 && ::kill(static_cast<pid_t>(judge.processId()), SIGSTOP) == 0)
            m_asleep.push_back(judge.processId());
        QTest::qWait(static_cast<int>(m_random.bounded(4000)));
    } else if (kind < 11) {
        ++m_events["its PostgreSQL killed"];
        killCluster();
    } else {
        ++m_events["server restarted"];
        restartServer();
    }
}

void TestJudgeSoak::endJudges()
{
    for (const qint64 pid : std::exchange(m_asleep, {}))
        ::kill(static_cast<pid_t>(pid), SIGCONT);
    for (auto &judge : m_judges) {
        judge->terminate();
        if (!judge->waitForFinished(60'000))
            judge->kill();
    }
    m_judges.clear();
}

void TestJudgeSoak::nothingIsLostOrDoubled()
{
    const int seconds = std::max(15, qEnvironmentVariableIntValue("SQLGYM_SOAK"));
    m_judges.resize(kJudges);
    for (std::size_t number = 0; number < kJudges; ++number)
        startJudge(number);
    QElapsedTimer time;
    time.start();
    qint64 disturbed = 0;
    while (time.elapsed() < seconds * 1000) {
        learn(m_learners[m_random.bounded(kLearners)]);
        QTest::qWait(static_cast<int>(m_random.bounded(200)));
        if (time.elapsed() - disturbed > 1500) {
            disturb();
            disturbed = time.elapsed();
        }
        if (QTest::currentTestFailed())
            return;
    }
    for (const qint64 pid : std::exchange(m_asleep, {}))
        ::kill(static_cast<pid_t>(pid), SIGCONT);
    QTRY_COMPARE_WITH_TIMEOUT(open(), std::string("0"), 600'000);
    endJudges();
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM private.leases"), std::string("0"));
    std::size_t all = 0;
    for (Learner &learner : m_learners) {
        forgetPoison(learner);
        all += learner.submissions.size();
        check(learner);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(m_events["taken for poison"] * 20 <= static_cast<int>(all), "too many were taken for poison");
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM submissions"), std::to_string(all));
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM fallback_submissions WHERE status = 'completed'"),
             std::to_string(all));
    QString text = QStringLiteral("%1 submissions in %2 s").arg(all).arg(seconds);
    for (const auto &[what, count] : m_events)
        text += QStringLiteral(", %1 %2").arg(words(what)).arg(count);
    qInfo().noquote() << text;
}

/// Those that were at hand at three kills are told so, and count for nothing.
void TestJudgeSoak::forgetPoison(Learner &learner)
{
    const QStringList ids =
        words(one("SELECT id FROM problem_submissions WHERE user_id = $1 AND status = 'failed' AND error_message = "
                  "'This query could not be judged: the judge broke off three times.'",
                  learner.id))
            .split(u'\n', Qt::SkipEmptyParts);
    for (const QString &id : ids)
        m_events["taken for poison"] += static_cast<int>(learner.submissions.erase(id.toStdString()));
}

void TestJudgeSoak::check(const Learner &learner)
{
    std::set<std::string> solved;
    int right = 0;
    for (const auto &[id, submission] : learner.submissions) {
        right += submission.right ? 1 : 0;
        if (submission.right)
            solved.insert(submission.problemId);
        QCOMPARE(
            words(
                one("SELECT s.is_correct, p.status IN ('completed', 'failed'), CASE WHEN s.id IS NULL THEN "
                    "p.error_message END FROM problem_submissions p LEFT JOIN submissions s USING (id) WHERE p.id = $1",
                    id)),
            QStringLiteral("%1|t|NULL").arg(submission.right ? "t" : "f"));
    }
    QCOMPARE(one("SELECT count(*) FROM submissions WHERE user_id = $1", learner.id),
             std::to_string(learner.submissions.size()));
    QCOMPARE(one("SELECT problems_solved FROM users WHERE id = $1", learner.id), std::to_string(solved.size()));
    // A right submission has one result for each test, no submission two for one.
    QCOMPARE(
        one("SELECT count(*) FROM submissions s WHERE user_id = $1 AND is_correct AND (SELECT count(*) FROM "
            "execution_results r WHERE r.submission_id = s.id AND r.is_correct) <> (SELECT count(*) FROM test_cases t "
            "WHERE t.problem_id = s.problem_id AND t.order_index <> -1)",
            learner.id),
        std::string("0"));
    QCOMPARE(
        one("SELECT count(*) FROM (SELECT FROM submissions s JOIN execution_results r ON r.submission_id = s.id WHERE "
            "user_id = $1 GROUP BY s.id, r.test_case_id HAVING count(*) > 1) d",
            learner.id),
        std::string("0"));
    // Each right submission ends one sitting; what was sat through is there once.
    QCOMPARE(one("SELECT count(*) FROM problem_sessions WHERE user_id = $1 AND completed_at IS NOT NULL", learner.id),
             std::to_string(right));
    QCOMPARE(
        one("SELECT sum(COALESCE(total_time_spent_seconds, 0)) FROM problem_sessions WHERE user_id = $1", learner.id),
        std::to_string(learner.seconds));
    auto session = m_fixture->as("sqlgym_judge");
    postgres::Batch batch(session.connection());
    const auto answers = batch.run(judge::historyQuestions(learner.id, ""));
    QVERIFY(answers);
    progress::History history = judge::historyOf(*answers);
    history.problems = *judge::readFacts(session);
    checkProgress(learner, history);
}

/// The figures, reckoned anew from what happened.
void TestJudgeSoak::checkProgress(const Learner &learner, const progress::History &history)
{
    auto session = m_fixture->as("sqlgym_judge");
    for (const progress::UserProgressRow &row : history.progress) {
        std::set<std::string> ofTopic;
        std::vector<progress::ProblemFact> problems;
        for (const progress::ProblemFact &fact : history.problems) {
            if (fact.topicId == row.topicId) {
                ofTopic.insert(fact.problemId);
                problems.push_back(fact);
            }
        }
        std::vector<progress::Event> events;
        std::ranges::copy_if(history.events, std::back_inserter(events),
                             [&](const progress::Event &event) { return ofTopic.contains(event.problemId); });
        int submissions = 0;
        int right = 0;
        std::set<std::string> attempted;
        std::set<std::string> solved;
        for (const auto &[id, submission] : learner.submissions) {
            if (!ofTopic.contains(submission.problemId))
                continue;
            ++submissions;
            attempted.insert(submission.problemId);
            if (submission.right) {
                ++right;
                solved.insert(submission.problemId);
            }
        }
        QCOMPARE(row.totalSubmissions, submissions);
        QCOMPARE(row.successfulSubmissions, right);
        QCOMPARE(row.problemsAttempted, static_cast<int>(attempted.size()));
        QCOMPARE(row.problemsSolved, static_cast<int>(solved.size()));
        QCOMPARE(row.hintUsageCount,
                 static_cast<int>(std::ranges::count(events, progress::EventKind::Hint, &progress::Event::kind)));
        QCOMPARE(row.experiencePoints, progress::totalPoints(events, problems));
    }
    const std::set<progress::LocalDay> noDays;
    const auto badges = judge::readBadges(session);
    QVERIFY(badges);
    for (const content::Badge &badge : *badges) {
        const auto state = progress::badgeProgress(
            badge, {history.events, history.problems, base::Clock().now(), 0, noDays, history.deeds});
        const auto had = std::ranges::count(history.badgeIds, badge.id);
        QVERIFY(state);
        QVERIFY(had <= 1);
        // Judges overtake each other: what was a first try when it was judged need not be one in the end.
        const bool hangsOnOrder = badge.criteriaJson.find("first_try") != std::string::npos ||
                                  badge.criteriaJson.find("not_given_up") != std::string::npos ||
                                  badge.criteriaJson.find("no_hints") != std::string::npos;
        QVERIFY2(hangsOnOrder ? had >= (state->earned() ? 1 : 0) : had == (state->earned() ? 1 : 0),
                 badge.name.c_str());
    }
}

QTEST_GUILESS_MAIN(TestJudgeSoak)
#include "tst_judge_soak.moc"
