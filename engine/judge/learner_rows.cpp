#include "judge/learner_rows.h"

#include "base/timestamp.h"
#include "content/names.h"

namespace sqlgym::judge {

namespace {

using progress::EventKind;

class Row {
public:
    Row(const postgres::ResultSet &rows, int row) : m_rows(rows), m_row(row) {}

    std::string text(int column) const { return std::string(cell(column).value_or(std::string_view())); }
    std::optional<std::string_view> cell(int column) const { return m_rows.cell(m_row, column); }
    int integer(int column, int otherwise = 0) const
    {
        const auto value = cell(column);
        return value ? std::stoi(std::string(*value)) : otherwise;
    }
    std::optional<double> real(int column) const
    {
        const auto value = cell(column);
        return value ? std::optional(std::stod(std::string(*value))) : std::nullopt;
    }
    std::optional<base::UnixMicros> moment(int column) const
    {
        const auto value = cell(column);
        return value ? base::parseTimestamp(*value) : std::nullopt;
    }
    base::UnixMicros time(int column) const { return moment(column).value_or(0); }
    std::optional<content::Difficulty> difficulty(int column) const
    {
        const auto value = cell(column);
        return value ? content::parseDifficulty(*value) : std::nullopt;
    }

private:
    const postgres::ResultSet &m_rows;
    int m_row;
};

progress::Event eventOf(const Row &row)
{
    static_assert(static_cast<int>(EventKind::Submit) == 2 && static_cast<int>(EventKind::Hint) == 3 &&
                  static_cast<int>(EventKind::SolutionSeen) == 4);
    progress::Event event;
    event.kind = static_cast<EventKind>(row.integer(0));
    event.problemId = row.text(1);
    event.at = row.time(2);
    event.correct = row.text(3) == "t";
    event.executionMs = row.integer(4, -1);
    return event;
}

progress::ProblemSessionRow sessionOf(const Row &row)
{
    progress::ProblemSessionRow session;
    session.id = row.text(0);
    session.userId = row.text(1);
    session.problemId = row.text(2);
    session.firstQueryAt = row.moment(3);
    session.completedAt = row.moment(4);
    session.totalTimeSpentSeconds = row.integer(5);
    session.createdAt = row.time(6);
    session.updatedAt = row.time(7);
    return session;
}

progress::UserProgressRow progressOf(const Row &row)
{
    progress::UserProgressRow progress;
    progress.id = row.text(0);
    progress.userId = row.text(1);
    progress.topicId = row.text(2);
    progress.problemsAttempted = row.integer(3);
    progress.problemsSolved = row.integer(4);
    progress.totalSubmissions = row.integer(5);
    progress.successfulSubmissions = row.integer(6);
    progress.averageExecutionTimeMs = row.real(7);
    progress.bestExecutionTimeMs = row.real(8);
    progress.totalTimeSpentMinutes = row.integer(9);
    progress.currentDifficulty = row.difficulty(10);
    progress.highestDifficultySolved = row.difficulty(11);
    progress.hintUsageCount = row.integer(12);
    progress.averageAttemptsPerProblem = row.real(13);
    progress.streakCount = row.integer(14);
    progress.maxStreakCount = row.integer(15);
    progress.experiencePoints = row.integer(16);
    progress.firstAttemptAt = row.time(17);
    progress.lastActivityAt = row.time(18);
    progress.createdAt = row.time(19);
    progress.updatedAt = row.time(20);
    return progress;
}

progress::Deeds deedsOf(const Row &row)
{
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4), row.integer(5)};
}

template <typename Value, typename Read>
void readAll(const postgres::ResultSet &rows, std::vector<Value> &into, const Read &read)
{
    into.reserve(static_cast<std::size_t>(rows.rowCount()));
    for (int row = 0; row < rows.rowCount(); ++row)
        into.push_back(read(Row(rows, row)));
}

} // namespace

std::vector<postgres::Statement> historyQuestions(const std::string &userId, const std::string &problemId)
{
    return {
        {"SELECT kind, problem_id, at, correct, milliseconds FROM private.learner_events($1)", {userId}},
        {"SELECT id, user_id, problem_id, first_query_at, completed_at, total_time_spent_seconds, created_at, "
         "updated_at "
         "FROM public.problem_sessions WHERE user_id = $1 AND problem_id = $2 AND completed_at IS NULL "
         "UNION ALL SELECT '', user_id, problem_id, NULL, now(), sum(total_time_spent_seconds), now(), now() "
         "FROM public.problem_sessions WHERE user_id = $1 AND NOT (problem_id = $2 AND completed_at IS NULL) "
         "GROUP BY user_id, problem_id",
         {userId, problemId}},
        {"SELECT id, user_id, topic_id, problems_attempted, problems_solved, total_submissions, "
         "successful_submissions, average_execution_time_ms, best_execution_time_ms, total_time_spent_minutes, "
         "current_difficulty, highest_difficulty_solved, hint_usage_count, average_attempts_per_problem, "
         "streak_count, max_streak_count, experience_points, first_attempt_at, last_activity_at, created_at, "
         "updated_at FROM public.user_progress WHERE user_id = $1",
         {userId}},
        {"SELECT badge_id FROM public.user_badges WHERE user_id = $1", {userId}},
        {"SELECT posts, comments, likes_received, followers, solutions_shared, links_shared "
         "FROM private.learner_deeds($1)",
         {userId}},
    };
}

progress::History historyOf(std::span<const postgres::ResultSet> answers)
{
    progress::History history;
    readAll(answers[0], history.events, eventOf);
    readAll(answers[1], history.sessions, sessionOf);
    readAll(answers[2], history.progress, progressOf);
    readAll(answers[3], history.badgeIds, [](const Row &row) { return row.text(0); });
    if (answers[4].rowCount() > 0)
        history.deeds = deedsOf(Row(answers[4], 0));
    return history;
}

} // namespace sqlgym::judge
