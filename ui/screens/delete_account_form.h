// Ending the account: what goes, the password, and a second question.
#pragma once

#include "base/secret.h"

#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sqlgym::screens {

class DeleteAccountForm : public QWidget {
    Q_OBJECT
public:
    explicit DeleteAccountForm(QWidget *parent = nullptr);

    /// `waiting`: entries of the outbox, which would be lost. An obstacle keeps from deleting: why.
    void setAccount(const QString &name, int waiting, const QString &obstacle);
    base::Secret takePassword();
    /// Back to the first question.
    void reset();

signals:
    void deleteAsked();

private:
    enum class Step { Offered, Password, Sure };
    void show(Step step);
    void look();

    Step m_step = Step::Offered;
    QString m_name;
    QString m_obstacle;
    int m_waiting = 0;
    QLabel *m_words;
    QLabel *m_question;
    QLineEdit *m_password;
    QPushButton *m_begin;
    QPushButton *m_keep;
    QPushButton *m_delete;
    QPushButton *m_sure;
};

} // namespace sqlgym::screens
