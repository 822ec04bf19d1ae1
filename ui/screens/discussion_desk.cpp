#include "screens/discussion_desk.h"

#include "models/labels.h"
#include "screens/community_posts.h"
#include "screens/practice_screen.h"
#include "screens/problem_marks.h"
#include "screens/workspace.h"

namespace sqlgym::screens {

DiscussionDesk::DiscussionDesk(session::Store &store, PracticeScreen &practice)
    : QObject(&practice), m_store(store), m_practice(practice)
{
    connect(practice.workspace(), &Workspace::discussionWanted, this, &DiscussionDesk::make);
    connect(practice.workspace()->marks(), &ProblemMarks::discussionWanted, this, &DiscussionDesk::open);
    connect(&practice, &PracticeScreen::problemShown, this, &DiscussionDesk::tellProblem);
    connect(&store, &session::Store::standingChanged, this, &DiscussionDesk::renew);
    connect(&store, &session::Store::gaveUp, this, &DiscussionDesk::renew);
}

void DiscussionDesk::open()
{
    m_practice.workspace()->showSide(Workspace::Discussion);
    m_posts->setFocus();
}

void DiscussionDesk::renew()
{
    if (m_posts)
        m_posts->renew();
}

void DiscussionDesk::make()
{
    m_posts = new CommunityPosts(m_store, CommunityPosts::Form::Narrow);
    connect(m_posts, &CommunityPosts::codeChosen, &m_practice, &PracticeScreen::openScratch);
    connect(m_posts, &CommunityPosts::problemChosen, &m_practice, &PracticeScreen::openProblem);
    connect(m_posts, &CommunityPosts::statusMessage, &m_practice, &PracticeScreen::statusMessage);
    tellProblem();
    m_practice.workspace()->fill(Workspace::Discussion, m_posts);
}

void DiscussionDesk::tellProblem()
{
    const auto &problem = m_practice.workspace()->opened().problem;
    if (m_posts && problem)
        m_posts->setProblem(QString::fromStdString(problem->id), models::fromUtf8(problem->title));
}

} // namespace sqlgym::screens
