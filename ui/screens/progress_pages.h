// The pages of Progress that show figures: each takes the whole view.
#pragma once

#include "session/progress_work.h"

#include <QtWidgets/QScrollArea>

class QLabel;
class QTableWidget;
class QTreeWidget;

namespace sqlgym::models {
class ActivityModel;
}
namespace sqlgym::widgets {
class ActivityView;
class CurveChart;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

/// "2 h 05 min".
QString spentLabel(int seconds);

class OverviewPage : public QScrollArea {
    Q_OBJECT
public:
    explicit OverviewPage(QWidget *parent = nullptr);
    void setView(const session::ProgressView &view, bool withStreak);
};

class ActivityPage : public QWidget {
    Q_OBJECT
public:
    explicit ActivityPage(QWidget *parent = nullptr);
    void setView(const session::ProgressView &view);

private:
    void showDay();

    models::ActivityModel *m_model;
    widgets::ActivityView *m_view;
    QLabel *m_summary;
    QLabel *m_day;
};

class CurvesPage : public QWidget {
    Q_OBJECT
public:
    explicit CurvesPage(QWidget *parent = nullptr);
    void setView(const session::ProgressView &view);

private:
    widgets::CurveChart *m_experience;
    widgets::CurveChart *m_solved;
    QTableWidget *m_table;
};

class TopicsPage : public QWidget {
    Q_OBJECT
public:
    explicit TopicsPage(QWidget *parent = nullptr);
    void setView(const session::ProgressView &view);

private:
    QTreeWidget *m_tree;
};

} // namespace sqlgym::screens
