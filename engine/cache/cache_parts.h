// What a Cache is made of.
#pragma once

#include "cache/cache.h"
#include "cache/file_lock.h"
#include "cache/mirror_update.h"
#include "cache/store_context.h"

namespace sqlgym::cache {

struct CacheParts {
    FileLock lock; ///< released after the connection is closed
    StoreContext context;
    OpenReport report;
    std::string userName;

    ProblemStore problems{context};
    SearchStore search{context};
    DraftStore drafts{context};
    AttemptStore attempts{context};
    CommunityStore community{context};
    CommunityRead communityRead{context};
    LearningStore learning{context};
    ProfileStore profile{context};
    ProgressStore progress{context};
    Outbox outbox{context};
    SolutionStore solutions{context};
    UiState uiState{context};
    MirrorStore mirror{context};
};

} // namespace sqlgym::cache
