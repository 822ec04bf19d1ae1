#include "cache/outbox.h"

#include "cache/rows.h"
#include "cache/store_context.h"
#include "cache/words.h"

namespace sqlgym::cache {
namespace {

OutboxEntry readEntry(sqlite::Statement &row)
{
    OutboxEntry entry;
    entry.id = row.string(0);
    entry.kind = row.string(1);
    entry.payloadJson = row.string(2);
    entry.state = outboxState(row.text(3));
    entry.tries = static_cast<int>(row.integer(4));
    entry.lastError = row.string(5);
    entry.createdAt = row.integer(6);
    return entry;
}

base::Result<void> changedOne(const sqlite::Database &database, const base::Result<void> &done)
{
    if (done && database.changes() == 0)
        return base::Error{"cache", "unknown_entry", "There is no such entry in the outbox.", false};
    return done;
}

} // namespace

base::Result<void> Outbox::add(const std::string &id, const std::string &kind, const std::string &payloadJson)
{
    return m_context.database.run("INSERT INTO outbox (id, user_id, kind, payload, created_at_us) "
                                  "VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                                  id, m_context.userId, kind, payloadJson, m_context.clock->now());
}

base::Result<std::vector<OutboxEntry>> Outbox::entries(std::optional<OutboxState> state)
{
    const auto word = state ? std::optional(wordOf(*state)) : std::nullopt;
    return select(m_context.database,
                  "SELECT id, kind, payload, state, tries, last_error, created_at_us FROM outbox "
                  "WHERE user_id = ?1 AND (?2 IS NULL OR state = ?2) ORDER BY sequence",
                  readEntry, m_context.userId, word);
}

base::Result<void> Outbox::markSent(std::string_view id)
{
    return changedOne(m_context.database,
                      m_context.database.run("UPDATE outbox SET state = 'sent', tries = tries + 1, last_error = '' "
                                             "WHERE id = ? AND user_id = ?",
                                             id, m_context.userId));
}

base::Result<void> Outbox::markFailed(std::string_view id, const std::string &reason, bool transient)
{
    return changedOne(m_context.database,
                      m_context.database.run("UPDATE outbox SET state = ?, tries = tries + 1, last_error = ? "
                                             "WHERE id = ? AND user_id = ?",
                                             wordOf(transient ? OutboxState::Pending : OutboxState::Rejected), reason,
                                             id, m_context.userId));
}

base::Result<void> Outbox::retry(std::string_view id)
{
    return changedOne(m_context.database, m_context.database.run("UPDATE outbox SET state = 'pending' "
                                                                 "WHERE id = ? AND user_id = ? AND state <> 'sent'",
                                                                 id, m_context.userId));
}

base::Result<void> Outbox::discard(std::string_view id)
{
    return changedOne(m_context.database,
                      m_context.database.run("DELETE FROM outbox WHERE id = ? AND user_id = ?", id, m_context.userId));
}

} // namespace sqlgym::cache
