// Who is signed in where, and what keeps the session; or the ways to be.
#pragma once

#include "base/secret.h"
#include "session/account_work.h"
#include "session/link_state.h"

#include <QtWidgets/QWidget>

class QFormLayout;
class QLabel;
class QPushButton;
class QStackedLayout;
class QTabWidget;

namespace sqlgym::screens {

class SignInForm;

class SessionPage : public QWidget {
    Q_OBJECT
public:
    explicit SessionPage(QWidget *parent = nullptr);

    /// `server`: whether one is chosen.
    void setState(const session::LinkState &state, const session::AccountView &account, bool server);
    void setBusy(bool busy);
    SignInForm *signIn() const { return m_signIn; }
    SignInForm *signUp() const { return m_signUp; }

signals:
    void signOutAsked();
    void signInAsked();
    void signUpAsked();
    void serverAsked();

private:
    QLabel *fact(QFormLayout *form, const QString &name, const QString &accessibleName);

    QStackedLayout *m_pages;
    QWidget *m_none;
    QWidget *m_out;
    QWidget *m_in;
    QLabel *m_invitation;
    QTabWidget *m_forms;
    SignInForm *m_signIn;
    SignInForm *m_signUp;
    QLabel *m_who;
    QLabel *m_email;
    QLabel *m_kind;
    QLabel *m_where;
    QLabel *m_kept;
    QLabel *m_exchanged;
    QPushButton *m_signOut;
};

} // namespace sqlgym::screens
