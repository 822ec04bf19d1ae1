#include "progress/rows_json.h"

#include "base/timestamp.h"
#include "content/names.h"

namespace sqlgym::progress {

namespace {

using Json = nlohmann::json;

template <typename T> Json orNull(const std::optional<T> &value) { return value ? Json(*value) : Json(); }

Json levelOrNull(const std::optional<content::Difficulty> &difficulty)
{
    return difficulty ? Json(std::string(content::difficultyLevel(*difficulty))) : Json();
}

} // namespace

Json userProgressJson(const UserProgressRow &row)
{
    return {{"id", row.id},
            {"user_id", row.userId},
            {"topic_id", row.topicId},
            {"problems_attempted", row.problemsAttempted},
            {"problems_solved", row.problemsSolved},
            {"total_submissions", row.totalSubmissions},
            {"successful_submissions", row.successfulSubmissions},
            {"average_execution_time_ms", orNull(row.averageExecutionTimeMs)},
            {"best_execution_time_ms", orNull(row.bestExecutionTimeMs)},
            {"total_time_spent_minutes", row.totalTimeSpentMinutes},
            {"current_difficulty", levelOrNull(row.currentDifficulty)},
            {"highest_difficulty_solved", levelOrNull(row.highestDifficultySolved)},
            {"hint_usage_count", row.hintUsageCount},
            {"average_attempts_per_problem", orNull(row.averageAttemptsPerProblem)},
            {"streak_count", row.streakCount},
            {"max_streak_count", row.maxStreakCount},
            {"experience_points", row.experiencePoints},
            {"first_attempt_at", base::timestampText(row.firstAttemptAt)},
            {"last_activity_at", base::timestampText(row.lastActivityAt)},
            {"created_at", base::timestampText(row.createdAt)},
            {"updated_at", base::timestampText(row.updatedAt)}};
}

Json userBadgeJson(const UserBadgeRow &row)
{
    return {{"id", row.id},
            {"user_id", row.userId},
            {"badge_id", row.badgeId},
            {"earned_at", base::timestampText(row.earnedAt)}};
}

} // namespace sqlgym::progress
