#include "progress/judge.h"

#include "grading/grade.h"
#include "grading/verdict_json.h"
#include "progress/badges.h"
#include "progress/status.h"
#include "progress/xp.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace sqlgym::progress {

namespace {

using grading::Outcome;
using grading::TestVerdict;
using grading::Verdict;

bool saysNothing(Outcome outcome)
{
    return outcome == Outcome::Unsupported || outcome == Outcome::Cancelled || outcome == Outcome::Failed;
}

bool endedEarly(Outcome outcome)
{
    return outcome == Outcome::Error || outcome == Outcome::Timeout || outcome == Outcome::MemoryLimit;
}

const char *executionStatus(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Error:
        return "ERROR";
    case Outcome::Timeout:
        return "TIMEOUT";
    case Outcome::MemoryLimit:
        return "MEMORY_LIMIT";
    default:
        return "SUCCESS";
    }
}

std::string errorMessage(const TestVerdict &test)
{
    if (test.outcome != Outcome::Error)
        return test.sentence;
    return "ERROR:  " + test.diagnostic.message + " (" + test.diagnostic.sqlstate + ")";
}

int milliseconds(std::int64_t us) { return static_cast<int>((us + 500) / 1000); }

int totalMilliseconds(const Verdict &verdict)
{
    std::int64_t us = 0;
    for (const TestVerdict &test : verdict.tests)
        us += test.elapsedUs;
    return milliseconds(us);
}

ProblemSubmissionRow problemSubmission(const SubmissionRow &submission, const Verdict &verdict)
{
    ProblemSubmissionRow row;
    row.id = submission.id;
    row.userId = submission.userId;
    row.problemId = submission.problemId;
    row.sqlQuery = submission.query;
    row.status = "completed";
    row.executionTimeMs = submission.executionTime;
    row.resultDataJson = grading::resultDataJson(verdict);
    row.createdAt = submission.submittedAt;
    row.completedAt = submission.submittedAt;
    for (const TestVerdict &test : verdict.tests) {
        if (endedEarly(test.outcome) && !row.errorMessage) {
            row.status = "failed";
            row.errorMessage = errorMessage(test);
        }
        if (!endedEarly(test.outcome) && !saysNothing(test.outcome) && !row.rowsReturned)
            row.rowsReturned = static_cast<int>(test.actual.rowCount());
    }
    return row;
}

ExecutionResultRow executionResult(const TestVerdict &test, const SubmissionRow &submission, std::string id)
{
    ExecutionResultRow row;
    row.id = std::move(id);
    row.submissionId = submission.id;
    row.testCaseId = test.testId;
    row.status = executionStatus(test.outcome);
    row.executionTimeMs = milliseconds(test.elapsedUs);
    row.memoryUsedMb = static_cast<double>(test.memoryBytes) / (1024.0 * 1024.0);
    row.isCorrect = test.outcome == Outcome::Match;
    row.validationDetailsJson = grading::validationDetailsJson(test);
    row.createdAt = submission.submittedAt;
    if (endedEarly(test.outcome)) {
        row.errorMessage = errorMessage(test);
    } else {
        row.rowsAffected = static_cast<int>(test.actual.rowCount());
        row.queryResultJson = grading::queryResultJson(test.actual);
    }
    return row;
}

ProblemSessionRow session(const SubmissionRow &submission, const History &history,
                          const std::function<std::string()> &newId)
{
    const ProblemSessionRow *open = nullptr;
    for (const ProblemSessionRow &row : history.sessions) {
        if (row.problemId == submission.problemId && !row.completedAt && (!open || row.createdAt > open->createdAt))
            open = &row;
    }
    ProblemSessionRow row;
    if (open) {
        row = *open;
    } else {
        row.id = newId();
        row.userId = submission.userId;
        row.problemId = submission.problemId;
        row.createdAt = submission.submittedAt;
    }
    if (!row.firstQueryAt)
        row.firstQueryAt = submission.submittedAt;
    if (submission.isCorrect)
        row.completedAt = submission.submittedAt;
    row.updatedAt = std::max(row.updatedAt, submission.submittedAt);
    return row;
}

// The learner's events and problems of one topic.
struct TopicView {
    std::vector<ProblemFact> problems;
    std::vector<Event> events;
    std::unordered_set<std::string> problemIds;
};

TopicView topicView(const std::string &topicId, const std::vector<ProblemFact> &problems,
                    const std::vector<Event> &events)
{
    TopicView view;
    for (const ProblemFact &problem : problems) {
        if (problem.topicId == topicId) {
            view.problems.push_back(problem);
            view.problemIds.insert(problem.problemId);
        }
    }
    for (const Event &event : events) {
        if (view.problemIds.count(event.problemId) > 0)
            view.events.push_back(event);
    }
    return view;
}

void countEvents(const TopicView &view, UserProgressRow &row)
{
    double totalMs = 0;
    int timed = 0;
    bool first = true;
    for (const Event &event : view.events) {
        row.hintUsageCount += event.kind == EventKind::Hint ? 1 : 0;
        row.firstAttemptAt = first ? event.at : std::min(row.firstAttemptAt, event.at);
        row.lastActivityAt = first ? event.at : std::max(row.lastActivityAt, event.at);
        first = false;
        if (event.kind != EventKind::Submit)
            continue;
        ++row.totalSubmissions;
        if (!event.correct)
            continue;
        ++row.successfulSubmissions;
        if (event.executionMs >= 0) {
            totalMs += event.executionMs;
            ++timed;
            row.bestExecutionTimeMs =
                std::min(row.bestExecutionTimeMs.value_or(event.executionMs), double(event.executionMs));
        }
    }
    if (timed > 0)
        row.averageExecutionTimeMs = totalMs / timed;
}

void countProblems(const TopicView &view, UserProgressRow &row)
{
    const StatusMap statuses = problemStatuses(view.events);
    for (const ProblemFact &problem : view.problems) {
        const auto found = statuses.find(problem.problemId);
        const bool solved = found != statuses.end() && found->second.state == ProblemState::Solved;
        row.problemsAttempted += found != statuses.end() && found->second.submissions > 0 ? 1 : 0;
        row.problemsSolved += solved ? 1 : 0;
        if (solved)
            row.highestDifficultySolved =
                std::max(row.highestDifficultySolved.value_or(problem.difficulty), problem.difficulty);
        else
            row.currentDifficulty = std::min(row.currentDifficulty.value_or(problem.difficulty), problem.difficulty);
    }
    if (!row.currentDifficulty)
        row.currentDifficulty = row.highestDifficultySolved;
    if (row.problemsAttempted > 0)
        row.averageAttemptsPerProblem = double(row.totalSubmissions) / row.problemsAttempted;
}

UserProgressRow userProgress(const SubmissionInput &input, const std::string &topicId, const History &history,
                             const std::vector<Event> &events, const ProblemSessionRow &openSession,
                             const std::function<std::string()> &newId)
{
    UserProgressRow row;
    const auto known = std::ranges::find(history.progress, topicId, &UserProgressRow::topicId);
    row.id = known != history.progress.end() ? known->id : newId();
    row.createdAt = known != history.progress.end() ? known->createdAt : input.writtenAt;
    row.userId = input.userId;
    row.topicId = topicId;
    row.updatedAt = input.writtenAt;

    const TopicView view = topicView(topicId, history.problems, events);
    countEvents(view, row);
    countProblems(view, row);
    row.experiencePoints = totalPoints(view.events, view.problems);
    const Streak streak = streakAt(view.events, input.writtenAt, input.utcOffsetMinutes, history.frozenDays);
    row.streakCount = streak.current;
    row.maxStreakCount = streak.longest;

    int seconds = openSession.totalTimeSpentSeconds;
    for (const ProblemSessionRow &session : history.sessions) {
        if (session.id != openSession.id && view.problemIds.count(session.problemId) > 0)
            seconds += session.totalTimeSpentSeconds;
    }
    row.totalTimeSpentMinutes = seconds / 60;
    return row;
}

} // namespace

std::vector<ExecutionResultRow> executionResults(const Verdict &verdict, const SubmissionRow &submission,
                                                 const std::function<std::string()> &newId)
{
    std::vector<ExecutionResultRow> rows;
    for (const TestVerdict &test : verdict.tests) {
        if (!saysNothing(test.outcome))
            rows.push_back(executionResult(test, submission, newId()));
    }
    return rows;
}

std::vector<UserBadgeRow> newBadges(const std::string &userId, const BadgeFacts &facts,
                                    const std::vector<std::string> &had, const std::vector<content::Badge> &badges,
                                    const std::function<std::string()> &newId)
{
    std::vector<UserBadgeRow> rows;
    const BadgeMeter meter(facts);
    for (const content::Badge &badge : badges) {
        if (std::ranges::find(had, badge.id) != had.end())
            continue;
        const auto progress = meter.progress(badge);
        if (progress && progress->earned())
            rows.push_back({newId(), userId, badge.id, facts.now});
    }
    return rows;
}

base::Result<Judgement> judge(const SubmissionInput &input, const content::Problem &problem, const Verdict &verdict,
                              const History &history, const std::vector<content::Badge> &badges,
                              const std::function<std::string()> &newId)
{
    auto out = judgeWithoutResults(input, problem, verdict, history, badges, newId);
    if (out)
        out->executionResults = executionResults(verdict, out->submission, newId);
    return out;
}

base::Result<Judgement> judgeWithoutResults(const SubmissionInput &input, const content::Problem &problem,
                                            const Verdict &verdict, const History &history,
                                            const std::vector<content::Badge> &badges,
                                            const std::function<std::string()> &newId)
{
    if (!grading::isDecided(verdict))
        return base::Error{"progress", "undecided", "The query has no verdict yet, so it cannot be submitted.", true};
    const auto fact = std::ranges::find(history.problems, problem.id, &ProblemFact::problemId);
    if (fact == history.problems.end())
        return base::Error{"progress", "unknown_problem", "The problem '" + problem.slug + "' is not known here.",
                           false};

    Judgement out;
    out.submission.id = input.id.empty() ? newId() : input.id;
    out.submission.userId = input.userId;
    out.submission.problemId = problem.id;
    out.submission.query = input.query;
    out.submission.isCorrect = verdict.correct;
    out.submission.executionTime = totalMilliseconds(verdict);
    out.submission.submittedAt = input.writtenAt;
    out.problemSubmission = problemSubmission(out.submission, verdict);
    out.session = session(out.submission, history, newId);

    std::vector<Event> events = history.events;
    Event now;
    now.kind = EventKind::Submit;
    now.problemId = problem.id;
    now.at = input.writtenAt;
    now.utcOffsetMinutes = input.utcOffsetMinutes;
    now.correct = verdict.correct;
    now.executionMs = *out.submission.executionTime;
    events.push_back(now);
    out.userProgress = userProgress(input, fact->topicId, history, events, out.session, newId);

    const int before = totalPoints(history.events, history.problems);
    out.experienceEarned = totalPoints(events, history.problems) - before;
    const StatusMap statusesBefore = problemStatuses(history.events);
    const auto statusBefore = statusesBefore.find(problem.id);
    out.firstSolve =
        verdict.correct && (statusBefore == statusesBefore.end() || statusBefore->second.state != ProblemState::Solved);
    for (const auto &[id, status] : problemStatuses(events))
        out.usersProblemsSolved += status.state == ProblemState::Solved ? 1 : 0;

    const BadgeFacts facts{events,       history.problems, input.writtenAt, input.utcOffsetMinutes, history.frozenDays,
                           history.deeds};
    out.userBadges = newBadges(input.userId, facts, history.badgeIds, badges, newId);
    return out;
}

} // namespace sqlgym::progress
