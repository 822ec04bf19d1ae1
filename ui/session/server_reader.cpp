#include "session/server_reader.h"

namespace sqlgym::session {

namespace {

constexpr int kIdleMs = 60'000; ///< a connection costs the server some megabytes

} // namespace

ServerReader::ServerReader(OpenGateway open, QObject *parent)
    : QObject(parent), m_thread(QStringLiteral("server reads"))
{
    m_line->open = std::move(open);
    m_idle.setSingleShot(true);
    m_idle.setInterval(kIdleMs);
    connect(&m_idle, &QTimer::timeout, this, [this] { m_thread.post([line = m_line] { line->gateway.reset(); }); });
}

ServerReader::~ServerReader()
{
    m_line->brake->end();
    if (m_idle.isActive()) // the connection belongs to its thread
        m_thread.post([line = m_line] { line->gateway.reset(); });
}

void ServerReader::use(const std::string &dsn, const base::Secret &token)
{
    if (m_session->dsn == dsn && m_session->token.view() == token.view())
        return;
    m_line->brake->cancel();
    auto session = std::make_shared<Session>();
    session->dsn = dsn;
    session->token = base::Secret(token.view());
    m_session = std::move(session);
}

void ServerReader::cancel() { m_line->brake->cancel(); }

base::Result<client::Gateway *> ServerReader::Line::ready(const SessionPtr &wanted, int round)
{
    if (round != brake->rounds())
        return client::makeError(client::Trouble::Cancelled, "It was cancelled.");
    if (wanted->token.empty())
        return client::makeError(client::Trouble::SignedOut, "Nobody is signed in. Sign in, then try again.");
    if (gateway && session == wanted && !cancel->cancelled())
        return gateway.get();
    gateway.reset();
    cancel = brake->renew();
    auto opened = open(wanted->dsn, *cancel);
    if (!opened)
        return opened.error();
    if (auto used = (*opened)->useToken(base::Secret(wanted->token.view())); !used)
        return used.error();
    gateway = std::move(*opened);
    session = wanted;
    return gateway.get();
}

void ServerReader::Line::onError(const base::Error &error)
{
    if (error.transient || client::troubleOf(error) == client::Trouble::Cancelled)
        gateway.reset();
}

} // namespace sqlgym::session
