#include "judge/housekeeper.h"

#include <map>

namespace sqlgym::judge {

namespace {

constexpr int kBatch = 500;
constexpr int kMostRounds = 40;
constexpr int kProblems = 100;

} // namespace

base::Result<Facts> keepHouse(server::Session &session)
{
    std::map<std::string, long> done;
    bool more = true;
    for (int round = 0; more && round < kMostRounds; ++round) {
        auto rows = session.run("SELECT kind, done FROM private.housekeep($1)", {std::to_string(kBatch)});
        if (!rows)
            return rows.error();
        more = false;
        for (int row = 0; row < rows->rowCount(); ++row) {
            const long count = std::stol(std::string(rows->cell(row, 1).value_or("0")));
            done[std::string(rows->cell(row, 0).value_or("?"))] += count;
            more = more || count >= kBatch;
        }
        auto pruned = session.run("SELECT private.prune_changes($1)", {std::to_string(kBatch)});
        if (!pruned)
            return pruned.error();
        const long count = std::stol(std::string(pruned->cell(0, 0).value_or("0")));
        done["changes"] += count;
        more = more || count >= kBatch;
    }
    if (auto refreshed = session.run("SELECT private.refresh_leaderboard()"); !refreshed)
        return refreshed.error();
    if (auto refreshed = session.run("SELECT private.refresh_problem_figures($1)", {std::to_string(kProblems)});
        !refreshed)
        return refreshed.error();
    Facts facts;
    for (const auto &[kind, count] : done) {
        if (count > 0)
            facts.emplace_back(kind, std::to_string(count));
    }
    return facts;
}

Housekeeper::Housekeeper(std::string dsn, std::chrono::milliseconds every, Log log)
    : m_dsn(std::move(dsn)), m_every(every), m_log(std::move(log))
{
    m_thread = std::thread([this] { work(); });
}

Housekeeper::~Housekeeper()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

bool Housekeeper::connected()
{
    if (m_session && m_session->connection().alive())
        return true;
    m_session.reset();
    auto opened = server::Session::open(m_dsn);
    if (!opened || !opened->execute("SET statement_timeout = '60s'; SET lock_timeout = '5s'"))
        return false;
    m_session = std::make_unique<server::Session>(std::move(*opened));
    return true;
}

void Housekeeper::work()
{
    for (;;) {
        if (connected()) {
            const auto done = keepHouse(*m_session);
            if (!done)
                m_log("trouble", {{"what", done.error().message}});
            else if (!done->empty())
                m_log("housekeeping", *done);
        }
        std::unique_lock lock(m_mutex);
        if (m_changed.wait_for(lock, m_every, [this] { return m_ending; }))
            return;
    }
}

} // namespace sqlgym::judge
