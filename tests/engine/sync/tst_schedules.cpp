// Two desks of one learner, another learner and the server: random writes, cuts before and after the server's answer
// In the end all agree, and what was accepted is there once.
//   SQLGYM_SCHEDULES=300 tst_schedules      so many seeds (6 otherwise)
#include "../server/server_with_pack.h"
#include "copy_of.h"
#include "sync/push.h"

#include <QtTest>

#include <random>

using namespace sqlgym;
using tests::asked;
using tests::Learner;

namespace {

/// A line that is cut at times: before the server hears, or before its answer is heard.
class Cut final : public client::Gateway {
public:
    Cut(client::Gateway &gateway, std::mt19937 &random) : m_gateway(gateway), m_random(random) {}

    base::Result<client::Rows> call(const std::string &sql, const client::Values &values) override
    {
        const unsigned chance = m_random() % 12;
        if (chance == 0)
            return client::makeError(client::Trouble::Offline, "cut before");
        auto rows = m_gateway.call(sql, values);
        if (chance == 1) {
            ++cutAfter;
            return client::makeError(client::Trouble::Offline, "cut after");
        }
        return rows;
    }
    base::Result<std::unique_ptr<client::Snapshot>> snapshot() override { return m_gateway.snapshot(); }
    base::Result<void> useToken(base::Secret token) override { return m_gateway.useToken(std::move(token)); }
    bool pooled() const override { return m_gateway.pooled(); }
    int schemaVersion() const override { return m_gateway.schemaVersion(); }
    const std::string &address() const override { return m_gateway.address(); }

    static inline int cutAfter = 0;

private:
    client::Gateway &m_gateway;
    std::mt19937 &m_random;
};

/// One of the ids that `sql` finds in the copy; empty when there is none.
std::string anyOf(Learner &who, const std::string &sql, std::mt19937 &random)
{
    auto copy = sqlite::Database::open(who.path());
    auto statement = copy->prepare(sql);
    std::vector<std::string> ids;
    for (auto row = statement->step(); row && *row; row = statement->step())
        ids.push_back(statement->string(0));
    return ids.empty() ? std::string() : ids[random() % ids.size()];
}

} // namespace

class TestSchedules : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void inTheEndAllAgree_data();
    void inTheEndAllAgree();

private:
    void write(Learner &who, std::mt19937 &random, int number);
    std::string admin(const std::string &sql)
    {
        auto session = m_server->admin();
        return asked(session, sql);
    }
    std::unique_ptr<tests::ServerFixture> m_server;
    int m_refused = 0;
    int m_posts = 0;
};

void TestSchedules::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
}

void TestSchedules::cleanupTestCase()
{
    m_server.reset();
    // Else the schedules were too easy.
    QVERIFY2(Cut::cutAfter >= 6 && m_refused > 0 && m_posts > 20,
             qPrintable(QString("%1 %2 %3").arg(Cut::cutAfter).arg(m_refused).arg(m_posts)));
}

/// One write, as the copy at hand allows. Whether the server will take it is another matter.
void TestSchedules::write(Learner &who, std::mt19937 &random, int number)
{
    auto &community = who.cache().community();
    const std::string words = "words " + std::to_string(number);
    const std::string post = anyOf(who, "SELECT id FROM community_posts ORDER BY id", random);
    const std::string own =
        anyOf(who, "SELECT id FROM community_posts WHERE user_id = '" + who.id() + "' ORDER BY id", random);
    const std::string comment =
        anyOf(who, "SELECT id FROM post_comments WHERE user_id = '" + who.id() + "' ORDER BY id", random);
    const std::string problem = anyOf(who, "SELECT id FROM problems ORDER BY id LIMIT 4", random);
    const std::string user = anyOf(who, "SELECT id FROM users WHERE id <> '" + who.id() + "' ORDER BY id", random);
    const std::string link =
        anyOf(who, "SELECT id FROM helpful_links WHERE user_id = '" + who.id() + "' ORDER BY id", random);
    const auto yes = [&random] { return random() % 2 == 0; };
    switch (random() % 11) {
    case 0:
    case 1:
        QVERIFY(community.createPost(yes() ? std::optional(problem) : std::nullopt, words));
        break;
    case 2:
        if (!own.empty())
            (void)community.editPost(own, words);
        break;
    case 3:
        if (!own.empty() && random() % 3 == 0)
            (void)community.deletePost(own);
        break;
    case 4:
        if (!post.empty())
            (void)community.createComment(post, {}, words);
        break;
    case 5:
        if (!comment.empty())
            (void)community.deleteComment(comment);
        break;
    case 6:
    case 7:
        if (!post.empty())
            (void)community.setLiked(post, yes());
        break;
    case 8:
        if (!user.empty())
            (void)community.setFollowed(user, yes());
        break;
    case 9:
        if (yes() && !link.empty())
            (void)community.deleteLink(link);
        else
            QVERIFY(community.addLink(words, "https://example.org/" + std::to_string(number)));
        break;
    default:
        if (yes())
            QVERIFY(who.cache().learning().setBookmark(problem, yes()));
        else
            QVERIFY(who.cache().profile().edit({.firstName = words}));
    }
}

void TestSchedules::inTheEndAllAgree_data()
{
    QTest::addColumn<unsigned>("seed");
    const unsigned seeds = std::max(6, qEnvironmentVariableIntValue("SQLGYM_SCHEDULES"));
    for (unsigned seed = 1; seed <= seeds; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestSchedules::inTheEndAllAgree()
{
    QFETCH(unsigned, seed);
    admin("DELETE FROM users");
    {
        auto session = m_server->admin();
        tests::forgetAttempts(session);
    }
    std::mt19937 random(seed);
    Learner ann(*m_server, "ann");
    Learner annElsewhere(*m_server, ann);
    Learner ben(*m_server, "ben");
    const std::vector<Learner *> all{&ann, &annElsewhere, &ben};
    for (Learner *each : all) {
        QVERIFY(each->cache().adopt(each->id(), each == &ben ? "ben" : "ann"));
        QCOMPARE(each->pull(), std::string());
    }

    for (int step = 0; step < 120; ++step) {
        Learner &who = *all[random() % all.size()];
        const unsigned act = random() % 10;
        if (act < 7) {
            write(who, random, step);
        } else {
            Cut gateway(who.gateway(), random);
            if (act != 9)
                (void)sync::push(who.cache(), gateway, {.attempts = 1});
            if (act != 8)
                (void)sync::pullChanges(who.cache().mirror(), gateway, {});
        }
        if (step % 20 == 0)
            admin("DELETE FROM private.rates");
    }
    // What was refused is read by its writer, and given up.
    for (int round = 0; round < 3; ++round) {
        for (Learner *each : all) {
            admin("DELETE FROM private.rates");
            const auto sent = sync::push(each->cache(), each->gateway());
            QVERIFY2(sent && !sent->stopped && sent->waiting == 0,
                     sent ? (sent->stopped ? sent->stopped->message.c_str() : "waiting")
                          : sent.error().message.c_str());
            const auto refused = each->cache().outbox().entries(cache::OutboxState::Rejected);
            QVERIFY(refused);
            m_refused += static_cast<int>(refused->size());
            for (const cache::OutboxEntry &entry : *refused)
                (void)each->cache().outbox().discard(entry.id);
            QCOMPARE(each->pull(), std::string());
        }
    }

    m_posts += std::stoi(admin("SELECT count(*) FROM community_posts"));
    QCOMPARE(ann.newCopies + annElsewhere.newCopies + ben.newCopies, 3);
    for (Learner *each : all) {
        const auto found = tests::rowsOf(each->path());
        for (const auto &[table, rows] : tests::freshRowsOf(*each)) {
            // Users whom nobody refers to any more may stay.
            if (table == "users")
                continue;
            for (const std::string &row : rows)
                QVERIFY2(found.at(table).contains(row), (table + " lacks " + row).c_str());
            for (const std::string &row : found.at(table))
                QVERIFY2(rows.contains(row), (table + " has " + row).c_str());
        }
    }
    QCOMPARE(admin("SELECT count(*) FROM (SELECT content FROM community_posts GROUP BY content HAVING count(*) > 1) x"),
             std::string("0"));
    QCOMPARE(admin("SELECT count(*) FROM (SELECT content FROM post_comments WHERE content <> '[deleted]' GROUP BY "
                   "content HAVING "
                   "count(*) > 1) x"),
             std::string("0"));
    QCOMPARE(admin("SELECT count(*) FROM community_posts p WHERE likes <> (SELECT count(*) FROM post_likes l WHERE "
                   "l.post_id = "
                   "p.id) OR comments <> (SELECT count(*) FROM post_comments c WHERE c.post_id = p.id)"),
             std::string("0"));
}

QTEST_GUILESS_MAIN(TestSchedules)
#include "tst_schedules.moc"
