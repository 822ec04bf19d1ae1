#include "cache/draft_store.h"

#include "cache/rows.h"
#include "cache/store_context.h"
#include "sqlite/transaction.h"

namespace sqlgym::cache {
namespace {

constexpr base::UnixMicros kHistoryInterval = 60'000'000;
constexpr int kHistoryLength = 100;
constexpr std::size_t kWorthKeeping = 20;

Draft readDraft(sqlite::Statement &row)
{
    return {row.string(0), row.string(1), row.integer(2), row.integer(3), row.integer(4)};
}

/// Whether the text that `next` replaces is kept as a version.
base::Result<bool> deservesVersion(sqlite::Database &database, const Draft &previous, std::string_view next,
                                   base::UnixMicros now)
{
    if (previous.text == next || previous.text.empty())
        return false;
    if (previous.text.size() >= kWorthKeeping && next.size() * 2 < previous.text.size())
        return true;
    auto newest =
        database.integer("SELECT max(saved_at_us) FROM draft_history WHERE problem_id = ?", previous.document);
    if (!newest)
        return newest.error();
    return now - *newest >= kHistoryInterval;
}

base::Result<void> keepVersion(sqlite::Database &database, const Draft &previous)
{
    auto kept = database.run("INSERT INTO draft_history (problem_id, text, saved_at_us) VALUES (?, ?, ?)",
                             previous.document, previous.text, previous.updatedAt);
    if (!kept)
        return kept;
    return database.run(R"sql(
        DELETE FROM draft_history WHERE problem_id = ?1 AND id NOT IN
            (SELECT id FROM draft_history WHERE problem_id = ?1 ORDER BY id DESC LIMIT ?2))sql",
                        previous.document, kHistoryLength);
}

} // namespace

base::Result<void> DraftStore::save(const Draft &next)
{
    sqlite::Database &database = m_context.database;
    const base::UnixMicros now = m_context.clock->now();
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    auto previous = draft(next.document);
    if (!previous)
        return previous.error();
    if (*previous) {
        auto worth = deservesVersion(database, **previous, next.text, now);
        if (!worth)
            return worth.error();
        if (*worth) {
            if (auto kept = keepVersion(database, **previous); !kept)
                return kept;
        }
    }
    auto saved = database.run(R"sql(
        INSERT INTO drafts (problem_id, text, cursor, scroll, updated_at_us) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (problem_id) DO UPDATE SET text = excluded.text, cursor = excluded.cursor,
            scroll = excluded.scroll, updated_at_us = excluded.updated_at_us)sql",
                              next.document, next.text, next.cursorUtf16, next.scrollLine, now);
    return saved ? transaction->commit() : saved;
}

base::Result<std::optional<Draft>> DraftStore::draft(std::string_view document)
{
    return selectOne(m_context.database,
                     "SELECT problem_id, text, cursor, scroll, updated_at_us FROM drafts WHERE problem_id = ?",
                     readDraft, document);
}

base::Result<std::vector<Draft>> DraftStore::drafts()
{
    return select(m_context.database,
                  "SELECT problem_id, text, cursor, scroll, updated_at_us FROM drafts "
                  "ORDER BY updated_at_us DESC, problem_id",
                  readDraft);
}

base::Result<std::vector<DraftVersion>> DraftStore::history(std::string_view document)
{
    return select(
        m_context.database, "SELECT text, saved_at_us FROM draft_history WHERE problem_id = ? ORDER BY id DESC",
        [](sqlite::Statement &row) {
            return DraftVersion{row.string(0), row.integer(1)};
        },
        document);
}

base::Result<void> DraftStore::remove(std::string_view document)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    for (const char *sql :
         {"DELETE FROM drafts WHERE problem_id = ?", "DELETE FROM draft_history WHERE problem_id = ?"}) {
        if (auto done = m_context.database.run(sql, document); !done)
            return done;
    }
    return transaction->commit();
}

} // namespace sqlgym::cache
