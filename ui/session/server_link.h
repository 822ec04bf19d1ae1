// What the window knows of its server and asks of it; the work is done on a thread of its own.
#pragma once

#include "base/secret.h"
#include "session/link_worker.h"
#include "session/server_address.h"
#include "session/server_reader.h"

#include <QtCore/QThread>

namespace sqlgym::session {

/// Nothing here blocks. Ends promptly whatever the thread is at: what is not sent waits in the profile.
class ServerLink : public QObject {
    Q_OBJECT
public:
    /// `store` outlives it.
    ServerLink(LinkParts parts, Store &store, QObject *parent = nullptr);
    ~ServerLink() override;

    /// An empty address: there is no server. The thread starts with the first one.
    void setServer(const ServerAddress &address);
    const ServerAddress &server() const { return m_server; }
    const LinkState &state() const { return m_state; }

    // Each is answered().
    void test(const ServerAddress &address);
    void signIn(const QString &login, base::Secret password);
    void signUp(const QString &name, const QString &email, base::Secret password);
    void changePassword(base::Secret before, base::Secret after);
    void signOut();
    /// Ends the account at the server; the profile becomes a local one, see cache/adoption.h.
    void deleteAccount(base::Secret password);

    /// A question of a screen's own, for whoever is signed in: see ServerReader::ask().
    template <typename Work, typename Reply> void ask(Work work, QObject *context, Reply reply)
    {
        m_reader.ask(std::move(work), context, std::move(reply));
    }
    /// Ends what was asked so.
    void cancelAsked() { m_reader.cancel(); }

    void syncNow();
    /// Stops what runs; it goes on with syncNow().
    void cancel();

signals:
    void stateChanged(const sqlgym::session::LinkState &state);
    void answered(const sqlgym::session::LinkAnswer &answer);
    void exchanged(bool changed);

private:
    template <typename Work> void post(Work work);

    LinkParts m_parts;
    Store &m_store;
    std::shared_ptr<Brake> m_brake = std::make_shared<Brake>();
    ServerAddress m_server;
    LinkState m_state;
    ServerReader m_reader;
    QThread m_thread;
    LinkWorker *m_worker = nullptr; ///< ends with the thread
};

} // namespace sqlgym::session
