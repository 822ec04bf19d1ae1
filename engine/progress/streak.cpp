#include "progress/streak.h"

#include <algorithm>

namespace sqlgym::progress {

namespace {

constexpr std::int64_t kMicrosPerMinute = 60'000'000;
constexpr std::int64_t kMicrosPerDay = 24 * 60 * kMicrosPerMinute;

struct Moment {
    base::UnixMicros at;
    int offset;
};

// The days between the two, on the calendar of `offset`, that were neither solved on nor frozen. One more than can be
// rested on is as many as any.
std::vector<LocalDay> missedOn(int offset, const Moment &before, const Moment &after, const std::set<LocalDay> &frozen)
{
    std::vector<LocalDay> missed;
    const LocalDay last = localDay(after.at, offset);
    for (LocalDay day = localDay(before.at, offset) + 1; day < last && missed.size() <= kMostFreezes; ++day) {
        if (frozen.count(day) == 0)
            missed.push_back(day);
    }
    return missed;
}

std::vector<LocalDay> missed(const Moment &before, const Moment &after, const std::set<LocalDay> &frozen)
{
    auto there = missedOn(before.offset, before, after, frozen);
    auto here = missedOn(after.offset, before, after, frozen);
    return here.size() < there.size() ? here : there;
}

// Does the streak go on after a rest of these days? What it costs is taken.
bool outlives(const std::vector<LocalDay> &days, Streak &streak)
{
    const bool enough = days.size() <= static_cast<std::size_t>(streak.freezes);
    if (enough)
        streak.restedDays.insert(streak.restedDays.end(), days.begin(), days.end());
    streak.freezes = enough ? streak.freezes - static_cast<int>(days.size()) : 0;
    return enough;
}

} // namespace

LocalDay localDay(base::UnixMicros at, int utcOffsetMinutes)
{
    const std::int64_t local = at + utcOffsetMinutes * kMicrosPerMinute;
    return local >= 0 ? local / kMicrosPerDay : -((-local + kMicrosPerDay - 1) / kMicrosPerDay);
}

Streak streakAt(const std::vector<Event> &events, base::UnixMicros now, int utcOffsetMinutes,
                const std::set<LocalDay> &frozenDays)
{
    std::vector<Moment> solves;
    for (const Event &event : events) {
        if (event.kind == EventKind::Submit && event.correct && event.at <= now)
            solves.push_back({event.at, event.utcOffsetMinutes});
    }
    std::ranges::stable_sort(solves, {}, &Moment::at);

    Streak streak;
    if (solves.empty())
        return streak;
    int run = 0;
    LocalDay lastCounted = 0;
    for (std::size_t i = 0; i < solves.size(); ++i) {
        const LocalDay day = localDay(solves[i].at, solves[i].offset);
        const bool goesOn = i > 0 && outlives(missed(solves[i - 1], solves[i], frozenDays), streak);
        if (goesOn && day <= lastCounted)
            continue;
        run = goesOn ? run + 1 : 1;
        lastCounted = day;
        if (run % kDaysPerFreeze == 0)
            streak.freezes = std::min(streak.freezes + 1, kMostFreezes);
        streak.longest = std::max(streak.longest, run);
    }
    const Moment here{now, utcOffsetMinutes};
    if (outlives(missed(solves.back(), here, frozenDays), streak))
        streak.current = run;
    streak.solvedToday = localDay(solves.back().at, utcOffsetMinutes) == localDay(now, utcOffsetMinutes) ||
                         localDay(solves.back().at, solves.back().offset) == localDay(now, utcOffsetMinutes);
    return streak;
}

} // namespace sqlgym::progress
