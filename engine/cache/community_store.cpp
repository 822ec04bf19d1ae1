#include "cache/community_store.h"

#include "cache/outbox_write.h"
#include "cache/store_context.h"
#include "sqlite/transaction.h"

namespace sqlgym::cache {
namespace {

using Json = nlohmann::json;

Json orNull(const std::optional<std::string> &text) { return text ? Json(*text) : Json(); }

base::Result<void> withoutId(const base::Result<std::string> &result)
{
    return result ? base::Result<void>() : result.error();
}

struct Toggle {
    const char *on;
    const char *off;
    const char *argument;
    const char *isOn; ///< SQL: whether it is so, of the learner and what it is about
};

constexpr Toggle kLike{"like_post", "unlike_post", "post_id",
                       "SELECT count(*) FROM post_likes WHERE user_id = ? AND post_id = ?"};
constexpr Toggle kFollow{"follow", "unfollow", "user_id",
                         "SELECT count(*) FROM followers WHERE follower_id = ? AND following_id = ?"};

base::Result<void> set(StoreContext &context, const Toggle &toggle, std::string_view id, bool wanted)
{
    auto transaction = sqlite::Transaction::begin(context.database);
    if (!transaction)
        return transaction.error();
    // Twice where a pair went that had not changed anything.
    for (int times = 0; times < 2; ++times) {
        auto is = context.database.integer(toggle.isOn, context.userId, id);
        if (!is)
            return is.error();
        if ((*is > 0) == wanted)
            break;
        auto done = enqueue(context, {.kind = wanted ? toggle.on : toggle.off,
                                      .payload = {{toggle.argument, std::string(id)}},
                                      .target = std::string(toggle.on) + ":" + std::string(id),
                                      .id = {}});
        if (!done)
            return done.error();
    }
    return transaction->commit();
}

} // namespace

base::Result<std::string> CommunityStore::createPost(const std::optional<std::string> &problemId,
                                                     const std::string &content,
                                                     const std::optional<std::string> &codeSnippet)
{
    return enqueueNew(m_context, "create_post", "post:",
                      {{"problem_id", orNull(problemId)}, {"content", content}, {"code_snippet", orNull(codeSnippet)}});
}

base::Result<void> CommunityStore::editPost(std::string_view id, const std::string &content,
                                            const std::optional<std::string> &codeSnippet)
{
    return withoutId(enqueue(
        m_context, {.kind = "edit_post",
                    .payload = {{"id", std::string(id)}, {"content", content}, {"code_snippet", orNull(codeSnippet)}},
                    .target = "post:" + std::string(id),
                    .id = {}}));
}

base::Result<void> CommunityStore::deletePost(std::string_view id)
{
    return withoutId(enqueueAbout(m_context, "delete_post", "post:", id));
}

base::Result<std::string> CommunityStore::createComment(std::string_view postId,
                                                        const std::optional<std::string> &parentId,
                                                        const std::string &content)
{
    return enqueueNew(m_context, "create_comment", "comment:",
                      {{"post_id", std::string(postId)}, {"parent_id", orNull(parentId)}, {"content", content}});
}

base::Result<void> CommunityStore::deleteComment(std::string_view id)
{
    return withoutId(enqueueAbout(m_context, "delete_comment", "comment:", id));
}

base::Result<void> CommunityStore::setLiked(std::string_view postId, bool liked)
{
    return set(m_context, kLike, postId, liked);
}

base::Result<void> CommunityStore::setFollowed(std::string_view userId, bool followed)
{
    return set(m_context, kFollow, userId, followed);
}

base::Result<std::string> CommunityStore::addLink(const std::string &title, const std::string &url)
{
    return enqueueNew(m_context, "add_link", "link:", {{"title", title}, {"url", url}});
}

base::Result<void> CommunityStore::deleteLink(std::string_view id)
{
    return withoutId(enqueueAbout(m_context, "delete_link", "link:", id));
}

base::Result<std::string> CommunityStore::addSolution(std::string_view problemId, const std::string &title,
                                                      const std::string &content, const std::string &sqlCode)
{
    return enqueueNew(
        m_context, "add_solution", "solution:",
        {{"problem_id", std::string(problemId)}, {"title", title}, {"content", content}, {"sql_code", sqlCode}});
}

base::Result<void> CommunityStore::editSolution(std::string_view id, const std::string &title,
                                                const std::string &content, const std::string &sqlCode)
{
    return withoutId(enqueue(
        m_context, {.kind = "edit_solution",
                    .payload = {{"id", std::string(id)}, {"title", title}, {"content", content}, {"sql_code", sqlCode}},
                    .target = "solution:" + std::string(id),
                    .id = {}}));
}

base::Result<void> CommunityStore::deleteSolution(std::string_view id)
{
    return withoutId(enqueueAbout(m_context, "delete_solution", "solution:", id));
}

base::Result<void> CommunityStore::report(const std::string &kind, std::string_view targetId, const std::string &reason)
{
    return withoutId(
        enqueue(m_context, {.kind = "report",
                            .payload = {{"kind", kind}, {"target_id", std::string(targetId)}, {"reason", reason}},
                            .target = {},
                            .id = {}}));
}

base::Result<void> CommunityStore::hide(const std::string &kind, std::string_view targetId)
{
    return withoutId(enqueue(
        m_context,
        {.kind = "hide", .payload = {{"kind", kind}, {"target_id", std::string(targetId)}}, .target = {}, .id = {}}));
}

} // namespace sqlgym::cache
