// What a learner had before a verdict, read from a server.
#pragma once

#include "postgres/batch.h"
#include "progress/judge.h"

#include <span>
#include <string>
#include <vector>

namespace sqlgym::judge {

/// What to ask before a submission to `problemId` is judged. Within the transaction that writes the verdict, after
/// private.open_verdict(), nothing of it changes until that ends.
std::vector<postgres::Statement> historyQuestions(const std::string &userId, const std::string &problemId);
/// All but `problems`, which is the same for everybody; of the sessions those that `problemId` has open, and one for
/// all others of a problem, with their time. `answers` are those to historyQuestions().
progress::History historyOf(std::span<const postgres::ResultSet> answers);

} // namespace sqlgym::judge
