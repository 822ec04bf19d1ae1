#include "cache/outbox.h"

#include "cache/outbox_overlay.h"
#include "cache/outbox_write.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "cache/words.h"
#include "sqlite/transaction.h"

namespace sqlgym::cache {
namespace {

using Json = nlohmann::json;

const std::string kColumns = "SELECT id, kind, payload, state, tries, last_error, created_at_us, sequence, "
                             "coalesce(blocked_by, '') FROM outbox ";

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
    entry.sequence = row.integer(7);
    entry.blockedBy = row.string(8);
    return entry;
}

/// Entries that the server did are kept for the overlay alone.
constexpr const char *kSeen = " AND (state <> 'sent' OR kind = 'submit') ";

base::Error unknownEntry() { return {"cache", "unknown_entry", "There is no such entry in the outbox.", false}; }

base::Result<void> changedOne(const sqlite::Database &database, const base::Result<void> &done)
{
    if (done && database.changes() == 0)
        return unknownEntry();
    return done;
}

base::Result<std::optional<OutboxEntry>> entryOf(StoreContext &context, std::string_view id)
{
    return selectOne(context.database, kColumns + "WHERE id = ? AND user_id = ?" + kSeen, readEntry, id,
                     context.userId);
}

/// One that may be changed or taken out. Errors: unknown_entry, in_flight.
base::Result<OutboxEntry> restingEntry(StoreContext &context, std::string_view id)
{
    auto entry = entryOf(context, id);
    if (!entry)
        return entry.error();
    if (!*entry)
        return unknownEntry();
    if ((*entry)->state == OutboxState::Sent || ((*entry)->state == OutboxState::Pending && (*entry)->tries > 0))
        return base::Error{
            "cache", "in_flight",
            "This was sent, and the server has not answered for good yet. Try again after the next sync.", true};
    return std::move(**entry);
}

base::Result<void> makePending(StoreContext &context, std::string_view id)
{
    return context.database.run("UPDATE outbox SET state = 'pending', tries = 0, blocked_by = NULL "
                                "WHERE user_id = ?2 AND (id = ?1 OR blocked_by = ?1) AND state = 'rejected'",
                                id, context.userId);
}

/// Kinds of which a later one makes an earlier one pointless.
bool supersedes(const std::string &kind)
{
    return kind == "edit_post" || kind == "edit_solution" || kind == "change_profile" || kind == "set_leaderboard" ||
           kind == "record_session";
}

/// What was refused of the same before `entry`.
base::Result<void> dropRefusedBefore(StoreContext &context, const OutboxEntry &entry)
{
    return dropWrites(context.database, context.userId,
                      " WHERE user_id = ?1 AND state = 'rejected' AND kind = ?2 AND sequence < ?3 "
                      "AND target = (SELECT target FROM outbox WHERE id = ?4)",
                      context.userId, entry.kind, entry.sequence, entry.id);
}

/// Drops what the server did where no row of the server's will follow: it did nothing here, or to the profile's own
/// notes alone, where it stands.
base::Result<void> dropWithoutTrace(StoreContext &context, const OutboxEntry &entry)
{
    return context.database.run("DELETE FROM outbox WHERE id = ?1 AND kind <> 'submit' AND NOT EXISTS (SELECT 1 FROM "
                                "json_each(coalesce(undo, '[]')) WHERE json_extract(value, '$.table') <> 'sync_state')",
                                entry.id);
}

} // namespace

base::Result<void> Outbox::add(const std::string &id, const std::string &kind, const std::string &payloadJson)
{
    return m_context.database.run("INSERT INTO outbox (id, user_id, kind, payload, created_at_us, undo) "
                                  "VALUES (?, ?, ?, ?, ?, '[]') ON CONFLICT (id) DO NOTHING",
                                  id, m_context.userId, kind, payloadJson, m_context.clock->now());
}

base::Result<std::vector<OutboxEntry>> Outbox::entries(std::optional<OutboxState> state)
{
    const auto word = state ? std::optional(wordOf(*state)) : std::nullopt;
    return select(m_context.database,
                  kColumns + "WHERE user_id = ?1 AND (?2 IS NULL OR state = ?2)" + kSeen + "ORDER BY sequence",
                  readEntry, m_context.userId, word);
}

base::Result<OutboxCounts> Outbox::counts()
{
    auto counts = selectOne(
        m_context.database,
        "SELECT count(*) FILTER (WHERE state = 'pending'), count(*) FILTER (WHERE state = 'rejected'), "
        "count(*) FILTER (WHERE state = 'sent' AND kind = 'submit') FROM outbox WHERE user_id = ?",
        [](sqlite::Statement &row) {
            return OutboxCounts{static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1)),
                                static_cast<int>(row.integer(2))};
        },
        m_context.userId);
    if (!counts)
        return counts.error();
    return counts->value_or(OutboxCounts{});
}

base::Result<std::optional<FileLock>> Outbox::lockForSending()
{
    if (m_context.path.empty())
        return std::optional(FileLock());
    return FileLock::tryExclusive(m_context.path + "-sending");
}

base::Result<std::optional<OutboxEntry>> Outbox::next(std::int64_t sequence)
{
    return selectOne(m_context.database,
                     kColumns + "WHERE user_id = ? AND state = 'pending' AND sequence > ? ORDER BY sequence LIMIT 1",
                     readEntry, m_context.userId, sequence);
}

base::Result<std::optional<OutboxEntry>> Outbox::begin(std::string_view id)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto noted = m_context.database.run("UPDATE outbox SET tries = tries + 1 "
                                        "WHERE id = ? AND user_id = ? AND state = 'pending'",
                                        id, m_context.userId);
    if (!noted)
        return noted.error();
    if (m_context.database.changes() == 0)
        return std::optional<OutboxEntry>();
    auto entry = entryOf(m_context, id);
    if (!entry)
        return entry;
    if (auto committed = transaction->commit(); !committed)
        return committed.error();
    return entry;
}

base::Result<std::optional<OutboxEntry>> Outbox::missingFor(const OutboxEntry &entry)
{
    return selectOne(m_context.database,
                     kColumns + "WHERE user_id = ?1 AND state = 'rejected' AND sequence < ?2 AND kind IN "
                                "('create_post', 'create_comment', 'add_link', 'add_solution') AND id IN ("
                                "json_extract(?3, '$.post_id'), json_extract(?3, '$.parent_id'), "
                                "json_extract(?3, '$.id'), json_extract(?3, '$.target_id')) LIMIT 1",
                     readEntry, m_context.userId, entry.sequence, entry.payloadJson);
}

base::Result<void> Outbox::markSent(std::string_view id, std::int64_t doneBefore)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto entry = entryOf(m_context, id);
    if (!entry)
        return entry.error();
    if (!*entry)
        return unknownEntry();
    auto done = m_context.database.run("UPDATE outbox SET state = 'sent', last_error = '', done_before = ? "
                                       "WHERE id = ?",
                                       doneBefore, id);
    if (done && supersedes((*entry)->kind))
        done = dropRefusedBefore(m_context, **entry);
    if (done)
        done = dropWithoutTrace(m_context, **entry);
    return done ? transaction->commit() : done;
}

base::Result<void> Outbox::markFailed(std::string_view id, const std::string &reason, bool transient)
{
    return changedOne(m_context.database,
                      m_context.database.run("UPDATE outbox SET state = ?, last_error = ? "
                                             "WHERE id = ? AND user_id = ?",
                                             wordOf(transient ? OutboxState::Pending : OutboxState::Rejected), reason,
                                             id, m_context.userId));
}

base::Result<void> Outbox::block(std::string_view id, const std::string &reason, const std::string &blockedBy)
{
    return changedOne(m_context.database,
                      m_context.database.run("UPDATE outbox SET state = 'rejected', last_error = ?, blocked_by = ? "
                                             "WHERE id = ? AND user_id = ?",
                                             reason, blockedBy, id, m_context.userId));
}

base::Result<void> Outbox::retry(std::string_view id)
{
    auto entry = entryOf(m_context, id);
    if (!entry)
        return entry.error();
    if (!*entry)
        return unknownEntry();
    return makePending(m_context, id);
}

base::Result<void> Outbox::mend(std::string_view id, const std::string &payloadJson)
{
    const Json payload = Json::parse(payloadJson, nullptr, false);
    if (!payload.is_object())
        return base::Error{"cache", "not_text", "The arguments are no JSON object.", false};
    if (auto good = checkTexts(payload); !good)
        return good;
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto entry = restingEntry(m_context, id);
    if (!entry)
        return entry.error();
    auto done = liftWrites(m_context.database, m_context.userId);
    if (done)
        done = m_context.database.run("UPDATE outbox SET payload = ?, last_error = '' WHERE id = ?", payloadJson, id);
    if (done)
        done = makePending(m_context, id);
    if (done)
        done = layWrites(m_context.database, m_context.userId);
    return done ? transaction->commit() : done;
}

base::Result<int> Outbox::discard(std::string_view id)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto entry = restingEntry(m_context, id);
    if (!entry)
        return entry.error();
    auto dropped = dropEntry(m_context, entry->id);
    if (!dropped)
        return dropped;
    if (auto committed = transaction->commit(); !committed)
        return committed.error();
    return dropped;
}

base::Result<std::vector<VerdictDifference>> Outbox::differences()
{
    return select(m_context.database,
                  "SELECT submission_id, problem_id, query, correct_here FROM verdict_differences ORDER BY noted_at_us",
                  [](sqlite::Statement &row) {
                      return VerdictDifference{row.string(0), row.string(1), row.string(2), row.integer(3) != 0};
                  });
}

base::Result<void> Outbox::dismissDifference(std::string_view submissionId)
{
    return m_context.database.run("DELETE FROM verdict_differences WHERE submission_id = ?", submissionId);
}

} // namespace sqlgym::cache
