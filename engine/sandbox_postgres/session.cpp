#include "sandbox_postgres/session.h"

#include <chrono>

namespace sqlgym::sandbox_postgres {

namespace {

/// Undoing a run takes microseconds; on a machine that is busy with other things, longer.
constexpr auto kResetTime = std::chrono::seconds(10);
constexpr int kPollMs = 50;

} // namespace

postgres::Connection &Session::connection()
{
    if (m_connection.inPipeline())
        m_connection.endPipeline();
    return m_connection;
}

bool Session::pipelined() { return m_connection.inPipeline() || m_connection.beginPipeline(); }

void Session::interrupt()
{
    if (!m_server.interrupt(m_connection.backendPid()))
        m_connection.canceller().cancel();
}

bool Session::sendReset()
{
    if (!pipelined())
        return false;
    for (const char *statement : {"ROLLBACK", "DISCARD ALL"}) {
        // Each by itself: DISCARD ALL wants no transaction around it.
        if (!m_connection.sendOne(statement) || !m_connection.sync())
            return false;
        ++m_syncs;
    }
    return true;
}

bool Session::settled()
{
    bool undone = true;
    const auto until = std::chrono::steady_clock::now() + kResetTime;
    while (m_syncs > 0) {
        const auto ready = m_connection.waitForResult(kPollMs);
        if (ready == postgres::Readiness::Broken || std::chrono::steady_clock::now() > until)
            return false;
        if (ready == postgres::Readiness::NotYet)
            continue;
        const auto result = m_connection.next();
        if (!result)
            continue;
        undone = undone && !result->failed();
        m_syncs -= result->kind() == postgres::ResultKind::Synced ? 1 : 0;
    }
    return undone && m_connection.alive() && !m_connection.inTransaction();
}

} // namespace sqlgym::sandbox_postgres
