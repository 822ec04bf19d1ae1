// sqlgymctl sync and what may come between: kills at any moment, a full disk, a server that restarts, a session that
// ends. The profile is whole after each, the program says what happened, and the copy ends as a new one would be.
//   SQLGYM_KILLS=100 tst_sync_faults      killed 300 times (30 otherwise)
#include "sync_desk.h"

#include "base/uuid.h"
#include "content/names.h"
#include "progress/judge.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QtTest>

using namespace sqlgym;
using tests::asked;

namespace {

/// Kills a synchronisation at any moment of the `whole` milliseconds that one takes; false: it had ended before.
/// `whole` follows what they take.
bool killedWithin(const tests::Desk &desk, QRandomGenerator &random, int &whole)
{
    QElapsedTimer clock;
    clock.start();
    QProcess process;
    desk.start(process);
    if (process.waitForFinished(random.bounded(whole)))
        whole = static_cast<int>(clock.elapsed());
    else
        whole += whole / 20;
    process.kill();
    process.waitForFinished(10'000);
    if (process.state() != QProcess::NotRunning)
        throw std::runtime_error("it does not die");
    return process.exitStatus() == QProcess::CrashExit;
}

} // namespace

class TestSyncFaults : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }
    void killedAtAnyMoment();
    void aFullDiskIsSaidAndGoneOnWith();
    void aServerThatRestartsIsComeBackTo();
    void anEndedSessionLosesNothing();
    void everythingIsExported();
    void aKilledAdoptionIsGoneOnWith();

private:
    std::string admin(const std::string &sql, const server::Values &values = {})
    {
        auto session = m_server->admin();
        return asked(session, sql, values);
    }
    void isUpToDate(const tests::Desk &desk)
    {
        QCOMPARE(QString::fromStdString(desk.differences(*m_server)), QString());
    }
    void demandNewCopy(const tests::Desk &desk) { desk.demandNewCopy(*m_server); }

    std::unique_ptr<tests::ServerFixture> m_server;
};

void TestSyncFaults::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
}

void TestSyncFaults::killedAtAnyMoment()
{
    const tests::Desk desk(*m_server, "ann");
    // How long one takes here, so that kills fall into all of it.
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(desk.sync().code, 0);
    std::array<int, 2> whole;
    whole.fill(static_cast<int>(clock.elapsed()));
    QRandomGenerator random(20261123);
    const int kills = std::max(30, 3 * qEnvironmentVariableIntValue("SQLGYM_KILLS"));
    int killed = 0;
    for (int i = 0; i < kills; ++i) {
        // In turns a new copy and an update of many pages.
        if (i % 2 == 0)
            demandNewCopy(desk);
        else
            admin("UPDATE submissions SET execution_time = $2 WHERE id IN (SELECT id FROM submissions WHERE user_id = "
                  "$1 LIMIT 9000)",
                  {desk.user, std::to_string(i)});
        killed += killedWithin(desk, random, whole[i % 2]);
        QCOMPARE(QString::fromStdString(desk.trouble()), QString());
    }
    QVERIFY2(killed > kills / 3, qPrintable(QString::number(killed)));

    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
}

void TestSyncFaults::aFullDiskIsSaidAndGoneOnWith()
{
    const tests::Desk desk(*m_server, "full");
    // Files may grow to a third of what the copy needs. Ignored, the signal becomes an error of the write.
    const tests::Outcome full = desk.syncAfter("trap '' XFSZ; ulimit -f 3000");
    QCOMPARE(full.code, 3);
    QVERIFY2(full.words.contains("disk is full"), qPrintable(full.words));
    QCOMPARE(QString::fromStdString(desk.trouble()), QString());

    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
    // An update that finds no room.
    admin("UPDATE submissions SET query = repeat('y', 400) WHERE user_id = $1 AND id IN (SELECT id FROM submissions "
          "WHERE user_id = $1 "
          "LIMIT 9000)",
          {desk.user});
    QCOMPARE(desk.syncAfter("trap '' XFSZ; ulimit -f 1000").code, 3);
    QCOMPARE(QString::fromStdString(desk.trouble()), QString());
    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
}

void TestSyncFaults::aServerThatRestartsIsComeBackTo()
{
    const tests::Desk desk(*m_server, "patient");
    QRandomGenerator random(7);
    int cutOff = 0;
    for (int round = 0; round < 4; ++round) {
        demandNewCopy(desk);
        QProcess process;
        desk.start(process);
        QTest::qWait(random.bounded(250 * SQLGYM_PACE));
        m_server->restart();
        QVERIFY(process.waitForFinished(120'000) || process.state() == QProcess::NotRunning);
        const QString words = process.readAll();
        QVERIFY2(process.exitCode() == 0 || process.exitCode() == 3, qPrintable(words));
        cutOff += process.exitCode() == 3;
        QVERIFY2(process.exitCode() == 0 || words.contains("Try again") || words.contains("try again"),
                 qPrintable(words));
        QCOMPARE(QString::fromStdString(desk.trouble()), QString());
    }
    QVERIFY(cutOff > 0);

    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
}

void TestSyncFaults::anEndedSessionLosesNothing()
{
    const tests::Desk desk(*m_server, "absent");
    QCOMPARE(desk.sync().code, 0);
    {
        auto cache = cache::Cache::open(desk.path());
        QVERIFY(cache && (*cache)->community().createPost({}, "written while signed out"));
    }
    admin("UPDATE private.sessions SET expires_at = now() - interval '1 minute' WHERE user_id = $1", {desk.user});

    const tests::Outcome out = desk.sync();

    QCOMPARE(out.code, 3);
    QVERIFY2(out.words.contains("sign-in") || out.words.contains("Sign in"), qPrintable(out.words));
    {
        auto cache = cache::Cache::open(desk.path());
        QCOMPARE((*cache)->outbox().entries(cache::OutboxState::Pending)->size(), std::size_t{1});
    }
    admin("UPDATE private.sessions SET expires_at = now() + interval '1 hour' WHERE user_id = $1", {desk.user});
    QCOMPARE(desk.sync().code, 0);
    QCOMPARE(admin("SELECT count(*) FROM community_posts WHERE content = 'written while signed out'"),
             std::string("1"));
    isUpToDate(desk);
}

void TestSyncFaults::everythingIsExported()
{
    const tests::Desk desk(*m_server, "leaver");
    QCOMPARE(desk.sync().code, 0);
    const QTemporaryDir place;
    const QString folder = place.filePath("all");
    const auto run = [&] {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(SQLGYMCTL,
                      {"--profile", QFileInfo(QString::fromStdString(desk.path())).path(), "export", folder});
        process.waitForFinished(120'000);
        return tests::Outcome{process.exitCode(), process.readAll()};
    };

    const tests::Outcome out = run();

    QVERIFY2(out.code == 0 && out.words.contains("submissions\t30000\n"), qPrintable(out.words));
    QFile json(folder + "/submissions.json");
    QVERIFY(json.open(QIODevice::ReadOnly));
    const auto rows = QJsonDocument::fromJson(json.readAll()).array();
    QCOMPARE(rows.size(), 30'000);
    QCOMPARE(rows[0].toObject()["user_id"].toString().toStdString(), desk.user);
    QFile csv(folder + "/submissions.csv");
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll().count('\n'), 30'001);
    QFile draft(folder + "/drafts/a.sql");
    QVERIFY(draft.open(QIODevice::ReadOnly));
    QCOMPARE(draft.readAll(), QByteArray("SELECT 'kept'"));
    // What is there already is not written over.
    const tests::Outcome again = run();
    QCOMPARE(again.code, 3);
    QVERIFY2(again.words.contains("is not empty"), qPrintable(again.words));
}

namespace {

constexpr int kWritten = 15; ///< of each kind; more in a minute the server makes wait

/// A learner without an account hands in, asks for a hint and writes.
bool practise(const std::string &path)
{
    auto cache = cache::Cache::open(path);
    auto pack = content::readPack(content::bundledPack());
    bool done = cache && pack && static_cast<bool>((*cache)->problems().loadPack(*pack));
    for (int i = 0; done && i < kWritten; ++i) {
        const content::Problem &problem = pack->problems[static_cast<std::size_t>(i) % pack->problems.size()];
        progress::Judgement judged;
        progress::SubmissionRow &row = judged.submission;
        row = {base::randomUuid(), (*cache)->userId(), content::problemId(problem.slug), "SELECT 1", false, 5,
               1'000'000};
        judged.problemSubmission = {row.id,       row.userId, row.problemId, row.query,       "completed",    1,
                                    std::nullopt, {},         "{}",          row.submittedAt, row.submittedAt};
        judged.session = {base::randomUuid(), row.userId, row.problemId};
        cache::Attempt attempt;
        attempt.problemId = row.problemId;
        const auto stored = (*cache)->progress().store(judged, attempt);
        const auto posted = (*cache)->community().createPost({}, "post " + std::to_string(i));
        const auto hinted = (*cache)->learning().useHint(row.problemId, 1);
        done = stored && posted && hinted;
    }
    return done;
}

} // namespace

void TestSyncFaults::aKilledAdoptionIsGoneOnWith()
{
    QRandomGenerator random(20261124);
    int whole = 0; // milliseconds that one takes here
    int killed = 0;
    for (int round = 0; round < 4; ++round) {
        const tests::Desk desk(*m_server, "settler" + QString::number(round));
        QVERIFY(practise(desk.path()));
        for (int kill = 0; kill < (round == 0 ? 0 : 4); ++kill) {
            killed += killedWithin(desk, random, whole);
            QCOMPARE(QString::fromStdString(desk.trouble()), QString());
        }
        QElapsedTimer clock;
        clock.start();
        const tests::Outcome out = desk.sync();
        whole = round == 0 ? static_cast<int>(clock.elapsed()) : whole;
        QVERIFY2(out.code == 0, qPrintable(out.words));

        const std::string written = std::to_string(kWritten);
        QCOMPARE(admin("SELECT count(*) || ' ' || count(DISTINCT content) FROM community_posts WHERE user_id = $1",
                       {desk.user}),
                 written + " " + written);
        QCOMPARE(admin("SELECT count(*) FROM problem_submissions WHERE user_id = $1", {desk.user}), written);
        auto cache = cache::Cache::open(desk.path());
        QVERIFY(cache);
        QCOMPARE((*cache)->userId(), desk.user);
        QVERIFY(!*(*cache)->isLocal());
        QVERIFY((*cache)->outbox().entries(cache::OutboxState::Pending)->empty());
        QVERIFY((*cache)->outbox().entries(cache::OutboxState::Rejected)->empty());
        auto file = sqlite::Database::open(desk.path());
        QCOMPARE(*file->integrityCheck(), std::string("ok"));
        QCOMPARE(*file->integer("SELECT count(*) FROM community_posts WHERE user_id = ?", desk.user), kWritten);
        QCOMPARE(*file->integer("SELECT count(*) FROM problem_submissions WHERE user_id = ?", desk.user), kWritten);
        QCOMPARE(*file->integer("SELECT count(*) FROM users WHERE auth_provider = 'local'"), 0);
    }
    QVERIFY2(killed > 4, qPrintable(QString::number(killed)));
}

QTEST_GUILESS_MAIN(TestSyncFaults)
#include "tst_sync_faults.moc"
