#include "cache/mirror_update.h"

#include "cache/fresh_copy.h"
#include "cache/outbox_overlay.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "cache/table_copy.h"

namespace sqlgym::cache {
namespace {

constexpr const char *kCursor = "pull_cursor";
constexpr const char *kAddress = "pull_address";
constexpr const char *kHorizon = "pull_horizon";

base::Result<void> put(sqlite::Database &database, const char *key, const std::string &value)
{
    return database.run("INSERT INTO sync_state (key, value) VALUES (?, ?) "
                        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        key, value);
}

} // namespace

base::Result<void> noteState(sqlite::Database &database, const MirrorState &state)
{
    if (auto noted = put(database, kCursor, state.cursor); !noted)
        return noted;
    if (auto noted = put(database, kHorizon, std::to_string(state.horizon)); !noted)
        return noted;
    return put(database, kAddress, state.address);
}

base::Result<MirrorState> readState(sqlite::Database &database)
{
    MirrorState state;
    auto rows = select(
        database, "SELECT key, value FROM sync_state WHERE key IN (?, ?, ?)",
        [](sqlite::Statement &row) { return std::pair(row.string(0), row.string(1)); }, kCursor, kAddress, kHorizon);
    if (!rows)
        return rows.error();
    for (auto &[key, value] : *rows) {
        if (key == kHorizon)
            state.horizon = std::strtoll(value.c_str(), nullptr, 10);
        else
            (key == kCursor ? state.cursor : state.address) = std::move(value);
    }
    return state;
}

base::Result<MirrorState> MirrorStore::state() { return readState(m_context.database); }

base::Result<bool> MirrorStore::canSettle(std::int64_t horizon)
{
    return cache::canSettle(m_context.database, m_context.userId, horizon);
}

void MirrorStore::dropUnfinishedCopy()
{
    if (!m_context.path.empty())
        FreshCopy::discard(m_context.path);
}

base::Result<MirrorUpdate> MirrorUpdate::begin(MirrorStore &store)
{
    sqlite::Database &database = store.m_context.database;
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    if (auto deferred = database.execute("PRAGMA defer_foreign_keys = ON"); !deferred)
        return deferred.error();
    if (auto lifted = liftOutbox(database, store.m_context.userId); !lifted)
        return lifted.error();
    return MirrorUpdate(store.m_context, std::move(*transaction));
}

base::Result<void> MirrorUpdate::write(const std::string &table, const std::vector<std::string> &columns,
                                       std::span<const MirrorValue> row)
{
    auto known = m_writers.find(table);
    if (known == m_writers.end()) {
        auto writer = MirrorWriter::prepare(m_context->database, table, columns);
        if (!writer)
            return writer.error();
        known = m_writers.emplace(table, std::move(*writer)).first;
    }
    return known->second.write(row);
}

base::Result<void> MirrorUpdate::remove(const std::string &table, std::string_view id)
{
    auto known = m_writers.find(table);
    if (known != m_writers.end())
        return known->second.remove(id);
    auto writer = MirrorWriter::prepare(m_context->database, table, {"id"});
    return writer ? writer->remove(id) : writer.error();
}

base::Result<void> MirrorUpdate::commit(const MirrorState &state)
{
    if (auto noted = noteState(m_context->database, state); !noted)
        return noted;
    // Statements that are still prepared would keep the commit from ending a deferred check.
    m_writers.clear();
    if (auto settled = settle(m_context->database, m_context->userId, state.horizon); !settled)
        return settled;
    if (auto laid = layOutbox(m_context->database, m_context->userId, m_context->clock->now()); !laid)
        return laid;
    auto committed = m_transaction.commit();
    if (committed || committed.error().code != "constraint")
        return committed;
    // Something refers to what the learner may not see.
    if (auto clean = dropOrphans(m_context->database); !clean)
        return clean;
    return m_transaction.commit();
}

} // namespace sqlgym::cache
