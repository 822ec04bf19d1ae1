#include "screens/server_form.h"

#include "widgets/theme.h"

#include <QtGui/QIntValidator>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

namespace {

constexpr int kLargestPort = 65'535;

QString keyword(const char *name) { return QString::fromLatin1(name); }

} // namespace

ServerForm::ServerForm(QWidget *parent)
    : QWidget(parent), m_host(new QLineEdit(this)), m_port(new QLineEdit(this)), m_database(new QLineEdit(this)),
      m_protection(new QComboBox(this)), m_protectionWords(new QLabel(this)), m_authority(new QLineEdit(this)),
      m_browse(new QPushButton(tr("Choose\u2026"), this)), m_test(new QPushButton(tr("Test the &connection"), this)),
      m_use(new QPushButton(tr("&Use this server"), this)), m_none(new QPushButton(tr("Use no server"), this))
{
    m_host->setAccessibleName(tr("Server"));
    m_host->setPlaceholderText(tr("gym.example.org"));
    m_port->setAccessibleName(tr("Port"));
    m_port->setPlaceholderText(QStringLiteral("5432"));
    m_port->setValidator(new QIntValidator(1, kLargestPort, m_port));
    m_database->setAccessibleName(tr("Database"));
    m_database->setPlaceholderText(QStringLiteral("sqlgym"));
    m_protection->setAccessibleName(tr("Protection"));
    m_protection->addItem(tr("As usual"), QString());
    m_protection->addItem(tr("Encrypted, and the server proves who it is"), QStringLiteral("verify-full"));
    m_protection->addItem(tr("Encrypted, to whoever answers"), QStringLiteral("require"));
    m_protection->addItem(tr("Not encrypted"), QStringLiteral("disable"));
    m_protectionWords->setWordWrap(true);
    m_protectionWords->setFont(widgets::textFont(widgets::TypeSize::Small));
    m_protectionWords->setAccessibleName(tr("About the protection"));
    m_authority->setAccessibleName(tr("Certificate authority"));
    m_authority->setPlaceholderText(tr("The system\u2019s certificates"));
    m_browse->setAccessibleName(tr("Choose the certificate authority\u2019s file"));

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(widgets::space::l);
    form->setVerticalSpacing(widgets::space::s);
    form->addRow(tr("&Server"), m_host);
    form->addRow(tr("&Port"), m_port);
    form->addRow(tr("&Database"), m_database);
    form->addRow(tr("Pro&tection"), m_protection);
    form->addRow(QString(), m_protectionWords);
    auto *authority = new QHBoxLayout;
    authority->addWidget(m_authority, 1);
    authority->addWidget(m_browse);
    form->addRow(tr("Certificate &authority"), authority);
    static_cast<QLabel *>(form->labelForField(authority))->setBuddy(m_authority);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_none);
    buttons->addStretch(1);
    buttons->addWidget(m_test);
    buttons->addWidget(m_use);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(widgets::space::l);
    column->addLayout(form);
    column->addStretch(1);
    column->addLayout(buttons);

    connect(m_host, &QLineEdit::textChanged, this, &ServerForm::lookAtHost);
    connect(m_protection, &QComboBox::currentIndexChanged, this, &ServerForm::lookAtHost);
    connect(m_browse, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("The certificate authority\u2019s file"), QString(),
                                       tr("Certificates (*.crt *.pem);;All files (*)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QFileDialog::fileSelected, m_authority, &QLineEdit::setText);
        dialog->open();
    });
    connect(m_test, &QPushButton::clicked, this, [this] { emit testAsked(address()); });
    connect(m_use, &QPushButton::clicked, this, [this] { emit chosen(address()); });
    connect(m_none, &QPushButton::clicked, this, [this] {
        setAddress({});
        emit chosen({});
    });
    for (auto *button : {m_browse, m_test, m_use, m_none})
        button->setAutoDefault(false);
    m_use->setAutoDefault(true);
    setFocusProxy(m_host);
    lookAtHost();
}

void ServerForm::setAddress(const session::ServerAddress &address)
{
    m_known = address;
    m_host->setText(address.host());
    m_port->setText(address.value(keyword("port")));
    m_database->setText(address.value(keyword("dbname")));
    m_authority->setText(address.value(keyword("sslrootcert")));
    const QString mode = address.value(keyword("sslmode"));
    if (m_protection->findData(mode) < 0)
        m_protection->addItem(mode, mode); // another of libpq's, from a command line
    m_protection->setCurrentIndex(m_protection->findData(mode));
    lookAtHost();
}

session::ServerAddress ServerForm::address() const
{
    const QString host = m_host->text().trimmed();
    if (host.isEmpty())
        return {};
    session::ServerAddress address = m_known;
    if (host != m_known.host())
        address.set(keyword("hostaddr"), {}); // it was the other's
    address.set(keyword("host"), host);
    address.set(keyword("port"), m_port->text().trimmed());
    address.set(keyword("dbname"), m_database->text().trimmed());
    address.set(keyword("sslmode"), m_protection->currentData().toString());
    address.set(keyword("sslrootcert"), m_authority->text().trimmed());
    return address;
}

void ServerForm::setBusy(bool busy)
{
    const bool named = !m_host->text().trimmed().isEmpty();
    m_test->setEnabled(named && !busy);
    m_use->setEnabled(named && !busy);
    m_none->setEnabled(!m_known.isEmpty());
}

void ServerForm::lookAtHost()
{
    setBusy(false);
    const QString mode = m_protection->currentData().toString();
    const QString words[] = {
        tr("Encrypted, and the server proves who it is; on this computer itself encrypted where it can be."),
        tr("Nobody between here and the server can listen, or pretend to be it."),
        tr("Whoever pretends to be the server gets your password. Only for a network that you trust."),
        tr("Everybody on the way can read your password. Only for this computer itself.")};
    const int index = m_protection->currentIndex();
    m_protectionWords->setText(index >= 0 && index < 4 ? words[index] : mode);
}

} // namespace sqlgym::screens
