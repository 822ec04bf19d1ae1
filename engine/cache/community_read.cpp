#include "cache/community_read.h"

#include "base/timestamp.h"
#include "base/uuid.h"
#include "cache/rows.h"
#include "cache/store_context.h"

#include <algorithm>
#include <unordered_map>

namespace sqlgym::cache {
namespace {

constexpr int kMostComments = 2'000;
constexpr base::UnixMicros kKeptFor = 30LL * 24 * 3600 * 1'000'000;
constexpr char kDeleted[] = "[deleted]"; // as the server leaves it

base::UnixMicros moment(std::string_view text) { return base::parseTimestamp(text).value_or(0); }

/// ?1 is the learner, ?2 how much of the texts.
const std::string kPostColumns = R"sql(
SELECT p.id, p.created_at, p.user_id, u.username, (SELECT k.slug FROM problem_keys k WHERE k.problem_id = p.problem_id),
    q.title, substr(p.content, 1, ?2), substr(coalesce(p.code_snippet, ''), 1, ?2), length(p.content), p.likes, p.comments,
    p.updated_at > p.created_at, EXISTS (SELECT 1 FROM post_likes l WHERE l.post_id = p.id AND l.user_id = ?1), p.user_id = ?1,
    EXISTS (SELECT 1 FROM outbox o WHERE o.user_id = ?1 AND o.target = 'post:' || p.id),
    EXISTS (SELECT 1 FROM followers f WHERE f.follower_id = ?1 AND f.following_id = p.user_id)
FROM community_posts p JOIN users u ON u.id = p.user_id LEFT JOIN problems q ON q.id = p.problem_id
)sql";

Post readPost(sqlite::Statement &row)
{
    Post post;
    post.place = {row.string(1), row.string(0)};
    post.createdAt = moment(post.place.createdAt);
    post.authorId = row.string(2);
    post.author = row.string(3);
    post.problemSlug = row.string(4);
    post.problemTitle = row.string(5);
    post.content = row.string(6);
    post.code = row.string(7);
    post.characters = row.integer(8);
    post.likes = static_cast<int>(std::max<std::int64_t>(row.integer(9), 0));
    post.comments = static_cast<int>(std::max<std::int64_t>(row.integer(10), 0));
    post.edited = row.integer(11) != 0;
    post.liked = row.integer(12) != 0;
    post.own = row.integer(13) != 0;
    post.waiting = row.integer(14) != 0;
    post.followed = row.integer(15) != 0;
    return post;
}

const char *conditionOf(FeedKind kind)
{
    switch (kind) {
    case FeedKind::Followed:
        return "x.user_id IN (SELECT following_id FROM followers WHERE follower_id = ?1)";
    case FeedKind::OfProblem:
        return "x.problem_id = ?3";
    case FeedKind::OfPerson:
        return "x.user_id = ?3";
    case FeedKind::Newest:
        break;
    }
    return "?3 = ?3";
}

struct Answer {
    Comment comment;
    std::string parent;
};

/// As a list in reading order. What answers a comment that is not here answers the post.
std::vector<Comment> inReadingOrder(std::vector<Answer> &answers)
{
    std::unordered_map<std::string_view, std::size_t> byId;
    for (std::size_t i = 0; i < answers.size(); ++i)
        byId.emplace(answers[i].comment.id, i);
    std::vector<std::vector<std::size_t>> children(answers.size());
    std::vector<std::size_t> open;
    for (std::size_t i = answers.size(); i-- > 0;) {
        const auto parent = byId.find(answers[i].parent);
        // One that is older than what it answers would make a ring possible.
        if (parent != byId.end() && parent->second < i)
            children[parent->second].push_back(i);
        else
            open.push_back(i);
    }
    std::vector<Comment> list;
    list.reserve(answers.size());
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        for (const std::size_t child : children[at]) {
            answers[child].comment.depth = answers[at].comment.depth + 1;
            open.push_back(child);
        }
        list.push_back(std::move(answers[at].comment));
    }
    return list;
}

Person readPerson(sqlite::Statement &row) { return {row.string(0), row.string(1)}; }

} // namespace

base::Result<std::vector<Post>> CommunityRead::feed(const FeedQuery &query)
{
    const FeedPlace before = query.before.value_or(FeedPlace{"~", ""}); // behind every moment
    // The texts are read of those alone that are on the page.
    const std::string sql = kPostColumns + "WHERE p.id IN (SELECT x.id FROM community_posts x WHERE " +
                            conditionOf(query.kind) +
                            " AND (x.created_at, x.id) < (?4, ?5) ORDER BY x.created_at DESC, x.id DESC LIMIT ?6) "
                            "ORDER BY p.created_at DESC, p.id DESC";
    return select(m_context.database, sql, readPost, m_context.userId, 600, query.of, before.createdAt, before.id,
                  query.limit);
}

base::Result<std::optional<Post>> CommunityRead::post(std::string_view id)
{
    return selectOne(m_context.database, kPostColumns + "WHERE p.id = ?3", readPost, m_context.userId, 24'000, id);
}

base::Result<Thread> CommunityRead::thread(std::string_view postId)
{
    auto answers = select(
        m_context.database,
        "SELECT c.id, c.user_id, u.username, substr(c.content, 1, 6000), c.created_at, coalesce(c.parent_id, ''), "
        "c.user_id = ?1, EXISTS (SELECT 1 FROM outbox o WHERE o.user_id = ?1 AND o.target = 'comment:' || c.id) "
        "FROM post_comments c JOIN users u ON u.id = c.user_id WHERE c.post_id = ?2 "
        "ORDER BY c.created_at, c.id LIMIT ?3",
        [](sqlite::Statement &row) {
            Answer read;
            Comment &comment = read.comment;
            comment.id = row.string(0);
            comment.authorId = row.string(1);
            comment.author = row.string(2);
            comment.content = row.string(3);
            comment.createdAt = moment(row.text(4));
            read.parent = row.string(5);
            comment.own = row.integer(6) != 0;
            comment.waiting = row.integer(7) != 0;
            comment.deleted = comment.content == kDeleted;
            return read;
        },
        m_context.userId, postId, kMostComments + 1);
    if (!answers)
        return answers.error();
    Thread thread;
    thread.more = answers->size() > kMostComments;
    if (thread.more)
        answers->resize(kMostComments);
    thread.comments = inReadingOrder(*answers);
    return thread;
}

base::Result<std::optional<PersonPage>> CommunityRead::person(std::string_view userId)
{
    auto found = selectOne(
        m_context.database,
        "SELECT u.id, u.username, trim(coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')), "
        "coalesce(u.company_name, ''), coalesce(u.linkedin_url, ''), u.created_at, u.problems_solved, "
        "(SELECT count(*) FROM community_posts p WHERE p.user_id = u.id), u.id = ?1, "
        "EXISTS (SELECT 1 FROM followers f WHERE f.follower_id = ?1 AND f.following_id = u.id) "
        "FROM users u WHERE u.id = ?2",
        [](sqlite::Statement &row) {
            PersonPage page;
            page.person = readPerson(row);
            page.name = row.string(2);
            page.company = row.string(3);
            page.linkedin = row.string(4);
            page.since = moment(row.text(5));
            page.solved = static_cast<int>(row.integer(6));
            page.posts = static_cast<int>(row.integer(7));
            page.own = row.integer(8) != 0;
            page.followed = row.integer(9) != 0;
            return page;
        },
        m_context.userId, userId);
    if (!found || !*found)
        return found;
    auto followers = select(m_context.database,
                            "SELECT u.id, u.username FROM followers f JOIN users u ON u.id = f.follower_id "
                            "WHERE f.following_id = ? ORDER BY u.username LIMIT 500",
                            readPerson, userId);
    if (!followers)
        return followers.error();
    auto following = select(m_context.database,
                            "SELECT u.id, u.username FROM followers f JOIN users u ON u.id = f.following_id "
                            "WHERE f.follower_id = ? ORDER BY u.username LIMIT 500",
                            readPerson, userId);
    if (!following)
        return following.error();
    (*found)->followers = std::move(*followers);
    (*found)->following = std::move(*following);
    return found;
}

base::Result<std::vector<Link>> CommunityRead::links(int limit)
{
    return select(
        m_context.database,
        "SELECT l.id, l.user_id, u.username, l.title, substr(l.url, 1, 2000), l.created_at, l.user_id = ?1 "
        "FROM helpful_links l JOIN users u ON u.id = l.user_id ORDER BY l.created_at DESC, l.id DESC LIMIT ?2",
        [](sqlite::Statement &row) {
            return Link{row.string(0), row.string(1),       row.string(2),      row.string(3),
                        row.string(4), moment(row.text(5)), row.integer(6) != 0};
        },
        m_context.userId, limit);
}

base::Result<void> CommunityRead::keep(std::string_view space, std::string_view key, std::string_view json)
{
    const base::UnixMicros now = m_context.clock->now();
    return m_context.database.run(
        "INSERT INTO cache_entries (id, cache_key, namespace, data, expires_at, created_at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (cache_key, namespace) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at, "
        "created_at = excluded.created_at",
        base::randomUuid(), key, space, json, base::timestampText(now + kKeptFor), base::timestampText(now));
}

base::Result<std::optional<KeptAnswer>> CommunityRead::kept(std::string_view space, std::string_view key)
{
    return selectOne(
        m_context.database, "SELECT data, created_at FROM cache_entries WHERE namespace = ? AND cache_key = ?",
        [](sqlite::Statement &row) {
            return KeptAnswer{row.string(0), moment(row.text(1))};
        },
        space, key);
}

} // namespace sqlgym::cache
