// Storing a judged submission.
#include "base/timestamp.h"
#include "base/uuid.h"
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

std::optional<std::string_view> levelOf(const std::optional<content::Difficulty> &difficulty)
{
    return difficulty ? std::optional(content::difficultyLevel(*difficulty)) : std::nullopt;
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

/// A problem without a topic adds to no topic's progress. Another instance may have made the row meanwhile, under an
/// id of its own: that id stays.
base::Result<void> writeUserProgress(Database &database, const progress::UserProgressRow &row)
{
    if (row.topicId.empty())
        return {};
    return database.run(
        R"sql(
        INSERT INTO user_progress (id, user_id, topic_id, problems_attempted, problems_solved, total_submissions,
            successful_submissions, average_execution_time_ms, best_execution_time_ms, total_time_spent_minutes,
            current_difficulty, highest_difficulty_solved, hint_usage_count, average_attempts_per_problem,
            streak_count, max_streak_count, experience_points, first_attempt_at, last_activity_at, created_at,
            updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET problems_attempted = excluded.problems_attempted,
            problems_solved = excluded.problems_solved, total_submissions = excluded.total_submissions,
            successful_submissions = excluded.successful_submissions,
            average_execution_time_ms = excluded.average_execution_time_ms,
            best_execution_time_ms = excluded.best_execution_time_ms,
            total_time_spent_minutes = excluded.total_time_spent_minutes,
            current_difficulty = excluded.current_difficulty,
            highest_difficulty_solved = excluded.highest_difficulty_solved,
            hint_usage_count = excluded.hint_usage_count,
            average_attempts_per_problem = excluded.average_attempts_per_problem,
            streak_count = excluded.streak_count, max_streak_count = excluded.max_streak_count,
            experience_points = excluded.experience_points, first_attempt_at = excluded.first_attempt_at,
            last_activity_at = excluded.last_activity_at, updated_at = excluded.updated_at)sql",
        row.id, row.userId, row.topicId, row.problemsAttempted, row.problemsSolved, row.totalSubmissions,
        row.successfulSubmissions, row.averageExecutionTimeMs, row.bestExecutionTimeMs, row.totalTimeSpentMinutes,
        levelOf(row.currentDifficulty), levelOf(row.highestDifficultySolved), row.hintUsageCount,
        row.averageAttemptsPerProblem, row.streakCount, row.maxStreakCount, row.experiencePoints,
        base::timestampText(row.firstAttemptAt), base::timestampText(row.lastActivityAt),
        base::timestampText(row.createdAt), base::timestampText(row.updatedAt));
}

base::Result<void> writeBadges(Database &database, const std::vector<progress::UserBadgeRow> &rows)
{
    for (const progress::UserBadgeRow &row : rows) {
        auto written = database.run("INSERT INTO user_badges (id, user_id, badge_id, earned_at) VALUES (?, ?, ?, ?) "
                                    "ON CONFLICT (user_id, badge_id) DO NOTHING",
                                    row.id, row.userId, row.badgeId, base::timestampText(row.earnedAt));
        if (!written)
            return written;
    }
    return {};
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
        done = writeSession(database, judgement.session);
    if (done)
        done = writeUserProgress(database, judgement.userProgress);
    if (done)
        done = writeBadges(database, judgement.userBadges);
    if (done)
        done = database.run("UPDATE users SET problems_solved = ?, updated_at = ? WHERE id = ?",
                            judgement.usersProblemsSolved, base::timestampText(judgement.submission.submittedAt),
                            judgement.submission.userId);
    if (!done)
        return done;
    if (auto added = AttemptStore(context).add(attempt); !added)
        return added.error();
    return enqueueSubmission(context, judgement.submission.id);
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
    const std::string now = base::timestampTzText(m_context.clock->now());
    auto done = m_context.database.run(
        R"sql(
        UPDATE problem_sessions
        SET total_time_spent_seconds = coalesce(total_time_spent_seconds, 0) + ?3, updated_at = ?4
        WHERE id = (SELECT id FROM problem_sessions WHERE user_id = ?1 AND problem_id = ?2 AND completed_at IS NULL
                    ORDER BY created_at DESC LIMIT 1))sql",
        m_context.userId, problemId, seconds, now);
    if (done && m_context.database.changes() == 0)
        done = m_context.database.run("INSERT INTO problem_sessions (id, user_id, problem_id, "
                                      "total_time_spent_seconds, created_at, updated_at) VALUES (?, ?, ?, ?, ?5, ?5)",
                                      base::randomUuid(), m_context.userId, problemId, seconds, now);
    if (!done)
        return done;
    auto session = selectOne(
        m_context.database,
        "SELECT id FROM problem_sessions WHERE user_id = ? AND problem_id = ? AND completed_at IS NULL "
        "ORDER BY created_at DESC LIMIT 1",
        [](sqlite::Statement &row) { return row.string(0); }, m_context.userId, problemId);
    if (!session)
        return session.error();
    if (*session)
        done = tellSession(m_context, **session);
    return done ? transaction->commit() : done;
}

} // namespace sqlgym::cache
