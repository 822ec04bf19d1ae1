// What a verdict of this machine makes of a learner's figures, until the server's comes.
#pragma once

#include "cache/tracked_writer.h"
#include "progress/judge.h"

#include <nlohmann/json.hpp>

namespace sqlgym::cache {

/// As Operation::made has them: rows of user_progress, user_badges and users, the latter with its id and what changes.
nlohmann::json figuresOf(const progress::Judgement &judgement);

/// One of them. Figures that count fewer submissions than those that are there stay away: the server knows more. So
/// does what refers to a topic or a badge that is not here.
void layFigures(TrackedWriter &writer, const std::string &table, const nlohmann::json &row);

} // namespace sqlgym::cache
