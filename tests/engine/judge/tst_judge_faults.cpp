// Judges that die, jobs that kill, servers that go away: every submission is decided exactly once.
#include "judge/verdict_transaction.h"
#include "judge_fixture.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

#include <csignal>
#include <thread>

using namespace sqlgym;
using tests::asked;

namespace {

/// A process and its children.
std::vector<pid_t> family(pid_t parent)
{
    std::vector<pid_t> all = {parent};
    for (const QString &entry : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(entry));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = file.readAll();
        if (line.mid(line.lastIndexOf(')') + 2).split(' ').value(1).toInt() == parent)
            all.push_back(entry.toInt());
    }
    return all;
}

} // namespace

class TestJudgeFaults : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void onceJudgesWhatWaits();
    void aJobIsFailedAfterThreeTries();
    void aSecondJudgeDoesNotOverwrite();
    void anOrderlyStopGivesBack();
    void killedJudgesLoseNothing();
    void theServerMayCrashAndComeBack();
    void aServerThatStaysAwayKeepsNoJudge();
    void aServerThatFreezesKeepsNoJudge();
    void aCrashOfItsOwnClusterCostsNothing();
    void aWedgedClusterIsMadeAnew();
    void hostileQueriesStopNothing();
    void whatIsOverIsRemoved();
    void healthTellsWhetherAnybodyJudges();

private:
    std::unique_ptr<QProcess> program(const QStringList &more)
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::SeparateChannels);
        process->setProgram(JUDGE_PROGRAM);
        process->setArguments(QStringList{"--dsn", QString::fromStdString(m_fixture->dsn("sqlgym_judge")), "--folder",
                                          QString::fromStdString(m_fixture->judgesFolder())} +
                              more);
        process->start();
        return process;
    }
    std::string open()
    {
        return asked(*m_admin, "SELECT count(*) FROM fallback_submissions WHERE status IN ('pending', 'running')");
    }
    /// Whether a judge holds one of a learner's.
    bool atWorkFor(const std::string &username)
    {
        return asked(*m_admin,
                     "SELECT count(*) FROM private.leases JOIN problem_submissions p ON p.id = job_id "
                     "JOIN users u ON u.id = p.user_id WHERE username = $1",
                     {username}) != "0";
    }
    /// How a learner's submissions ended: how many, as what, right or not, and why, a line each kind.
    QString decided(const std::string &username)
    {
        return QString::fromStdString(asked(*m_admin,
                                            "SELECT concat_ws(' ', count(*), p.status, s.is_correct, p.error_message) "
                                            "FROM problem_submissions p LEFT JOIN submissions s ON s.id = p.id "
                                            "JOIN users u ON u.id = p.user_id WHERE u.username = $1 "
                                            "GROUP BY p.status, s.is_correct, p.error_message ORDER BY 1",
                                            {username}));
    }

    std::unique_ptr<tests::JudgeFixture> m_fixture;
    std::optional<server::Session> m_admin;
};

void TestJudgeFaults::initTestCase()
{
    m_fixture = std::make_unique<tests::JudgeFixture>();
    m_admin = m_fixture->admin();
}

void TestJudgeFaults::onceJudgesWhatWaits()
{
    auto ann = m_fixture->learner("once_ann");
    constexpr std::size_t kProblems = 10; // tst_judging has all
    for (std::size_t at = 0; at < kProblems; ++at)
        m_fixture->submit(ann, m_fixture->pack.problems[at], m_fixture->pack.problems[at].solutionSql);
    auto judge = program({"--once", "--workers", "2"});
    QVERIFY(judge->waitForFinished(120'000));
    QCOMPARE(judge->exitCode(), 0);
    QCOMPARE(open(), std::string("0"));
    QCOMPARE(asked(ann, "SELECT count(*) FROM submissions WHERE is_correct"), std::to_string(kProblems));
    // A JSON object a line.
    const QByteArrayList lines = judge->readAllStandardError().trimmed().split('\n');
    QVERIFY(lines.size() > 4);
    for (const QByteArray &line : lines)
        QVERIFY2(line.startsWith("{\"time\":\"20") && line.endsWith("}"), line.constData());
}

void TestJudgeFaults::aJobIsFailedAfterThreeTries()
{
    auto bob = m_fixture->learner("poison_bob");
    const std::string id = m_fixture->submit(bob, m_fixture->pack.problems[0], "SELECT 1");
    auto session = m_fixture->as("sqlgym_judge");
    for (int attempt = 1; attempt <= 3; ++attempt) {
        judge::JobQueue queue(session, "dies" + std::to_string(attempt), 0); // a lease that ends at once
        const auto jobs = queue.claim(10);
        QVERIFY(jobs);
        QCOMPARE(jobs->size(), std::size_t(1));
        QCOMPARE((*jobs)[0].attempt, attempt);
    }
    judge::JobQueue queue(session, "fourth", 30);
    const auto jobs = queue.claim(10);
    QVERIFY(jobs && jobs->empty());
    QCOMPARE(asked(bob, "SELECT status, error_message FROM problem_submissions WHERE id = $1", {id}),
             std::string("failed|This query could not be judged: the judge broke off three times."));
    QCOMPARE(open(), std::string("0"));
}

void TestJudgeFaults::aSecondJudgeDoesNotOverwrite()
{
    auto eve = m_fixture->learner("late_eve");
    const std::string id = m_fixture->submit(eve, m_fixture->pack.problems[0], "SELECT 1");
    auto session = m_fixture->as("sqlgym_judge");
    judge::JobQueue slow(session, "slow", 0);
    const auto first = slow.claim(1);
    QVERIFY(first && first->size() == 1);
    judge::JobQueue quick(session, "quick", 30);
    const auto second = quick.claim(1);
    QVERIFY(second && second->size() == 1);
    QCOMPARE((*second)[0].attempt, 2);
    const std::string rows = "{\"submission\":{\"is_correct\":true,\"submitted_at\":\"2026-01-01\"},"
                             "\"problem_submission\":{\"status\":\"completed\"},\"results\":[],\"progress\":null,"
                             "\"badges\":[],\"session\":{\"id\":\"x\",\"total_time_spent_seconds\":0,"
                             "\"created_at\":\"2026-01-01\",\"updated_at\":\"2026-01-01\"},\"sandbox\":\"s\"}";
    postgres::Batch batch(session.connection());
    const auto opened = [&](const judge::Job &job, const char *name) {
        const auto history = judge::VerdictTransaction(session.connection(), batch, {&job}, name).open();
        return history && (*history)[0].has_value();
    };
    const auto written = [&](const judge::Job &job, const char *name) {
        return judge::VerdictTransaction(session.connection(), batch, {&job}, name).write({rows});
    };
    QVERIFY(!opened((*first)[0], "slow"));
    const auto late = written((*first)[0], "slow");
    QVERIFY(late && !(*late)[0]);
    QVERIFY(opened((*second)[0], "quick"));
    const auto mine = written((*second)[0], "quick");
    QVERIFY2(mine && (*mine)[0], mine ? "false" : mine.error().message.c_str());
    QVERIFY(!opened((*second)[0], "quick"));
    const auto again = written((*second)[0], "quick");
    QVERIFY(again && !(*again)[0]);
    QCOMPARE(asked(eve, "SELECT count(*) FROM submissions WHERE id = $1", {id}), std::string("1"));
}

void TestJudgeFaults::anOrderlyStopGivesBack()
{
    auto kim = m_fixture->learner("stop_kim");
    const content::Problem &problem = m_fixture->pack.problems[0];
    for (int i = 0; i < 6; ++i)
        m_fixture->submit(kim, problem, "SELECT count(*) FROM generate_series(1, 30000000)");
    auto judge = program({"--lease", "600"});
    QTRY_VERIFY_WITH_TIMEOUT(asked(*m_admin, "SELECT count(*) FROM private.leases") != "0", 30'000);
    judge->terminate();
    QVERIFY(judge->waitForFinished(60'000));
    QCOMPARE(judge->exitCode(), 0);
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM private.leases WHERE expires_at > now()"), std::string("0"));
    QVERIFY(open() != "0");
    auto rest = program({"--once", "--workers", "2"});
    QVERIFY(rest->waitForFinished(240'000));
    QCOMPARE(open(), std::string("0"));
    QCOMPARE(asked(kim, "SELECT count(*) FROM submissions"), std::string("6"));
}

/// SIGKILL at random moments while many wait; every one is decided once, and every figure is right.
void TestJudgeFaults::killedJudgesLoseNothing()
{
    auto ned = m_fixture->learner("killed_ned");
    const auto &problems = m_fixture->pack.problems;
    QRandomGenerator random(7);
    int right = 0;
    constexpr int kJobs = 150;
    std::vector<std::string> ids;
    for (int i = 0; i < kJobs; ++i) {
        const content::Problem &problem =
            problems[random.bounded(static_cast<int>(std::min<std::size_t>(problems.size(), 5)))];
        const bool correct = random.bounded(2) == 0;
        right += correct ? 1 : 0;
        ids.push_back(m_fixture->submit(ned, problem, correct ? problem.solutionSql : "SELECT 1 AS nothing"));
    }
    for (int kill = 0; kill < 6 && open() != "0"; ++kill) {
        auto judge = program({"--lease", "1"});
        QTest::qWait(500 + random.bounded(900));
        judge->kill();
        QVERIFY(judge->waitForFinished(10'000));
        // A job that was at hand each time would be taken for poison.
        asked(*m_admin, "UPDATE private.leases SET attempt = 1");
    }
    auto last = program({"--lease", "2", "--workers", "2"});
    QTRY_COMPARE_WITH_TIMEOUT(open(), std::string("0"), 240'000);
    last->terminate();
    QVERIFY(last->waitForFinished(60'000));
    QCOMPARE(asked(ned, "SELECT count(*), count(*) FILTER (WHERE is_correct) FROM submissions"),
             std::to_string(kJobs) + "|" + std::to_string(right));
    QCOMPARE(asked(ned, "SELECT sum(total_submissions), sum(successful_submissions) FROM user_progress"),
             std::to_string(kJobs) + "|" + std::to_string(right));
    QCOMPARE(asked(*m_admin,
                   "SELECT count(*) FROM (SELECT submission_id, test_case_id FROM execution_results GROUP BY 1, 2 "
                   "HAVING count(*) > 1) d"),
             std::string("0"));
}

/// Crashes of the main server while many wait: no verdict is lost or doubled, and the judge goes on by itself.
void TestJudgeFaults::theServerMayCrashAndComeBack()
{
    const auto &problems = m_fixture->pack.problems;
    constexpr int kJobs = 60;
    {
        auto fay = m_fixture->learner("crash_fay");
        for (int i = 0; i < kJobs; ++i)
            m_fixture->submit(fay, problems[i % 4], i % 2 == 0 ? problems[i % 4].solutionSql : "SELECT 1 AS nothing");
    }
    auto judge = program({"--lease", "2", "--workers", "2"});
    for (int crash = 0; crash < 3; ++crash) {
        QTest::qWait(700 + 300 * crash);
        m_admin.reset();
        m_fixture->restart();
        m_admin = m_fixture->admin();
    }
    QTRY_COMPARE_WITH_TIMEOUT(open(), std::string("0"), 180'000);
    QVERIFY(judge->state() == QProcess::Running);
    judge->terminate();
    QVERIFY(judge->waitForFinished(60'000));
    QCOMPARE(judge->exitCode(), 0);
    const std::string mine = " s JOIN users u ON u.id = s.user_id WHERE username = 'crash_fay'";
    QCOMPARE(asked(*m_admin, "SELECT count(*), count(*) FILTER (WHERE is_correct) FROM submissions" + mine),
             std::to_string(kJobs) + "|" + std::to_string(kJobs / 2));
    QCOMPARE(QString::fromStdString(
                 asked(*m_admin, "SELECT sum(total_submissions), sum(s.problems_solved) FROM user_progress" + mine)),
             QStringLiteral("%1|2").arg(kJobs));
}

/// The main server goes while verdicts wait to be written, and does not come back: the judge ends when it is told to.
/// What it held is another's, later.
void TestJudgeFaults::aServerThatStaysAwayKeepsNoJudge()
{
    const content::Problem &problem = m_fixture->pack.problems[0];
    constexpr int kJobs = 12;
    {
        auto ida = m_fixture->learner("away_ida");
        for (int i = 0; i < kJobs; ++i)
            m_fixture->submit(ida, problem, problem.solutionSql);
    }
    auto judge = program({"--lease", "2", "--workers", "2"});
    QTRY_VERIFY_WITH_TIMEOUT(atWorkFor("away_ida"), 60'000);
    m_admin.reset();
    m_fixture->crash();
    QTest::qWait(1500);
    QCOMPARE(judge->state(), QProcess::Running);
    judge->terminate();
    QVERIFY(judge->waitForFinished(45'000));
    QCOMPARE(judge->exitStatus(), QProcess::NormalExit);
    m_fixture->restart();
    m_admin = m_fixture->admin();
    QTest::qWait(2500); // the leases
    auto rest = program({"--once"});
    QVERIFY(rest->waitForFinished(120'000));
    QCOMPARE(open(), std::string("0"));
    QCOMPARE(decided("away_ida"), QStringLiteral("%1 completed t").arg(kJobs));
}

/// It neither answers nor breaks off: a second signal ends the judge all the same.
void TestJudgeFaults::aServerThatFreezesKeepsNoJudge()
{
    const content::Problem &problem = m_fixture->pack.problems[0];
    {
        auto lou = m_fixture->learner("frozen_lou");
        for (int i = 0; i < 6; ++i)
            m_fixture->submit(lou, problem, problem.solutionSql);
    }
    auto judge = program({"--lease", "2"});
    QTRY_VERIFY_WITH_TIMEOUT(atWorkFor("frozen_lou"), 60'000);
    const std::vector<pid_t> frozen = family(m_fixture->serverPid());
    for (const pid_t process : frozen)
        ::kill(process, SIGSTOP);
    QTest::qWait(1000);
    judge->terminate();
    QTest::qWait(1000);
    judge->terminate();
    const bool ended = judge->waitForFinished(30'000);
    for (const pid_t process : frozen)
        ::kill(process, SIGCONT);
    QVERIFY(ended);
    QCOMPARE(judge->exitStatus(), QProcess::NormalExit);
    QTest::qWait(2500);
    auto rest = program({"--once"});
    QVERIFY(rest->waitForFinished(120'000));
    QCOMPARE(open(), std::string("0"));
    QCOMPARE(decided("frozen_lou"), QStringLiteral("6 completed t"));
}

/// The judge's own PostgreSQL is killed under it, whole.
void TestJudgeFaults::aCrashOfItsOwnClusterCostsNothing()
{
    auto gus = m_fixture->learner("cluster_gus");
    const content::Problem &problem = m_fixture->pack.problems[0];
    constexpr int kJobs = 20;
    for (int i = 0; i < kJobs; ++i)
        m_fixture->submit(gus, problem, problem.solutionSql);
    auto judge = program({});
    int killed = 0;
    QDir judges(QString::fromStdString(m_fixture->judgesFolder()));
    for (int round = 0; round < 2; ++round) {
        QTest::qWait(900);
        for (const QString &slot : judges.entryList({"slot-?"}, QDir::Dirs)) {
            QFile pid(judges.filePath(slot + "/postmaster.pid"));
            if (pid.open(QIODevice::ReadOnly)) {
                const auto server = static_cast<pid_t>(pid.readLine().trimmed().toInt());
                killed += server > 1 && ::kill(server, SIGKILL) == 0 ? 1 : 0;
            }
        }
    }
    QVERIFY(killed > 0);
    QTRY_COMPARE_WITH_TIMEOUT(open(), std::string("0"), 120'000);
    judge->terminate();
    QVERIFY(judge->waitForFinished(60'000));
    QCOMPARE(asked(gus, "SELECT count(*), bool_and(is_correct) FROM submissions"), std::to_string(kJobs) + "|t");
}

/// All of its PostgreSQL stops at once and hears nothing any more: it is killed and made anew, and the judge goes on.
void TestJudgeFaults::aWedgedClusterIsMadeAnew()
{
    auto wes = m_fixture->learner("wedged_wes");
    const content::Problem &problem = m_fixture->pack.problems[0];
    const std::string before = m_fixture->submit(wes, problem, problem.solutionSql);
    auto judge = program({});
    const auto verdict = [&](const std::string &id) {
        return asked(*m_admin, "SELECT status FROM problem_submissions WHERE id = $1", {id});
    };
    QTRY_COMPARE_WITH_TIMEOUT(verdict(before), std::string("completed"), 60'000);
    std::vector<pid_t> frozen;
    const QDir judges(QString::fromStdString(m_fixture->judgesFolder()));
    for (const QString &slot : judges.entryList({"slot-?"}, QDir::Dirs)) {
        QFile pid(judges.filePath(slot + "/postmaster.pid"));
        if (pid.open(QIODevice::ReadOnly))
            std::ranges::copy(family(static_cast<pid_t>(pid.readLine().trimmed().toInt())), std::back_inserter(frozen));
    }
    QVERIFY(frozen.size() > 1);
    for (const pid_t process : frozen)
        ::kill(process, SIGSTOP);
    QElapsedTimer time;
    time.start();
    const std::string first = m_fixture->submit(wes, problem, problem.solutionSql);
    QTRY_VERIFY_WITH_TIMEOUT(verdict(first) != "pending", 90'000);
    const std::string after = m_fixture->submit(wes, problem, problem.solutionSql);
    QTRY_COMPARE_WITH_TIMEOUT(verdict(after), std::string("completed"), 60'000);
    qInfo() << "judged again after" << time.elapsed() << "ms";
    // Its limits, and a few seconds for a new cluster; much else may run on this machine.
    QVERIFY(time.elapsed() < (problem.tests[0].timeoutSeconds + 40) * 1000);
    QCOMPARE(asked(wes, "SELECT is_correct FROM submissions WHERE id = $1", {after}), std::string("t"));
    judge->terminate();
    QVERIFY(judge->waitForFinished(60'000));
    QCOMPARE(judge->exitCode(), 0);
}

void TestJudgeFaults::hostileQueriesStopNothing()
{
    auto mal = m_fixture->learner("hostile_mal");
    const content::Problem &problem = m_fixture->pack.problems[0];
    std::string chained = "WITH c0 AS (SELECT 1 AS x)";
    for (int i = 1; i < 600; ++i)
        chained += ", c" + std::to_string(i) + " AS (SELECT a.x FROM c" + std::to_string(i - 1) + " a)";
    chained += " SELECT * FROM c599";
    const std::vector<std::string> hostile = {
        "SELECT repeat('x', 1000000000)",
        "SELECT 'x'::int",
        "SELECT count(*) FROM generate_series(1, 100000000000)",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
        "SELECT array_agg(i) FROM generate_series(1, 100000000) i",
        "SELECT * FROM generate_series(1, 100000000) a ORDER BY random()",
        chained.size() < 20000 ? chained : "SELECT 1",
        "SELECT " + std::string(5000, '(') + "1" + std::string(5000, ')'),
    };
    for (const std::string &query : hostile)
        m_fixture->submit(mal, problem, query);
    const std::string after = m_fixture->submit(mal, problem, problem.solutionSql);
    auto judge = program({"--once"});
    QVERIFY(judge->waitForFinished(300'000));
    QCOMPARE(open(), std::string("0"));
    QCOMPARE(asked(mal, "SELECT is_correct FROM submissions WHERE id = $1", {after}), std::string("t"));
    QCOMPARE(asked(mal, "SELECT count(*) FROM submissions WHERE is_correct"), std::string("1"));
    QCOMPARE(asked(mal, "SELECT count(*) FROM submissions"), std::to_string(hostile.size() + 1));
    const std::string kinds =
        asked(*m_admin, "SELECT DISTINCT status FROM execution_results r JOIN submissions s ON s.id = "
                        "submission_id JOIN users u ON u.id = s.user_id WHERE username = 'hostile_mal' "
                        "ORDER BY 1");
    QCOMPARE(QString::fromStdString(kinds), QStringLiteral("SUCCESS\nERROR\nTIMEOUT\nMEMORY_LIMIT"));
}

void TestJudgeFaults::whatIsOverIsRemoved()
{
    auto old = m_fixture->learner("house_old");
    asked(*m_admin, "INSERT INTO private.sessions (token_hash, user_id, expires_at) SELECT sha256(i::text::bytea), "
                    "(SELECT min(id) FROM users), now() - interval '1 day' FROM generate_series(1, 1200) i");
    asked(*m_admin,
          "INSERT INTO cache_entries (id, cache_key, namespace, data, expires_at) VALUES ('x', 'x', 'x', '{}', "
          "now() - interval '1 day')");
    auto judge = program({});
    QTRY_COMPARE_WITH_TIMEOUT(asked(*m_admin,
                                    "SELECT (SELECT count(*) FROM private.sessions WHERE expires_at < now()) + "
                                    "(SELECT count(*) FROM cache_entries WHERE id = 'x')"),
                              std::string("0"), 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(asked(*m_admin, "SELECT count(*) FROM cache_entries WHERE namespace = 'leaderboard'"),
                              std::string("1"), 60'000);
    QVERIFY(asked(old, "SELECT api.current_user_id()") != "NULL");
    judge->terminate();
    QVERIFY(judge->waitForFinished(60'000));
}

void TestJudgeFaults::healthTellsWhetherAnybodyJudges()
{
    asked(*m_admin, "DELETE FROM private.judges");
    auto nobody = program({"--health"});
    QVERIFY(nobody->waitForFinished(30'000));
    QCOMPARE(nobody->exitCode(), 1);
    auto judge = program({});
    QTRY_VERIFY_WITH_TIMEOUT(asked(*m_admin, "SELECT count(*) FROM private.judges") == "1", 30'000);
    auto somebody = program({"--health"});
    QVERIFY(somebody->waitForFinished(30'000));
    QCOMPARE(somebody->exitCode(), 0);
    QVERIFY(somebody->readAllStandardOutput().contains("\"healthy\": true"));
    judge->terminate();
    QVERIFY(judge->waitForFinished(30'000));
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM private.judges"), std::string("0"));
}

QTEST_GUILESS_MAIN(TestJudgeFaults)
#include "tst_judge_faults.moc"
