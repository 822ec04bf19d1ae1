#include "screens/account_dialog.h"

#include "screens/account_page.h"
#include "screens/server_form.h"
#include "screens/sign_in_form.h"
#include "widgets/notice_bar.h"
#include "widgets/theme.h"

#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

namespace sqlgym::screens {

using session::LinkAnswer;
using session::LinkState;
using widgets::NoticeKind;

AccountDialog::AccountDialog(session::ServerLink &link, QWidget *parent)
    : QDialog(parent), m_link(link), m_notice(new widgets::NoticeBar(this)), m_pages(new QTabWidget(this)),
      m_account(new AccountPage), m_signIn(new SignInForm(SignInForm::Purpose::SignIn)),
      m_signUp(new SignInForm(SignInForm::Purpose::SignUp)), m_server(new ServerForm)
{
    setWindowTitle(tr("Account"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_notice->setAccessibleName(tr("Answer"));
    m_pages->setDocumentMode(true);
    m_pages->setAccessibleName(tr("Account pages"));
    m_pages->addTab(m_account, tr("Account"));
    m_pages->addTab(m_signIn, tr("Sign in"));
    m_pages->addTab(m_signUp, tr("New account"));
    m_pages->addTab(m_server, tr("Server"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_notice);
    column->addWidget(m_pages, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);

    connect(m_signIn, &SignInForm::asked, this, [this] {
        await(tr("Signing in\u2026"));
        m_link.signIn(m_signIn->name(), m_signIn->takePassword());
    });
    connect(m_signUp, &SignInForm::asked, this, [this] {
        await(tr("Making the account\u2026"));
        m_link.signUp(m_signUp->name(), m_signUp->email(), m_signUp->takePassword());
    });
    connect(m_account, &AccountPage::signOutAsked, this, [this] {
        await(tr("Signing out\u2026"));
        m_link.signOut();
    });
    connect(m_account, &AccountPage::changeAsked, this, [this] {
        await(tr("Changing the password\u2026"));
        auto [before, after] = m_account->takePasswords();
        m_link.changePassword(std::move(before), std::move(after));
    });
    connect(m_server, &ServerForm::testAsked, this, [this](const session::ServerAddress &address) {
        await(tr("Connecting to %1\u2026").arg(address.shown()));
        m_link.test(address);
    });
    connect(m_server, &ServerForm::chosen, this, [this](const session::ServerAddress &address) {
        m_link.setServer(address);
        emit serverChosen(address);
        m_notice->setNotice(NoticeKind::Success, address.isEmpty() ? tr("No server: everything stays on this computer.")
                                                                   : tr("The server is %1.").arg(address.shown()));
        m_server->setAddress(address);
        setState(m_link.state());
        if (!address.isEmpty())
            turnTo(m_signIn);
    });
    connect(&link, &session::ServerLink::answered, this, &AccountDialog::showAnswer);
    connect(&link, &session::ServerLink::stateChanged, this, &AccountDialog::setState);
    m_server->setAddress(link.server());
    setState(link.state());
    turnTo(link.server().isEmpty()   ? static_cast<QWidget *>(m_server)
           : link.state().signedIn() ? static_cast<QWidget *>(m_account)
                                     : m_signIn);
    if (!link.state().reason.isEmpty() && !link.state().signedIn())
        m_notice->setNotice(NoticeKind::Info, link.state().reason);
    resize(560, 540);
}

void AccountDialog::turnTo(QWidget *page)
{
    m_pages->setCurrentWidget(page);
    page->setFocus();
}

void AccountDialog::await(const QString &words)
{
    m_waiting = true;
    m_notice->setNotice(NoticeKind::Busy, words);
    setState(m_link.state());
}

void AccountDialog::setState(const LinkState &state)
{
    // A page that is hidden gives way to any of its neighbours.
    const bool atServer = m_pages->currentWidget() == m_server;
    // Ctrl+Tab goes to what is hidden, but not to what is disabled.
    for (int page = 0; page < 3; ++page) {
        const bool offered = state.signedIn() == (page == 0);
        m_pages->setTabVisible(page, offered);
        m_pages->setTabEnabled(page, offered);
    }
    if (!atServer && m_pages->currentWidget() == m_server)
        turnTo(state.signedIn() ? static_cast<QWidget *>(m_account) : m_signIn);
    m_account->setState(state);
    const QString obstacle = m_link.server().isEmpty() ? tr("First choose a server, on the page Server.")
                             : m_waiting               ? tr("Waiting for the server\u2019s answer.")
                                                       : QString();
    m_signIn->setObstacle(obstacle);
    m_signUp->setObstacle(obstacle);
    m_account->setBusy(m_waiting);
    m_server->setBusy(m_waiting);
}

void AccountDialog::showAnswer(const LinkAnswer &answer)
{
    m_waiting = false;
    m_notice->setNotice(answer.done ? NoticeKind::Success : NoticeKind::Danger, answer.words);
    setState(m_link.state());
    if (answer.done && answer.action == LinkAnswer::Action::SignUp)
        m_signIn->setName(m_signUp->name());
}

} // namespace sqlgym::screens
