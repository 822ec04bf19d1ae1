// The community as the window asks for it. Every function here runs on the cache thread.
#pragma once

#include "session/cache_work.h"

#include <QtCore/QDateTime>

#include <optional>

namespace sqlgym::session {

/// All texts are cleaned of control and direction characters, and bounded: see cache/community_read.h.
struct PostEntry {
    QString id;
    QString authorId;
    QString author;
    QString problemSlug; ///< empty = of no problem
    QString problemTitle;
    QString words; ///< its beginning in one line
    QDateTime written;
    int likes = 0;
    int comments = 0;
    bool code = false; ///< there is some
    bool edited = false;
    bool liked = false;
    bool own = false;
    bool waiting = false;
    bool followed = false; ///< its writer
    cache::FeedPlace place;
};

struct FeedPage {
    QList<PostEntry> posts;
    bool more = false; ///< there are older ones
    Notice notice;
};

struct CommentEntry {
    QString id;
    QString authorId;
    QString author;
    QString text;
    QDateTime written;
    int depth = 0;
    bool own = false;
    bool deleted = false;
    bool waiting = false;
};

struct PostPage {
    std::optional<PostEntry> post; ///< none: it is gone
    QString content;               ///< Markdown
    QString code;
    qint64 leftOut = 0; ///< characters of the content
    QList<CommentEntry> comments;
    bool moreComments = false;
    bool spoils = false; ///< somebody else's code for a problem that the learner has neither solved nor given up
    Notice notice;
};

/// What was written; on failure `notice` says why.
struct Written {
    QString id;
    Notice notice;
};

/// A post that is being written: kept until it is sent.
struct PostDraft {
    QString content;
    QString code;
};

/// Of a person without an id: of the learner.
FeedPage readFeed(CacheSlot &slot, cache::FeedQuery query);
PostPage readPost(CacheSlot &slot, const std::string &id);

Written writePost(CacheSlot &slot, const QString &problemId, const PostDraft &draft);
Notice editPost(CacheSlot &slot, const std::string &id, const PostDraft &draft);
Notice deletePost(CacheSlot &slot, const std::string &id);
Notice setLiked(CacheSlot &slot, const std::string &id, bool liked);
Notice setFollowed(CacheSlot &slot, const std::string &userId, bool followed);
Written writeComment(CacheSlot &slot, const std::string &postId, const QString &parentId, const QString &text);
Notice deleteComment(CacheSlot &slot, const std::string &id);
/// `kind`: post, comment, user or link.
Notice report(CacheSlot &slot, const std::string &kind, const std::string &id, const QString &reason);
Notice hide(CacheSlot &slot, const std::string &kind, const std::string &id);

PostDraft readPostDraft(CacheSlot &slot);
/// An empty one is forgotten.
Notice keepPostDraft(CacheSlot &slot, const PostDraft &draft);

} // namespace sqlgym::session
