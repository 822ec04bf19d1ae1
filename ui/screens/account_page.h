// Who is signed in, and how to change the password or leave.
#pragma once

#include "base/secret.h"
#include "session/link_state.h"

#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sqlgym::screens {

class AccountPage : public QWidget {
    Q_OBJECT
public:
    explicit AccountPage(QWidget *parent = nullptr);

    void setState(const session::LinkState &state);
    void setBusy(bool busy);
    /// The present and the new password, out of their fields.
    std::pair<base::Secret, base::Secret> takePasswords();

signals:
    void signOutAsked();
    void changeAsked();

private:
    void look();

    bool m_busy = false;
    QLabel *m_who;
    QLabel *m_where;
    QLabel *m_kept;
    QLineEdit *m_present;
    QLineEdit *m_new;
    QLineEdit *m_repeat;
    QLabel *m_words;
    QPushButton *m_change;
    QPushButton *m_signOut;
};

} // namespace sqlgym::screens
