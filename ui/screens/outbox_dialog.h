// What was written here and is not done at the server: what waits, what was refused and why, what is being judged.
#pragma once

#include "session/outbox_desk.h"

#include <QtWidgets/QDialog>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTreeWidget;

namespace sqlgym::widgets {
class EmptyWords;
class NoticeBar;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class OutboxDialog : public QDialog {
    Q_OBJECT
public:
    OutboxDialog(session::OutboxDesk &desk, session::ServerLink &link, QWidget *parent);

signals:
    void accountAsked();

private:
    void fill();
    void showState();
    void showEntry();
    void discard();
    const session::OutboxItem *current() const;

    session::OutboxDesk &m_desk;
    session::ServerLink &m_link;
    QLabel *m_state;
    QLabel *m_details;
    QProgressBar *m_progress;
    QPushButton *m_sync;
    QPushButton *m_cancel;
    QPushButton *m_account;
    widgets::NoticeBar *m_notice;
    QTreeWidget *m_list;
    widgets::EmptyWords *m_empty;
    QLabel *m_reason;
    QPlainTextEdit *m_text;
    QPushButton *m_retry;
    QPushButton *m_discard;
    QString m_shown; ///< the entry whose text is in the field
};

} // namespace sqlgym::screens
