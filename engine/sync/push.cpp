#include "sync/push.h"

#include "client/account.h"
#include "client/retry.h"
#include "sync/api_calls.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sqlgym::sync {
namespace {

using cache::OutboxEntry;
using client::Trouble;

class Push {
public:
    Push(cache::Cache &cache, client::Gateway &gateway, const PushOptions &options)
        : m_cache(cache), m_outbox(cache.outbox()), m_gateway(gateway), m_options(options)
    {
    }

    base::Result<PushReport> run()
    {
        auto counts = m_outbox.counts();
        if (!counts)
            return counts.error();
        m_report.waiting = counts->pending;
        if (counts->pending == 0)
            return m_report;
        auto lock = m_outbox.lockForSending();
        if (!lock)
            return lock.error();
        if (!*lock) {
            m_report.busyElsewhere = true;
            return m_report;
        }
        auto account = client::myAccount(m_gateway);
        if (!account) {
            m_report.stopped = account.error();
            return m_report;
        }
        if (account->id != m_cache.userId())
            return base::Error{"sync", "other_account",
                               "What waits in this profile was written by " + m_cache.userName() +
                                   ", and the session is " + client::plainText(account->username) +
                                   "'s. Nothing was sent.",
                               false};
        return sendAll();
    }

private:
    base::Result<PushReport> sendAll()
    {
        for (std::int64_t last = 0;;) {
            auto entry = m_outbox.next(last);
            if (!entry)
                return entry.error();
            if (!*entry)
                break;
            last = (*entry)->sequence;
            tell();
            auto done = handle(**entry);
            if (!done)
                return done.error();
            if (m_report.stopped)
                break;
        }
        auto counts = m_outbox.counts();
        if (!counts)
            return counts.error();
        m_report.waiting = counts->pending;
        tell();
        return m_report;
    }

    base::Result<void> handle(const OutboxEntry &entry)
    {
        auto missing = m_outbox.missingFor(entry);
        if (!missing)
            return missing.error();
        if (*missing) {
            ++m_report.parked;
            return m_outbox.block(entry.id,
                                  "What it is about was refused (" + (*missing)->kind + " " + (*missing)->id +
                                      "): " + (*missing)->lastError,
                                  (*missing)->id);
        }
        for (int attempt = 1;; ++attempt) {
            if (cancelled()) {
                m_report.stopped = client::makeError(Trouble::Cancelled, "Cancelled. What was not sent waits.");
                return {};
            }
            // What it says now: it may have been changed, or discarded.
            auto begun = m_outbox.begin(entry.id);
            if (!begun)
                return begun.error();
            if (!*begun)
                return {};
            const auto sent = send(**begun);
            if (sent) {
                ++m_report.sent;
                m_report.waiting = std::max(0, m_report.waiting - 1);
                return m_outbox.markSent(entry.id, *sent);
            }
            if (client::troubleOf(sent.error()) == Trouble::Refused)
                return refused(**begun, sent.error());
            if (auto noted = m_outbox.markFailed(entry.id, sent.error().message, true); !noted)
                return noted;
            if (!pauseAfter(sent.error(), attempt)) {
                m_report.stopped = sent.error();
                return {};
            }
        }
    }

    /// The server's transaction from which on its snapshots hold what it did.
    base::Result<std::int64_t> send(const OutboxEntry &entry)
    {
        auto call = apiCall(entry);
        if (!call)
            return call.error();
        auto rows = m_gateway.call(call->sql, call->values());
        if (!rows)
            return rows.error();
        const bool told = !rows->empty() && rows->front().size() == 2 && rows->front()[1];
        return told ? std::strtoll(rows->front()[1]->c_str(), nullptr, 10) : 0;
    }

    base::Result<void> refused(const OutboxEntry &entry, const base::Error &reason)
    {
        auto early = waitsForVerdict(entry);
        if (!early)
            return early.error();
        if (!*early)
            ++m_report.parked;
        return m_outbox.markFailed(entry.id, reason.message, *early);
    }

    /// Solutions are for those who solved the problem, which the server may not know yet.
    base::Result<bool> waitsForVerdict(const OutboxEntry &entry)
    {
        if (entry.kind != "add_solution")
            return false;
        auto sent = m_outbox.entries(cache::OutboxState::Sent);
        if (!sent)
            return sent.error();
        const auto problemOf = [](const OutboxEntry &each) {
            const auto payload = nlohmann::json::parse(each.payloadJson, nullptr, false);
            return payload.is_object() ? payload.value("problem_id", nlohmann::json()) : nlohmann::json();
        };
        return std::ranges::any_of(*sent, [&](const OutboxEntry &each) { return problemOf(each) == problemOf(entry); });
    }

    /// Whether to try again, after a pause.
    bool pauseAfter(const base::Error &error, int attempt)
    {
        const base::CancelToken none;
        const base::CancelToken &cancel = m_options.cancel != nullptr ? *m_options.cancel : none;
        if (client::troubleOf(error) == Trouble::RateLimited) {
            constexpr int kPauseMs = 5'000;
            if (m_waitedMs >= m_options.rateLimitWaitMs)
                return false;
            m_waitedMs += kPauseMs;
            return client::pauseFor(kPauseMs, cancel);
        }
        return error.transient && attempt < m_options.attempts && client::pauseFor(client::pauseMs(attempt), cancel);
    }

    bool cancelled() const { return m_options.cancel != nullptr && m_options.cancel->cancelled(); }

    void tell()
    {
        if (m_options.progress)
            m_options.progress({m_report.sent, m_report.waiting});
    }

    cache::Cache &m_cache;
    cache::Outbox &m_outbox;
    client::Gateway &m_gateway;
    const PushOptions &m_options;
    PushReport m_report;
    int m_waitedMs = 0;
};

} // namespace

base::Result<PushReport> push(cache::Cache &cache, client::Gateway &gateway, const PushOptions &options)
{
    return Push(cache, gateway, options).run();
}

} // namespace sqlgym::sync
