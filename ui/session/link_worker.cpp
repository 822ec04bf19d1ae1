#include "session/link_worker.h"

#include "client/retry.h"
#include "session/cache_pause.h"
#include "session/store.h"

#include <sys/resource.h>

namespace sqlgym::session {

namespace {

using client::Trouble;
using Kind = LinkState::Kind;

constexpr int kSliceMs = 200;           ///< how long listening keeps the thread from other work
constexpr int kPollMs = 60'000;         ///< where the server does not tell
constexpr int kVerdictPollMs = 2'000;   ///< the same while a verdict is awaited
constexpr int kHeardPollMs = 600'000;   ///< where it does
constexpr int kFullMs = 60'000;         ///< a limit on writes is for a minute
constexpr int kStoppedMs = 300'000;     ///< what no waiting mends is looked at again, rarely
constexpr int kMostPauseMs = 60'000;    ///< between tries to connect
constexpr int kTellMs = 100;            ///< between two words of progress
constexpr int kEstimateAfterMs = 1'500; ///< before that, the time left is a guess

/// What a crash would write to the disk may hold a password.
void leaveNoCore()
{
    const rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

} // namespace

void Brake::cancel()
{
    const std::lock_guard lock(m_mutex);
    ++m_rounds;
    m_token->cancel();
}

void Brake::end()
{
    const std::lock_guard lock(m_mutex);
    m_ended = true;
    ++m_rounds;
    m_token->cancel();
}

bool Brake::ended() const
{
    const std::lock_guard lock(m_mutex);
    return m_ended;
}

int Brake::rounds() const
{
    const std::lock_guard lock(m_mutex);
    return m_rounds;
}

std::shared_ptr<base::CancelToken> Brake::renew()
{
    const std::lock_guard lock(m_mutex);
    m_token = std::make_shared<base::CancelToken>();
    if (m_ended)
        m_token->cancel();
    return m_token;
}

LinkWorker::LinkWorker(LinkParts parts, Store &store, std::shared_ptr<Brake> brake)
    : m_parts(std::move(parts)), m_store(store), m_brake(std::move(brake)), m_timer(this)
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, this, &LinkWorker::turn);
}

LinkWorker::~LinkWorker() { dropConnection(); }

void LinkWorker::setServer(const QString &dsn, const QString &shown)
{
    leaveNoCore();
    dropConnection();
    m_token.clear();
    m_tokenSought = false;
    m_dsn = dsn.toStdString();
    m_failures = 0;
    m_state = {};
    m_state.server = shown;
    emit sessionChanged(m_dsn, std::make_shared<base::Secret>());
    if (m_dsn.empty()) {
        m_timer.stop();
        tell(Kind::NoServer);
        return;
    }
    turn();
}

void LinkWorker::test(const QString &dsn)
{
    leaveNoCore();
    dropConnection(); // it looks at the brake's present token
    m_cancel = m_brake->renew();
    {
        auto opened = m_parts.openGateway(dsn.toStdString(), *m_cancel);
        answer(LinkAnswer::Action::Test, opened ? base::Result<void>() : opened.error(),
               opened ? tr("An SQLGym server answers there.") : QString());
    }
    if (m_state.kind == Kind::Synced || m_state.kind == Kind::Offline)
        again(0);
}

void LinkWorker::wake(bool asked)
{
    if (m_dsn.empty() || m_brake->ended())
        return;
    // What failed is tried again by itself; a person need not wait for that.
    if (!asked && (m_state.kind == Kind::Offline || m_state.kind == Kind::Stopped || m_state.kind == Kind::SignedOut))
        return;
    m_failures = 0;
    m_quiet.invalidate();
    turn();
}

/// One step: whatever is next, and when to look again.
void LinkWorker::turn()
{
    m_timer.stop();
    if (m_dsn.empty() || m_brake->ended())
        return;
    const int quietMs = m_verdictsAwaited ? kVerdictPollMs : kHeardPollMs;
    if (m_gateway && m_account && m_state.kind == Kind::Synced && m_quiet.isValid() && m_quiet.elapsed() < quietMs) {
        listen();
        return;
    }
    if (auto there = connect(); !there) {
        onTrouble(there.error());
        return;
    }
    auto known = knowAccount();
    if (!known) {
        onTrouble(known.error());
        return;
    }
    if (!*known) {
        endSession({});
        return;
    }
    exchange();
}

void LinkWorker::listen()
{
    switch (m_gateway->awaitNotice(kSliceMs)) {
    case client::Gateway::Notice::Came:
        exchange();
        return;
    case client::Gateway::Notice::None:
        again(0);
        return;
    case client::Gateway::Notice::Never:
        break;
    }
    const qint64 pollMs = m_verdictsAwaited ? kVerdictPollMs : kPollMs;
    if (m_quiet.elapsed() >= pollMs)
        exchange();
    else
        again(static_cast<int>(pollMs - m_quiet.elapsed()));
}

base::Result<void> LinkWorker::connect()
{
    if (m_gateway && !m_cancel->cancelled())
        return {};
    dropConnection();
    tell(Kind::Connecting);
    m_cancel = m_brake->renew();
    auto opened = m_parts.openGateway(m_dsn, *m_cancel);
    if (!opened)
        return opened.error();
    m_gateway = std::move(*opened);
    if (m_token.empty())
        return {};
    return m_gateway->useToken(base::Secret(m_token.view()));
}

/// False: signed out.
base::Result<bool> LinkWorker::knowAccount()
{
    if (m_account)
        return true;
    if (!m_tokenSought) {
        m_tokenSought = true;
        m_tokenStore = m_parts.openTokenStore();
        auto kept = m_tokenStore->read(m_gateway->address());
        if (!kept) {
            m_state.tokenTrouble = text(kept.error().message);
        } else if (*kept) {
            m_token = std::move(**kept);
            m_state.tokenPlace = text(m_tokenStore->name());
            if (auto used = m_gateway->useToken(base::Secret(m_token.view())); !used)
                return used.error();
        }
    }
    if (m_token.empty())
        return false;
    auto account = client::myAccount(*m_gateway);
    if (!account)
        return account.error();
    m_account = std::move(*account);
    m_state.account = text(client::plainText(m_account->username));
    m_state.accountId = text(m_account->id);
    m_state.instructor = m_account->admin;
    emit sessionChanged(m_dsn, std::make_shared<base::Secret>(m_token.view()));
    return true;
}

void LinkWorker::exchange()
{
    m_copying.invalidate();
    m_lastTold.invalidate();
    m_state.rows = m_state.total = 0;
    m_state.secondsLeft = -1;
    tell(Kind::Syncing);
    auto done = syncRound({*m_gateway, m_cache, m_parts.databaseFile.toStdString(), m_store, *m_cancel,
                           [this](const sync::PullProgress &progress) { tellProgress(progress); }},
                          *m_account);
    emit exchanged(!done || done->changed);
    if (!done) {
        m_cache.reset();
        onTrouble(done.error());
        return;
    }
    m_state.instructor = m_account->admin;
    m_failures = 0;
    m_verdictsAwaited = done->awaitingVerdict > 0;
    m_quiet.start();
    m_state.synced = QDateTime::currentDateTime();
    tell(Kind::Synced);
    again(0);
    if (done->full)
        QTimer::singleShot(kFullMs, this, [this] { wake(false); });
}

void LinkWorker::tellProgress(const sync::PullProgress &progress)
{
    if (!m_copying.isValid())
        m_copying.start();
    if (m_lastTold.isValid() && m_lastTold.elapsed() < kTellMs)
        return;
    m_lastTold.start();
    m_state.rows = progress.rows;
    m_state.total = progress.total;
    if (m_copying.elapsed() > kEstimateAfterMs && progress.rows > 0)
        m_state.secondsLeft =
            static_cast<int>(static_cast<double>(m_copying.elapsed()) / 1000 *
                             static_cast<double>(progress.total - progress.rows) / static_cast<double>(progress.rows)) +
            1;
    tell(Kind::Syncing);
}

void LinkWorker::onTrouble(const base::Error &error)
{
    if (m_brake->ended())
        return;
    const Trouble trouble = client::troubleOf(error);
    const QString words = text(error.message).simplified(); // libpq's are of several lines
    if (error.domain == "client" && trouble == Trouble::SignedOut) {
        if (m_tokenStore && m_gateway)
            (void)m_tokenStore->remove(m_gateway->address());
        endSession(tr("Your session has ended. Sign in again; what waits here stays and is sent then."));
        return;
    }
    if (error.domain == "client" && trouble == Trouble::Cancelled) {
        dropConnection();
        tell(Kind::Stopped, tr("It was cancelled. \u201CSync now\u201D goes on from where it was."));
        return;
    }
    if (error.transient) {
        dropConnection();
        if (m_state.kind != Kind::Offline && (!m_state.since.isValid() || m_failures == 0))
            m_state.since = QDateTime::currentDateTime();
        ++m_failures;
        tell(Kind::Offline, words);
        const int factor = m_failures > 6 ? kMostPauseMs / 10'000 : 1;
        again(client::pauseMs(m_failures) * factor);
        return;
    }
    dropConnection();
    tell(Kind::Stopped, words);
    again(kStoppedMs);
}

/// Nobody is signed in: nothing is asked of the server until somebody is.
void LinkWorker::endSession(const QString &reason)
{
    m_token.clear();
    m_state.account.clear();
    m_state.accountId.clear();
    m_state.instructor = false;
    emit sessionChanged(m_dsn, std::make_shared<base::Secret>());
    m_state.tokenPlace.clear();
    m_timer.stop();
    dropConnection();
    tell(Kind::SignedOut, reason);
}

void LinkWorker::dropConnection()
{
    m_gateway.reset();
    m_account.reset();
    m_cache.reset();
}

void LinkWorker::again(int milliseconds) { m_timer.start(milliseconds); }

void LinkWorker::tell(Kind kind, const QString &reason)
{
    m_state.kind = kind;
    m_state.reason = reason;
    emit stateChanged(m_state);
}

void LinkWorker::answer(LinkAnswer::Action action, const base::Result<void> &done, const QString &words)
{
    emit answered({action, static_cast<bool>(done), done ? words : text(done.error().message).simplified()});
}

void LinkWorker::keepToken(const base::Secret &token)
{
    if (!m_tokenStore)
        m_tokenStore = m_parts.openTokenStore();
    const auto kept = m_tokenStore->write(m_gateway->address(), token);
    m_state.tokenPlace = kept ? text(m_tokenStore->name()) : QString();
    m_state.tokenTrouble = kept ? QString() : text(kept.error().message);
}

base::Result<void> LinkWorker::startSession(base::Secret token)
{
    m_token = base::Secret(token.view());
    m_tokenSought = true;
    if (auto used = m_gateway->useToken(std::move(token)); !used)
        return used;
    m_account.reset();
    auto known = knowAccount();
    if (!known)
        return known.error();
    keepToken(m_token);
    return {};
}

void LinkWorker::signIn(const QString &login, base::Secret password)
{
    auto done = connect();
    if (done) {
        auto token = client::signIn(*m_gateway, login.toStdString(), password);
        if (!token)
            done = token.error();
        else if (!*token)
            done = client::makeError(Trouble::Refused, tr("The server does not know this name and password, or there "
                                                          "were too many attempts. Try again; after a dozen attempts, "
                                                          "in five minutes.")
                                                           .toStdString());
        else
            done = startSession(std::move(**token));
    }
    password.clear();
    answer(LinkAnswer::Action::SignIn, done, tr("Signed in as %1.").arg(m_state.account));
    if (done)
        exchange();
    else if (client::troubleOf(done.error()) == Trouble::Refused)
        endSession({});
    else
        onTrouble(done.error());
}

void LinkWorker::signUp(const QString &name, const QString &email, base::Secret password)
{
    auto done = connect();
    if (done) {
        auto token = client::signUp(*m_gateway, name.toStdString(), email.toStdString(), password);
        if (!token && client::troubleOf(token.error()) == Trouble::Offline)
            done = client::makeError(Trouble::Offline,
                                     token.error().message +
                                         tr(" The account may be there already: try to sign in first.").toStdString());
        else
            done = token ? startSession(std::move(*token)) : token.error();
    }
    password.clear();
    answer(LinkAnswer::Action::SignUp, done, tr("The account is made. Signed in as %1.").arg(m_state.account));
    if (done)
        exchange();
    else if (client::troubleOf(done.error()) == Trouble::Offline)
        onTrouble(done.error());
    else
        endSession({});
}

void LinkWorker::changePassword(base::Secret before, base::Secret after)
{
    auto done = connect();
    if (done)
        done = client::changePassword(*m_gateway, before, after);
    answer(LinkAnswer::Action::ChangePassword, done,
           tr("The password is changed. Other devices have to sign in again."));
    if (!done && client::troubleOf(done.error()) != Trouble::Refused)
        onTrouble(done.error());
    else
        again(0);
}

void LinkWorker::signOut()
{
    auto done = connect();
    if (done)
        done = client::signOut(*m_gateway);
    if (m_tokenStore && m_gateway)
        (void)m_tokenStore->remove(m_gateway->address());
    const bool gone = done || client::troubleOf(done.error()) == Trouble::SignedOut;
    answer(LinkAnswer::Action::SignOut, {},
           gone ? tr("Signed out.")
                : tr("Signed out here. The server could not be told; there the session ends by itself within twelve "
                     "hours."));
    endSession({});
}

void LinkWorker::deleteAccount(base::Secret password)
{
    auto done = connect();
    if (done)
        done = client::deleteAccount(*m_gateway, password);
    password.clear();
    if (!done) {
        const Trouble trouble = client::troubleOf(done.error());
        if (trouble == Trouble::Offline)
            done = client::makeError(Trouble::Offline,
                                     done.error().message +
                                         tr(" It may be gone already: \u201CSync now\u201D tells.").toStdString());
        answer(LinkAnswer::Action::DeleteAccount, done, {});
        if (trouble == Trouble::Refused)
            again(0);
        else
            onTrouble(done.error());
        return;
    }
    if (m_tokenStore)
        (void)m_tokenStore->remove(m_gateway->address());
    const auto released = releaseProfile();
    answer(LinkAnswer::Action::DeleteAccount, {},
           released ? tr("The account is deleted. What you practised is still here, in a profile of no account.")
                    : tr("The account is deleted at the server. The profile here could not be changed: %1")
                          .arg(text(released.error().message)));
    endSession({});
}

/// The window's connection knows whose the profile is: it is opened anew.
base::Result<void> LinkWorker::releaseProfile()
{
    m_cache.reset();
    const std::string file = m_parts.databaseFile.toStdString();
    const CachePause pause(m_store);
    auto cache = cache::Cache::open(file);
    if (!cache)
        return cache.error();
    return (*cache)->release();
}

} // namespace sqlgym::session
