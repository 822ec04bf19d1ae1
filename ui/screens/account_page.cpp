#include "screens/account_page.h"

#include "screens/sign_in_form.h"
#include "widgets/theme.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

namespace {

QLabel *plainLabel(const QString &accessibleName)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAccessibleName(accessibleName);
    return label;
}

} // namespace

AccountPage::AccountPage(QWidget *parent)
    : QWidget(parent), m_who(plainLabel(tr("Signed in as"))), m_where(plainLabel(tr("Server"))),
      m_kept(plainLabel(tr("Session"))), m_present(passwordField(tr("Present password"), this)),
      m_new(passwordField(tr("New password"), this)), m_repeat(passwordField(tr("New password again"), this)),
      m_words(plainLabel(tr("About the new password"))), m_change(new QPushButton(tr("Change the password"), this)),
      m_signOut(new QPushButton(tr("Sign out"), this))
{
    m_who->setFont(widgets::textFont(widgets::TypeSize::Heading, true));
    m_words->setFont(widgets::textFont(widgets::TypeSize::Small));
    m_words->setMinimumHeight(m_words->fontMetrics().height());
    auto *leave = new QHBoxLayout;
    leave->addWidget(m_signOut);
    leave->addStretch(1);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(widgets::space::l);
    form->setVerticalSpacing(widgets::space::s);
    form->addRow(tr("&Present password"), m_present);
    form->addRow(tr("&New password"), m_new);
    form->addRow(tr("New password &again"), m_repeat);
    form->addRow(QString(), m_words);
    auto *change = new QHBoxLayout;
    change->addStretch(1);
    change->addWidget(m_change);
    auto *heading = new QLabel(tr("Password"));
    heading->setFont(widgets::textFont(widgets::TypeSize::Heading, true));
    auto *column = new QVBoxLayout(this);
    column->setSpacing(widgets::space::s);
    column->addWidget(m_who);
    column->addWidget(m_where);
    column->addWidget(m_kept);
    column->addLayout(leave);
    column->addSpacing(widgets::space::l);
    column->addWidget(heading);
    column->addLayout(form);
    column->addStretch(1);
    column->addLayout(change);
    for (auto *field : {m_present, m_new, m_repeat}) {
        connect(field, &QLineEdit::textChanged, this, &AccountPage::look);
        connect(field, &QLineEdit::returnPressed, m_change, &QPushButton::click);
    }
    for (auto *button : {m_change, m_signOut})
        button->setAutoDefault(false);
    connect(m_change, &QPushButton::clicked, this, &AccountPage::changeAsked);
    connect(m_signOut, &QPushButton::clicked, this, &AccountPage::signOutAsked);
    setFocusProxy(m_signOut);
    look();
}

void AccountPage::setState(const session::LinkState &state)
{
    m_who->setText(state.account);
    m_where->setText(tr("Signed in at %1.").arg(state.server));
    m_kept->setText(state.tokenPlace.isEmpty()
                        ? tr("The session is kept in memory alone: after the next start you sign in again. %1")
                              .arg(state.tokenTrouble)
                        : tr("The session is kept in %1.").arg(state.tokenPlace));
}

void AccountPage::setBusy(bool busy)
{
    m_busy = busy;
    look();
}

std::pair<base::Secret, base::Secret> AccountPage::takePasswords()
{
    (void)takeSecret(m_repeat);
    return {takeSecret(m_present), takeSecret(m_new)};
}

void AccountPage::look()
{
    const bool differ = !m_repeat->text().isEmpty() && m_repeat->text() != m_new->text();
    m_words->setText(differ ? tr("The two passwords differ.") : tr("Other devices have to sign in again."));
    m_change->setEnabled(!m_busy && !m_present->text().isEmpty() && !m_new->text().isEmpty() &&
                         m_repeat->text() == m_new->text());
}

} // namespace sqlgym::screens
