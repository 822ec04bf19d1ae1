// The thread that speaks to the server: connects, signs in and out, exchanges, listens.
#pragma once

#include "session/gateway_module.h"
#include "session/link_state.h"
#include "session/sync_round.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <mutex>

namespace sqlgym::session {

class Store;

struct LinkParts {
    OpenGateway openGateway;
    OpenTokenStore openTokenStore;
    QString databaseFile;
};

/// Stops what the worker is at, from any thread. The worker goes on with a new token.
class Brake {
public:
    void cancel();
    /// For good.
    void end();
    bool ended() const;
    /// How often it was cancelled.
    int rounds() const;
    std::shared_ptr<base::CancelToken> renew();

private:
    mutable std::mutex m_mutex;
    bool m_ended = false;
    int m_rounds = 0;
    std::shared_ptr<base::CancelToken> m_token = std::make_shared<base::CancelToken>();
};

/// Lives on its thread; all slots are called there.
class LinkWorker : public QObject {
    Q_OBJECT
public:
    LinkWorker(LinkParts parts, Store &store, std::shared_ptr<Brake> brake);
    ~LinkWorker() override;

    /// Empty: there is none any more.
    void setServer(const QString &dsn, const QString &shown);
    void test(const QString &dsn);
    void signIn(const QString &login, base::Secret password);
    void signUp(const QString &name, const QString &email, base::Secret password);
    void changePassword(base::Secret before, base::Secret after);
    void signOut();
    void deleteAccount(base::Secret password);
    /// Exchanges as soon as it can; `asked` by a person: also after it was stopped.
    void wake(bool asked);

signals:
    void stateChanged(const sqlgym::session::LinkState &state);
    void answered(const sqlgym::session::LinkAnswer &answer);
    /// Whose session it is from now on; an empty token: nobody's.
    void sessionChanged(const std::string &dsn, const std::shared_ptr<base::Secret> &token);
    /// An exchange is over, whether or not it came to its end; the outbox may be another.
    void exchanged(bool changed);

private:
    void turn();
    void listen();
    base::Result<void> connect();
    base::Result<bool> knowAccount();
    base::Result<void> startSession(base::Secret token);
    void keepToken(const base::Secret &token);
    void exchange();
    base::Result<void> releaseProfile();
    void endSession(const QString &reason);
    void onTrouble(const base::Error &error);
    void dropConnection();
    void again(int milliseconds);
    void tell(LinkState::Kind kind, const QString &reason = {});
    void tellProgress(const sync::PullProgress &progress);
    void answer(LinkAnswer::Action action, const base::Result<void> &done, const QString &words);

    LinkParts m_parts;
    Store &m_store;
    std::shared_ptr<Brake> m_brake;
    std::shared_ptr<base::CancelToken> m_cancel;
    std::string m_dsn;
    base::Secret m_token;
    bool m_tokenSought = false; ///< the keychain was asked
    std::unique_ptr<client::Gateway> m_gateway;
    std::unique_ptr<tokens::TokenStore> m_tokenStore;
    std::optional<client::Account> m_account;
    std::unique_ptr<cache::Cache> m_cache;
    LinkState m_state;
    QTimer m_timer;
    QElapsedTimer m_quiet;    ///< since the last exchange
    QElapsedTimer m_copying;  ///< since a new copy was begun
    QElapsedTimer m_lastTold; ///< progress
    int m_failures = 0;       ///< in a row
    bool m_verdictsAwaited = false;
};

} // namespace sqlgym::session
