#include "screens/community_screen.h"

#include "screens/community_posts.h"
#include "screens/leaderboard_page.h"
#include "screens/links_page.h"
#include "screens/person_page.h"
#include "widgets/notice_bar.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

namespace sqlgym::screens {

using session::LinkState;

namespace {

constexpr int kFetchMs = 20'000; ///< while it is looked at

} // namespace

CommunityScreen::CommunityScreen(session::Store &store, session::ServerLink &link, QWidget *parent)
    : QWidget(parent), m_store(store), m_link(link), m_state(new widgets::NoticeBar), m_stack(new QStackedWidget),
      m_tabs(new QTabWidget), m_posts(new CommunityPosts(store, CommunityPosts::Form::Wide)),
      m_leaderboard(new LeaderboardPage(store, link)), m_links(new LinksPage(store)),
      m_person(new PersonPage(store, link))
{
    m_state->setAccessibleName(tr("State of the community"));
    m_state->hide();
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setAccessibleName(tr("Pages of the community"));
    m_tabs->addTab(m_posts, tr("Posts"));
    m_tabs->addTab(m_leaderboard, tr("Leaderboard"));
    m_tabs->addTab(m_links, tr("Links"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_state);
    m_stack->addWidget(m_tabs);
    m_stack->addWidget(m_person);
    column->addWidget(m_stack, 1);
    setFocusProxy(m_posts);
    connect(m_posts, &CommunityPosts::codeChosen, this, &CommunityScreen::codeChosen);
    connect(m_posts, &CommunityPosts::problemChosen, this, &CommunityScreen::problemChosen);
    connect(m_posts, &CommunityPosts::statusMessage, this, &CommunityScreen::statusMessage);
    connect(m_links, &LinksPage::statusMessage, this, &CommunityScreen::statusMessage);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] { setFocusProxy(m_tabs->currentWidget()); });
    connect(m_leaderboard, &LeaderboardPage::personChosen, this, &CommunityScreen::showPerson);
    connect(m_posts, &CommunityPosts::personChosen, this, &CommunityScreen::showPerson);
    connect(m_person, &PersonPage::backChosen, this, &CommunityScreen::leavePerson);
    connect(m_person, &PersonPage::postsChosen, this, [this](const QString &userId, const QString &name) {
        leavePerson();
        showPage(Posts);
        m_posts->showPostsOf(userId, name);
    });
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

void CommunityScreen::renew()
{
    m_posts->renew();
    m_links->renew();
    m_leaderboard->renew();
    m_person->renew();
}

void CommunityScreen::showPerson(const QString &userId, const QString &name)
{
    m_person->open(userId, name);
    m_stack->setCurrentWidget(m_person);
    setFocusProxy(m_person);
    m_person->setFocus();
}

void CommunityScreen::leavePerson()
{
    m_stack->setCurrentWidget(m_tabs);
    setFocusProxy(m_tabs->currentWidget());
    m_tabs->currentWidget()->setFocus();
}

void CommunityScreen::showPage(Page page) { m_tabs->setCurrentIndex(page); }

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
