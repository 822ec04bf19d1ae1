// Storing a judged submission.
#include "base/timestamp.h"
#include "base/uuid.h"
#include "cache/figures.h"
#include "cache/outbox_write.h"
#include "cache/progress_store.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "cache/submission_entry.h"
#include "content/names.h"
#include "sqlite/transaction.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sqlgym::cache {
namespace {

using sqlite::Database;

std::optional<std::string> timestampOf(const std::optional<base::UnixMicros> &at)
{
    return at ? std::optional(base::timestampTzText(*at)) : std::nullopt;
}

std::optional<std::string_view> orNull(const std::string &text)
{
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

base::Result<void> writeSubmission(Database &database, const progress::SubmissionRow &row)
{
    return database.run("INSERT INTO submissions (id, user_id, problem_id, query, is_correct, execution_time, "
                        "submitted_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        row.id, row.userId, row.problemId, row.query, row.isCorrect, row.executionTime,
                        base::timestampText(row.submittedAt));
}

base::Result<void> writeProblemSubmission(Database &database, const progress::ProblemSubmissionRow &row)
{
    return database.run("INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status, rows_returned, "
                        "execution_time_ms, error_message, result_data, created_at, completed_at) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        row.id, row.userId, row.problemId, row.sqlQuery, row.status, row.rowsReturned,
                        row.executionTimeMs, row.errorMessage, orNull(row.resultDataJson),
                        base::timestampText(row.createdAt), base::timestampText(row.completedAt));
}

/// A test that the catalogue dropped while the submission was judged has no place: its result goes with it, as it
/// would have by ON DELETE CASCADE.
base::Result<void> writeExecutionResult(Database &database, const progress::ExecutionResultRow &row)
{
    return database.run(
        R"sql(
        INSERT INTO execution_results (id, submission_id, test_case_id, status, execution_time_ms, memory_used_mb,
            rows_affected, query_result, error_message, is_correct, validation_details, created_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12
        WHERE EXISTS (SELECT 1 FROM test_cases WHERE id = ?3))sql",
        row.id, row.submissionId, row.testCaseId, row.status, row.executionTimeMs, row.memoryUsedMb, row.rowsAffected,
        row.queryResultJson, row.errorMessage, row.isCorrect, orNull(row.validationDetailsJson),
        base::timestampText(row.createdAt));
}

base::Result<void> writeSession(Database &database, const progress::ProblemSessionRow &row)
{
    return database.run(
        R"sql(
        INSERT INTO problem_sessions (id, user_id, problem_id, first_query_at, completed_at, total_time_spent_seconds,
                                      created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET first_query_at = excluded.first_query_at, completed_at = excluded.completed_at,
            total_time_spent_seconds = max(coalesce(total_time_spent_seconds, 0), excluded.total_time_spent_seconds),
            updated_at = excluded.updated_at)sql",
        row.id, row.userId, row.problemId, timestampOf(row.firstQueryAt), timestampOf(row.completedAt),
        row.totalTimeSpentSeconds, base::timestampTzText(row.createdAt), base::timestampTzText(row.updatedAt));
}

/// A sitting that no server would take lasts no longer than a day.
base::Result<void> tellSession(StoreContext &context, const std::string &id)
{
    constexpr std::int64_t kDay = 86'400;
    auto row = selectOne(
        context.database,
        "SELECT problem_id, coalesce(total_time_spent_seconds, 0), completed_at IS NOT NULL "
        "FROM problem_sessions WHERE id = ?",
        [&](sqlite::Statement &session) {
            return nlohmann::json{{"id", id},
                                  {"problem_id", session.string(0)},
                                  {"seconds", std::clamp<std::int64_t>(session.integer(1), 0, kDay)},
                                  {"completed", session.integer(2) != 0}};
        },
        id);
    if (!row)
        return row.error();
    if (!*row)
        return {};
    auto told = enqueue(context, {.kind = "record_session", .payload = **row, .target = "session:" + id, .id = {}});
    return told ? base::Result<void>() : told.error();
}

/// Of a server's learner only what is there already: the judge makes the others, and a row that was made up here would
/// stay for ever.
base::Result<void> completeSession(StoreContext &context, const progress::ProblemSessionRow &row)
{
    auto copied = context.database.integer("SELECT count(*) FROM sync_state WHERE key = 'pull_cursor'");
    auto there = context.database.integer("SELECT count(*) FROM problem_sessions WHERE id = ?", row.id);
    if (!copied || !there)
        return copied ? there.error() : copied.error();
    if (*copied == 0)
        return writeSession(context.database, row); // adopted with the profile, if it ever is
    if (*there == 0)
        return {};
    auto written = writeSession(context.database, row);
    return written ? tellSession(context, row.id) : written;
}

base::Result<void> writeAll(StoreContext &context, const progress::Judgement &judgement, Attempt attempt)
{
    Database &database = context.database;
    attempt.id = judgement.submission.id;
    attempt.kind = AttemptKind::Submit;
    auto done = writeSubmission(database, judgement.submission);
    if (done)
        done = writeProblemSubmission(database, judgement.problemSubmission);
    for (const progress::ExecutionResultRow &row : judgement.executionResults) {
        if (done)
            done = writeExecutionResult(database, row);
    }
    if (done)
        done = completeSession(context, judgement.session);
    if (!done)
        return done;
    if (auto added = AttemptStore(context).add(attempt); !added)
        return added.error();
    TrackedWriter writer(database);
    const nlohmann::json figures = figuresOf(judgement);
    for (const nlohmann::json &each : figures)
        layFigures(writer, each["table"], each["row"]);
    if (writer.failure())
        return *writer.failure();
    return enqueueSubmission(context, judgement.submission.id, figures, writer.steps());
}

std::string sittingKey(std::string_view problemId) { return "sitting: " + std::string(problemId); }

/// The open one that grows here. Another device's is left to it: of two that count in one row, the server keeps the
/// larger number. In a profile that knows no server each is its own.
base::Result<std::optional<std::string>> ownSitting(StoreContext &context, std::string_view problemId)
{
    return selectOne(
        context.database,
        "SELECT id FROM problem_sessions WHERE user_id = ?1 AND problem_id = ?2 AND completed_at IS NULL "
        "AND (id = (SELECT value FROM sync_state WHERE key = ?3) "
        "OR NOT EXISTS (SELECT 1 FROM sync_state WHERE key = 'pull_cursor')) ORDER BY created_at DESC LIMIT 1",
        [](sqlite::Statement &row) { return row.string(0); }, context.userId, problemId, sittingKey(problemId));
}

} // namespace

base::Result<void> ProgressStore::store(const progress::Judgement &judgement, const Attempt &attempt)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto known = m_context.database.integer("SELECT count(*) FROM submissions WHERE id = ?", judgement.submission.id);
    if (!known)
        return known.error();
    if (*known > 0)
        return {};
    auto written = writeAll(m_context, judgement, attempt);
    return written ? transaction->commit() : written;
}

base::Result<void> ProgressStore::submitLater(const std::string &id, const std::string &problemId,
                                              const std::string &query)
{
    return enqueueUnjudged(m_context, id, problemId, query);
}

base::Result<void> ProgressStore::addTime(std::string_view problemId, int seconds)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto open = ownSitting(m_context, problemId);
    if (!open)
        return open.error();
    const std::string now = base::timestampTzText(m_context.clock->now());
    const std::string id = open->value_or(base::randomUuid());
    auto done = m_context.database.run(
        "INSERT INTO problem_sessions (id, user_id, problem_id, total_time_spent_seconds, created_at, updated_at) "
        "VALUES (?, ?, ?, ?, ?5, ?5) ON CONFLICT (id) DO UPDATE SET total_time_spent_seconds = "
        "coalesce(total_time_spent_seconds, 0) + excluded.total_time_spent_seconds, updated_at = excluded.updated_at",
        id, m_context.userId, problemId, seconds, now);
    if (done)
        done = m_context.database.run("INSERT INTO sync_state (key, value) VALUES (?, ?) "
                                      "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                                      sittingKey(problemId), id);
    if (done)
        done = tellSession(m_context, id);
    return done ? transaction->commit() : done;
}

} // namespace sqlgym::cache
