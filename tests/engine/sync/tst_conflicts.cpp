// What becomes of it when two desks of one learner write about the same, one rule of ARCHITECTURE's table a test.
#include "../server/server_with_pack.h"
#include "base/uuid.h"
#include "content/names.h"
#include "copy_of.h"
#include "sync/push.h"

#include <QtTest>

using namespace sqlgym;
using tests::asked;
using tests::Learner;

namespace {

const std::string kProblem = content::problemId("still-out");

} // namespace

class TestConflicts : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase() { m_server.reset(); }
    void whatIsNewIsAllKept();
    void setsAreUnited();
    void whatAnotherDeskDidAndTookBackIsGone_data();
    void whatAnotherDeskDidAndTookBackIsGone();
    void marksGoOneByOne();
    void textsOfTheProfileGoOneByOne();
    void wordsOfAPostAreTheLastOnes();
    void timeIsCountedOnEachDesk();
    void whatWasDeletedStaysDeleted();
    void theServersVerdictStands();

private:
    std::string admin(const std::string &sql)
    {
        auto session = m_server->admin();
        return asked(session, sql);
    }
    static int pushed(Learner &who)
    {
        const auto report = sync::push(who.cache(), who.gateway());
        if (!report || report->stopped)
            throw std::runtime_error(report ? report->stopped->message : report.error().message);
        return report->parked;
    }
    /// One desk after the other, then both hear of it.
    void meet(Learner &first, Learner &second)
    {
        pushed(first);
        pushed(second);
        for (Learner *desk : {&first, &second})
            QCOMPARE(QString::fromStdString(desk->pull()), QString());
    }
    void submit(Learner &who, const std::string &id, bool correct);

    std::unique_ptr<tests::ServerFixture> m_server;
    std::unique_ptr<Learner> m_bea;
    std::unique_ptr<Learner> m_one; ///< two desks of ada's
    std::unique_ptr<Learner> m_two;
    std::string m_post; ///< bea's
};

void TestConflicts::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
}

void TestConflicts::init()
{
    admin("DELETE FROM users");
    admin("TRUNCATE private.rates");
    m_bea = tests::readyLearner(*m_server, "bea");
    m_post = *m_bea->cache().community().createPost({}, "bea's");
    pushed(*m_bea);
    m_one = tests::readyLearner(*m_server, "ada");
    m_two = tests::readyDevice(*m_server, *m_one, "ada");
}

// Whatever the rule: in the end both desks have what a new copy has.
void TestConflicts::cleanup()
{
    if (QTest::currentTestFailed())
        return;
    const auto fresh = tests::freshRowsOf(*m_one);
    QCOMPARE(tests::difference(tests::rowsOf(m_one->path()), fresh), QString());
    QCOMPARE(tests::difference(tests::rowsOf(m_two->path()), fresh), QString());
}

void TestConflicts::submit(Learner &who, const std::string &id, bool correct)
{
    progress::Judgement judgement;
    const base::UnixMicros now = base::Clock().now();
    const std::string user = who.cache().userId();
    judgement.submission = {id, user, kProblem, "SELECT 1", correct, 5, now};
    judgement.problemSubmission = {id, user, kProblem, "SELECT 1", "completed", 1, std::nullopt, {}, "{}", now, now};
    judgement.session.id = base::randomUuid();
    judgement.session.userId = user;
    judgement.session.problemId = kProblem;
    judgement.usersProblemsSolved = correct ? 1 : 0;
    const std::string badge = admin("SELECT min(id) FROM badges");
    const std::string topic = admin("SELECT topic_id FROM problems WHERE id = '" + kProblem + "'");
    if (correct)
        judgement.userBadges = {{base::randomUuid(), user, badge, now}};
    judgement.userProgress.id = base::randomUuid();
    judgement.userProgress.userId = user;
    judgement.userProgress.topicId = topic;
    judgement.userProgress.totalSubmissions = 1;
    judgement.userProgress.experiencePoints = 20;
    cache::Attempt attempt;
    attempt.problemId = kProblem;
    QVERIFY(who.cache().progress().store(judgement, attempt));
}

void TestConflicts::whatIsNewIsAllKept()
{
    for (Learner *desk : {m_one.get(), m_two.get()}) {
        auto &community = desk->cache().community();
        QVERIFY(community.createPost({}, "the same words"));
        QVERIFY(community.createComment(m_post, {}, "the same words"));
        QVERIFY(community.addLink("the same", "https://example.org"));
    }

    meet(*m_one, *m_two);

    QCOMPARE(admin("SELECT (SELECT count(*) FROM community_posts WHERE content = 'the same words'), "
                   "(SELECT count(*) FROM post_comments), (SELECT count(*) FROM helpful_links), "
                   "(SELECT comments FROM community_posts WHERE content = 'bea''s')"),
             std::string("2|2|2|2"));
}

void TestConflicts::setsAreUnited()
{
    for (Learner *desk : {m_one.get(), m_two.get()}) {
        QVERIFY(desk->cache().community().setLiked(m_post, true));
        QVERIFY(desk->cache().community().setFollowed(m_bea->id(), true));
        QVERIFY(desk->cache().learning().giveUp(kProblem));
    }
    QVERIFY(m_one->cache().learning().useHint(kProblem, 1));
    QVERIFY(m_two->cache().learning().useHint(kProblem, 1));
    QVERIFY(m_two->cache().learning().useHint(kProblem, 2));

    meet(*m_one, *m_two);

    const std::string figures = "SELECT (SELECT likes FROM community_posts), (SELECT count(*) FROM post_likes), "
                                "(SELECT count(*) FROM followers), (SELECT count(*) FROM private.give_ups), "
                                "(SELECT count(*) FROM private.hints_used)";
    QCOMPARE(QString::fromStdString(admin(figures)), QStringLiteral("1|1|1|1|2"));

    // The last to reach the server stands, whichever was written later.
    QVERIFY(m_two->cache().community().setLiked(m_post, false));
    QVERIFY(m_one->cache().community().setFollowed(m_bea->id(), false));
    meet(*m_one, *m_two);
    QCOMPARE(admin(figures), std::string("0|0|0|1|2"));
}

void TestConflicts::whatAnotherDeskDidAndTookBackIsGone_data()
{
    QTest::addColumn<bool>("pulledBetween");
    QTest::newRow("seen only when it was over") << false;
    QTest::newRow("seen meanwhile") << true;
}

// The server keeps the row of the first desk to come; the other desk's own row is nowhere but there, and no change of
// the server's will ever speak of it.
void TestConflicts::whatAnotherDeskDidAndTookBackIsGone()
{
    QFETCH(bool, pulledBetween);
    for (Learner *desk : {m_one.get(), m_two.get()}) {
        QVERIFY(desk->cache().community().setLiked(m_post, true));
        QVERIFY(desk->cache().community().setFollowed(m_bea->id(), true));
    }
    pushed(*m_one);
    pushed(*m_two);
    const auto number = [this](const std::string &what) {
        auto database = sqlite::Database::open(m_two->path());
        return *database->integer("SELECT " + what);
    };
    if (pulledBetween) {
        QCOMPARE(m_two->pull(), std::string());
        const std::string like = admin("SELECT id FROM post_likes");
        QCOMPARE(number("count(*) FROM post_likes WHERE id = '" + like + "'"), 1);
        QCOMPARE(number("likes FROM community_posts"), 1);
    }

    QVERIFY(m_one->cache().community().setLiked(m_post, false));
    QVERIFY(m_one->cache().community().setFollowed(m_bea->id(), false));
    meet(*m_one, *m_two);

    QCOMPARE(number("count(*) FROM post_likes"), 0);
    QCOMPARE(number("likes FROM community_posts"), 0);
    QCOMPARE(number("count(*) FROM followers"), 0);
    QCOMPARE(number("count(*) FROM outbox"), 0);
}

void TestConflicts::marksGoOneByOne()
{
    // Votes count from those who tried it.
    admin("INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status) SELECT 'tried', id, '" +
          kProblem + "', 'x', 'completed' FROM users WHERE username = 'ada'");
    QVERIFY(m_one->cache().learning().setBookmark(kProblem, true));
    QVERIFY(m_two->cache().learning().setInteraction(kProblem, {false, true, false}));

    meet(*m_one, *m_two);

    const std::string marks = "SELECT count(*), bool_or(bookmark), bool_or(upvote), bool_or(downvote) FROM "
                              "problem_interactions";
    QCOMPARE(admin(marks), std::string("1|t|t|f"));
    // Who has heard of the other's marks does not send them back.
    QVERIFY(m_two->cache().learning().setInteraction(kProblem, {true, false, true}));
    QVERIFY(m_one->cache().learning().setBookmark(kProblem, false));
    meet(*m_one, *m_two);
    QCOMPARE(admin(marks), std::string("1|f|f|t"));
}

void TestConflicts::textsOfTheProfileGoOneByOne()
{
    QVERIFY(m_one->cache().profile().edit({.firstName = "Ada", .companyName = "Harbour"}));
    meet(*m_one, *m_two);

    QVERIFY(m_one->cache().profile().edit({.firstName = "Ada", .lastName = "Lane", .companyName = "Harbour"}));
    QVERIFY(m_one->cache().profile().edit({.firstName = "Ida", .lastName = "Lane", .companyName = "Harbour"}));
    QCOMPARE(m_one->cache().outbox().counts()->pending, 1);
    QVERIFY(m_two->cache().profile().edit({.firstName = "Ada", .companyName = std::nullopt}));
    QVERIFY(m_two->cache().profile().edit({.firstName = "Ada", .companyName = std::nullopt}));
    meet(*m_one, *m_two);

    QCOMPARE(admin("SELECT first_name, last_name, company_name FROM users WHERE username = 'ada'"),
             std::string("Ida|Lane|NULL"));
    // The same text: the last to reach the server.
    QVERIFY(m_one->cache().profile().edit({.firstName = "First", .lastName = "Lane"}));
    QVERIFY(m_two->cache().profile().edit({.firstName = "Second", .lastName = "Lane"}));
    meet(*m_two, *m_one);
    QCOMPARE(admin("SELECT first_name, last_name FROM users WHERE username = 'ada'"), std::string("First|Lane"));
}

void TestConflicts::wordsOfAPostAreTheLastOnes()
{
    const auto post = m_one->cache().community().createPost({}, "at first", "SELECT 1");
    QVERIFY(post);
    meet(*m_one, *m_two);

    QVERIFY(m_two->cache().community().editPost(*post, "by the second desk"));
    QVERIFY(m_one->cache().community().editPost(*post, "by the first desk", "SELECT 2"));
    QVERIFY(m_one->cache().profile().setLeaderboard(true));
    QVERIFY(m_two->cache().profile().setLeaderboard(false));
    meet(*m_one, *m_two);

    QCOMPARE(admin("SELECT content, code_snippet FROM community_posts WHERE id = '" + *post + "'"),
             std::string("by the second desk|NULL"));
    QCOMPARE(admin("SELECT leaderboard FROM private.preferences"), std::string("f"));
}

void TestConflicts::timeIsCountedOnEachDesk()
{
    QVERIFY(m_one->cache().progress().addTime(kProblem, 60));
    meet(*m_one, *m_two);
    // Each goes on where it was, though both know of the other's.
    QVERIFY(m_one->cache().progress().addTime(kProblem, 30));
    QVERIFY(m_two->cache().progress().addTime(kProblem, 40));
    meet(*m_two, *m_one);
    QVERIFY(m_two->cache().progress().addTime(kProblem, 5));
    meet(*m_one, *m_two);

    QCOMPARE(admin("SELECT string_agg(total_time_spent_seconds::text, ' ' ORDER BY total_time_spent_seconds) FROM "
                   "problem_sessions"),
             std::string("45 90"));
    // Of one sitting the larger number stands: an older one that comes late takes nothing back.
    const std::string id = admin("SELECT id FROM problem_sessions WHERE total_time_spent_seconds = 90");
    QVERIFY(m_one->gateway().call("SELECT api.record_session($1, $2, 70, false)", {id.c_str(), kProblem.c_str()}));
    QCOMPARE(admin("SELECT max(total_time_spent_seconds) FROM problem_sessions"), std::string("90"));
    meet(*m_one, *m_two);
}

void TestConflicts::whatWasDeletedStaysDeleted()
{
    const auto post = m_one->cache().community().createPost({}, "to go");
    QVERIFY(post);
    meet(*m_one, *m_two);
    QVERIFY(m_one->cache().community().deletePost(*post));
    pushed(*m_one);

    QVERIFY(m_two->cache().community().editPost(*post, "still here?"));
    QVERIFY(m_two->cache().community().createComment(*post, {}, "and this"));
    QVERIFY(m_two->cache().community().setLiked(*post, true));
    QCOMPARE(pushed(*m_two), 3);

    const auto parked = m_two->cache().outbox().entries();
    QCOMPARE(parked->size(), std::size_t{3});
    for (const auto &entry : *parked) {
        QCOMPARE(entry.state, cache::OutboxState::Rejected);
        QVERIFY(!entry.lastError.empty());
        QVERIFY(m_two->cache().outbox().discard(entry.id));
    }
    meet(*m_one, *m_two);
    QCOMPARE(admin("SELECT count(*) FROM community_posts WHERE content <> 'bea''s'"), std::string("0"));
}

void TestConflicts::theServersVerdictStands()
{
    const std::string id = base::randomUuid();
    submit(*m_one, id, true);
    pushed(*m_one);
    QCOMPARE(m_one->cache().outbox().counts()->awaitingVerdict, 1);

    const auto figures = [this] {
        auto database = sqlite::Database::open(m_one->path());
        return *database->integer("SELECT (SELECT count(*) FROM user_badges) * 100 + (SELECT count(*) FROM "
                                  "user_progress) * 10 + (SELECT problems_solved FROM users WHERE username = 'ada')");
    };
    QCOMPARE(m_one->pull(), std::string());
    QCOMPARE(figures(), 111); // until the verdict is there

    // As the judge writes it.
    admin("WITH told AS (UPDATE problem_submissions SET status = 'completed', completed_at = now() RETURNING *) "
          "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT id, user_id, problem_id, "
          "sql_query, false FROM told");
    meet(*m_one, *m_two);

    QCOMPARE(m_one->cache().outbox().counts()->awaitingVerdict, 0);
    auto database = sqlite::Database::open(m_one->path());
    QCOMPARE(*database->integer("SELECT is_correct FROM submissions WHERE id = ?", id), 0);
    QCOMPARE(*database->integer("SELECT correct_here * 10 + correct_at_server FROM verdict_differences "
                                "WHERE submission_id = ?",
                                id),
             10);
    QCOMPARE(figures(), 0);
}

QTEST_GUILESS_MAIN(TestConflicts)
#include "tst_conflicts.moc"
