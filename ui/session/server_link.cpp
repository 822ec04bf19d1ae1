#include "session/server_link.h"

#include "session/store.h"

namespace sqlgym::session {

ServerLink::ServerLink(LinkParts parts, Store &store, QObject *parent)
    : QObject(parent), m_parts(std::move(parts)), m_store(store), m_reader(m_parts.openGateway)
{
    m_thread.setObjectName(QStringLiteral("server"));
    connect(&store, &Store::wroteForServer, this, [this] {
        if (m_worker)
            post([](LinkWorker &worker) { worker.wake(false); });
    });
}

ServerLink::~ServerLink()
{
    m_brake->end();
    m_thread.quit();
    m_thread.wait();
}

template <typename Work> void ServerLink::post(Work work)
{
    if (!m_worker) {
        m_worker = new LinkWorker(m_parts, m_store, m_brake);
        m_worker->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
        connect(m_worker, &LinkWorker::stateChanged, this, [this](const LinkState &state) {
            m_state = state;
            emit stateChanged(state);
        });
        connect(
            m_worker, &LinkWorker::sessionChanged, this,
            [this](const std::string &dsn, const std::shared_ptr<base::Secret> &token) { m_reader.use(dsn, *token); });
        connect(m_worker, &LinkWorker::answered, this, &ServerLink::answered);
        connect(m_worker, &LinkWorker::exchanged, this, &ServerLink::exchanged);
        m_thread.start();
    }
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, work = std::move(work)]() mutable { work(*worker); }, Qt::QueuedConnection);
}

void ServerLink::setServer(const ServerAddress &address)
{
    m_server = address;
    if (address.isEmpty() && !m_worker)
        return;
    m_brake->cancel();
    post([dsn = address.isEmpty() ? QString() : address.dsn(), shown = address.shown()](LinkWorker &worker) {
        worker.setServer(dsn, shown);
    });
}

void ServerLink::test(const ServerAddress &address)
{
    m_brake->cancel();
    post([dsn = address.dsn()](LinkWorker &worker) { worker.test(dsn); });
}

// A queued call is copied; a secret is not.
void ServerLink::signIn(const QString &login, base::Secret password)
{
    post([login, secret = std::make_shared<base::Secret>(std::move(password))](LinkWorker &worker) {
        worker.signIn(login, std::move(*secret));
    });
}

void ServerLink::signUp(const QString &name, const QString &email, base::Secret password)
{
    post([name, email, secret = std::make_shared<base::Secret>(std::move(password))](LinkWorker &worker) {
        worker.signUp(name, email, std::move(*secret));
    });
}

void ServerLink::changePassword(base::Secret before, base::Secret after)
{
    post([old = std::make_shared<base::Secret>(std::move(before)),
          fresh = std::make_shared<base::Secret>(std::move(after))](LinkWorker &worker) {
        worker.changePassword(std::move(*old), std::move(*fresh));
    });
}

void ServerLink::deleteAccount(base::Secret password)
{
    post([secret = std::make_shared<base::Secret>(std::move(password))](LinkWorker &worker) {
        worker.deleteAccount(std::move(*secret));
    });
}

void ServerLink::signOut()
{
    m_brake->cancel();
    post([](LinkWorker &worker) { worker.signOut(); });
}

void ServerLink::syncNow()
{
    if (m_worker)
        post([](LinkWorker &worker) { worker.wake(true); });
}

void ServerLink::cancel() { m_brake->cancel(); }

} // namespace sqlgym::session
