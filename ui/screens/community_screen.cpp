#include "screens/community_screen.h"

#include "screens/community_posts.h"
#include "widgets/notice_bar.h"

#include <QtWidgets/QBoxLayout>

namespace sqlgym::screens {

using session::LinkState;

namespace {

constexpr int kFetchMs = 20'000; ///< while it is looked at

} // namespace

CommunityScreen::CommunityScreen(session::Store &store, session::ServerLink &link, QWidget *parent)
    : QWidget(parent), m_store(store), m_link(link), m_state(new widgets::NoticeBar),
      m_posts(new CommunityPosts(store, CommunityPosts::Form::Wide))
{
    m_state->setAccessibleName(tr("State of the community"));
    m_state->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_state);
    column->addWidget(m_posts, 1);
    setFocusProxy(m_posts);
    connect(m_posts, &CommunityPosts::codeChosen, this, &CommunityScreen::codeChosen);
    connect(m_posts, &CommunityPosts::problemChosen, this, &CommunityScreen::problemChosen);
    connect(m_posts, &CommunityPosts::statusMessage, this, &CommunityScreen::statusMessage);
    connect(&link, &session::ServerLink::stateChanged, this, &CommunityScreen::showState);
    m_again.setInterval(kFetchMs);
    connect(&m_again, &QTimer::timeout, this, &CommunityScreen::fetch);
    showState();
}

void CommunityScreen::showState()
{
    const auto kind = m_link.state().kind;
    const bool alone = kind == LinkState::Kind::NoServer || kind == LinkState::Kind::SignedOut;
    m_state->setVisible(alone);
    if (!alone)
        return;
    m_state->setNotice(widgets::NoticeKind::Info, tr("You are not signed in to a server."),
                       tr("What you write is kept here and is sent once you sign in; then you also see what others "
                          "wrote."));
    m_state->addButton(tr("Sign in\u2026"), this, [this] { emit accountAsked(); });
}

void CommunityScreen::renew() { m_posts->renew(); }

void CommunityScreen::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fetch();
    m_again.start();
}

void CommunityScreen::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_again.stop();
}

void CommunityScreen::fetch()
{
    if (m_link.state().kind == LinkState::Kind::Synced)
        m_link.syncNow();
}

} // namespace sqlgym::screens
