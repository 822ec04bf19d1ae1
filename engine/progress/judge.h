// What a judge writes when a submission is decided: the rows of seven tables, as values.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "content/problem.h"
#include "grading/verdict.h"
#include "progress/deeds.h"
#include "progress/event.h"
#include "progress/streak.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sqlgym::progress {

struct BadgeFacts;

// Each struct is one row, each member the column of that name in snake_case. UnixMicros members are the TIMESTAMP
// columns (UTC, no zone) and problem_sessions' TIMESTAMPTZ. std::optional is a column that may be NULL; `...Json` is
// a JSON column's text. Columns not named here (created_at of a new row) are the time of writing.

/// submissions. One client-made id is also problem_submissions.id.
struct SubmissionRow {
    std::string id;
    std::string userId;
    std::string problemId;
    std::string query;
    bool isCorrect = false;
    std::optional<int> executionTime; ///< ms, over all tests
    base::UnixMicros submittedAt = 0;
};

/// problem_submissions. `status`: "completed" when every test gave a result, right or wrong; "failed" when the query
/// itself ended in an error, a timeout or the memory limit (`errorMessage` says which).
struct ProblemSubmissionRow {
    std::string id;
    std::string userId;
    std::string problemId;
    std::string sqlQuery;
    std::string status;
    std::optional<int> rowsReturned; ///< of the first test that gave a result
    std::optional<int> executionTimeMs;
    std::optional<std::string> errorMessage;
    std::string resultDataJson; ///< resources/schemas/result_data.schema.json
    base::UnixMicros createdAt = 0;
    base::UnixMicros completedAt = 0;
};

/// execution_results: one per test that ran.
struct ExecutionResultRow {
    std::string id;
    std::string submissionId;
    std::string testCaseId;
    std::string status; ///< SUCCESS, ERROR, TIMEOUT, MEMORY_LIMIT
    int executionTimeMs = 0;
    double memoryUsedMb = 0;
    std::optional<int> rowsAffected;            ///< rows of the result
    std::optional<std::string> queryResultJson; ///< resources/schemas/query_result.schema.json
    std::optional<std::string> errorMessage;
    bool isCorrect = false;
    std::string validationDetailsJson; ///< resources/schemas/validation_details.schema.json
    base::UnixMicros createdAt = 0;
};

/// problem_sessions: one open session per learner and problem; a correct submission completes it, the next one opens
/// anew.
struct ProblemSessionRow {
    std::string id;
    std::string userId;
    std::string problemId;
    std::optional<base::UnixMicros> firstQueryAt;
    std::optional<base::UnixMicros> completedAt;
    int totalTimeSpentSeconds = 0;
    base::UnixMicros createdAt = 0;
    base::UnixMicros updatedAt = 0;
};

/// user_progress: one per learner and topic. The streak is the topic's own; the learner's is streakAt() over all
/// events.
struct UserProgressRow {
    std::string id;
    std::string userId;
    std::string topicId;
    int problemsAttempted = 0; ///< problems with at least one submission
    int problemsSolved = 0;
    int totalSubmissions = 0;
    int successfulSubmissions = 0;
    std::optional<double> averageExecutionTimeMs; ///< over successful submissions
    std::optional<double> bestExecutionTimeMs;
    int totalTimeSpentMinutes = 0;
    std::optional<content::Difficulty> currentDifficulty; ///< the easiest with a problem still unsolved
    std::optional<content::Difficulty> highestDifficultySolved;
    int hintUsageCount = 0;
    std::optional<double> averageAttemptsPerProblem; ///< submissions per attempted problem
    int streakCount = 0;
    int maxStreakCount = 0;
    int experiencePoints = 0;
    base::UnixMicros firstAttemptAt = 0;
    base::UnixMicros lastActivityAt = 0;
    base::UnixMicros createdAt = 0;
    base::UnixMicros updatedAt = 0;
};

/// user_badges: a badge just earned.
struct UserBadgeRow {
    std::string id;
    std::string userId;
    std::string badgeId;
    base::UnixMicros earnedAt = 0;
};

/// Everything to write, in one transaction and in this order (foreign keys hold at each step). `session` and
/// `userProgress` replace the rows with their id, or are inserted.
struct Judgement {
    SubmissionRow submission;
    ProblemSubmissionRow problemSubmission;
    std::vector<ExecutionResultRow> executionResults;
    ProblemSessionRow session;
    UserProgressRow userProgress; ///< of the problem's topic; other topics do not change
    std::vector<UserBadgeRow> userBadges;
    int usersProblemsSolved = 0; ///< users.problems_solved
    bool firstSolve = false;     ///< this submission solved the problem for the first time
    int experienceEarned = 0;    ///< by this submission, without the badges' points
};

/// A submission to be judged.
struct SubmissionInput {
    std::string id; ///< client-made UUID; "" = make one
    std::string userId;
    std::string query;
    base::UnixMicros writtenAt = 0; ///< when the learner pressed Submit
    int utcOffsetMinutes = 0;       ///< at that moment, where the learner was
};

/// What the learner had before. The cache reads it; order of the lists does not matter.
struct History {
    std::vector<ProblemFact> problems;       ///< all problems known, the submitted one among them
    std::vector<Event> events;               ///< all of the learner's, this submission not among them
    std::vector<ProblemSessionRow> sessions; ///< all of the learner's
    std::vector<UserProgressRow> progress;   ///< all of the learner's: their ids and created_at are kept
    std::vector<std::string> badgeIds;       ///< badges already earned
    std::set<LocalDay> frozenDays;           ///< days on which the streak rests
    Deeds deeds;                             ///< all of the learner's, as they are now
};

/// The rows of a verdict's tests, those that say something.
std::vector<ExecutionResultRow> executionResults(const grading::Verdict &verdict, const SubmissionRow &submission,
                                                 const std::function<std::string()> &newId);

/// The badges that `facts` earn and that are not among `had`, earned at facts.now. One whose criteria cannot be read is
/// not earned; the importer refuses such packs.
std::vector<UserBadgeRow> newBadges(const std::string &userId, const BadgeFacts &facts,
                                    const std::vector<std::string> &had, const std::vector<content::Badge> &badges,
                                    const std::function<std::string()> &newId);

/// The rows for a submission. Pure but for `newId`, which makes row ids (base::randomUuid).
///
/// Errors: progress/undecided  grading::isDecided() is false: nothing may be written;
///         progress/unknown_problem  history.problems does not hold the problem.
base::Result<Judgement> judge(const SubmissionInput &input, const content::Problem &problem,
                              const grading::Verdict &verdict, const History &history,
                              const std::vector<content::Badge> &badges, const std::function<std::string()> &newId);

/// The same without executionResults.
base::Result<Judgement> judgeWithoutResults(const SubmissionInput &input, const content::Problem &problem,
                                            const grading::Verdict &verdict, const History &history,
                                            const std::vector<content::Badge> &badges,
                                            const std::function<std::string()> &newId);

} // namespace sqlgym::progress
