// What the outbox does to the tables, takes back and does again.
#include "cache/outbox_overlay.h"
#include "outbox_profile.h"
#include "sqlite/transaction.h"

#include <QRandomGenerator>

using namespace sqlgym;
using cache::OutboxState;
using cachetest::kComment;
using cachetest::Kinds;
using cachetest::kOther;
using cachetest::kPost;
using sqlite::Database;

namespace {

/// All that the server's tables hold, and moments of the last change aside.
std::string dump(Database &database)
{
    std::string all;
    for (const char *query :
         {"SELECT id, first_name, last_name, company_name, problems_solved FROM users ORDER BY id",
          "SELECT follower_id, following_id FROM followers ORDER BY 1, 2",
          "SELECT id, title FROM helpful_links ORDER BY 1", "SELECT id, query, is_correct FROM submissions ORDER BY 1",
          "SELECT id, status FROM problem_submissions ORDER BY 1",
          "SELECT id, submission_id FROM execution_results ORDER BY 1",
          "SELECT id, user_id, content, code_snippet, likes, comments FROM community_posts ORDER BY 1",
          "SELECT user_id, post_id FROM post_likes ORDER BY 1, 2",
          "SELECT id, post_id, parent_id, content FROM post_comments ORDER BY 1",
          "SELECT problem_id, bookmark, upvote, downvote FROM problem_interactions WHERE bookmark OR upvote OR "
          "downvote "
          "ORDER BY 1",
          "SELECT id, title FROM solutions ORDER BY 1", "SELECT value FROM sync_state WHERE key = 'leaderboard'"}) {
        auto statement = database.prepare(query);
        all += std::string(query).substr(0, 20) + "\n";
        while (statement && *statement->step()) {
            for (int column = 0; column < statement->columnCount(); ++column)
                all += (statement->isNull(column) ? "NULL" : statement->string(column)) + "|";
            all += "\n";
        }
    }
    return all;
}

} // namespace

class TestOutbox : public QObject, cachetest::OutboxProfile {
    Q_OBJECT

private slots:
    void init();
    void aWriteIsShownAndWaits();
    void whatWasNeverSentGivesWay();
    void whatWasSentWithoutAnAnswerStays();
    void marksGoOneByOne();
    void aWaitingPostIsEditedAndDeletedInPlace();
    void discardingTakesBackWhatHangsOnIt();
    void mendingKeepsWhatHangsOnIt();
    void whatIsNotHereIsRefused();
    void textsThatNoServerKeepsAreRefused();
    void timeSpentIsOneEntryASitting();
    void anyWritesAreTakenBackAndDoneAgain_data();
    void anyWritesAreTakenBackAndDoneAgain();
    void theServersVerdictEndsTheWaiting_data();
    void theServersVerdictEndsTheWaiting();
    void layingOverNewTablesBringsAllBack();

private:
    void randomWrite(QRandomGenerator &random);
    void overlay(bool lay)
    {
        auto transaction = sqlite::Transaction::begin(*m_database);
        QVERIFY(lay ? cache::layOutbox(*m_database, m_cache->userId(), 0)
                    : cache::liftOutbox(*m_database, m_cache->userId()));
        QVERIFY(transaction->commit());
    }

    std::vector<std::string> m_posts;
    std::vector<std::string> m_comments;
};

void TestOutbox::init()
{
    open();
    m_posts = {kPost};
    m_comments = {kComment};
}

void TestOutbox::aWriteIsShownAndWaits()
{
    QVERIFY(m_cache->community().setLiked(kPost, true));
    QVERIFY(m_cache->community().setLiked(kPost, true));

    QCOMPARE(*m_database->integer("SELECT likes FROM community_posts"), 5);
    QCOMPARE(kinds(), Kinds{"like_post"});
    QCOMPARE(m_cache->outbox().counts()->pending, 1);
    const std::string like = m_cache->outbox().entries()->at(0).id;
    QCOMPARE(*m_database->integer("SELECT count(*) FROM post_likes WHERE id = ?", like), 1);
}

void TestOutbox::whatWasNeverSentGivesWay()
{
    const std::string before = dump(*m_database);

    QVERIFY(m_cache->community().setLiked(kPost, true));
    QVERIFY(m_cache->community().setLiked(kPost, false));
    QVERIFY(m_cache->community().setFollowed(kOther, true));
    QVERIFY(m_cache->community().setFollowed(kOther, false));
    QCOMPARE(kinds(), Kinds{});
    QCOMPARE(dump(*m_database), before);

    for (const char *name : {"Ada", "Bea", "Cleo"})
        QVERIFY(m_cache->profile().edit({.firstName = name}));
    for (const bool visible : {true, false, true})
        QVERIFY(m_cache->profile().setLeaderboard(visible));
    QCOMPARE(kinds(), (Kinds{"change_profile", "set_leaderboard"}));
    QCOMPARE(m_cache->profile().profile()->firstName, std::optional<std::string>("Cleo"));
    QVERIFY(*m_cache->profile().onLeaderboard());
    for (const auto &entry : entries())
        QCOMPARE(*m_cache->outbox().discard(entry.id), 1);
    QCOMPARE(dump(*m_database), before);
}

void TestOutbox::whatWasSentWithoutAnAnswerStays()
{
    QVERIFY(m_cache->community().setLiked(kPost, true));
    QVERIFY(m_cache->profile().edit({.firstName = "Ada"}));
    for (const auto &entry : entries())
        QVERIFY(*m_cache->outbox().begin(entry.id));

    QVERIFY(m_cache->community().setLiked(kPost, false));
    QVERIFY(m_cache->profile().edit({.firstName = "Bea"}));
    const auto first = m_cache->outbox().entries()->at(0);

    QCOMPARE(kinds(), (Kinds{"like_post", "change_profile", "unlike_post", "change_profile"}));
    QCOMPARE(m_cache->outbox().discard(first.id).error().code, std::string("in_flight"));
    // Once the answer is there, the pair is no pair any more.
    QVERIFY(m_cache->outbox().markSent(first.id, 7));
    QVERIFY(m_cache->community().setLiked(kPost, true));
    QCOMPARE(kinds(), (Kinds{"change_profile", "change_profile"}));
    QCOMPARE(*m_database->integer("SELECT likes FROM community_posts"), 5);
}

void TestOutbox::marksGoOneByOne()
{
    const std::string problem = content::problemId("late-returns");
    QVERIFY(m_cache->learning().setBookmark(problem, true));
    QVERIFY(m_cache->learning().setInteraction(problem, {true, true, false}));
    QCOMPARE(kinds(), Kinds{"set_interaction"});
    QVERIFY(*m_cache->outbox().begin(m_cache->outbox().entries()->at(0).id));

    QVERIFY(m_cache->learning().setBookmark(problem, false));

    const auto entries = m_cache->outbox().entries();
    QCOMPARE(entries->size(), std::size_t{2});
    QVERIFY(entries->at(0).payloadJson.find("\"upvote\":true") != std::string::npos);
    QVERIFY(entries->at(1).payloadJson.find("upvote") == std::string::npos);
    QVERIFY(m_cache->learning().setBookmark(problem, false));
    QCOMPARE(m_cache->outbox().entries()->size(), std::size_t{2});
}

void TestOutbox::aWaitingPostIsEditedAndDeletedInPlace()
{
    const std::string before = dump(*m_database);
    const auto post = m_cache->community().createPost({}, "firts", "SELECT 1");
    QVERIFY(post);
    const auto comment = m_cache->community().createComment(*post, {}, "me too");
    QVERIFY(comment && m_cache->community().createComment(*post, *comment, "and again"));
    QVERIFY(m_cache->community().setLiked(*post, true));

    QVERIFY(m_cache->community().editPost(*post, "first"));

    QCOMPARE(kinds(), (Kinds{"create_post", "create_comment", "create_comment", "like_post"}));
    QVERIFY(m_cache->outbox().entries()->at(0).payloadJson.find("\"first\"") != std::string::npos);
    QCOMPARE(*m_database->integer("SELECT comments FROM community_posts WHERE content = 'first' AND likes = 1"), 2);
    QVERIFY(m_cache->community().deletePost(*post));
    QCOMPARE(kinds(), Kinds{});
    QCOMPARE(dump(*m_database), before);
}

void TestOutbox::discardingTakesBackWhatHangsOnIt()
{
    const std::string before = dump(*m_database);
    const auto post = m_cache->community().createPost({}, "far too long", {});
    QVERIFY(post && m_cache->community().createComment(*post, {}, "me too"));
    QVERIFY(m_cache->community().setLiked(kPost, true));
    QVERIFY(*m_cache->outbox().begin(*post));
    QVERIFY(m_cache->outbox().markFailed(*post, "too long", false));

    QCOMPARE(*m_cache->outbox().discard(*post), 2);

    QCOMPARE(kinds(), Kinds{"like_post"});
    QVERIFY(m_cache->community().setLiked(kPost, false));
    QCOMPARE(dump(*m_database), before);
}

void TestOutbox::mendingKeepsWhatHangsOnIt()
{
    const auto post = m_cache->community().createPost({}, "far too long", {});
    const auto comment = m_cache->community().createComment(*post, {}, "me too");
    QVERIFY(post && comment && *m_cache->outbox().begin(*post));
    QVERIFY(m_cache->outbox().markFailed(*post, "too long", false));
    QVERIFY(m_cache->outbox().block(*comment, "its post was refused", *post));

    QVERIFY(m_cache->outbox().mend(*post, R"({"content":"short"})"));

    QCOMPARE(m_cache->outbox().counts()->pending, 2);
    QCOMPARE(*m_database->integer("SELECT comments FROM community_posts WHERE content = 'short'"), 1);
}

void TestOutbox::whatIsNotHereIsRefused()
{
    const std::string nowhere = "99999999-0000-4000-8000-0000000000ff";
    auto &community = m_cache->community();

    for (const auto &done :
         {community.setLiked(nowhere, true), community.setFollowed(nowhere, true), community.editPost(nowhere, "x"),
          community.deletePost(nowhere), community.deleteComment(nowhere), community.deleteLink(nowhere),
          m_cache->learning().setBookmark(nowhere, true)}) {
        QVERIFY(!done);
        QCOMPARE(done.error().code, std::string("not_here"));
    }
    QVERIFY(!community.createComment(kPost, nowhere, "x"));
    QVERIFY(!community.addSolution(nowhere, "x", "x", "x"));
    QCOMPARE(kinds(), Kinds{});
}

void TestOutbox::textsThatNoServerKeepsAreRefused()
{
    using namespace std::string_literals;

    QCOMPARE(m_cache->community().createPost({}, "a\0b"s).error().code, std::string("not_text"));
    QCOMPARE(m_cache->community().addLink("caf\xe9", "https://example.org").error().code, std::string("not_text"));
    QCOMPARE(kinds(), Kinds{});
}

void TestOutbox::timeSpentIsOneEntryASitting()
{
    const std::string problem = content::problemId("late-returns");
    for (int minute = 0; minute < 5; ++minute)
        QVERIFY(m_cache->progress().addTime(problem, 60));

    const auto entries = m_cache->outbox().entries();

    QCOMPARE(entries->size(), std::size_t{1});
    QVERIFY(entries->front().payloadJson.find("\"seconds\":300") != std::string::npos);
    QVERIFY(m_cache->progress().addTime(problem, 200'000));
    QVERIFY(m_cache->outbox().entries()->at(0).payloadJson.find("\"seconds\":86400") != std::string::npos);
}

void TestOutbox::randomWrite(QRandomGenerator &random)
{
    auto &community = m_cache->community();
    auto &learning = m_cache->learning();
    const std::string number = std::to_string(random.bounded(1000));
    const std::string post = m_posts[random.bounded(quint32(m_posts.size()))];
    const std::string comment = m_comments[random.bounded(quint32(m_comments.size()))];
    const std::string problem = content::problemId(random.bounded(2) ? "late-returns" : "early-birds");
    m_clock.advance(random.bounded(-1'000'000, 2'000'000)); // a clock that goes back now and then
    switch (random.bounded(16)) {
    case 0:
    case 1:
        if (auto made = community.createPost(problem, "post " + number))
            m_posts.push_back(*made);
        break;
    case 2:
        (void)community.editPost(post, "edited " + number, "SELECT " + number);
        break;
    case 3:
        (void)community.deletePost(post);
        break;
    case 4:
    case 5:
        if (auto made =
                community.createComment(post, random.bounded(2) ? std::optional(comment) : std::nullopt, number))
            m_comments.push_back(*made);
        break;
    case 6:
        (void)community.deleteComment(comment);
        break;
    case 7:
    case 8:
        (void)community.setLiked(post, random.bounded(2) == 0);
        break;
    case 9:
        (void)community.setFollowed(kOther, random.bounded(2) == 0);
        break;
    case 10:
        (void)learning.setInteraction(problem,
                                      {random.bounded(2) == 0, random.bounded(2) == 0, random.bounded(2) == 0});
        break;
    case 11:
        (void)community.addSolution(problem, "solution " + number, "x", "SELECT 1");
        break;
    case 12:
        (void)m_cache->profile().edit({.firstName = number});
        break;
    case 13:
        (void)m_cache->profile().setLeaderboard(random.bounded(2) == 0);
        break;
    case 14:
        submit(QStringLiteral("submission %1").arg(random.generate()).toStdString(), random.bounded(2) == 0);
        break;
    default:
        // Some were sent without an answer, some were refused.
        for (const auto &entry : entries(OutboxState::Pending)) {
            if (random.bounded(4) == 0)
                (void)m_cache->outbox().begin(entry.id);
            if (random.bounded(8) == 0)
                (void)m_cache->outbox().markFailed(entry.id, "no", false);
        }
    }
}

void TestOutbox::anyWritesAreTakenBackAndDoneAgain_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 25; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestOutbox::anyWritesAreTakenBackAndDoneAgain()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    const std::string before = dump(*m_database);
    for (int write = 0; write < 60; ++write)
        randomWrite(random);
    const std::string after = dump(*m_database);

    overlay(false);
    QCOMPARE(QString::fromStdString(dump(*m_database)), QString::fromStdString(before));
    overlay(true);
    QCOMPARE(QString::fromStdString(dump(*m_database)), QString::fromStdString(after));
    overlay(true);
    QCOMPARE(QString::fromStdString(dump(*m_database)), QString::fromStdString(after));

    // Everything is refused and discarded, in any order.
    for (const auto &entry : entries())
        QVERIFY(m_cache->outbox().markFailed(entry.id, "no", false));
    while (true) {
        const auto entries = m_cache->outbox().entries();
        if (entries->empty())
            break;
        QVERIFY(m_cache->outbox().discard(entries->at(random.bounded(quint32(entries->size()))).id));
    }
    QCOMPARE(QString::fromStdString(dump(*m_database)), QString::fromStdString(before));
    QCOMPARE(*m_database->integrityCheck(), std::string("ok"));
    QCOMPARE(*m_database->integer("SELECT count(*) FROM pragma_foreign_key_check()"), 0);
}

void TestOutbox::theServersVerdictEndsTheWaiting_data()
{
    QTest::addColumn<bool>("correctHere");
    QTest::addColumn<bool>("correctThere");

    QTest::newRow("the same") << true << true;
    QTest::newRow("another one") << true << false;
    QTest::newRow("a better one") << false << true;
}

void TestOutbox::theServersVerdictEndsTheWaiting()
{
    QFETCH(bool, correctHere);
    QFETCH(bool, correctThere);
    submit("s", correctHere);
    submit("still waiting");
    QVERIFY(*m_cache->outbox().begin("s") && m_cache->outbox().markSent("s", 7));
    const std::string problem = content::problemId("late-returns");

    // The server says that it waits; then that it is judged.
    overlay(false);
    QVERIFY(m_database->run("INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status) "
                            "VALUES ('s', ?, ?, 'SELECT 1', 'pending')",
                            m_cache->userId(), problem));
    overlay(true);
    QCOMPARE(m_cache->outbox().counts()->awaitingVerdict, 1);
    QCOMPARE(*m_database->integer("SELECT is_correct FROM submissions WHERE id = 's'"), correctHere ? 1 : 0);
    overlay(false);
    QVERIFY(m_database->execute("UPDATE problem_submissions SET status = 'completed' WHERE id = 's'"));
    QVERIFY(m_database->run("INSERT INTO submissions (id, user_id, problem_id, query, is_correct) "
                            "VALUES ('s', ?, ?, 'SELECT 1', ?)",
                            m_cache->userId(), problem, correctThere));
    overlay(true);

    QCOMPARE(m_cache->outbox().counts()->awaitingVerdict, 0);
    QCOMPARE(m_cache->outbox().counts()->pending, 1);
    QCOMPARE(*m_database->integer("SELECT is_correct FROM submissions WHERE id = 's'"), correctThere ? 1 : 0);
    QCOMPARE(*m_database->integer("SELECT count(*) FROM submissions"), 2);
    QCOMPARE(*m_database->integer("SELECT count(*) FROM verdict_differences WHERE correct_here = ?", correctHere),
             correctHere == correctThere ? 0 : 1);
}

void TestOutbox::layingOverNewTablesBringsAllBack()
{
    submit("s");
    QVERIFY(m_cache->community().createPost({}, "mine"));
    QVERIFY(m_cache->community().setLiked(kPost, true));
    const std::string before = dump(*m_database);

    auto transaction = sqlite::Transaction::begin(*m_database);
    QVERIFY(m_database->run("DELETE FROM community_posts WHERE user_id = ?", m_cache->userId()));
    QVERIFY(
        m_database->execute("DELETE FROM post_likes; UPDATE community_posts SET likes = 4; DELETE FROM submissions; "
                            "DELETE FROM problem_submissions"));
    QVERIFY(cache::forgetOverlay(*m_database, m_cache->userId()));
    QVERIFY(cache::layOutbox(*m_database, m_cache->userId(), 0));
    QVERIFY(transaction->commit());

    QCOMPARE(QString::fromStdString(dump(*m_database)), QString::fromStdString(before));
}

QTEST_APPLESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
