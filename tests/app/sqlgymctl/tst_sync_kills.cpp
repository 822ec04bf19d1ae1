// sqlgymctl sync, killed at any moment of a new copy or of an update: the profile is whole after each, and the copy
// ends as a new one would be.
//   SQLGYM_KILLS=100 tst_sync_kills      300 times (30 otherwise)
#include "../../engine/sync/copy_of.h"
#include "content/pack.h"
#include "content/resources.h"
#include "server/pack_import.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

using namespace sqlgym;
using tests::asked;
using tests::Learner;

class TestSyncKills : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }
    void killedAtAnyMoment();

private:
    void start(QProcess &process, const QString &profile, const QString &token)
    {
        process.start(SQLGYMCTL, {"--profile", profile, "--dsn", QString::fromStdString(m_server->dsn("sqlgym_client")),
                                  "sync", "--token-file", token});
        QVERIFY(process.waitForStarted());
    }

    std::unique_ptr<tests::ServerFixture> m_server;
    std::optional<server::Session> m_admin;
};

void TestSyncKills::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    m_server->deploy();
    m_admin = m_server->admin();
    const auto pack = content::readPack(content::bundledPack());
    QVERIFY(pack && server::importPack(*m_admin, *pack));
}

void TestSyncKills::killedAtAnyMoment()
{
    QTemporaryDir folder;
    const QString token = folder.filePath("token");
    const QString path = folder.filePath("sqlgym.sqlite");
    QProcess signUp;
    signUp.start(SQLGYMCTL,
                 {"--profile", folder.path(), "--dsn", QString::fromStdString(m_server->dsn("sqlgym_client")),
                  "sign-up", "ann", "ann@example.org", "--token-file", token});
    signUp.write("correct horse\n");
    signUp.closeWriteChannel();
    QVERIFY(signUp.waitForFinished(60'000) && signUp.exitCode() == 0);
    const std::string user = asked(*m_admin, "SELECT id FROM users WHERE username = 'ann'");
    asked(*m_admin,
          "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT gen_random_uuid(), $1, "
          "min(p.id), 'x', false "
          "FROM generate_series(1, 30000), problems p GROUP BY generate_series",
          {user});
    {
        auto cache = cache::Cache::open(path.toStdString());
        cache::Draft draft;
        draft.document = "a";
        draft.text = "SELECT 'kept'";
        QVERIFY(cache && (*cache)->drafts().save(draft));
    }
    // How long one takes here, so that kills fall into all of it.
    QElapsedTimer clock;
    clock.start();
    QProcess whole;
    start(whole, folder.path(), token);
    QVERIFY(whole.waitForFinished(60'000));
    QCOMPARE(whole.exitCode(), 0);
    const int whole_ms = static_cast<int>(clock.elapsed());
    QRandomGenerator random(20261123);
    const int kills = std::max(30, 3 * qEnvironmentVariableIntValue("SQLGYM_KILLS"));
    int killed = 0;
    for (int i = 0; i < kills; ++i) {
        // In turns a new copy (the server is another one now) and an update with many pages.
        if (i % 2 == 0)
            asked(*m_admin, "UPDATE users SET premium = NOT premium WHERE id = $1", {user});
        else
            asked(
                *m_admin,
                "UPDATE submissions SET execution_time = $2 WHERE id IN (SELECT id FROM submissions WHERE user_id = $1 "
                "LIMIT 9000)",
                {user, std::to_string(i)});
        QProcess process;
        start(process, folder.path(), token);
        process.waitForFinished(random.bounded(whole_ms + whole_ms / 4));
        process.kill();
        process.waitForFinished(10'000);
        QCOMPARE(process.state(), QProcess::NotRunning);
        killed += process.exitStatus() == QProcess::CrashExit;

        auto cache = cache::Cache::open(path.toStdString(), {.alwaysCheck = true});
        QVERIFY2(cache && !(*cache)->report().recovered, cache ? "recovered" : cache.error().message.c_str());
        QCOMPARE((*cache)->drafts().draft("a")->value().text, std::string("SELECT 'kept'"));
    }
    QVERIFY2(killed > kills / 3, qPrintable(QString::number(killed)));

    QProcess last;
    start(last, folder.path(), token);
    QVERIFY(last.waitForFinished(60'000));
    QCOMPARE(last.exitCode(), 0);
    auto copy = sqlite::Database::open(path.toStdString());
    QCOMPARE(*copy->integrityCheck(), std::string("ok"));
    QCOMPARE(*copy->integer("SELECT count(*) FROM pragma_foreign_key_check()"), std::int64_t{0});
    QCOMPARE(*copy->integer("SELECT count(*) FROM submissions"), std::int64_t{30'000});
    QCOMPARE(QString::number(*copy->integer("SELECT sum(coalesce(execution_time, 0)) FROM submissions")),
             QString::fromStdString(asked(*m_admin, "SELECT sum(coalesce(execution_time, 0)) FROM submissions")));
    // Nothing is left behind.
    const QStringList files = QDir(folder.path()).entryList({"*pulling", "*replaced*", "*damaged*", "*recovering*"});
    QVERIFY2(files.isEmpty(), qPrintable(files.join(' ')));
}

QTEST_GUILESS_MAIN(TestSyncKills)
#include "tst_sync_kills.moc"
