// Name and password, for an account that is there or one to be made.
#pragma once

#include "base/secret.h"

#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sqlgym::screens {

/// Moves what was typed out of the field, which is empty then.
base::Secret takeSecret(QLineEdit *field);
QLineEdit *passwordField(const QString &accessibleName, QWidget *parent);

class SignInForm : public QWidget {
    Q_OBJECT
public:
    enum class Purpose { SignIn, SignUp };
    explicit SignInForm(Purpose purpose, QWidget *parent = nullptr);

    /// The passwords are in these fields until taken.
    base::Secret takePassword();
    QString name() const;
    QString email() const;
    void setName(const QString &name);
    /// What keeps from asking: no server, or an answer that is waited for. Empty: nothing.
    void setObstacle(const QString &why);

signals:
    void asked();

private:
    void look();

    Purpose m_purpose;
    QString m_obstacle;
    QLineEdit *m_name;
    QLineEdit *m_email;
    QLineEdit *m_password;
    QLineEdit *m_repeat;
    QLabel *m_words;
    QPushButton *m_go;
};

} // namespace sqlgym::screens
