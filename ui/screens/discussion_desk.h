// What is said about the open problem, beside it: between that page, the profile and the workspace.
#pragma once

#include "session/store.h"

namespace sqlgym::screens {

class CommunityPosts;
class PracticeScreen;

class DiscussionDesk : public QObject {
    Q_OBJECT
public:
    /// The page is made when it is first looked at.
    DiscussionDesk(session::Store &store, PracticeScreen &practice);

    void open();
    /// The profile may hold other posts.
    void renew();

private:
    void make();
    void tellProblem();

    session::Store &m_store;
    PracticeScreen &m_practice;
    CommunityPosts *m_posts = nullptr;
};

} // namespace sqlgym::screens
