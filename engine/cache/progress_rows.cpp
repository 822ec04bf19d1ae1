#include "cache/progress_rows.h"

#include "base/timestamp.h"
#include "content/names.h"

namespace sqlgym::cache {
namespace {

base::UnixMicros moment(const sqlite::Statement &row, int column)
{
    return base::parseTimestamp(row.text(column)).value_or(0);
}

std::optional<base::UnixMicros> optionalMoment(const sqlite::Statement &row, int column)
{
    return row.isNull(column) ? std::nullopt : base::parseTimestamp(row.text(column));
}

std::optional<double> optionalReal(const sqlite::Statement &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.real(column));
}

std::optional<content::Difficulty> optionalDifficulty(const sqlite::Statement &row, int column)
{
    return row.isNull(column) ? std::nullopt : content::parseDifficulty(row.text(column));
}

int count(const sqlite::Statement &row, int column) { return static_cast<int>(row.integer(column)); }

} // namespace

progress::ProblemSessionRow readSession(sqlite::Statement &row)
{
    progress::ProblemSessionRow session;
    session.id = row.string(0);
    session.userId = row.string(1);
    session.problemId = row.string(2);
    session.firstQueryAt = optionalMoment(row, 3);
    session.completedAt = optionalMoment(row, 4);
    session.totalTimeSpentSeconds = count(row, 5);
    session.createdAt = moment(row, 6);
    session.updatedAt = moment(row, 7);
    return session;
}

progress::UserProgressRow readUserProgress(sqlite::Statement &row)
{
    progress::UserProgressRow read;
    read.id = row.string(0);
    read.userId = row.string(1);
    read.topicId = row.string(2);
    read.problemsAttempted = count(row, 3);
    read.problemsSolved = count(row, 4);
    read.totalSubmissions = count(row, 5);
    read.successfulSubmissions = count(row, 6);
    read.averageExecutionTimeMs = optionalReal(row, 7);
    read.bestExecutionTimeMs = optionalReal(row, 8);
    read.totalTimeSpentMinutes = count(row, 9);
    read.currentDifficulty = optionalDifficulty(row, 10);
    read.highestDifficultySolved = optionalDifficulty(row, 11);
    read.hintUsageCount = count(row, 12);
    read.averageAttemptsPerProblem = optionalReal(row, 13);
    read.streakCount = count(row, 14);
    read.maxStreakCount = count(row, 15);
    read.experiencePoints = count(row, 16);
    read.firstAttemptAt = moment(row, 17);
    read.lastActivityAt = moment(row, 18);
    read.createdAt = moment(row, 19);
    read.updatedAt = moment(row, 20);
    return read;
}

progress::ExecutionResultRow readExecutionResult(sqlite::Statement &row)
{
    progress::ExecutionResultRow result;
    result.id = row.string(0);
    result.submissionId = row.string(1);
    result.testCaseId = row.string(2);
    result.status = row.string(3);
    result.executionTimeMs = count(row, 4);
    result.memoryUsedMb = row.real(5);
    if (const auto rows = row.optionalInteger(6))
        result.rowsAffected = static_cast<int>(*rows);
    result.queryResultJson = row.optionalString(7);
    result.errorMessage = row.optionalString(8);
    result.isCorrect = row.integer(9) != 0;
    result.validationDetailsJson = row.string(10);
    result.createdAt = moment(row, 11);
    return result;
}

} // namespace sqlgym::cache
