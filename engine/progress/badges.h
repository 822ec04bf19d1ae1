// Badges: which are earned, and how far the others are.
#pragma once

#include "base/result.h"
#include "content/problem.h"
#include "progress/event.h"
#include "progress/streak.h"

#include <set>
#include <string>
#include <vector>

namespace sqlgym::progress {

/// How far a learner is with one badge.
struct BadgeProgress {
    int done = 0;
    int goal = 1;
    std::string criteria; ///< "Solve 5 hard problems."
    std::string words;    ///< "3 of 5 hard problems solved."
    bool earned() const { return done >= goal; }
};

/// What badge criteria are evaluated on.
struct BadgeFacts {
    const std::vector<Event> &events;
    const std::vector<ProblemFact> &problems;
    base::UnixMicros now = 0;
    int utcOffsetMinutes = 0;
    const std::set<LocalDay> &frozenDays;
};

/// Evaluates badges.criteria (resources/schemas/criteria.schema.json):
///   {"kind":"problems_solved","count":N}        {"kind":"topic_solved","topic":slug}   every problem of the topic
///   {"kind":"streak","days":N}                  {"kind":"difficulty_solved","difficulty":"HARD","count":N}
///   {"kind":"first_try","count":N}              {"kind":"no_hints","count":N}
/// first_try and no_hints do not count problems whose solution was seen first. The streak is the longest one ever.
///
/// Errors: progress/bad_criteria  not JSON, or not of a kind known here.
base::Result<BadgeProgress> badgeProgress(const content::Badge &badge, const BadgeFacts &facts);

} // namespace sqlgym::progress
