#include "session/attempt_record.h"

#include "grading/verdict_json.h"

namespace sqlgym::session {

namespace {

const char *wordOf(sandbox::Status status)
{
    switch (status) {
    case sandbox::Status::Ok:
        return "ok";
    case sandbox::Status::Error:
        return "error";
    case sandbox::Status::Unsupported:
        return "unsupported";
    case sandbox::Status::Timeout:
        return "timeout";
    case sandbox::Status::MemoryLimit:
        return "memory_limit";
    case sandbox::Status::Cancelled:
        return "cancelled";
    case sandbox::Status::Failed:
        return "failed";
    }
    return "failed";
}

cache::Attempt attempt(const content::Problem &problem, const QByteArray &sql, cache::AttemptKind kind)
{
    cache::Attempt made;
    made.problemId = problem.id;
    made.kind = kind;
    made.query = sql.toStdString();
    return made;
}

} // namespace

cache::Attempt runAttempt(const content::Problem &problem, const QByteArray &sql, const sandbox::Outcome &outcome)
{
    auto made = attempt(problem, sql, cache::AttemptKind::Run);
    made.outcome = wordOf(outcome.status);
    made.elapsedUs = outcome.elapsedUs;
    if (outcome.status == sandbox::Status::Ok)
        made.rows = static_cast<std::int64_t>(outcome.table.rowCount());
    return made;
}

cache::Attempt checkAttempt(const content::Problem &problem, const QByteArray &sql, const grading::Verdict &verdict)
{
    auto made = attempt(problem, sql, cache::AttemptKind::Check);
    made.correct = verdict.correct;
    made.outcome = verdict.correct ? "match" : "wrong";
    if (verdict.firstFailed >= 0 && verdict.firstFailed < static_cast<int>(verdict.tests.size()))
        made.outcome = grading::outcomeWord(verdict.tests[static_cast<std::size_t>(verdict.firstFailed)].outcome);
    for (const auto &test : verdict.tests)
        made.elapsedUs += test.elapsedUs;
    made.verdictJson = grading::resultDataJson(verdict);
    return made;
}

cache::Attempt contradictedAttempt(const content::Problem &problem, const QByteArray &sql,
                                   const grading::Verdict &verdict, const QByteArray &caseJson)
{
    auto made = attempt(problem, sql, cache::AttemptKind::Check);
    made.correct = verdict.correct;
    made.outcome = "contradicted";
    made.verdictJson = caseJson.toStdString();
    return made;
}

} // namespace sqlgym::session
