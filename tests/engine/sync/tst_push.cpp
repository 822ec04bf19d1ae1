// What waits in a profile goes to a server: once, in order, under its learner's name, whatever comes between.
#include "../cache/set_clock.h"
#include "../server/server_with_pack.h"
#include "base/uuid.h"
#include "cache/outbox_effects.h"
#include "content/names.h"
#include "copy_of.h"
#include "sync/api_calls.h"
#include "sync/push.h"

#include <QtTest>

using namespace sqlgym;
using cache::OutboxState;
using client::Trouble;
using tests::asked;
using tests::Learner;

namespace {

const std::string kProblem = content::problemId("still-out");

/// What learners wrote, as the server has it; ids and moments aside.
const char *const kWritten = R"sql(
    SELECT 'post', u.username, p.content, p.code_snippet, p.likes::text, p.comments::text FROM community_posts p JOIN users u ON u.id = p.user_id
    UNION ALL SELECT 'comment', u.username, c.content, (c.parent_id IS NOT NULL)::text, p.content, '' FROM post_comments c
        JOIN users u ON u.id = c.user_id JOIN community_posts p ON p.id = c.post_id
    UNION ALL SELECT 'like', u.username, p.content, '', '', '' FROM post_likes l JOIN users u ON u.id = l.user_id JOIN community_posts p ON p.id = l.post_id
    UNION ALL SELECT 'follow', a.username, b.username, '', '', '' FROM followers f JOIN users a ON a.id = f.follower_id JOIN users b ON b.id = f.following_id
    UNION ALL SELECT 'link', u.username, l.title, l.url, '', '' FROM helpful_links l JOIN users u ON u.id = l.user_id
    UNION ALL SELECT 'marks', u.username, i.bookmark::text, i.upvote::text, i.downvote::text, '' FROM problem_interactions i JOIN users u ON u.id = i.user_id
    UNION ALL SELECT 'solution', u.username, s.title, s.content, s.sql_code, '' FROM solutions s JOIN users u ON u.id = s.created_by WHERE NOT s.is_official
    UNION ALL SELECT 'submission', u.username, s.sql_query, s.status, '', '' FROM problem_submissions s JOIN users u ON u.id = s.user_id
    UNION ALL SELECT 'session', u.username, s.total_time_spent_seconds::text, '', '', '' FROM problem_sessions s JOIN users u ON u.id = s.user_id
    UNION ALL SELECT 'profile', u.username, u.first_name, u.company_name, '', '' FROM users u WHERE u.first_name IS NOT NULL
    UNION ALL SELECT 'hint', u.username, h.level::text, '', '', '' FROM private.hints_used h JOIN users u ON u.id = h.user_id
    UNION ALL SELECT 'give up', u.username, '', '', '', '' FROM private.give_ups g JOIN users u ON u.id = g.user_id
    UNION ALL SELECT 'report', u.username, r.kind, r.reason, '', '' FROM private.reports r JOIN users u ON u.id = r.user_id
    UNION ALL SELECT 'hide', u.username, h.kind, '', '', '' FROM private.hidden h JOIN users u ON u.id = h.user_id
    UNION ALL SELECT 'leaderboard', u.username, p.leaderboard::text, '', '', '' FROM private.preferences p JOIN users u ON u.id = p.user_id
    ORDER BY 1, 2, 3, 4, 5, 6)sql";

void require(bool well, const std::string &what)
{
    if (!well)
        throw std::runtime_error(what);
}

progress::Judgement judged(cache::Cache &cache, const std::string &id, const std::string &query)
{
    progress::Judgement judgement;
    const base::UnixMicros now = base::Clock().now();
    judgement.submission = {id, cache.userId(), kProblem, query, true, 5, now};
    judgement.problemSubmission = {id, cache.userId(), kProblem, query, "completed", 1, std::nullopt,
                                   {}, "{}",           now,      now};
    judgement.session.id = base::randomUuid();
    judgement.session.userId = cache.userId();
    judgement.session.problemId = kProblem;
    return judgement;
}

} // namespace

class TestPush : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanupTestCase() { m_server.reset(); }
    void eachKindHasItsCall();
    void eachKindArrivesOnce();
    void eachKindSentAHundredTimesIsOnce();
    void whatIsRefusedIsParkedAndTheRestGoesOn();
    void whatHangsOnARefusalIsParkedWithIt();
    void aSolutionWaitsForTheVerdict();
    void tooMuchInAMinuteWaits();
    void anEndedSessionLosesNothing();
    void anotherAccountSendsNothing();
    void aLocalProfileIsSentOnceAdopted();
    void aClockThatJumpsChangesNoOrder();
    void onlyOneInstanceSends();

private:
    std::string admin(const std::string &sql)
    {
        auto session = m_server->admin();
        return asked(session, sql);
    }
    std::string written() { return admin(kWritten); }
    /// As much a minute as a test likes.
    void forgetRates()
    {
        admin("DELETE FROM private.rates");
        admin("UPDATE problem_submissions SET created_at = created_at - interval '1 hour'");
    }
    std::unique_ptr<Learner> learner(const std::string &name) { return tests::readyLearner(*m_server, name); }
    void submit(cache::Cache &cache, const std::string &id, const std::string &query = "SELECT 1")
    {
        cache::Attempt attempt;
        attempt.problemId = kProblem;
        QVERIFY(cache.progress().store(judged(cache, id, query), attempt));
    }
    /// One of each kind, for a learner who sees `theirPost` of `them`.
    void writeEverything(Learner &who, const std::string &theirPost, const std::string &them);
    sync::PushReport pushed(Learner &who)
    {
        auto report = sync::push(who.cache(), who.gateway());
        require(static_cast<bool>(report), report ? "" : report.error().message);
        return *report;
    }

    std::unique_ptr<tests::ServerFixture> m_server;
};

void TestPush::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
}

void TestPush::init()
{
    admin("DELETE FROM users");
    admin("TRUNCATE private.moderated, private.rates, fallback_submissions");
}

void TestPush::writeEverything(Learner &who, const std::string &theirPost, const std::string &them)
{
    auto &community = who.cache().community();
    auto &learning = who.cache().learning();
    submit(who.cache(), base::randomUuid());
    QVERIFY(learning.useHint(kProblem, 1));
    QVERIFY(learning.giveUp(kProblem));
    QVERIFY(learning.setInteraction(kProblem, {true, true, false}));
    QVERIFY(who.cache().progress().addTime(kProblem, 90));
    const auto post = community.createPost(kProblem, "mine", "SELECT 1");
    QVERIFY(post);
    const auto comment = community.createComment(*post, {}, "first");
    QVERIFY(comment && community.createComment(*post, *comment, "second"));
    const auto gone = community.createComment(theirPost, {}, "gone");
    QVERIFY(gone && *who.cache().outbox().begin(*gone));
    QVERIFY(community.deleteComment(*gone));
    QVERIFY(community.setLiked(theirPost, true));
    QVERIFY(community.setLiked(*post, true));
    QVERIFY(community.setFollowed(them, true));
    const auto link = community.addLink("a link", "https://example.org/a");
    QVERIFY(link && community.addLink("another", "https://example.org/b"));
    QVERIFY(*who.cache().outbox().begin(*link));
    QVERIFY(community.deleteLink(*link));
    const auto solution = community.addSolution(kProblem, "short", "because", "SELECT 2");
    QVERIFY(solution && community.addSolution(kProblem, "shorter", "because", "SELECT 3"));
    QVERIFY(*who.cache().outbox().begin(*solution));
    QVERIFY(community.deleteSolution(*solution));
    QVERIFY(who.cache().profile().edit({.firstName = "Ada", .companyName = "Harbour"}));
    QVERIFY(who.cache().profile().setLeaderboard(true));
    QVERIFY(community.report("post", theirPost, "rude"));
    const auto second = community.createPost({}, "to be edited");
    QVERIFY(second && *who.cache().outbox().begin(*second));
    QVERIFY(community.editPost(*second, "edited"));
    const auto third = community.createPost({}, "to be deleted");
    QVERIFY(third && *who.cache().outbox().begin(*third));
    QVERIFY(community.deletePost(*third));
    QVERIFY(community.hide("user", them));
}

/// For writeEverything() by ada.
const char *const kEverything = R"(comment|ada|first|false|mine|
comment|ada|second|true|mine|
follow|ada|bea|||
give up|ada||||
hide|ada|user|||
hint|ada|1|||
leaderboard|ada|true|||
like|ada|mine|||
like|ada|theirs|||
link|ada|another|https://example.org/b||
marks|ada|true|true|false|
post|ada|edited|NULL|0|0
post|ada|mine|SELECT 1|1|2
post|bea|theirs|NULL|1|0
profile|ada|Ada|Harbour||
report|ada|post|rude||
session|ada|90|||
solution|ada|shorter|because|SELECT 3|
submission|ada|SELECT 1|pending||)";

void TestPush::eachKindHasItsCall()
{
    for (const std::string &kind : cache::operationKinds()) {
        cache::OutboxEntry entry;
        entry.kind = kind;
        entry.payloadJson = "{}";
        QVERIFY2(sync::apiCall(entry), kind.c_str());
    }
}

void TestPush::eachKindArrivesOnce()
{
    auto bea = learner("bea");
    QVERIFY(bea->cache().community().createPost({}, "theirs"));
    QCOMPARE(pushed(*bea).sent, 1);
    auto ada = learner("ada");
    const std::string theirs = admin("SELECT id FROM community_posts");
    writeEverything(*ada, theirs, bea->id());
    const auto before = ada->cache().outbox().counts();

    const auto report = pushed(*ada);

    QVERIFY2(!report.stopped, report.stopped ? report.stopped->message.c_str() : "");
    QCOMPARE(report.sent, before->pending);
    QCOMPARE(report.parked, 0);
    QCOMPARE(report.waiting, 0);
    QCOMPARE(QString::fromStdString(written()), QString(kEverything));
    // The submission alone stays, until its verdict comes.
    QCOMPARE(ada->cache().outbox().entries()->size(), std::size_t{1});
    QCOMPARE(ada->cache().outbox().counts()->awaitingVerdict, 1);
    QCOMPARE(pushed(*ada).sent, 0);
    // What was shown at once is what the server has.
    QCOMPARE(ada->pull(), std::string());
    const auto copy = tests::rowsOf(ada->path());
    const auto fresh = tests::freshRowsOf(*ada);
    for (const char *table :
         {"community_posts", "post_comments", "post_likes", "followers", "helpful_links", "solutions"})
        QVERIFY2(copy.at(table) == fresh.at(table), table);
}

void TestPush::eachKindSentAHundredTimesIsOnce()
{
    auto bea = learner("bea");
    QVERIFY(bea->cache().community().createPost({}, "theirs"));
    pushed(*bea);
    auto ada = learner("ada");
    writeEverything(*ada, admin("SELECT id FROM community_posts"), bea->id());
    const auto entries = ada->cache().outbox().entries();
    std::set<std::string> kinds;

    for (const auto &entry : *entries) {
        const auto call = sync::apiCall(entry);
        QVERIFY(call);
        kinds.insert(entry.kind);
        for (int times = 0; times < 100; ++times) {
            if (times % 50 == 0)
                forgetRates();
            const auto done = ada->gateway().call(call->sql, call->values());
            QVERIFY2(done, done ? "" : (entry.kind + ": " + done.error().message).c_str());
        }
    }

    QCOMPARE(QString::fromStdString(written()), QString(kEverything));
    // All that there is, but for the ways back of what is there.
    QCOMPARE(kinds.size(), std::size_t{20});
}

void TestPush::whatIsRefusedIsParkedAndTheRestGoesOn()
{
    auto ada = learner("ada");
    auto &community = ada->cache().community();
    const auto good = community.createPost({}, "good");
    const auto tooLong = community.createPost({}, std::string(20'001, 'x'));
    const auto link = community.addLink("a link", "no address");
    QVERIFY(good && tooLong && link && community.setLiked(*good, true));

    const auto report = pushed(*ada);

    QCOMPARE(report.sent, 2);
    QCOMPARE(report.parked, 2);
    QVERIFY(!report.stopped);
    QCOMPARE(admin("SELECT content, likes FROM community_posts"), std::string("good|1"));
    const auto refused = ada->cache().outbox().entries(OutboxState::Rejected);
    QCOMPARE(refused->size(), std::size_t{2});
    QCOMPARE(refused->at(0).lastError, std::string("The post is too long. At most 20000 characters."));
    QVERIFY2(refused->at(1).lastError.find("is no web address") != std::string::npos, refused->at(1).lastError.c_str());
    // Retried as it is, it is refused again; mended, it arrives; discarded, it is gone here too.
    QVERIFY(ada->cache().outbox().retry(*tooLong));
    QCOMPARE(pushed(*ada).parked, 1);
    QVERIFY(community.editPost(*tooLong, "shorter"));
    QCOMPARE(pushed(*ada).sent, 1);
    QCOMPARE(admin("SELECT count(*) FROM community_posts WHERE content = 'shorter' AND id = '" + *tooLong + "'"),
             std::string("1"));
    QCOMPARE(*ada->cache().outbox().discard(*link), 1);
    QCOMPARE(ada->pull(), std::string());
    QVERIFY(tests::rowsOf(ada->path()).at("helpful_links").empty());
    QVERIFY(ada->cache().outbox().entries()->empty());
}

void TestPush::whatHangsOnARefusalIsParkedWithIt()
{
    auto ada = learner("ada");
    auto &community = ada->cache().community();
    const auto post = community.createPost({}, std::string(20'001, 'x'));
    const auto comment = community.createComment(*post, {}, "first");
    QVERIFY(post && comment && community.createComment(*post, *comment, "second") && community.setLiked(*post, true));
    QVERIFY(community.addLink("fine", "https://example.org"));

    const auto report = pushed(*ada);

    QCOMPARE(report.parked, 4);
    QCOMPARE(report.sent, 1);
    const auto refused = ada->cache().outbox().entries(OutboxState::Rejected);
    QCOMPARE(refused->at(1).blockedBy, *post);
    QVERIFY(refused->at(1).lastError.find("The post is too long") != std::string::npos);
    QVERIFY(community.editPost(*post, "short enough"));
    const auto again = pushed(*ada);
    QCOMPARE(again.sent, 4);
    QCOMPARE(again.parked, 0);
    QCOMPARE(admin("SELECT content, likes, comments FROM community_posts"), std::string("short enough|1|2"));
}

void TestPush::aSolutionWaitsForTheVerdict()
{
    auto ada = learner("ada");
    const std::string id = base::randomUuid();
    submit(ada->cache(), id);
    QVERIFY(ada->cache().community().addSolution(kProblem, "short", "because", "SELECT 2"));

    const auto early = pushed(*ada);
    QCOMPARE(early.sent, 1);
    QCOMPARE(early.parked, 0);
    QCOMPARE(early.waiting, 1);
    admin("WITH told AS (UPDATE problem_submissions SET status = 'completed', completed_at = now() RETURNING *) "
          "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT id, user_id, problem_id, "
          "sql_query, true FROM told");
    QCOMPARE(ada->pull(), std::string());

    QCOMPARE(ada->cache().outbox().counts()->awaitingVerdict, 0);
    QCOMPARE(pushed(*ada).sent, 1);
    QCOMPARE(admin("SELECT title FROM solutions WHERE NOT is_official"), std::string("short"));
    // Without a submission on the way it is refused for good.
    auto bea = learner("bea");
    QVERIFY(bea->cache().community().addSolution(kProblem, "guess", "x", "SELECT 1"));
    QCOMPARE(pushed(*bea).parked, 1);
}

void TestPush::tooMuchInAMinuteWaits()
{
    auto ada = learner("ada");
    for (int i = 0; i < 25; ++i)
        QVERIFY(ada->cache().community().addLink("link " + std::to_string(i), "https://example.org"));

    auto report = pushed(*ada);

    QCOMPARE(report.sent, 20);
    QCOMPARE(report.waiting, 5);
    QVERIFY(report.stopped && client::troubleOf(*report.stopped) == Trouble::RateLimited);
    QCOMPARE(pushed(*ada).sent, 0);
    forgetRates();
    QCOMPARE(pushed(*ada).sent, 5);
    QCOMPARE(admin("SELECT count(*), count(DISTINCT title) FROM helpful_links"), std::string("25|25"));
}

void TestPush::anEndedSessionLosesNothing()
{
    auto ada = learner("ada");
    QVERIFY(ada->cache().community().createPost({}, "before"));
    admin("UPDATE private.sessions SET expires_at = now() - interval '1 second'");

    const auto report = pushed(*ada);

    QVERIFY(report.stopped && client::troubleOf(*report.stopped) == Trouble::SignedOut);
    QCOMPARE(report.waiting, 1);
    QVERIFY(ada->cache().community().createPost({}, "after"));
    auto token = client::signIn(ada->gateway(), "ada", base::Secret("correct horse"));
    QVERIFY(token && *token && ada->gateway().useToken(std::move(**token)));
    QCOMPARE(pushed(*ada).sent, 2);
    QCOMPARE(admin("SELECT string_agg(content, ' ' ORDER BY created_at) FROM community_posts"),
             std::string("before after"));
}

void TestPush::anotherAccountSendsNothing()
{
    auto ada = learner("ada");
    auto bea = learner("bea");
    QVERIFY(ada->cache().community().createPost({}, "ada's"));

    const auto refused = sync::push(ada->cache(), bea->gateway());

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("other_account"));
    QCOMPARE(ada->cache().outbox().counts()->pending, 1);
    QCOMPARE(admin("SELECT count(*) FROM community_posts"), std::string("0"));
    QVERIFY(!ada->cache().adopt(bea->id(), "bea"));
    QCOMPARE(pushed(*ada).sent, 1);
    QCOMPARE(admin("SELECT username FROM community_posts JOIN users u ON u.id = user_id"), std::string("ada"));
}

void TestPush::aLocalProfileIsSentOnceAdopted()
{
    auto session = m_server->admin();
    tests::forgetAttempts(session);
    Learner ada(*m_server, "ada");
    QCOMPARE(ada.pull(), std::string());
    submit(ada.cache(), base::randomUuid(), "SELECT 'offline'");
    QVERIFY(ada.cache().learning().useHint(kProblem, 1));
    QVERIFY(ada.cache().community().createPost({}, "written before there was an account"));
    QCOMPARE(sync::push(ada.cache(), ada.gateway()).error().code, std::string("other_account"));

    QVERIFY(ada.cache().adopt(ada.id(), "ada"));

    QCOMPARE(pushed(ada).sent, 3);
    QVERIFY(ada.cache().adopt(ada.id(), "ada"));
    QCOMPARE(pushed(ada).sent, 0);
    QCOMPARE(QString::fromStdString(written()),
             QString("hint|ada|1|||\npost|ada|written before there was an account|NULL|0|0\n"
                     "submission|ada|SELECT 'offline'|pending||"));
}

void TestPush::aClockThatJumpsChangesNoOrder()
{
    auto ada = learner("ada");
    cachetest::SetClock clock;
    cache::CacheOptions options;
    options.clock = &clock;
    ada->closeCache();
    auto cache = cache::Cache::open(ada->path(), options);
    QVERIFY(cache);
    constexpr base::UnixMicros kYear = 365LL * 86'400 * 1'000'000;
    const auto post = (*cache)->community().createPost({}, "first");
    QVERIFY(post && *(*cache)->outbox().begin(*post));
    for (const base::UnixMicros jump : {-kYear, 2 * kYear, -kYear}) {
        clock.advance(jump);
        QVERIFY((*cache)->community().editPost(*post, "edit at " + std::to_string(clock.now())));
        // Sent without an answer, so that none gives way.
        const auto entries = (*cache)->outbox().entries();
        for (const auto &entry : *entries)
            QVERIFY(*(*cache)->outbox().begin(entry.id));
        QVERIFY((*cache)->community().createComment(*post, {}, "comment"));
    }
    const std::string id = base::randomUuid();
    clock.advance(5 * kYear);
    submit(**cache, id);

    const auto report = sync::push(**cache, ada->gateway());

    QVERIFY(report && !report->stopped && report->parked == 0);
    QCOMPARE(admin("SELECT content FROM community_posts"), "edit at " + std::to_string(clock.now() - 5 * kYear));
    QCOMPARE(admin("SELECT count(*) FROM fallback_submissions WHERE (data ->> 'written_at')::timestamptz <= now()"),
             std::string("1"));
}

void TestPush::onlyOneInstanceSends()
{
    auto ada = learner("ada");
    QVERIFY(ada->cache().community().createPost({}, "one"));
    {
        auto other = cache::Cache::open(ada->path());
        const auto lock = (*other)->outbox().lockForSending();
        QVERIFY(lock && *lock);

        QVERIFY(pushed(*ada).busyElsewhere);
        QCOMPARE(ada->cache().outbox().counts()->pending, 1);
    }
    QCOMPARE(pushed(*ada).sent, 1);
}

QTEST_GUILESS_MAIN(TestPush)
#include "tst_push.moc"
