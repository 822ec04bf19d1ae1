#include "screens/account_screen.h"

#include "models/picture.h"
#include "screens/data_page.h"
#include "screens/delete_account_form.h"
#include "screens/own_picture.h"
#include "screens/password_page.h"
#include "screens/profile_page.h"
#include "screens/server_form.h"
#include "screens/session_page.h"
#include "screens/sign_in_form.h"
#include "session/store.h"
#include "widgets/avatar.h"
#include "widgets/notice_bar.h"
#include "widgets/row_delegate.h"
#include "widgets/theme_label.h"

#include <QtCore/QDir>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>

namespace sqlgym::screens {

using session::LinkAnswer;
using session::LinkState;
using widgets::NoticeKind;
using widgets::ThemeLabel;
using widgets::TypeSize;

namespace {

constexpr int kSideWidth = 220;
constexpr int kPageWidth = 640; ///< lines that are longer are hard to read
constexpr int kAvatarSide = 48;

QString pictureFile(const session::Profile &files) { return files.dataDir + QStringLiteral("/picture.png"); }
QString pictureCache(const session::Profile &files) { return files.cacheDir + QStringLiteral("/pictures"); }

} // namespace

AccountScreen::AccountScreen(session::ServerLink &link, session::Store &store, const session::Profile &files,
                             QWidget *parent)
    : QWidget(parent), m_link(link), m_store(store),
      m_picture(new OwnPicture(pictureFile(files), pictureCache(files), this)),
      m_avatar(new widgets::Avatar(kAvatarSide)), m_name(new ThemeLabel(TypeSize::Heading, {}, true)),
      m_standing(new ThemeLabel(TypeSize::Small, {}, false, ThemeLabel::Tone::Muted)), m_sections(new QListWidget),
      m_notice(new widgets::NoticeBar), m_pages(new QStackedWidget), m_profile(new ProfilePage),
      m_session(new SessionPage), m_server(new ServerForm), m_password(new PasswordPage),
      m_data(new DataPage({files.databaseFile(), files.settingsFile(), pictureCache(files)}))
{
    setAccessibleName(tr("Account"));
    m_notice->setAccessibleName(tr("Answer"));
    m_notice->setClosable(true);
    auto *server = new QWidget;
    auto *serverColumn = new QVBoxLayout(server);
    serverColumn->setContentsMargins(0, 0, 0, 0);
    serverColumn->setSpacing(widgets::space::m);
    serverColumn->addWidget(new ThemeLabel(TypeSize::Title, tr("Server"), true));
    serverColumn->addWidget(m_server);
    serverColumn->addStretch(1);
    server->setFocusProxy(m_server);

    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(m_notice);
    right->addWidget(m_pages, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeSide());
    row->addLayout(right, 1);
    addSection(tr("Profile"), m_profile);
    addSection(tr("Session"), m_session);
    addSection(tr("Server"), server);
    addSection(tr("Password"), m_password);
    addSection(tr("Your data"), m_data);
    connect(m_sections, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    m_sections->setCurrentRow(Profile);
    setFocusProxy(m_sections);

    connectLink();
    connectProfile();
    connectData();
    m_server->setAddress(link.server());
    setState();
}

QWidget *AccountScreen::makeSide()
{
    auto *side = new QWidget(this);
    side->setFixedWidth(kSideWidth);
    m_name->setAccessibleName(tr("Whose profile"));
    m_standing->setAccessibleName(tr("Standing"));
    m_sections->setAccessibleName(tr("Account sections"));
    m_sections->setFrameShape(QFrame::NoFrame);
    m_sections->setItemDelegate(new widgets::RowDelegate(m_sections));
    m_sections->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_sections->viewport()->setAutoFillBackground(false);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_name);
    words->addWidget(m_standing);
    auto *who = new QHBoxLayout;
    who->setContentsMargins(widgets::space::m, 0, 0, 0);
    who->setSpacing(widgets::space::m);
    who->addWidget(m_avatar, 0, Qt::AlignTop);
    who->addLayout(words, 1);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(widgets::space::m, widgets::space::xl, 0, widgets::space::m);
    column->setSpacing(widgets::space::l);
    column->addLayout(who);
    column->addWidget(m_sections, 1);
    return side;
}

void AccountScreen::addSection(const QString &name, QWidget *page)
{
    page->setMaximumWidth(kPageWidth);
    auto *inner = new QWidget;
    auto *row = new QHBoxLayout(inner);
    row->setContentsMargins(widgets::space::xl, widgets::space::xl, widgets::space::xl, widgets::space::xl);
    row->addWidget(page, 1);
    row->addStretch(0);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inner);
    scroll->setFocusProxy(page);
    m_pages->addWidget(scroll);
    m_sections->addItem(name);
}

void AccountScreen::connectLink()
{
    connect(m_session->signIn(), &SignInForm::asked, this, [this] {
        await(tr("Signing in\u2026"));
        m_link.signIn(m_session->signIn()->name(), m_session->signIn()->takePassword());
    });
    connect(m_session->signUp(), &SignInForm::asked, this, [this] {
        auto *form = m_session->signUp();
        await(tr("Making the account\u2026"));
        m_link.signUp(form->name(), form->email(), form->takePassword());
    });
    connect(m_session, &SessionPage::signOutAsked, this, [this] {
        await(tr("Signing out\u2026"));
        m_link.signOut();
    });
    connect(m_session, &SessionPage::serverAsked, this, [this] { showSection(Server); });
    connect(m_password, &PasswordPage::changeAsked, this, [this] {
        await(tr("Changing the password\u2026"));
        auto [before, after] = m_password->takePasswords();
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
        setState();
        if (!address.isEmpty())
            showSection(Session);
    });
    connect(&m_link, &session::ServerLink::answered, this, &AccountScreen::showAnswer);
    connect(&m_link, &session::ServerLink::stateChanged, this, &AccountScreen::setState);
    connect(&m_link, &session::ServerLink::exchanged, this, [this] { refresh(); });
}

void AccountScreen::connectProfile()
{
    connect(m_profile, &ProfilePage::accountAsked, this, [this] { showSection(hasServer() ? Session : Server); });
    connect(m_profile, &ProfilePage::dataAsked, this, [this] { showSection(Data); });
    connect(m_profile, &ProfilePage::saveAsked, this, &AccountScreen::save);
    connect(m_profile, &ProfilePage::pictureAsked, this, [this](const QString &address) {
        m_notice->setNotice(NoticeKind::Busy, tr("Fetching the picture from %1\u2026").arg(QUrl(address).host()));
        m_picture->showAddress(address);
    });
    connect(m_profile, &ProfilePage::fileChosen, m_picture, &OwnPicture::useFile);
    connect(m_profile, &ProfilePage::fileRemoved, m_picture, &OwnPicture::removeFile);
    connect(m_picture, &OwnPicture::changed, this, [this] {
        m_profile->setPicture(m_picture->image(), m_picture->hasFile());
        m_avatar->setPicture(m_picture->image());
    });
    connect(m_picture, &OwnPicture::told, this, [this](const QString &words, bool failed) {
        m_notice->setNotice(failed ? NoticeKind::Danger : NoticeKind::Success, words);
    });
}

void AccountScreen::connectData()
{
    connect(m_data, &DataPage::exportAsked, this, &AccountScreen::exportData);
    connect(m_data->deletion(), &DeleteAccountForm::deleteAsked, this, [this] {
        await(tr("Deleting the account\u2026"));
        m_link.deleteAccount(m_data->deletion()->takePassword());
        m_data->deletion()->reset();
    });
}

void AccountScreen::showSection(Section section)
{
    m_sections->setCurrentRow(section);
    m_pages->currentWidget()->setFocus();
}

void AccountScreen::showNext()
{
    const LinkState &state = m_link.state();
    if (!hasServer())
        showSection(Server);
    else if (!state.signedIn())
        showSection(Session);
    else
        m_sections->setFocus();
    if (!state.reason.isEmpty() && hasServer() && !state.signedIn() && !m_waiting)
        m_notice->setNotice(NoticeKind::Info, state.reason);
}

void AccountScreen::refresh()
{
    m_store.ask([](session::CacheSlot &slot) { return session::readAccount(slot); }, this,
                [this](const session::AccountView &account) { take(account); });
}

void AccountScreen::take(const session::AccountView &account)
{
    m_view = account;
    if (!account.notice.isEmpty())
        m_notice->setNotice(NoticeKind::Danger, account.notice.title, account.notice.text);
    m_profile->setAccount(account);
    m_picture->setAddress(account.texts.picture);
    setState();
}

void AccountScreen::setState()
{
    const LinkState &state = m_link.state();
    const QString full = (m_view.texts.firstName + u' ' + m_view.texts.lastName).trimmed();
    m_name->setText(full.isEmpty() ? m_view.username : full);
    m_avatar->setInitials(models::initialsOf(m_view.texts.firstName, m_view.texts.lastName, m_view.username));
    m_standing->setText(m_view.local        ? tr("On this computer alone")
                        : !state.signedIn() ? tr("%1, signed out").arg(m_view.username)
                        : m_view.premium    ? tr("%1, premium").arg(m_view.username)
                                            : m_view.username);
    m_session->setState(state, m_view, hasServer());
    const QString waiting = m_waiting ? tr("Waiting for the server\u2019s answer.") : QString();
    for (auto *form : {m_session->signIn(), m_session->signUp()})
        form->setObstacle(waiting);
    m_session->setBusy(m_waiting);
    m_server->setBusy(m_waiting);
    const QString noSession = state.signedIn() ? waiting
                              : hasServer()    ? tr("Nobody is signed in: sign in first, under Session.")
                                               : tr("There is no account: choose a server first, under Server.");
    m_password->setObstacle(noSession);
    const bool away = state.kind == LinkState::Kind::Offline;
    m_data->setState(m_view, hasServer() ? state.server : QString(),
                     away ? tr("The server is out of reach: an account is deleted there.") : noSession);
}

void AccountScreen::await(const QString &words)
{
    m_waiting = true;
    m_notice->setNotice(NoticeKind::Busy, words);
    setState();
}

void AccountScreen::showAnswer(const LinkAnswer &answer)
{
    using Action = LinkAnswer::Action;
    m_waiting = false;
    m_notice->setNotice(answer.done ? NoticeKind::Success : NoticeKind::Danger, answer.words);
    setState();
    if (answer.done && answer.action == Action::SignUp)
        m_session->signIn()->setName(m_session->signUp()->name());
    if (answer.done && answer.action == Action::DeleteAccount) {
        m_session->signIn()->setName({});
        emit accountDeleted();
    }
    refresh();
}

void AccountScreen::save(const session::ProfileTexts &texts)
{
    m_store.ask([texts](session::CacheSlot &slot) { return session::saveProfile(slot, texts); }, this,
                [this](const session::Notice &notice) {
                    if (!notice.isEmpty()) {
                        m_notice->setNotice(NoticeKind::Danger, notice.title, notice.text);
                        return;
                    }
                    const bool online = m_link.state().signedIn() && m_link.state().kind != LinkState::Kind::Offline;
                    m_notice->setNotice(NoticeKind::Success,
                                        online ? tr("Saved, and on its way to the server.")
                                               : tr("Saved here. It is sent when the server is in reach."));
                    refresh();
                    emit m_store.wroteForServer();
                });
}

void AccountScreen::exportData(const QString &parentFolder)
{
    const QString name =
        QStringLiteral("sqlgym-%1").arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmmss")));
    m_data->setExporting(true);
    m_notice->setNotice(NoticeKind::Busy, tr("Exporting\u2026"));
    m_store.ask([folder = QDir(parentFolder).filePath(name)](
                    session::CacheSlot &slot) { return session::exportData(slot, folder); },
                this,
                [this](const session::DataExport &done) {
                    m_data->setExporting(false);
                    if (done.trouble.isEmpty())
                        m_notice->setNotice(NoticeKind::Success, tr("Exported."),
                                            tr("%1 files with %2 rows in %3.")
                                                .arg(done.files)
                                                .arg(done.rows)
                                                .arg(QDir::toNativeSeparators(done.folder)));
                    else
                        m_notice->setNotice(NoticeKind::Danger, tr("The export failed."), done.trouble);
                });
}

} // namespace sqlgym::screens
