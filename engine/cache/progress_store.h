// Submissions judged on this machine, and what they add up to.
#pragma once

#include "base/result.h"
#include "cache/attempt_store.h"
#include "progress/judge.h"

#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::cache {

struct StoreContext;

/// One row of `submissions` with what `problem_submissions` says of it.
struct SubmissionRecord {
    progress::SubmissionRow submission;
    std::string status;       ///< problem_submissions.status; empty = none
    std::string errorMessage; ///< empty = none
    std::string resultDataJson;
};

class ProgressStore {
public:
    explicit ProgressStore(StoreContext &context) : m_context(context) {}

    /// All of the learner's, as progress::judge() and the progress screen need it.
    base::Result<progress::History> history();

    /// Writes a judged submission, its attempt and its outbox row in one transaction: all of it or nothing. Storing the
    /// same submission again changes nothing. The attempt's id and kind are set here.
    ///
    /// Errors: those of sqlite/error.h; constraint when the problem is not in the catalogue.
    base::Result<void> store(const progress::Judgement &judgement, const Attempt &attempt);

    /// Keeps a query that is to be judged by the server alone. Storing the same id again changes nothing.
    base::Result<void> submitLater(const std::string &id, const std::string &problemId, const std::string &query);

    /// Adds to the time spent on a problem: to its open row of problem_sessions, or a new one. judge() closes it when
    /// the problem is solved.
    base::Result<void> addTime(std::string_view problemId, int seconds);

    /// Newest first.
    base::Result<std::vector<SubmissionRecord>> submissions(std::string_view problemId, int limit = 200);
    base::Result<std::vector<progress::ExecutionResultRow>> executionResults(std::string_view submissionId);
    base::Result<std::vector<progress::UserProgressRow>> userProgress();
    /// Badges earned, the oldest first.
    base::Result<std::vector<progress::UserBadgeRow>> userBadges();
    /// The sum of user_progress.experience_points and of points_reward over user_badges.
    base::Result<int> experiencePoints();

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
