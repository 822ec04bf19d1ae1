#include "session/marks_work.h"

namespace sqlgym::session {

Marks readMarks(CacheSlot &slot, const QString &problemId)
{
    Marks marks;
    marks.problemId = problemId;
    if (!slot.cache)
        return marks;
    const std::string id = problemId.toStdString();
    const auto interaction = slot.cache->learning().interaction(id);
    const auto mayVote = slot.cache->learning().mayVote(id);
    if (!interaction || !mayVote) {
        marks.notice = noticeFor(interaction ? mayVote.error() : interaction.error());
        return marks;
    }
    marks.bookmark = interaction->bookmark;
    marks.upvote = interaction->upvote;
    marks.downvote = interaction->downvote;
    marks.mayVote = *mayVote;
    return marks;
}

Marks setMarks(CacheSlot &slot, const Marks &wanted)
{
    Marks before = readMarks(slot, wanted.problemId);
    if (!slot.cache || !before.notice.isEmpty())
        return before;
    const bool vote = before.mayVote;
    const auto done = slot.cache->learning().setInteraction(
        wanted.problemId.toStdString(),
        {wanted.bookmark, vote ? wanted.upvote : before.upvote, vote ? wanted.downvote : before.downvote});
    if (!done) {
        before.notice = noticeFor(done.error());
        return before;
    }
    return readMarks(slot, wanted.problemId);
}

} // namespace sqlgym::session
