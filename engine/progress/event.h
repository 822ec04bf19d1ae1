// What a learner did, as progress is computed from it.
#pragma once

#include "base/clock.h"
#include "content/problem.h"

#include <cstdint>
#include <string>

namespace sqlgym::progress {

/// A problem as far as progress needs it. Ids are the tables' ids (problems.id, topics.id), slugs the names people use.
struct ProblemFact {
    std::string problemId;
    std::string topicId;
    std::string topicSlug;
    std::string topicName;
    content::Difficulty difficulty = content::Difficulty::Medium;
};

enum class EventKind : std::uint8_t {
    Run,          ///< ran something on the problem's data
    Check,        ///< checked against the tests without submitting
    Submit,       ///< a judged submission
    Hint,         ///< opened a hint
    SolutionSeen, ///< gave up: the solution was shown
};

/// One act of a learner. Kept in UTC with the offset that held where the learner was, so that a day stays the day it
/// was, whatever the clock or the place do later.
struct Event {
    EventKind kind = EventKind::Run;
    std::string problemId;
    base::UnixMicros at = 0;
    int utcOffsetMinutes = 0; ///< east of UTC is positive
    bool correct = false;     ///< Check, Submit
    int executionMs = -1;     ///< Submit; -1 = unknown
};

} // namespace sqlgym::progress
