#include "cache/attempt_store.h"

#include "base/uuid.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "cache/words.h"

namespace sqlgym::cache {
namespace {

constexpr std::string_view kColumns = "SELECT id, problem_id, kind, query, outcome, correct, started_at_us, "
                                      "utc_offset_minutes, elapsed_us, rows, verdict FROM attempts ";

Attempt readAttempt(sqlite::Statement &row)
{
    Attempt attempt;
    attempt.id = row.string(0);
    attempt.problemId = row.string(1);
    attempt.kind = attemptKind(row.text(2));
    attempt.query = row.string(3);
    attempt.outcome = row.string(4);
    attempt.correct = row.integer(5) != 0;
    attempt.startedAt = row.integer(6);
    attempt.utcOffsetMinutes = static_cast<int>(row.integer(7));
    attempt.elapsedUs = row.integer(8);
    attempt.rows = row.optionalInteger(9);
    attempt.verdictJson = row.string(10);
    return attempt;
}

} // namespace

base::Result<std::string> AttemptStore::add(const Attempt &attempt)
{
    const std::string id = attempt.id.empty() ? base::randomUuid() : attempt.id;
    const auto verdict = attempt.verdictJson.empty() ? std::nullopt : std::optional(attempt.verdictJson);
    auto added = m_context.database.run(
        R"sql(
        INSERT INTO attempts (id, problem_id, kind, query, outcome, correct, started_at_us, utc_offset_minutes,
                              elapsed_us, rows, verdict)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING)sql",
        id, attempt.problemId, wordOf(attempt.kind), attempt.query, attempt.outcome, attempt.correct,
        attempt.startedAt != 0 ? attempt.startedAt : m_context.clock->now(), attempt.utcOffsetMinutes,
        attempt.elapsedUs, attempt.rows, verdict);
    if (!added)
        return added.error();
    return id;
}

base::Result<std::vector<Attempt>> AttemptStore::attempts(std::string_view problemId, int limit)
{
    return select(m_context.database,
                  std::string(kColumns) + "WHERE problem_id = ? ORDER BY started_at_us DESC, rowid DESC LIMIT ?",
                  readAttempt, problemId, limit);
}

base::Result<std::optional<Attempt>> AttemptStore::attempt(std::string_view id)
{
    return selectOne(m_context.database, std::string(kColumns) + "WHERE id = ?", readAttempt, id);
}

} // namespace sqlgym::cache
