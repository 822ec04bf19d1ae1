// Where a learner stands with a problem.
#pragma once

#include "progress/event.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace sqlgym::progress {

enum class ProblemState : std::uint8_t {
    New,    ///< nothing done yet
    Tried,  ///< run, checked or submitted
    Solved, ///< a submission was right
    GaveUp, ///< the solution was seen, and no submission was right since or before
};

struct ProblemStatus {
    ProblemState state = ProblemState::New;
    bool solutionSeenFirst = false; ///< the solution was seen before the first right submission
    bool firstTry = false;          ///< the very first submission was right
    bool hintUsed = false;          ///< before the first right submission
    int submissions = 0;
    int submissionsToSolve = 0; ///< the first right one included; 0 = unsolved
    base::UnixMicros solvedAt = 0;
    int solvedUtcOffsetMinutes = 0;
};

/// By problem id; problems without events are not in it.
using StatusMap = std::unordered_map<std::string, ProblemStatus>;

StatusMap problemStatuses(const std::vector<Event> &events);

} // namespace sqlgym::progress
