// What a learner's acts add up to, read back.
#include "base/timestamp.h"
#include "cache/learning_store.h"
#include "cache/progress_rows.h"
#include "cache/progress_store.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "content/names.h"
#include "sqlite/transaction.h"

#include <algorithm>

namespace sqlgym::cache {
namespace {

using progress::Event;
using progress::EventKind;

// Submissions adopted from a server have no attempt here, hence no offset. A submit's attempt without a submission is
// what a recovery could save of it: it still counts.
constexpr std::string_view kEvents = R"sql(
SELECT CASE kind WHEN 'run' THEN 0 ELSE 1 END, problem_id, started_at_us, utc_offset_minutes, correct, NULL, NULL
FROM attempts WHERE kind <> 'submit'
UNION ALL
SELECT 2, problem_id, started_at_us, utc_offset_minutes, correct, elapsed_us / 1000, NULL
FROM attempts a WHERE kind = 'submit' AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.id = a.id)
UNION ALL
SELECT 2, s.problem_id, NULL, coalesce(a.utc_offset_minutes, 0), s.is_correct, s.execution_time, s.submitted_at
FROM submissions s LEFT JOIN attempts a ON a.id = s.id WHERE s.user_id = ?1
UNION ALL
SELECT 3, problem_id, used_at_us, utc_offset_minutes, 0, NULL, NULL FROM hints_used
UNION ALL
SELECT 4, problem_id, given_up_at_us, utc_offset_minutes, 0, NULL, NULL FROM given_up
)sql";

Event readEvent(sqlite::Statement &row)
{
    static_assert(static_cast<int>(EventKind::Run) == 0 && static_cast<int>(EventKind::SolutionSeen) == 4);
    Event event;
    event.kind = static_cast<EventKind>(row.integer(0));
    event.problemId = row.string(1);
    event.at = row.isNull(6) ? row.integer(2) : base::parseTimestamp(row.text(6)).value_or(0);
    event.utcOffsetMinutes = static_cast<int>(row.integer(3));
    event.correct = row.integer(4) != 0;
    event.executionMs = row.isNull(5) ? -1 : static_cast<int>(row.integer(5));
    return event;
}

progress::ProblemFact readFact(sqlite::Statement &row)
{
    progress::ProblemFact fact;
    fact.problemId = row.string(0);
    fact.topicId = row.string(1);
    fact.topicName = row.string(2);
    fact.topicSlug = content::slugFromName(fact.topicName);
    fact.difficulty = content::parseDifficulty(row.text(3)).value_or(content::Difficulty::Medium);
    return fact;
}

// Official solutions are nobody's deed. Of likes the counter tells, less one's own.
constexpr std::string_view kDeeds = R"sql(
SELECT (SELECT count(*) FROM community_posts WHERE user_id = ?1),
       (SELECT count(*) FROM post_comments WHERE user_id = ?1),
       (SELECT coalesce(sum(likes), 0) FROM community_posts WHERE user_id = ?1)
           - (SELECT count(*) FROM post_likes l JOIN community_posts p ON p.id = l.post_id
              WHERE l.user_id = ?1 AND p.user_id = ?1),
       (SELECT count(*) FROM followers WHERE following_id = ?1),
       (SELECT count(*) FROM solutions WHERE created_by = ?1 AND NOT is_official),
       (SELECT count(*) FROM helpful_links WHERE user_id = ?1)
)sql";

progress::Deeds readDeeds(sqlite::Statement &row)
{
    const auto count = [&row](int column) { return static_cast<int>(std::max<std::int64_t>(row.integer(column), 0)); };
    return {count(0), count(1), count(2), count(3), count(4), count(5)};
}

progress::UserBadgeRow readUserBadge(sqlite::Statement &row)
{
    return {row.string(0), row.string(1), row.string(2), base::parseTimestamp(row.text(3)).value_or(0)};
}

SubmissionRecord readSubmission(sqlite::Statement &row)
{
    SubmissionRecord record;
    progress::SubmissionRow &submission = record.submission;
    submission.id = row.string(0);
    submission.userId = row.string(1);
    submission.problemId = row.string(2);
    submission.query = row.string(3);
    submission.isCorrect = row.integer(4) != 0;
    if (const auto time = row.optionalInteger(5))
        submission.executionTime = static_cast<int>(*time);
    submission.submittedAt = base::parseTimestamp(row.text(6)).value_or(0);
    record.status = row.string(7);
    record.errorMessage = row.string(8);
    record.resultDataJson = row.string(9);
    return record;
}

} // namespace

base::Result<progress::History> ProgressStore::history()
{
    sqlite::Database &database = m_context.database;
    auto view = sqlite::Transaction::begin(database, sqlite::TransactionKind::Read);
    if (!view)
        return view.error();
    auto facts = select(database,
                        "SELECT p.id, p.topic_id, t.name, p.difficulty FROM problems p "
                        "LEFT JOIN topics t ON t.id = p.topic_id",
                        readFact);
    if (!facts)
        return facts.error();
    auto events = select(database, kEvents, readEvent, m_context.userId);
    if (!events)
        return events.error();
    auto sessions =
        select(database, std::string("SELECT ").append(kSessionColumns) + " FROM problem_sessions WHERE user_id = ?",
               readSession, m_context.userId);
    if (!sessions)
        return sessions.error();
    auto rows = userProgress();
    if (!rows)
        return rows.error();
    auto badges = userBadges();
    if (!badges)
        return badges.error();
    auto frozen = LearningStore(m_context).frozenDays();
    if (!frozen)
        return frozen.error();
    auto deeds = selectOne(database, kDeeds, readDeeds, m_context.userId);
    if (!deeds)
        return deeds.error();

    progress::History history;
    history.problems = std::move(*facts);
    history.events = std::move(*events);
    history.sessions = std::move(*sessions);
    history.progress = std::move(*rows);
    for (const progress::UserBadgeRow &badge : *badges)
        history.badgeIds.push_back(badge.badgeId);
    history.frozenDays = std::move(*frozen);
    history.deeds = deeds->value_or(progress::Deeds());
    return history;
}

base::Result<std::vector<SubmissionRecord>> ProgressStore::submissions(std::string_view problemId, int limit)
{
    return select(m_context.database,
                  "SELECT s.id, s.user_id, s.problem_id, s.query, s.is_correct, s.execution_time, s.submitted_at, "
                  "p.status, p.error_message, p.result_data "
                  "FROM submissions s LEFT JOIN problem_submissions p ON p.id = s.id "
                  "WHERE +s.user_id = ? AND s.problem_id = ? ORDER BY s.submitted_at DESC, s.rowid DESC LIMIT ?",
                  readSubmission, m_context.userId, problemId, limit);
}

base::Result<std::vector<progress::ExecutionResultRow>> ProgressStore::executionResults(std::string_view submissionId)
{
    return select(m_context.database,
                  std::string("SELECT ").append(kResultColumns) +
                      " FROM execution_results WHERE submission_id = ? ORDER BY rowid",
                  readExecutionResult, submissionId);
}

base::Result<std::vector<progress::UserProgressRow>> ProgressStore::userProgress()
{
    return select(m_context.database,
                  std::string("SELECT ").append(kProgressColumns) + " FROM user_progress WHERE user_id = ?",
                  readUserProgress, m_context.userId);
}

base::Result<std::vector<progress::UserBadgeRow>> ProgressStore::userBadges()
{
    return select(m_context.database,
                  "SELECT id, user_id, badge_id, earned_at FROM user_badges WHERE user_id = ? "
                  "ORDER BY earned_at, rowid",
                  readUserBadge, m_context.userId);
}

base::Result<int> ProgressStore::experiencePoints()
{
    auto points = m_context.database.integer(
        R"sql(
        SELECT (SELECT coalesce(sum(experience_points), 0) FROM user_progress WHERE user_id = ?1)
             + (SELECT coalesce(sum(b.points_reward), 0) FROM user_badges u JOIN badges b ON b.id = u.badge_id
                WHERE u.user_id = ?1))sql",
        m_context.userId);
    if (!points)
        return points.error();
    return static_cast<int>(*points);
}

} // namespace sqlgym::cache
