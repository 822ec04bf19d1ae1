// What is kept of a run or a check.
#pragma once

#include "cache/attempt_store.h"
#include "content/problem.h"
#include "grading/verdict.h"
#include "sandbox/sandbox.h"

#include <QtCore/QByteArray>

namespace sqlgym::session {

cache::Attempt runAttempt(const content::Problem &problem, const QByteArray &sql, const sandbox::Outcome &outcome);
cache::Attempt checkAttempt(const content::Problem &problem, const QByteArray &sql, const grading::Verdict &verdict);
/// PostgreSQL and the embedded engine differ; `caseJson` is what a report of it needs.
cache::Attempt contradictedAttempt(const content::Problem &problem, const QByteArray &sql,
                                   const grading::Verdict &verdict, const QByteArray &caseJson);

} // namespace sqlgym::session
