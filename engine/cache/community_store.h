// What learners write to each other: posts, comments, likes, follows, links, solutions. Shown here at once, done by the
// server when there is one.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::cache {

struct StoreContext;

/// Each function writes one transaction: the row here and the entry in the outbox. Those that make something return its
/// id, here and on the server. Errors of all: see enqueue() in outbox_write.h.
class CommunityStore {
public:
    explicit CommunityStore(StoreContext &context) : m_context(context) {}

    base::Result<std::string> createPost(const std::optional<std::string> &problemId, const std::string &content,
                                         const std::optional<std::string> &codeSnippet = {});
    base::Result<void> editPost(std::string_view id, const std::string &content,
                                const std::optional<std::string> &codeSnippet = {});
    base::Result<void> deletePost(std::string_view id);

    /// `parentId`: the comment that is answered, on the same post.
    base::Result<std::string> createComment(std::string_view postId, const std::optional<std::string> &parentId,
                                            const std::string &content);
    base::Result<void> deleteComment(std::string_view id);

    // Nothing happens where it is so already.
    base::Result<void> setLiked(std::string_view postId, bool liked);
    base::Result<void> setFollowed(std::string_view userId, bool followed);

    base::Result<std::string> addLink(const std::string &title, const std::string &url);
    base::Result<void> deleteLink(std::string_view id);
    base::Result<std::string> addSolution(std::string_view problemId, const std::string &title,
                                          const std::string &content, const std::string &sqlCode);
    base::Result<void> editSolution(std::string_view id, const std::string &title, const std::string &content,
                                    const std::string &sqlCode);
    base::Result<void> deleteSolution(std::string_view id);

    /// `kind`: post, comment, solution, user or link.
    base::Result<void> report(const std::string &kind, std::string_view targetId, const std::string &reason);
    base::Result<void> hide(const std::string &kind, std::string_view targetId);

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
