// What a learner thinks of a problem: bookmark and votes. Every function here runs on the cache thread.
#pragma once

#include "session/cache_work.h"

namespace sqlgym::session {

struct Marks {
    QString problemId;
    bool bookmark = false;
    bool upvote = false;
    bool downvote = false;
    bool mayVote = false; ///< votes are for those who have handed something in
    Notice notice;
};

Marks readMarks(CacheSlot &slot, const QString &problemId);
/// Through the outbox; at most one vote, and none where it is not allowed. What is so then.
Marks setMarks(CacheSlot &slot, const Marks &wanted);

} // namespace sqlgym::session
