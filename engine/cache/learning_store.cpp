#include "cache/learning_store.h"

#include "cache/outbox_write.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "sqlite/transaction.h"

namespace sqlgym::cache {
namespace {

template <typename T> std::set<T> asSet(const std::vector<T> &values) { return {values.begin(), values.end()}; }

/// Of the marks those that change.
base::Result<void> writeInteraction(StoreContext &context, std::string_view problemId, const Interaction &before,
                                    const Interaction &wanted)
{
    const bool down = wanted.downvote && !wanted.upvote;
    nlohmann::json payload = {{"problem_id", std::string(problemId)}};
    if (wanted.bookmark != before.bookmark)
        payload["bookmark"] = wanted.bookmark;
    if (wanted.upvote != before.upvote)
        payload["upvote"] = wanted.upvote;
    if (down != before.downvote)
        payload["downvote"] = down;
    if (payload.size() == 1)
        return {};
    auto done = enqueue(
        context,
        {.kind = "set_interaction", .payload = payload, .target = "interaction:" + std::string(problemId), .id = {}});
    return done ? base::Result<void>() : done.error();
}

/// A fact that stays here, and is told once.
base::Result<void> tell(StoreContext &context, const char *kind, const nlohmann::json &payload,
                        const std::string &target)
{
    if (context.database.changes() == 0)
        return {};
    auto told = enqueue(context, {.kind = kind, .payload = payload, .target = target, .id = {}, .here = false});
    return told ? base::Result<void>() : told.error();
}

} // namespace

base::Result<void> LearningStore::useHint(std::string_view problemId, int level, int utcOffsetMinutes)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto done = m_context.database.run("INSERT INTO hints_used (problem_id, level, used_at_us, utc_offset_minutes) "
                                       "VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                                       problemId, level, m_context.clock->now(), utcOffsetMinutes);
    if (done)
        done = tell(m_context, "use_hint", {{"problem_id", std::string(problemId)}, {"level", level}},
                    "hint:" + std::string(problemId) + ":" + std::to_string(level));
    return done ? transaction->commit() : done;
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
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto done = m_context.database.run("INSERT INTO given_up (problem_id, given_up_at_us, utc_offset_minutes) "
                                       "VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                                       problemId, m_context.clock->now(), utcOffsetMinutes);
    if (done)
        done =
            tell(m_context, "give_up", {{"problem_id", std::string(problemId)}}, "give_up:" + std::string(problemId));
    return done ? transaction->commit() : done;
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
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto before = interaction(problemId);
    if (!before)
        return before.error();
    auto written = writeInteraction(m_context, problemId, *before, wanted);
    return written ? transaction->commit() : written;
}

base::Result<bool> LearningStore::mayVote(std::string_view problemId)
{
    auto count = m_context.database.integer(
        "SELECT count(*) FROM problem_submissions WHERE user_id = ? AND problem_id = ?", m_context.userId, problemId);
    if (!count)
        return count.error();
    return *count > 0;
}

base::Result<void> LearningStore::setBookmark(std::string_view problemId, bool bookmark)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto current = interaction(problemId);
    if (!current)
        return current.error();
    Interaction wanted = *current;
    wanted.bookmark = bookmark;
    auto written = writeInteraction(m_context, problemId, *current, wanted);
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
