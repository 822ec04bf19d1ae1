// Between progress' rows and the tables' columns.
#pragma once

#include "progress/judge.h"
#include "sqlite/statement.h"

#include <string_view>

namespace sqlgym::cache {

/// Columns in the order in which the functions below read them.
inline constexpr std::string_view kSessionColumns =
    "id, user_id, problem_id, first_query_at, completed_at, total_time_spent_seconds, created_at, updated_at";
inline constexpr std::string_view kProgressColumns =
    "id, user_id, topic_id, problems_attempted, problems_solved, total_submissions, successful_submissions, "
    "average_execution_time_ms, best_execution_time_ms, total_time_spent_minutes, current_difficulty, "
    "highest_difficulty_solved, hint_usage_count, average_attempts_per_problem, streak_count, max_streak_count, "
    "experience_points, first_attempt_at, last_activity_at, created_at, updated_at";
inline constexpr std::string_view kResultColumns =
    "id, submission_id, test_case_id, status, execution_time_ms, memory_used_mb, rows_affected, query_result, "
    "error_message, is_correct, validation_details, created_at";

progress::ProblemSessionRow readSession(sqlite::Statement &row);
progress::UserProgressRow readUserProgress(sqlite::Statement &row);
progress::ExecutionResultRow readExecutionResult(sqlite::Statement &row);

} // namespace sqlgym::cache
