// Changing the password of the account that is signed in.
#pragma once

#include "base/secret.h"

#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sqlgym::screens {

class PasswordPage : public QWidget {
    Q_OBJECT
public:
    explicit PasswordPage(QWidget *parent = nullptr);

    /// What keeps from changing it: nobody is signed in, or an answer is waited for. Empty: nothing.
    void setObstacle(const QString &why);
    /// The present and the new password, out of their fields.
    std::pair<base::Secret, base::Secret> takePasswords();

signals:
    void changeAsked();

private:
    void look();

    QString m_obstacle;
    QLineEdit *m_present;
    QLineEdit *m_new;
    QLineEdit *m_repeat;
    QLabel *m_words;
    QPushButton *m_change;
};

} // namespace sqlgym::screens
