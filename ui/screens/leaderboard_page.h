// Who has the most points, of those who want to be seen.
#pragma once

#include "session/leaderboard_desk.h"

#include <QtWidgets/QWidget>

class QCheckBox;
class QLabel;
class QTreeWidget;

namespace sqlgym::widgets {
class EmptyWords;
}

namespace sqlgym::screens {

class LeaderboardPage : public QWidget {
    Q_OBJECT
public:
    /// Both outlive it.
    LeaderboardPage(session::Store &store, session::ServerLink &link, QWidget *parent = nullptr);

    /// The server or the profile may say something else than is shown; asks at once if it is seen.
    void renew();

signals:
    void personChosen(const QString &userId, const QString &name);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void setView(const session::LeaderboardView &view);
    void showStanding();

    session::ServerLink &m_link;
    session::LeaderboardDesk *m_desk;
    session::LeaderboardView m_view;
    QString m_trouble;
    QCheckBox *m_visible;
    QLabel *m_about;
    QTreeWidget *m_rows;
    widgets::EmptyWords *m_empty;
    QLabel *m_age;
};

} // namespace sqlgym::screens
