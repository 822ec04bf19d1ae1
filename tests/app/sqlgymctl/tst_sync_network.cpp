// sqlgymctl sync over a bad network, beside itself, and at servers of other versions. The copy is whole after each, the
// program says what happened, and in the end it has what the server has.
#include "sync_desk.h"

#include "../../engine/sync/network.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace sqlgym;
using tests::asked;
using tests::Fate;

class TestSyncNetwork : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase()
    {
        m_network.reset();
        m_server.reset();
    }
    void cleanup() { m_network->setFate({}); }
    void aConnectionIsCutAnywhere();
    void aSilentServerIsGivenUp_data();
    void aSilentServerIsGivenUp();
    void aSlowLineIsWaitedFor();
    void threeAtOnceAreAsGoodAsOne();
    void aServerOfAnotherVersionIsLeftAlone_data();
    void aServerOfAnotherVersionIsLeftAlone();
    void aProfileThatCannotBeWrittenIsToldOf();

private:
    std::string admin(const std::string &sql, const server::Values &values = {})
    {
        auto session = m_server->admin();
        return asked(session, sql, values);
    }
    std::string dsn() const
    {
        return "host=127.0.0.1 dbname=gym sslmode=disable port=" + std::to_string(m_network->port());
    }
    void isUpToDate(const tests::Desk &desk)
    {
        QCOMPARE(QString::fromStdString(desk.differences(*m_server)), QString());
    }
    /// Nine pages of changes.
    void change(const tests::Desk &desk, int value)
    {
        admin("UPDATE submissions SET execution_time = $2 WHERE id IN (SELECT id FROM submissions WHERE user_id = $1 "
              "LIMIT 9000)",
              {desk.user, std::to_string(value)});
    }

    std::unique_ptr<tests::ServerFixture> m_server;
    std::unique_ptr<tests::Network> m_network;
};

void TestSyncNetwork::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
    m_network = std::make_unique<tests::Network>(m_server->socketFile());
}

void TestSyncNetwork::aConnectionIsCutAnywhere()
{
    const tests::Desk desk(*m_server, "ann", dsn());
    QRandomGenerator random(20261123);
    int gaveUp = 0;
    for (int round = 0; round < 24; ++round) {
        // In turns a new copy (some megabytes) and an update of many pages; early bytes more often than late ones.
        if (round % 2 == 0)
            desk.demandNewCopy(*m_server);
        else
            change(desk, round);
        const int most = 1 << (8 + random.bounded(15));
        const int before = m_network->met();
        m_network->setFate({.kind = Fate::Cut, .bytes = random.bounded(most)});
        const tests::Outcome out = desk.sync();
        QVERIFY2(out.code == 0 || out.code == 3, qPrintable(out.words));
        QVERIFY2(out.code == 0 || out.words.contains("again"), qPrintable(out.words));
        QVERIFY(out.code == 0 || m_network->met() > before);
        gaveUp += out.code == 3;
        QCOMPARE(QString::fromStdString(desk.trouble()), QString());
    }
    QVERIFY2(gaveUp > 4, qPrintable(QString::number(gaveUp)));
    m_network->setFate({});
    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
}

void TestSyncNetwork::aSilentServerIsGivenUp_data()
{
    QTest::addColumn<int>("bytes");
    QTest::newRow("from the first byte") << 0;
    QTest::newRow("within a new copy") << 2'000'000;
}

void TestSyncNetwork::aSilentServerIsGivenUp()
{
    QFETCH(int, bytes);
    const tests::Desk desk(*m_server, QString("silent%1").arg(bytes), dsn());
    m_network->setFate({.kind = Fate::Silent, .bytes = bytes});
    QElapsedTimer clock;
    clock.start();

    const tests::Outcome out = desk.sync();

    QCOMPARE(out.code, 3);
    QVERIFY2(out.words.contains("again"), qPrintable(out.words));
    QVERIFY2(clock.elapsed() < 100'000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(QString::fromStdString(desk.trouble()), QString());
    m_network->setFate({});
    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
}

void TestSyncNetwork::aSlowLineIsWaitedFor()
{
    const tests::Desk desk(*m_server, "patience", dsn());
    m_network->setFate({.kind = Fate::Slow, .bytes = 8'000}); // a new copy takes seconds
    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
    m_network->setFate({.kind = Fate::Slow, .bytes = 200});
    admin("INSERT INTO helpful_links (id, user_id, title, url) VALUES (gen_random_uuid(), $1, 'slow', 'https://a.org')",
          {desk.user});
    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
}

void TestSyncNetwork::threeAtOnceAreAsGoodAsOne()
{
    const tests::Desk desk(*m_server, "many", dsn());
    for (int round = 0; round < 4; ++round) {
        if (round % 2 == 0)
            desk.demandNewCopy(*m_server);
        else
            change(desk, round);
        {
            auto cache = cache::Cache::open(desk.path());
            QVERIFY(cache && (*cache)->community().createPost({}, "post " + std::to_string(round)));
        }
        QProcess all[3];
        for (QProcess &each : all)
            desk.start(each);
        int done = 0;
        for (QProcess &each : all) {
            QVERIFY(each.waitForFinished(120'000) || each.state() == QProcess::NotRunning);
            const QString words = each.readAll();
            QVERIFY2(each.exitStatus() == QProcess::NormalExit, qPrintable(words));
            QVERIFY2(each.exitCode() == 0 || words.contains("another") || words.contains("again"), qPrintable(words));
            done += each.exitCode() == 0;
        }
        QVERIFY(done > 0);
        QCOMPARE(QString::fromStdString(desk.trouble()), QString());
    }
    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
    QCOMPARE(admin("SELECT count(*), count(DISTINCT content) FROM community_posts WHERE user_id = $1", {desk.user}),
             std::string("4|4"));
}

void TestSyncNetwork::aServerOfAnotherVersionIsLeftAlone_data()
{
    QTest::addColumn<QString>("becomes");
    QTest::addColumn<QString>("words");
    QTest::newRow("newer, and it does not vouch for this program")
        << "CREATE OR REPLACE FUNCTION api.schema_version() RETURNS integer LANGUAGE sql STABLE AS 'SELECT 9999'; "
           "CREATE OR REPLACE FUNCTION api.oldest_client() RETURNS integer LANGUAGE sql STABLE AS 'SELECT 9999'"
        << "pdate";
    QTest::newRow("older, from a backup")
        << "CREATE OR REPLACE FUNCTION api.schema_version() RETURNS integer LANGUAGE sql STABLE AS 'SELECT 1'"
        << "too old";
}

void TestSyncNetwork::aServerOfAnotherVersionIsLeftAlone()
{
    QFETCH(QString, becomes);
    QFETCH(QString, words);
    const tests::Desk desk(*m_server, QString("version%1").arg(words.size()), dsn());
    QCOMPARE(desk.sync().code, 0);
    {
        auto cache = cache::Cache::open(desk.path());
        QVERIFY(cache && (*cache)->community().createPost({}, "kept"));
    }
    const std::string version = admin("SELECT pg_get_functiondef('api.schema_version()'::regprocedure)");
    const std::string oldest = admin("SELECT pg_get_functiondef('api.oldest_client()'::regprocedure)");
    {
        auto session = m_server->admin();
        const auto done = session.execute(becomes.toStdString());
        QVERIFY2(done, done ? "" : done.error().message.c_str());
    }

    const tests::Outcome out = desk.sync();

    {
        auto session = m_server->admin();
        QVERIFY(session.execute(version) && session.execute(oldest));
    }
    QCOMPARE(out.code, 3);
    QVERIFY2(out.words.contains(words), qPrintable(out.words));
    QCOMPARE(QString::fromStdString(desk.trouble()), QString());
    {
        auto cache = cache::Cache::open(desk.path());
        QCOMPARE((*cache)->outbox().entries(cache::OutboxState::Pending)->size(), std::size_t{1});
    }
    QCOMPARE(desk.sync().code, 0);
    QCOMPARE(admin("SELECT count(*) FROM community_posts WHERE user_id = $1", {desk.user}), std::string("1"));
    isUpToDate(desk);
}

void TestSyncNetwork::aProfileThatCannotBeWrittenIsToldOf()
{
    const tests::Desk desk(*m_server, "reader", dsn());
    QCOMPARE(desk.sync().code, 0);
    admin("INSERT INTO helpful_links (id, user_id, title, url) VALUES (gen_random_uuid(), $1, 'new', 'https://a.org')",
          {desk.user});
    desk.setWritable(false);

    const tests::Outcome out = desk.syncUnprivileged();

    desk.setWritable(true);
    QCOMPARE(out.code, 3);
    QVERIFY2(out.words.contains("cannot be written") || out.words.contains("read-only"), qPrintable(out.words));
    QCOMPARE(QString::fromStdString(desk.trouble()), QString());
    QCOMPARE(desk.sync().code, 0);
    isUpToDate(desk);
}

QTEST_GUILESS_MAIN(TestSyncNetwork)
#include "tst_sync_network.moc"
