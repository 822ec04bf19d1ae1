// Sending through kills, cut connections and restarts, and from two devices at once: each write is there once.
//   SQLGYM_KILLS=300 tst_push_faults      (100 otherwise)
#include "../server/server_with_pack.h"
#include "content/names.h"
#include "copy_of.h"
#include "cutting_proxy.h"
#include "network.h"
#include "sync/push.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

using namespace sqlgym;
using tests::asked;
using tests::Cut;
using tests::Learner;

namespace {

int atLeast(const char *variable, int usual)
{
    const int wanted = qEnvironmentVariableIntValue(variable);
    return wanted > 0 ? wanted : usual;
}

} // namespace

class TestPushFaults : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanupTestCase() { m_server.reset(); }
    void aCutConnectionDoublesNothing_data();
    void aCutConnectionDoublesNothing();
    void whatArrivesLateBringsNothingBack_data();
    void whatArrivesLateBringsNothingBack();
    void aKilledSenderLosesAndDoublesNothing();
    void aServerThatRestartsMeanwhile();
    void twoDevicesComeToTheSame_data();
    void twoDevicesComeToTheSame();

private:
    std::string admin(const std::string &sql)
    {
        auto session = m_server->admin();
        return asked(session, sql);
    }
    std::unique_ptr<Learner> learner(const std::string &name) { return tests::readyLearner(*m_server, name); }
    std::unique_ptr<Learner> device(Learner &of, const std::string &name)
    {
        return tests::readyDevice(*m_server, of, name);
    }
    /// Counters and rows agree, and no post is there twice.
    std::string untruths()
    {
        return admin(
            "SELECT p.content FROM community_posts p WHERE p.likes <> (SELECT count(*) FROM post_likes l WHERE "
            "l.post_id = p.id) OR p.comments <> (SELECT count(*) FROM post_comments c WHERE c.post_id = p.id) "
            "UNION ALL SELECT content FROM community_posts GROUP BY content HAVING count(*) > 1 "
            "UNION ALL SELECT content FROM post_comments GROUP BY content HAVING count(*) > 1");
    }

    std::unique_ptr<tests::ServerFixture> m_server;
};

void TestPushFaults::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
    // As much a minute as a test likes; tst_push is about limits.
    QCOMPARE(
        admin("CREATE OR REPLACE FUNCTION private.check_rate(caller varchar, what text, per_minute integer) RETURNS "
              "void LANGUAGE sql AS ''"),
        std::string());
}

void TestPushFaults::init() { admin("DELETE FROM users"); }

void TestPushFaults::aCutConnectionDoublesNothing_data()
{
    QTest::addColumn<int>("cut");

    QTest::newRow("before the request") << int(Cut::BeforeRequest);
    QTest::newRow("before the reply") << int(Cut::BeforeReply);
    QTest::newRow("within the reply") << int(Cut::WithinReply);
    QTest::newRow("after the reply") << int(Cut::AfterReply);
}

void TestPushFaults::aCutConnectionDoublesNothing()
{
    QFETCH(int, cut);
    auto ada = learner("ada");
    tests::CuttingProxy proxy(m_server->socketFile());
    auto gateway = gateway::open("host=127.0.0.1 port=" + std::to_string(proxy.port()) +
                                 " user=sqlgym_client dbname=gym sslmode=disable");
    QVERIFY2(gateway, gateway ? "" : gateway.error().message.c_str());
    QVERIFY((*gateway)->useToken(base::Secret(ada->token())));
    auto &community = ada->cache().community();
    int runs = 0;

    for (bool cutOnce = true; cutOnce; ++runs) {
        const std::string number = std::to_string(runs);
        const auto post = community.createPost({}, "post " + number);
        QVERIFY(post && community.createComment(*post, {}, "comment " + number) && community.setLiked(*post, true));
        QVERIFY(ada->cache().learning().setBookmark(content::problemId("still-out"), runs % 2 == 0));
        QVERIFY(ada->cache().profile().edit({.firstName = number}));
        proxy.cutAt(Cut(cut), runs + 1);
        for (int tries = 0; ada->cache().outbox().counts()->pending > 0; ++tries) {
            QVERIFY(tries < 10);
            QVERIFY(sync::push(ada->cache(), **gateway));
        }
        cutOnce = proxy.hasCut();
        QCOMPARE(admin("SELECT first_name FROM users"), number);
        QCOMPARE(admin("SELECT bookmark FROM problem_interactions"), std::string(runs % 2 == 0 ? "t" : "f"));
    }

    // The last went through without a cut: every exchange of such a sending was hit once.
    QVERIFY2(runs > 5, qPrintable(QString::number(runs)));
    QCOMPARE(admin("SELECT count(*), count(DISTINCT content), sum(likes), sum(comments) FROM community_posts"),
             QStringLiteral("%1|%1|%1|%1").arg(runs).toStdString());
    QCOMPARE(untruths(), std::string());
    QVERIFY(ada->cache().outbox().entries()->empty());
}

void TestPushFaults::whatArrivesLateBringsNothingBack_data()
{
    QTest::addColumn<QString>("made");
    QTest::addColumn<QString>("table");
    QTest::newRow("a post") << "create_post"
                            << "community_posts";
    QTest::newRow("a comment") << "create_comment"
                               << "post_comments";
    QTest::newRow("a link") << "add_link"
                            << "helpful_links";
    QTest::newRow("a solution") << "add_solution"
                                << "solutions";
}

/// The network keeps a request back until another connection has made the thing and deleted it.
void TestPushFaults::whatArrivesLateBringsNothingBack()
{
    QFETCH(QString, made);
    QFETCH(QString, table);
    auto ada = learner("ada");
    auto &community = ada->cache().community();
    auto sendAll = [&](client::Gateway &gateway) {
        const auto report = sync::push(ada->cache(), gateway);
        return report && !report->stopped && ada->cache().outbox().counts()->pending == 0;
    };
    auto plain = gateway::open(m_server->dsn("sqlgym_client"));
    QVERIFY(plain && (*plain)->useToken(base::Secret(ada->token())));
    const std::string problem = content::problemId("still-out");
    const auto post = community.createPost({}, "a post that stays");
    QVERIFY(post && ada->cache().learning().giveUp(problem) && sendAll(**plain));
    tests::Network network(m_server->socketFile());
    network.setFate({.kind = tests::Fate::Late, .text = "api." + made.toStdString()});
    auto gateway = gateway::open("host=127.0.0.1 port=" + std::to_string(network.port()) +
                                 " user=sqlgym_client dbname=gym sslmode=disable");
    QVERIFY2(gateway, gateway ? "" : gateway.error().message.c_str());
    QVERIFY((*gateway)->useToken(base::Secret(ada->token())));
    const std::string before = admin("SELECT count(*) FROM " + table.toStdString());

    const auto id = made == "create_post"      ? community.createPost({}, "a post that goes")
                    : made == "create_comment" ? community.createComment(*post, {}, "a comment")
                    : made == "add_link"       ? community.addLink("a link", "https://example.org/")
                                               : community.addSolution(problem, "a way", "words", "SELECT 1");
    QVERIFY(id);
    QVERIFY(!sendAll(**gateway));
    QVERIFY(network.kept() > 0);
    QCOMPARE(admin("SELECT count(*) FROM " + table.toStdString()), before);
    QVERIFY(sendAll(**plain));
    QVERIFY(admin("SELECT count(*) FROM " + table.toStdString()) != before);
    QVERIFY(made == "create_post"      ? community.deletePost(*id)
            : made == "create_comment" ? community.deleteComment(*id)
            : made == "add_link"       ? community.deleteLink(*id)
                                       : community.deleteSolution(*id));
    QVERIFY(sendAll(**plain));
    QCOMPARE(admin("SELECT count(*) FROM " + table.toStdString()), before);
    network.deliver();

    QCOMPARE(admin("SELECT count(*) FROM " + table.toStdString()), before);
    QCOMPARE(untruths(), std::string());
}

void TestPushFaults::aKilledSenderLosesAndDoublesNothing()
{
    auto ada = learner("ada");
    const QString path = QString::fromStdString(ada->path());
    const QString token = QString::fromStdString(ada->token());
    ada->closeCache();
    QRandomGenerator random(20261123);
    std::set<int> said;
    int next = 1;
    int kills = 0;
    const int wanted = atLeast("SQLGYM_KILLS", 100);
    while (kills < wanted) {
        QProcess helper;
        helper.start(SQLGYM_TEST_PUSH_HELPER,
                     {path, QString::fromStdString(m_server->dsn("sqlgym_client")), token, QString::number(next)});
        QVERIFY(helper.waitForReadyRead(20'000));
        QTest::qSleep(random.bounded(60));
        helper.kill();
        QVERIFY(helper.waitForFinished());
        QVERIFY2(helper.exitStatus() == QProcess::CrashExit, helper.readAllStandardError());
        ++kills;
        const QList<QByteArray> lines = helper.readAllStandardOutput().trimmed().split('\n');
        // The one after the last may be there in part: it goes on with another number.
        next = lines.back().toInt() + 2;
        for (const QByteArray &line : lines)
            said.insert(line.toInt());
    }
    ada->openCache();
    const auto last = sync::push(ada->cache(), ada->gateway());
    QVERIFY(last && !last->stopped);

    QVERIFY(ada->cache().outbox().entries()->empty());
    QCOMPARE(untruths(), std::string());
    QCOMPARE(ada->pull(), std::string());
    QCOMPARE(tests::difference(tests::rowsOf(ada->path()), tests::freshRowsOf(*ada)), QString());
    auto database = sqlite::Database::open(ada->path());
    QCOMPARE(*database->integrityCheck(), std::string("ok"));
    // All that was said to be written is there, with its comment and its like.
    std::string missing;
    for (const int number : said) {
        const std::string one =
            admin("SELECT likes, comments FROM community_posts WHERE content = 'post " + std::to_string(number) + "'");
        missing += one == "1|1" ? "" : std::to_string(number) + " ";
    }
    QCOMPARE(missing, std::string());
    QVERIFY2(int(said.size()) >= kills, qPrintable(QString::number(said.size())));
}

void TestPushFaults::aServerThatRestartsMeanwhile()
{
    auto ada = learner("ada");
    for (int i = 0; i < 40; ++i)
        QVERIFY(ada->cache().community().createPost({}, "post " + std::to_string(i)));
    int sent = 0;
    sync::PushOptions options;
    options.progress = [&](const sync::PushProgress &progress) {
        if (progress.sent >= sent + 10) {
            sent = progress.sent;
            m_server->restart();
        }
    };

    for (int tries = 0; ada->cache().outbox().counts()->pending > 0; ++tries) {
        QVERIFY(tries < 10);
        QVERIFY(sync::push(ada->cache(), ada->gateway(), options));
    }

    QVERIFY(sent >= 10);
    QCOMPARE(admin("SELECT count(*), count(DISTINCT content) FROM community_posts"), std::string("40|40"));
    QCOMPARE(admin("SELECT bool_and(content = 'post ' || n) FROM (SELECT content, row_number() OVER (ORDER BY "
                   "created_at) - 1 AS n FROM community_posts) p"),
             std::string("t"));
}

void TestPushFaults::twoDevicesComeToTheSame_data()
{
    QTest::addColumn<quint32>("seed");
    const int seeds = atLeast("SQLGYM_SCHEDULES", 10);
    for (int seed = 1; seed <= seeds; ++seed)
        QTest::addRow("seed %d", seed) << quint32(seed);
}

void TestPushFaults::twoDevicesComeToTheSame()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    auto bea = learner("bea");
    for (int i = 0; i < 3; ++i)
        QVERIFY(bea->cache().community().createPost({}, "bea's " + std::to_string(i)));
    QVERIFY(sync::push(bea->cache(), bea->gateway()));
    auto ada = learner("ada");
    auto first = device(*ada, "ada");
    auto second = device(*ada, "ada");
    int posts = 0;

    for (int step = 0; step < 60; ++step) {
        Learner &device = random.bounded(2) ? *first : *second;
        auto &community = device.cache().community();
        auto database = sqlite::Database::open(device.path());
        QVERIFY(database->execute("CREATE TEMP VIEW own_posts AS SELECT * FROM community_posts WHERE user_id = '" +
                                  ada->id() + "'"));
        const auto any = [&](const char *table) {
            auto row = database->prepare(std::string("SELECT id FROM ") + table + " ORDER BY id LIMIT 1 OFFSET ?");
            auto count = database->integer(std::string("SELECT count(*) FROM ") + table);
            row->with(*count > 0 ? random.bounded(int(*count)) : 0);
            return *row->step() ? row->string(0) : std::string();
        };
        const std::string number = std::to_string(step);
        switch (random.bounded(11)) {
        case 0:
            QVERIFY(community.createPost({}, "ada's " + std::to_string(++posts)));
            break;
        case 1:
            (void)community.editPost(any("own_posts"), number);
            break;
        case 2:
            (void)community.createComment(any("community_posts"), {}, "comment " + number);
            break;
        case 3:
        case 4:
            (void)community.setLiked(any("community_posts"), random.bounded(2) == 0);
            break;
        case 5:
            (void)community.setFollowed(bea->id(), random.bounded(2) == 0);
            break;
        case 6:
            QVERIFY(device.cache().learning().setInteraction(content::problemId("still-out"),
                                                             {random.bounded(2) == 0, false, false}));
            break;
        case 7:
            QVERIFY(device.cache().profile().edit({.firstName = number}));
            break;
        case 8:
            QCOMPARE(device.pull(), std::string());
            break;
        default:
            QVERIFY(sync::push(device.cache(), device.gateway()));
        }
    }
    for (int round = 0; round < 2; ++round) {
        for (Learner *device : {first.get(), second.get()}) {
            const auto report = sync::push(device->cache(), device->gateway());
            QVERIFY(report && !report->stopped);
            // What came too late for the other device's deeds.
            const auto refused = device->cache().outbox().entries();
            for (const auto &entry : *refused)
                QVERIFY(device->cache().outbox().discard(entry.id));
            QCOMPARE(device->pull(), std::string());
        }
    }

    QCOMPARE(tests::difference(tests::rowsOf(first->path()), tests::rowsOf(second->path())), QString());
    QCOMPARE(tests::difference(tests::rowsOf(first->path()), tests::freshRowsOf(*ada)), QString());
    QCOMPARE(untruths(), std::string());
    QCOMPARE(admin("SELECT count(*) FROM community_posts WHERE content LIKE 'ada''s%' OR content ~ '^[0-9]+$'"),
             std::to_string(posts));
}

QTEST_GUILESS_MAIN(TestPushFaults)
#include "tst_push_faults.moc"
