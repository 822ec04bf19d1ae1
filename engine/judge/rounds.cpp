#include "judge/rounds.h"

namespace sqlgym::judge {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kLookMs = 100;

} // namespace

Rounds::Rounds(Options options, Round round, Log log)
    : m_options(std::move(options)), m_round(std::move(round)), m_log(std::move(log))
{
    m_thread = std::thread([this] { work(); });
}

Rounds::~Rounds()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

bool Rounds::connected()
{
    if (m_session && m_session->connection().alive())
        return true;
    m_session.reset();
    auto opened = server::Session::open(m_options.dsn);
    const std::string listen = m_options.channel.empty() ? "" : "; LISTEN " + m_options.channel;
    if (!opened ||
        !opened->execute("SET TimeZone = 'UTC'; SET statement_timeout = '60s'; SET lock_timeout = '5s'" + listen))
        return false;
    m_session = std::make_unique<server::Session>(std::move(*opened));
    return true;
}

void Rounds::work()
{
    do {
        if (!connected())
            continue;
        const auto done = m_round(*m_session);
        if (!done)
            m_log("trouble", {{"what", done.error().message}});
        else if (!done->empty())
            m_log(m_options.event.c_str(), *done);
    } while (!awaitNext());
}

/// True: it ends.
bool Rounds::awaitNext()
{
    const auto due = Clock::now() + m_options.every;
    if (m_options.channel.empty())
        return ends(m_options.every);
    while (Clock::now() < due) {
        if (!m_session || !m_session->connection().alive())
            return ends(m_options.every);
        if (m_session->connection().waitForNotification(kLookMs))
            break;
        if (ends(std::chrono::milliseconds(0)))
            return true;
    }
    return ends(std::chrono::milliseconds(0));
}

bool Rounds::ends(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, time, [this] { return m_ending; });
}

} // namespace sqlgym::judge
