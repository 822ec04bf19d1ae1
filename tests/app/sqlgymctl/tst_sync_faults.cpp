// sqlgymctl sync and what may come between: kills at any moment, a full disk, a server that restarts, a session that
// ends. The profile is whole after each, the program says what happened, and the copy ends as a new one would be.
//   SQLGYM_KILLS=100 tst_sync_faults      killed 300 times (30 otherwise)
#include "../../engine/server/server_with_pack.h"
#include "../../engine/sync/copy_of.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

using namespace sqlgym;
using tests::asked;

namespace {

struct Outcome {
    int code = -1;
    QString words; ///< of both streams
};

/// A profile whose learner has signed up at the server and handed in a lot, and wrote a draft.
class Desk {
public:
    Desk(tests::ServerFixture &server, const QString &name) : m_dsn(QString::fromStdString(server.dsn("sqlgym_client")))
    {
        chmod(m_folder.path().toUtf8().constData(), 0711);
        QProcess signUp;
        signUp.start(SQLGYMCTL, arguments({"sign-up", name, name + "@example.org"}));
        signUp.write("correct horse\n");
        signUp.closeWriteChannel();
        if (!signUp.waitForFinished(60'000) || signUp.exitCode() != 0)
            throw std::runtime_error(signUp.readAllStandardError().toStdString());
        auto admin = server.admin();
        user = asked(admin, "SELECT id FROM users WHERE username = $1", {name.toStdString()});
        asked(admin,
              "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT gen_random_uuid(), $1, "
              "min(p.id), 'x', "
              "false FROM generate_series(1, 30000), problems p GROUP BY generate_series",
              {user});
        asked(admin, "CHECKPOINT"); // the tests' cluster answers before its log is on the disk
        auto cache = cache::Cache::open(path());
        cache::Draft draft;
        draft.document = "a";
        draft.text = "SELECT 'kept'";
        if (!cache || !(*cache)->drafts().save(draft))
            throw std::runtime_error("no draft");
    }

    std::string path() const { return m_folder.filePath("sqlgym.sqlite").toStdString(); }
    QStringList files(const QStringList &patterns) const { return QDir(m_folder.path()).entryList(patterns); }
    void start(QProcess &process) const
    {
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(SQLGYMCTL, arguments({"sync"}));
        process.waitForStarted();
    }
    Outcome sync() const
    {
        QProcess process;
        start(process);
        process.waitForFinished(120'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll()};
    }
    /// In a shell that does `before` first.
    Outcome syncAfter(const QString &before) const
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start("/bin/bash", QStringList{"-c", before + "; exec \"$0\" \"$@\"", SQLGYMCTL} + arguments({"sync"}));
        process.waitForFinished(120'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll()};
    }
    /// Empty, or what is wrong: a damaged file, a lost draft.
    std::string trouble() const
    {
        auto cache = cache::Cache::open(path(), {.alwaysCheck = true});
        if (!cache)
            return cache.error().message;
        if ((*cache)->report().recovered)
            return "the file was damaged";
        const auto draft = (*cache)->drafts().draft("a");
        return draft && *draft && (*draft)->text == "SELECT 'kept'" ? std::string() : "the draft is lost";
    }

    std::string user;

private:
    QStringList arguments(const QStringList &command) const
    {
        return QStringList{"--profile", m_folder.path(), "--dsn", m_dsn} + command +
               QStringList{"--token-file", m_folder.filePath("token")};
    }

    QTemporaryDir m_folder;
    QString m_dsn;
};

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

private:
    std::string admin(const std::string &sql, const server::Values &values = {})
    {
        auto session = m_server->admin();
        return asked(session, sql, values);
    }
    /// The copy is whole and has what the server has.
    void isUpToDate(const Desk &desk)
    {
        QCOMPARE(QString::fromStdString(desk.trouble()), QString());
        auto copy = sqlite::Database::open(desk.path());
        QCOMPARE(*copy->integrityCheck(), std::string("ok"));
        QCOMPARE(*copy->integer("SELECT count(*) FROM pragma_foreign_key_check()"), std::int64_t{0});
        const std::string figures =
            " count(*) || ' ' || coalesce(sum(execution_time), 0) FROM submissions WHERE user_id = ";
        auto here = copy->prepare("SELECT" + figures + "?");
        QVERIFY(here && *here->with(desk.user).step());
        QCOMPARE(QString::fromStdString(here->string(0)),
                 QString::fromStdString(admin("SELECT" + figures + "$1", {desk.user})));
        // Nothing is left behind.
        const QStringList files = desk.files({"*pulling", "*replaced*", "*damaged*", "*recovering*"});
        QVERIFY2(files.isEmpty(), qPrintable(files.join(' ')));
    }
    /// From now on the copy has to be made anew.
    void demandNewCopy(const Desk &desk) { admin("UPDATE users SET premium = NOT premium WHERE id = $1", {desk.user}); }

    std::unique_ptr<tests::ServerFixture> m_server;
};

void TestSyncFaults::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
}

void TestSyncFaults::killedAtAnyMoment()
{
    const Desk desk(*m_server, "ann");
    // How long one takes here, so that kills fall into all of it.
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(desk.sync().code, 0);
    const int whole = static_cast<int>(clock.elapsed());
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
        QProcess process;
        desk.start(process);
        process.waitForFinished(random.bounded(whole + whole / 4));
        process.kill();
        process.waitForFinished(10'000);
        QCOMPARE(process.state(), QProcess::NotRunning);
        killed += process.exitStatus() == QProcess::CrashExit;
        QCOMPARE(QString::fromStdString(desk.trouble()), QString());
    }
    QVERIFY2(killed > kills / 3, qPrintable(QString::number(killed)));

    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
}

void TestSyncFaults::aFullDiskIsSaidAndGoneOnWith()
{
    const Desk desk(*m_server, "full");
    // Files may grow to a third of what the copy needs. Ignored, the signal becomes an error of the write.
    const Outcome full = desk.syncAfter("trap '' XFSZ; ulimit -f 3000");
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
    const Desk desk(*m_server, "patient");
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
    const Desk desk(*m_server, "absent");
    QCOMPARE(desk.sync().code, 0);
    {
        auto cache = cache::Cache::open(desk.path());
        QVERIFY(cache && (*cache)->community().createPost({}, "written while signed out"));
    }
    admin("UPDATE private.sessions SET expires_at = now() - interval '1 minute' WHERE user_id = $1", {desk.user});

    const Outcome out = desk.sync();

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

QTEST_GUILESS_MAIN(TestSyncFaults)
#include "tst_sync_faults.moc"
