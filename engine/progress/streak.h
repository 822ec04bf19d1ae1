// Streaks: consecutive local days with a solve.
#pragma once

#include "progress/event.h"

#include <cstdint>
#include <set>
#include <vector>

namespace sqlgym::progress {

/// Days from 1970-01-01 on the learner's own calendar.
using LocalDay = std::int64_t;

LocalDay localDay(base::UnixMicros at, int utcOffsetMinutes);

/// Each this many days of a streak earn a freeze, and so many are kept.
inline constexpr int kDaysPerFreeze = 7;
inline constexpr int kMostFreezes = 2;

struct Streak {
    int current = 0;
    int longest = 0;
    bool solvedToday = false;
    int freezes = 0;                  ///< kept now, those gone that the days since the last solve used
    std::vector<LocalDay> restedDays; ///< days a freeze was used on, the oldest first
};

/// The streak at `now`. A day counts once, by a correct submission (a first solve or a review); it stays alive through
/// the whole day after the last one, and over frozen days, which neither count nor break.
///
/// A missed day uses a freeze by itself: it neither counts nor breaks. More missed days than freezes end the streak
/// and use up what there was. All of it follows from the events alone, so that every device and the server agree.
///
/// Travel and clock changes cannot break it: two solves follow each other when, on the calendar of either place, no
/// unfrozen day lies between them. A day lived twice (flying west) counts once.
Streak streakAt(const std::vector<Event> &events, base::UnixMicros now, int utcOffsetMinutes,
                const std::set<LocalDay> &frozenDays = {});

} // namespace sqlgym::progress
