#include "screens/delete_account_form.h"

#include "screens/sign_in_form.h"
#include "widgets/theme_label.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

using widgets::ThemeLabel;
using widgets::TypeSize;

DeleteAccountForm::DeleteAccountForm(QWidget *parent)
    : QWidget(parent), m_words(new ThemeLabel(TypeSize::Body)), m_question(new ThemeLabel(TypeSize::Body, {}, true)),
      m_password(passwordField(tr("Password of the account to be deleted"), this)),
      m_begin(new QPushButton(tr("&Delete the account\u2026"), this)),
      m_keep(new QPushButton(tr("&Keep the account"), this)), m_delete(new QPushButton(tr("De&lete\u2026"), this)),
      m_sure(new QPushButton(tr("&Yes, delete it for good"), this))
{
    m_words->setAccessibleName(tr("What deleting means"));
    m_question->setAccessibleName(tr("Question about deleting"));
    m_password->setPlaceholderText(tr("Your password"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_begin);
    row->addWidget(m_keep);
    row->addWidget(m_delete);
    row->addWidget(m_sure);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::space::s);
    column->addWidget(m_words);
    column->addWidget(m_question);
    column->addWidget(m_password);
    column->addLayout(row);
    for (auto *button : {m_begin, m_keep, m_delete, m_sure})
        button->setAutoDefault(false);
    connect(m_password, &QLineEdit::textChanged, this, &DeleteAccountForm::look);
    connect(m_password, &QLineEdit::returnPressed, m_delete, &QPushButton::click);
    connect(m_begin, &QPushButton::clicked, this, [this] {
        show(Step::Password);
        m_password->setFocus();
    });
    connect(m_keep, &QPushButton::clicked, this, [this] {
        reset();
        m_begin->setFocus();
    });
    connect(m_delete, &QPushButton::clicked, this, [this] {
        show(Step::Sure);
        m_keep->setFocus();
    });
    connect(m_sure, &QPushButton::clicked, this, &DeleteAccountForm::deleteAsked);
    show(Step::Offered);
}

void DeleteAccountForm::setAccount(const QString &name, int waiting, const QString &obstacle)
{
    m_name = name;
    m_waiting = waiting;
    m_obstacle = obstacle;
    show(obstacle.isEmpty() ? m_step : Step::Offered);
}

base::Secret DeleteAccountForm::takePassword() { return takeSecret(m_password); }

void DeleteAccountForm::reset()
{
    (void)takeSecret(m_password);
    show(Step::Offered);
}

void DeleteAccountForm::show(Step step)
{
    m_step = step;
    const QString consequences =
        tr("At the server everything of the account goes: profile, submissions, progress, badges, posts, comments and "
           "solutions. On this computer your texts, attempts, submissions and progress stay, in a profile of no "
           "account; posts, comments, solutions and what others wrote go here too. It cannot be undone.");
    m_words->setText(m_obstacle.isEmpty() ? consequences : m_obstacle + u'\n' + consequences);
    QString question;
    if (step == Step::Password)
        question = tr("To delete the account %1, type its password.").arg(m_name);
    else if (step == Step::Sure)
        question = tr("Delete the account %1 for good?").arg(m_name);
    if (step != Step::Offered && m_waiting > 0)
        question += u' ' + (m_waiting == 1 ? tr("One thing has not been sent yet and will not be.")
                                           : tr("%1 things have not been sent yet and will not be.").arg(m_waiting));
    m_question->setText(question);
    m_question->setVisible(step != Step::Offered);
    m_password->setVisible(step == Step::Password);
    m_begin->setVisible(step == Step::Offered);
    m_keep->setVisible(step != Step::Offered);
    m_delete->setVisible(step == Step::Password);
    m_sure->setVisible(step == Step::Sure);
    look();
}

void DeleteAccountForm::look()
{
    m_begin->setEnabled(m_obstacle.isEmpty());
    m_delete->setEnabled(!m_password->text().isEmpty());
}

} // namespace sqlgym::screens
