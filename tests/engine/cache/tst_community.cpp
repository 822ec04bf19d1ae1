// What is read of the community: pages of the feed, threads, people, links.
#include "cache/community_read.h"
#include "outbox_profile.h"

#include <set>

using namespace sqlgym;
using namespace sqlgym::cachetest;
using cache::FeedKind;

class TestCommunity : public QObject, private OutboxProfile {
    Q_OBJECT
private slots:
    void init() { open(); }
    void pagesFollowEachOtherWithoutGapOrDouble();
    void aFeedIsOfAProblemOfAPersonOrOfThoseFollowed();
    void anOwnPostWaitsAndIsLiked();
    void aThreadIsReadInOrder();
    void whatAnswersNothingKnownAnswersThePost();
    void longTextsAreCut();
    void aPersonIsShownWithWhoFollows();
    void answersAreKeptWithTheirAge();
    void deedsAreOnesOwn();

private:
    std::vector<cache::Post> feed(FeedKind kind, const std::string &of = {})
    {
        auto posts = m_cache->communityRead().feed({.kind = kind, .of = of});
        return posts ? *posts : std::vector<cache::Post>();
    }
};

void TestCommunity::pagesFollowEachOtherWithoutGapOrDouble()
{
    // Many of one moment: the id decides.
    QVERIFY(m_database->execute("WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) "
                                "INSERT INTO community_posts (id, user_id, content, created_at) "
                                "SELECT 'p' || i, '" +
                                kOther + "', 'post ' || i, '2026-01-01 00:00:0' || (i % 3) || '.000000' FROM n"));

    std::set<std::string> seen;
    std::optional<cache::FeedPlace> last;
    std::size_t read = 0;
    while (true) {
        auto page = m_cache->communityRead().feed({.kind = FeedKind::Newest, .of = {}, .before = last, .limit = 50});
        QVERIFY(page);
        if (page->empty())
            break;
        for (const auto &post : *page) {
            if (last)
                QVERIFY(std::pair(post.place.createdAt, post.place.id) < std::pair(last->createdAt, last->id));
            last = post.place;
            seen.insert(post.place.id);
        }
        read += page->size();
    }
    QCOMPARE(read, 121u);
    QCOMPARE(seen.size(), 121u);
}

void TestCommunity::aFeedIsOfAProblemOfAPersonOrOfThoseFollowed()
{
    const std::string problem = content::problemId("late-returns");
    QVERIFY(m_cache->community().createPost(problem, "about it"));
    QCOMPARE(feed(FeedKind::OfProblem, problem).size(), 1u);
    QCOMPARE(feed(FeedKind::OfProblem, problem)[0].problemSlug, std::string("late-returns"));
    QCOMPARE(feed(FeedKind::OfPerson, kOther).size(), 1u);
    QCOMPARE(feed(FeedKind::Followed).size(), 0u);

    QVERIFY(m_cache->community().setFollowed(kOther, true));

    QCOMPARE(feed(FeedKind::Followed).size(), 1u);
    QCOMPARE(feed(FeedKind::Followed)[0].author, std::string("other"));
    QCOMPARE(feed(FeedKind::Newest).size(), 2u);
}

void TestCommunity::anOwnPostWaitsAndIsLiked()
{
    const auto id = m_cache->community().createPost({}, "mine", "SELECT 1");
    QVERIFY(id);
    QVERIFY(m_cache->community().setLiked(kPost, true));

    auto own = m_cache->communityRead().post(*id);
    auto other = m_cache->communityRead().post(kPost);

    QVERIFY(own && *own && other && *other);
    QVERIFY((*own)->own && (*own)->waiting && !(*own)->liked && !(*own)->edited);
    QCOMPARE((*own)->code, std::string("SELECT 1"));
    QVERIFY(!(*other)->own && (*other)->liked && !(*other)->waiting);
    QCOMPARE((*other)->likes, 5);
    QVERIFY(m_cache->community().deletePost(*id));
    own = m_cache->communityRead().post(*id);
    QVERIFY(own && !*own);
}

void TestCommunity::aThreadIsReadInOrder()
{
    const auto reply = [&](const std::string &id, const char *parent, const char *at) {
        QVERIFY(m_database->execute(
            "INSERT INTO post_comments (id, user_id, post_id, parent_id, content, created_at) VALUES ('" + id + "', '" +
            kOther + "', '" + kPost + "', " + parent + ", '" + id + "', '" + at + "')"));
    };
    QVERIFY(m_database->execute("DELETE FROM post_comments"));
    reply("a", "NULL", "2026-01-01 00:00:01");
    reply("b", "NULL", "2026-01-01 00:00:02");
    reply("a1", "'a'", "2026-01-01 00:00:03");
    reply("b1", "'b'", "2026-01-01 00:00:04");
    reply("a2", "'a'", "2026-01-01 00:00:05");
    reply("a11", "'a1'", "2026-01-01 00:00:06");

    const auto thread = m_cache->communityRead().thread(kPost);

    QVERIFY(thread);
    std::string order;
    for (const auto &comment : thread->comments)
        order += comment.id + ":" + std::to_string(comment.depth) + " ";
    QCOMPARE(order, std::string("a:0 a1:1 a11:2 a2:1 b:0 b1:1 "));
}

void TestCommunity::whatAnswersNothingKnownAnswersThePost()
{
    // A ring, as no server makes it, is read to its end all the same.
    QVERIFY(m_database->execute("DELETE FROM post_comments; PRAGMA foreign_keys = OFF;"
                                "INSERT INTO post_comments (id, user_id, post_id, parent_id, content) VALUES ('x', '" +
                                kOther + "', '" + kPost + "', 'y', 'x'), ('y', '" + kOther + "', '" + kPost +
                                "', 'x', 'y'), ('z', '" + kOther + "', '" + kPost + "', 'gone', '[deleted]')"));

    const auto thread = m_cache->communityRead().thread(kPost);

    QVERIFY(thread);
    QCOMPARE(thread->comments.size(), 3u);
    QVERIFY(thread->comments[2].deleted);
    QCOMPARE(thread->comments[2].depth, 0);
}

void TestCommunity::longTextsAreCut()
{
    QVERIFY(m_database->execute("UPDATE community_posts SET content = printf('%.*c', 1000000, 'x')"));

    const auto post = m_cache->communityRead().post(kPost);

    QVERIFY(post && *post);
    QCOMPARE((*post)->content.size(), 24'000u);
    QCOMPARE((*post)->characters, 1'000'000);
    QCOMPARE(feed(FeedKind::Newest)[0].content.size(), 600u);
}

void TestCommunity::aPersonIsShownWithWhoFollows()
{
    QVERIFY(m_cache->community().setFollowed(kOther, true));

    const auto other = m_cache->communityRead().person(kOther);
    const auto own = m_cache->communityRead().person(m_cache->userId());
    const auto nobody = m_cache->communityRead().person("nobody");

    QVERIFY(other && *other && own && *own && nobody && !*nobody);
    QVERIFY((*other)->followed && !(*other)->own);
    QCOMPARE((*other)->posts, 1);
    QCOMPARE((*other)->followers.size(), 1u);
    QCOMPARE((*own)->following.size(), 1u);
    QCOMPARE((*own)->following[0].username, std::string("other"));
}

void TestCommunity::answersAreKeptWithTheirAge()
{
    QVERIFY(m_cache->communityRead().keep("leaderboard", "all", "[1]"));
    const auto first = m_cache->communityRead().kept("leaderboard", "all");
    QVERIFY(m_cache->communityRead().keep("leaderboard", "all", "[2]"));
    const auto second = m_cache->communityRead().kept("leaderboard", "all");
    const auto none = m_cache->communityRead().kept("leaderboard", "other");

    QVERIFY(first && *first && second && *second && none && !*none);
    QCOMPARE((*second)->json, std::string("[2]"));
    QCOMPARE((*second)->at, m_clock.now());
}

/// Somebody else's post and comment are there from the beginning.
void TestCommunity::deedsAreOnesOwn()
{
    const auto deeds = [this] {
        const auto history = m_cache->progress().history();
        return history ? history->deeds : progress::Deeds{-1, -1, -1, -1, -1, -1};
    };
    QCOMPARE(deeds().posts + deeds().comments + deeds().likesReceived + deeds().followers + deeds().solutionsShared +
                 deeds().linksShared,
             0);
    const auto mine = m_cache->community().createPost({}, "mine");
    QVERIFY(mine && m_cache->community().createPost({}, "and mine"));
    QVERIFY(m_cache->community().createComment(kPost, {}, "well said"));
    QVERIFY(m_cache->community().addLink("Manual", "https://www.postgresql.org/docs/15/"));
    QVERIFY(m_cache->community().addSolution(content::problemId("late-returns"), "So", "Why", "SELECT 1"));
    QVERIFY(m_cache->community().setLiked(*mine, true));
    QVERIFY(m_cache->community().setLiked(kPost, true));
    QVERIFY(m_cache->community().setFollowed(kOther, true));
    QVERIFY(m_database->execute("UPDATE community_posts SET likes = likes + 3 WHERE id = '" + *mine + "'"));
    QVERIFY(m_database->execute("INSERT INTO followers (id, follower_id, following_id) VALUES ('f', '" + kOther +
                                "', '" + m_cache->userId() + "')"));
    const auto now = deeds();
    QCOMPARE(now.posts, 2);
    QCOMPARE(now.comments, 1);
    QCOMPARE(now.likesReceived, 3);
    QCOMPARE(now.followers, 1);
    QCOMPARE(now.solutionsShared, 1);
    QCOMPARE(now.linksShared, 1);
}

QTEST_APPLESS_MAIN(TestCommunity)
#include "tst_community.moc"
