// What a learner did for others, as badges count it.
#pragma once

namespace sqlgym::progress {

/// As it stands now: what was taken back counts no longer.
struct Deeds {
    int posts = 0;
    int comments = 0;
    int likesReceived = 0; ///< others' likes of one's posts
    int followers = 0;
    int solutionsShared = 0; ///< official ones do not count
    int linksShared = 0;
};

} // namespace sqlgym::progress
