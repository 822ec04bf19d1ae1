#include "screens/sign_in_form.h"

#include "widgets/theme.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

namespace {

constexpr int kMostPasswordBytes = 72; // bcrypt reads no more, and the server refuses it

} // namespace

base::Secret takeSecret(QLineEdit *field)
{
    QByteArray bytes = field->text().toUtf8();
    base::Secret secret(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    base::wipe(bytes.data(), static_cast<std::size_t>(bytes.size()));
    field->clear();
    return secret;
}

QLineEdit *passwordField(const QString &accessibleName, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setEchoMode(QLineEdit::Password);
    field->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhHiddenText | Qt::ImhNoPredictiveText);
    field->setAccessibleName(accessibleName);
    field->setMaxLength(kMostPasswordBytes);
    return field;
}

SignInForm::SignInForm(Purpose purpose, QWidget *parent)
    : QWidget(parent), m_purpose(purpose), m_name(new QLineEdit(this)), m_email(new QLineEdit(this)),
      m_password(passwordField(tr("Password"), this)), m_repeat(passwordField(tr("Password again"), this)),
      m_words(new QLabel(this)), m_go(new QPushButton(this))
{
    const bool making = purpose == Purpose::SignUp;
    m_go->setText(making ? tr("Make the account") : tr("Sign in"));
    m_name->setAccessibleName(making ? tr("User name") : tr("User name or e-mail address"));
    m_email->setAccessibleName(tr("E-mail address"));
    m_email->setInputMethodHints(Qt::ImhEmailCharactersOnly);
    m_words->setWordWrap(true);
    m_words->setFont(widgets::textFont(widgets::TypeSize::Small));
    m_words->setAccessibleName(tr("What is missing"));
    m_words->setMinimumHeight(2 * m_words->fontMetrics().height());
    m_words->setAlignment(Qt::AlignTop);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(widgets::space::l);
    form->setVerticalSpacing(widgets::space::s);
    form->addRow(making ? tr("User &name") : tr("User &name or e-mail"), m_name);
    if (making)
        form->addRow(tr("&E-mail"), m_email);
    form->addRow(tr("&Password"), m_password);
    if (making)
        form->addRow(tr("Password &again"), m_repeat);
    m_email->setVisible(making);
    m_repeat->setVisible(making);
    form->addRow(QString(), m_words);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_go);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(widgets::space::l);
    column->addLayout(form);
    column->addStretch(1);
    column->addLayout(buttons);
    for (auto *field : {m_name, m_email, m_password, m_repeat}) {
        connect(field, &QLineEdit::textChanged, this, &SignInForm::look);
        connect(field, &QLineEdit::returnPressed, m_go, &QPushButton::click);
    }
    m_go->setAutoDefault(false);
    connect(m_go, &QPushButton::clicked, this, &SignInForm::asked);
    setFocusProxy(m_name);
    look();
}

base::Secret SignInForm::takePassword()
{
    (void)takeSecret(m_repeat);
    return takeSecret(m_password);
}

QString SignInForm::name() const { return m_name->text().trimmed(); }
QString SignInForm::email() const { return m_email->text().trimmed(); }
void SignInForm::setName(const QString &name) { m_name->setText(name); }

void SignInForm::setObstacle(const QString &why)
{
    m_obstacle = why;
    look();
}

void SignInForm::look()
{
    const bool making = m_purpose == Purpose::SignUp;
    QString words = m_obstacle;
    if (words.isEmpty() && making && !m_repeat->text().isEmpty() && m_repeat->text() != m_password->text())
        words = tr("The two passwords differ.");
    if (words.isEmpty() && m_password->text().toUtf8().size() > kMostPasswordBytes)
        words = tr("The password is too long: 72 bytes at most.");
    bool ready = words.isEmpty() && !name().isEmpty() && !m_password->text().isEmpty();
    ready = ready && (!making || (!email().isEmpty() && m_repeat->text() == m_password->text()));
    if (words.isEmpty() && making)
        words = tr("Others see the user name, not the address.");
    m_words->setText(words);
    m_go->setEnabled(ready);
}

} // namespace sqlgym::screens
