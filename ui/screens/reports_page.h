// What learners reported, as a list to be worked off, with what is chosen of it beside.
#pragma once

#include "session/link_state.h"
#include "session/reports_desk.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QTreeWidget;

namespace sqlgym::widgets {
class EmptyWords;
class NoticeBar;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class ReportedView;

/// Asks the server while it is shown. What others wrote leaves the screen with the right to see it.
class ReportsPage : public QWidget {
    Q_OBJECT
public:
    explicit ReportsPage(session::ServerLink &link, QWidget *parent = nullptr);

    /// It came to the front.
    void activate();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setLinkState(const session::LinkState &state);
    void reload();
    void showWords(const QString &words);
    void onCame(const std::vector<client::ReportedThing> &things, bool closed);
    void onFailed(const session::AskTrouble &trouble);
    void onDealtWith(const QString &targetId, const session::AskTrouble &trouble);
    const client::ReportedThing *chosen() const;
    bool showsClosed() const;

    session::ReportsDesk *m_desk;
    QComboBox *m_which;
    QLabel *m_count;
    QTreeWidget *m_list;
    widgets::EmptyWords *m_empty = nullptr;
    widgets::NoticeBar *m_notice;
    ReportedView *m_view;
    std::vector<client::ReportedThing> m_things;
    QString m_account;
};

} // namespace sqlgym::screens
