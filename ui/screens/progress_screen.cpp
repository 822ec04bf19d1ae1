#include "screens/progress_screen.h"

#include "screens/badge_page.h"
#include "screens/progress_pages.h"
#include "widgets/notice_bar.h"
#include "widgets/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

namespace sqlgym::screens {

ProgressScreen::ProgressScreen(QWidget *parent)
    : QWidget(parent), m_notice(new widgets::NoticeBar), m_tabs(new QTabWidget), m_overview(new OverviewPage),
      m_activity(new ActivityPage), m_curves(new CurvesPage), m_topics(new TopicsPage), m_badges(new BadgePage)
{
    setAccessibleName(tr("Progress"));
    m_notice->setAccessibleName(tr("Progress notice"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setAccessibleName(tr("Pages of Progress"));
    m_tabs->addTab(m_overview, tr("Overview"));
    m_tabs->addTab(m_activity, tr("Activity"));
    m_tabs->addTab(m_curves, tr("Curves"));
    m_tabs->addTab(m_topics, tr("Topics"));
    m_tabs->addTab(m_badges, tr("Badges"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_tabs, 1);
    setFocusProxy(m_tabs->tabBar());
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &ProgressScreen::rebuild);
}

void ProgressScreen::setView(const session::ProgressView &view)
{
    m_view = view;
    m_read = true;
    rebuild();
}

void ProgressScreen::setStreakShown(bool shown)
{
    m_streakShown = shown;
    rebuild();
}

void ProgressScreen::showPage(Page page) { m_tabs->setCurrentIndex(page); }

void ProgressScreen::rebuild()
{
    if (!m_read)
        return;
    m_notice->setVisible(false);
    if (!m_view.notice.isEmpty())
        m_notice->setNotice(widgets::NoticeKind::Warning, m_view.notice.title, m_view.notice.text);
    m_overview->setView(m_view, m_streakShown);
    m_activity->setView(m_view);
    m_curves->setView(m_view);
    m_topics->setView(m_view);
    m_badges->setBadges(m_view.badges);
}

} // namespace sqlgym::screens
