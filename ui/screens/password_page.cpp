#include "screens/password_page.h"

#include "screens/sign_in_form.h"
#include "widgets/theme_label.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

using widgets::ThemeLabel;
using widgets::TypeSize;

PasswordPage::PasswordPage(QWidget *parent)
    : QWidget(parent), m_present(passwordField(tr("Present password"), this)),
      m_new(passwordField(tr("New password"), this)), m_repeat(passwordField(tr("New password again"), this)),
      m_words(new ThemeLabel(TypeSize::Small, {}, false, ThemeLabel::Tone::Muted)),
      m_change(new QPushButton(tr("&Change the password"), this))
{
    m_words->setAccessibleName(tr("About the new password"));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(widgets::space::l);
    form->setVerticalSpacing(widgets::space::s);
    form->addRow(tr("&Present password"), m_present);
    form->addRow(tr("&New password"), m_new);
    form->addRow(tr("New password &again"), m_repeat);
    form->addRow(QString(), m_words);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_change);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::space::m);
    column->addWidget(new ThemeLabel(TypeSize::Title, tr("Password"), true));
    column->addLayout(form);
    column->addLayout(row);
    column->addStretch(1);
    for (auto *field : {m_present, m_new, m_repeat}) {
        connect(field, &QLineEdit::textChanged, this, &PasswordPage::look);
        connect(field, &QLineEdit::returnPressed, m_change, &QPushButton::click);
    }
    m_change->setAutoDefault(false);
    connect(m_change, &QPushButton::clicked, this, &PasswordPage::changeAsked);
    setFocusProxy(m_present);
    look();
}

void PasswordPage::setObstacle(const QString &why)
{
    m_obstacle = why;
    look();
}

std::pair<base::Secret, base::Secret> PasswordPage::takePasswords()
{
    (void)takeSecret(m_repeat);
    return {takeSecret(m_present), takeSecret(m_new)};
}

void PasswordPage::look()
{
    const bool differ = !m_repeat->text().isEmpty() && m_repeat->text() != m_new->text();
    m_words->setText(!m_obstacle.isEmpty() ? m_obstacle
                     : differ              ? tr("The two passwords differ.")
                                           : tr("At least eight characters. Other devices have to sign in again."));
    m_change->setEnabled(m_obstacle.isEmpty() && !m_present->text().isEmpty() && !m_new->text().isEmpty() &&
                         m_repeat->text() == m_new->text());
}

} // namespace sqlgym::screens
