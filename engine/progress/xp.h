// Experience points: for learning acts only.
#pragma once

#include "progress/event.h"

#include <vector>

namespace sqlgym::progress {

/// Points for the first solve: 20, 40, 60, 100, 160 from BEGINNER to EXPERT; a quarter when the solution was seen
/// first.
int pointsFor(content::Difficulty difficulty, bool solutionSeen);

/// Points over all events: each problem once, by its first correct submission. Problems not in `problems` earn nothing.
int totalPoints(const std::vector<Event> &events, const std::vector<ProblemFact> &problems);

} // namespace sqlgym::progress
