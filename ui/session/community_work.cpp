#include "session/community_work.h"

#include "client/trouble.h"

#include <algorithm>

namespace sqlgym::session {

namespace {

constexpr char kDraftContent[] = "community/draft";
constexpr char kDraftCode[] = "community/draft_code";
constexpr qsizetype kWordsLength = 300;

QString clean(const std::string &utf8) { return QString::fromStdString(client::plainText(utf8, true)); }
QString line(const std::string &utf8) { return QString::fromStdString(client::plainText(utf8)).simplified(); }
QDateTime moment(base::UnixMicros at) { return QDateTime::fromMSecsSinceEpoch(at / 1000); }

/// Without what Markdown marks headings, quotes and code with.
QString wordsOf(const std::string &content)
{
    QStringList lines;
    for (QString each : clean(content).split(u'\n')) {
        each = each.trimmed();
        if (each.startsWith(QLatin1String("```")))
            continue;
        while (each.startsWith(u'#') || each.startsWith(u'>'))
            each = each.mid(1).trimmed();
        lines << each;
    }
    return lines.join(u' ').remove(u'`').remove(QLatin1String("**")).simplified().left(kWordsLength);
}

PostEntry entryOf(const cache::Post &post)
{
    PostEntry entry;
    entry.id = QString::fromStdString(post.place.id);
    entry.authorId = QString::fromStdString(post.authorId);
    entry.author = line(post.author);
    entry.problemSlug = QString::fromStdString(post.problemSlug);
    entry.problemTitle = line(post.problemTitle);
    entry.words = wordsOf(post.content);
    entry.written = moment(post.createdAt);
    entry.likes = post.likes;
    entry.comments = post.comments;
    entry.code = !post.code.empty();
    entry.edited = post.edited;
    entry.liked = post.liked;
    entry.own = post.own;
    entry.waiting = post.waiting;
    entry.followed = post.followed;
    entry.place = post.place;
    return entry;
}

std::optional<std::string> codeOf(const PostDraft &draft)
{
    return draft.code.trimmed().isEmpty() ? std::optional<std::string>() : draft.code.toStdString();
}

template <typename Write> Notice written(CacheSlot &slot, Write write)
{
    if (!slot.cache)
        return noCache();
    const auto done = write(slot.cache->community());
    return done ? Notice() : noticeFor(done.error());
}

template <typename Write> Written made(CacheSlot &slot, Write write)
{
    if (!slot.cache)
        return {{}, noCache()};
    const auto id = write(slot.cache->community());
    return id ? Written{QString::fromStdString(*id), {}} : Written{{}, noticeFor(id.error())};
}

} // namespace

FeedPage readFeed(CacheSlot &slot, cache::FeedQuery query)
{
    FeedPage page;
    if (!slot.cache) {
        page.notice = noCache();
        return page;
    }
    if (query.kind == cache::FeedKind::OfPerson && query.of.empty())
        query.of = slot.cache->userId();
    const auto wanted = static_cast<std::size_t>(query.limit);
    ++query.limit;
    const auto posts = slot.cache->communityRead().feed(query);
    if (!posts) {
        page.notice = noticeFor(posts.error());
        return page;
    }
    page.more = posts->size() > wanted;
    for (std::size_t i = 0; i < std::min(wanted, posts->size()); ++i)
        page.posts << entryOf((*posts)[i]);
    return page;
}

namespace {

bool wouldSpoil(CacheSlot &slot, const cache::Post &post)
{
    if (post.own || post.code.empty() || post.problemSlug.empty())
        return false;
    const auto problem = slot.cache->problems().summary(post.problemSlug);
    return !problem || !*problem ||
           ((*problem)->state != ProblemStatus::Solved && (*problem)->state != ProblemStatus::GaveUp);
}

} // namespace

PostPage readPost(CacheSlot &slot, const std::string &id)
{
    PostPage page;
    if (!slot.cache) {
        page.notice = noCache();
        return page;
    }
    const auto post = slot.cache->communityRead().post(id);
    if (!post) {
        page.notice = noticeFor(post.error());
        return page;
    }
    if (!*post)
        return page;
    page.post = entryOf(**post);
    page.content = clean((*post)->content);
    page.code = clean((*post)->code);
    page.leftOut = std::max<qint64>(0, (*post)->characters - static_cast<qint64>(page.content.toUcs4().size()));
    page.spoils = wouldSpoil(slot, **post);
    const auto thread = slot.cache->communityRead().thread(id);
    if (!thread) {
        page.notice = noticeFor(thread.error());
        return page;
    }
    page.moreComments = thread->more;
    for (const cache::Comment &comment : thread->comments)
        page.comments << CommentEntry{QString::fromStdString(comment.id),
                                      QString::fromStdString(comment.authorId),
                                      line(comment.author),
                                      clean(comment.content),
                                      moment(comment.createdAt),
                                      comment.depth,
                                      comment.own,
                                      comment.deleted,
                                      comment.waiting};
    return page;
}

Written writePost(CacheSlot &slot, const QString &problemId, const PostDraft &draft)
{
    const auto problem = problemId.isEmpty() ? std::optional<std::string>() : problemId.toStdString();
    return made(slot, [&](cache::CommunityStore &store) {
        return store.createPost(problem, draft.content.toStdString(), codeOf(draft));
    });
}

Notice editPost(CacheSlot &slot, const std::string &id, const PostDraft &draft)
{
    return written(slot, [&](cache::CommunityStore &store) {
        return store.editPost(id, draft.content.toStdString(), codeOf(draft));
    });
}

Notice deletePost(CacheSlot &slot, const std::string &id)
{
    return written(slot, [&](cache::CommunityStore &store) { return store.deletePost(id); });
}

Notice setLiked(CacheSlot &slot, const std::string &id, bool liked)
{
    return written(slot, [&](cache::CommunityStore &store) { return store.setLiked(id, liked); });
}

Notice setFollowed(CacheSlot &slot, const std::string &userId, bool followed)
{
    return written(slot, [&](cache::CommunityStore &store) { return store.setFollowed(userId, followed); });
}

Written writeComment(CacheSlot &slot, const std::string &postId, const QString &parentId, const QString &text)
{
    const auto parent = parentId.isEmpty() ? std::optional<std::string>() : parentId.toStdString();
    return made(slot,
                [&](cache::CommunityStore &store) { return store.createComment(postId, parent, text.toStdString()); });
}

Notice deleteComment(CacheSlot &slot, const std::string &id)
{
    return written(slot, [&](cache::CommunityStore &store) { return store.deleteComment(id); });
}

Notice report(CacheSlot &slot, const std::string &kind, const std::string &id, const QString &reason)
{
    return written(slot, [&](cache::CommunityStore &store) { return store.report(kind, id, reason.toStdString()); });
}

Notice hide(CacheSlot &slot, const std::string &kind, const std::string &id)
{
    return written(slot, [&](cache::CommunityStore &store) { return store.hide(kind, id); });
}

PostDraft readPostDraft(CacheSlot &slot)
{
    PostDraft draft;
    if (!slot.cache)
        return draft;
    if (const auto content = slot.cache->uiState().value(kDraftContent); content && *content)
        draft.content = QString::fromStdString(**content);
    if (const auto code = slot.cache->uiState().value(kDraftCode); code && *code)
        draft.code = QString::fromStdString(**code);
    return draft;
}

Notice keepPostDraft(CacheSlot &slot, const PostDraft &draft)
{
    if (!slot.cache)
        return noCache();
    const auto kept = slot.cache->uiState().set(
        {{kDraftContent, draft.content.toStdString()}, {kDraftCode, draft.code.toStdString()}});
    return kept ? Notice() : noticeFor(kept.error());
}

} // namespace sqlgym::session
