#include "cache/learning_store.h"

#include "base/timestamp.h"
#include "base/uuid.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "sqlite/transaction.h"

namespace sqlgym::cache {
namespace {

template <typename T> std::set<T> asSet(const std::vector<T> &values) { return {values.begin(), values.end()}; }

base::Result<void> writeInteraction(StoreContext &context, std::string_view problemId, const Interaction &wanted)
{
    const std::string now = base::timestampText(context.clock->now());
    return context.database.run(
        R"sql(
        INSERT INTO problem_interactions
            (id, user_id, problem_id, bookmark, upvote, downvote, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
        ON CONFLICT (user_id, problem_id) DO UPDATE SET bookmark = excluded.bookmark, upvote = excluded.upvote,
            downvote = excluded.downvote, updated_at = excluded.updated_at)sql",
        base::randomUuid(), context.userId, problemId, wanted.bookmark, wanted.upvote,
        wanted.downvote && !wanted.upvote, now);
}

} // namespace

base::Result<void> LearningStore::useHint(std::string_view problemId, int level, int utcOffsetMinutes)
{
    return m_context.database.run("INSERT INTO hints_used (problem_id, level, used_at_us, utc_offset_minutes) "
                                  "VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                                  problemId, level, m_context.clock->now(), utcOffsetMinutes);
}

base::Result<std::set<int>> LearningStore::hintsUsed(std::string_view problemId)
{
    auto levels = select(
        m_context.database, "SELECT level FROM hints_used WHERE problem_id = ?",
        [](sqlite::Statement &row) { return static_cast<int>(row.integer(0)); }, problemId);
    if (!levels)
        return levels.error();
    return asSet(*levels);
}

base::Result<void> LearningStore::giveUp(std::string_view problemId, int utcOffsetMinutes)
{
    return m_context.database.run("INSERT INTO given_up (problem_id, given_up_at_us, utc_offset_minutes) "
                                  "VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                                  problemId, m_context.clock->now(), utcOffsetMinutes);
}

base::Result<std::optional<base::UnixMicros>> LearningStore::gaveUpAt(std::string_view problemId)
{
    return selectOne(
        m_context.database, "SELECT given_up_at_us FROM given_up WHERE problem_id = ?",
        [](sqlite::Statement &row) { return row.integer(0); }, problemId);
}

base::Result<Interaction> LearningStore::interaction(std::string_view problemId)
{
    auto found = selectOne(
        m_context.database,
        "SELECT bookmark, upvote, downvote FROM problem_interactions WHERE user_id = ? AND problem_id = ?",
        [](sqlite::Statement &row) {
            return Interaction{row.integer(0) != 0, row.integer(1) != 0, row.integer(2) != 0};
        },
        m_context.userId, problemId);
    if (!found)
        return found.error();
    return found->value_or(Interaction{});
}

base::Result<void> LearningStore::setInteraction(std::string_view problemId, const Interaction &wanted)
{
    return writeInteraction(m_context, problemId, wanted);
}

base::Result<void> LearningStore::setBookmark(std::string_view problemId, bool bookmark)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto current = interaction(problemId);
    if (!current)
        return current.error();
    current->bookmark = bookmark;
    auto written = writeInteraction(m_context, problemId, *current);
    return written ? transaction->commit() : written;
}

base::Result<void> LearningStore::setFrozenDay(progress::LocalDay day, bool frozen)
{
    return m_context.database.run(frozen ? "INSERT INTO frozen_days (day) VALUES (?) ON CONFLICT DO NOTHING"
                                         : "DELETE FROM frozen_days WHERE day = ?",
                                  day);
}

base::Result<std::set<progress::LocalDay>> LearningStore::frozenDays()
{
    auto days = select(m_context.database, "SELECT day FROM frozen_days",
                       [](sqlite::Statement &row) { return progress::LocalDay{row.integer(0)}; });
    if (!days)
        return days.error();
    return asSet(*days);
}

} // namespace sqlgym::cache
