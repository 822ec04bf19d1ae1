// What was reached: overview, activity, curves, topics, badges.
#pragma once

#include "session/progress_work.h"

#include <QtWidgets/QWidget>

class QTabWidget;

namespace sqlgym::widgets {
class NoticeBar;
}

namespace sqlgym::screens {

class ActivityPage;
class BadgePage;
class CurvesPage;
class OverviewPage;
class TopicsPage;

class ProgressScreen : public QWidget {
    Q_OBJECT
public:
    enum Page { Overview, Activity, Curves, Topics, Badges };

    explicit ProgressScreen(QWidget *parent = nullptr);

    void setView(const session::ProgressView &view);
    void setStreakShown(bool shown);
    void showPage(Page page);

private:
    void rebuild();

    session::ProgressView m_view;
    bool m_read = false;
    bool m_streakShown = true;
    widgets::NoticeBar *m_notice;
    QTabWidget *m_tabs;
    OverviewPage *m_overview;
    ActivityPage *m_activity;
    CurvesPage *m_curves;
    TopicsPage *m_topics;
    BadgePage *m_badges;
};

} // namespace sqlgym::screens
