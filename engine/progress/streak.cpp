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

// Is there a day between the two, on the calendar of `offset`, that was neither solved on nor frozen?
bool gapOn(int offset, const Moment &before, const Moment &after, const std::set<LocalDay> &frozen)
{
    const LocalDay last = localDay(after.at, offset);
    LocalDay day = localDay(before.at, offset) + 1;
    while (day < last && frozen.count(day) > 0)
        ++day;
    return day < last;
}

bool follows(const Moment &before, const Moment &after, const std::set<LocalDay> &frozen)
{
    return !gapOn(before.offset, before, after, frozen) || !gapOn(after.offset, before, after, frozen);
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
        if (i == 0 || !follows(solves[i - 1], solves[i], frozenDays)) {
            run = 1;
            lastCounted = day;
        } else if (day > lastCounted) {
            ++run;
            lastCounted = day;
        }
        streak.longest = std::max(streak.longest, run);
    }
    const Moment here{now, utcOffsetMinutes};
    if (follows(solves.back(), here, frozenDays))
        streak.current = run;
    streak.solvedToday = localDay(solves.back().at, utcOffsetMinutes) == localDay(now, utcOffsetMinutes) ||
                         localDay(solves.back().at, solves.back().offset) == localDay(now, utcOffsetMinutes);
    return streak;
}

} // namespace sqlgym::progress
