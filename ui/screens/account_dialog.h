// The account: which server, who is signed in.
#pragma once

#include "session/server_link.h"

#include <QtWidgets/QDialog>

class QTabWidget;

namespace sqlgym::widgets {
class NoticeBar;
}

namespace sqlgym::screens {

class AccountPage;
class ServerForm;
class SignInForm;

/// Pages follow the state: with a session the account, without one sign-in and sign-up; the server always.
class AccountDialog : public QDialog {
    Q_OBJECT
public:
    AccountDialog(session::ServerLink &link, QWidget *parent);

signals:
    /// The link knows it already; to be kept for the next start.
    void serverChosen(const sqlgym::session::ServerAddress &address);

private:
    void setState(const session::LinkState &state);
    void showAnswer(const session::LinkAnswer &answer);
    void await(const QString &words);
    /// Brings it to the front, ready to be typed into.
    void turnTo(QWidget *page);

    session::ServerLink &m_link;
    widgets::NoticeBar *m_notice;
    QTabWidget *m_pages;
    AccountPage *m_account;
    SignInForm *m_signIn;
    SignInForm *m_signUp;
    ServerForm *m_server;
    bool m_waiting = false;
};

} // namespace sqlgym::screens
