// time with time zone: order, casts, arithmetic. A value's zone (seconds west) lies in the datum's `length`.
#include "runtime/families.h"

#include "runtime/datetime_text.h"
#include "value/calendar.h"

namespace sqlgym::runtime {

using namespace value;

namespace {

std::int64_t zoneOf(const Datum &d) { return static_cast<std::int32_t>(d.length); }

int compare(const Datum &a, const Datum &b)
{
    const std::int64_t x = a.int64 + zoneOf(a) * kMicrosPerSecond, y = b.int64 + zoneOf(b) * kMicrosPerSecond;
    if (x != y)
        return x < y ? -1 : 1;
    return zoneOf(a) < zoneOf(b) ? -1 : zoneOf(a) > zoneOf(b) ? 1 : 0;
}

Datum timetz(std::int64_t micros, std::int64_t zoneWestSeconds)
{
    Datum d = Datum::ofInt(micros);
    d.length = static_cast<std::uint32_t>(static_cast<std::int32_t>(zoneWestSeconds));
    return d;
}

std::int64_t wrapDay(std::int64_t micros)
{
    const std::int64_t rest = micros % kMicrosPerDay;
    return rest < 0 ? rest + kMicrosPerDay : rest;
}

template <int Sign> Datum addInterval(Call &, const Datum *a)
{
    const auto time = static_cast<std::uint64_t>(a[0].int64),
               span = static_cast<std::uint64_t>(a[1].interval->microseconds);
    return timetz(wrapDay(static_cast<std::int64_t>(Sign > 0 ? time + span : time - span)), zoneOf(a[0]));
}

Datum withDate(Call &call, const Datum *a)
{
    if (!isFiniteDate(a[0].int64))
        return Datum::ofInt(a[0].int64 == kDateInfinity ? kTimestampInfinity : kTimestampMinusInfinity);
    if (a[0].int64 >= kTimestampEnd / kMicrosPerDay)
        return call.cx.fail("22008", "date out of range for timestamp");
    const std::int64_t t = a[0].int64 * kMicrosPerDay + a[1].int64 + zoneOf(a[1]) * kMicrosPerSecond;
    return isValidTimestamp(t) ? Datum::ofInt(t) : call.cx.fail("22008", "date out of range for timestamp");
}
Datum beforeDate(Call &call, const Datum *a)
{
    const Datum swapped[] = {a[1], a[0]};
    return withDate(call, swapped);
}

Datum fromMoment(Call &, const Datum *a)
{
    if (!isFiniteTimestamp(a[0].int64))
        return Datum::null();
    return timetz(a[0].int64 - floorDivide(a[0].int64, kMicrosPerDay) * kMicrosPerDay, 0);
}

constexpr ScalarEntry kScalars[] = {
    {"timetz_eq", [](Call &, const Datum *a) { return Datum::ofBool(compare(a[0], a[1]) == 0); }},
    {"timetz_ne", [](Call &, const Datum *a) { return Datum::ofBool(compare(a[0], a[1]) != 0); }},
    {"timetz_lt", [](Call &, const Datum *a) { return Datum::ofBool(compare(a[0], a[1]) < 0); }},
    {"timetz_le", [](Call &, const Datum *a) { return Datum::ofBool(compare(a[0], a[1]) <= 0); }},
    {"timetz_gt", [](Call &, const Datum *a) { return Datum::ofBool(compare(a[0], a[1]) > 0); }},
    {"timetz_ge", [](Call &, const Datum *a) { return Datum::ofBool(compare(a[0], a[1]) >= 0); }},
    {"timetz_cmp", [](Call &, const Datum *a) { return Datum::ofInt(compare(a[0], a[1])); }},
    {"timetz_larger", [](Call &, const Datum *a) { return compare(a[0], a[1]) > 0 ? a[0] : a[1]; }},
    {"timetz_smaller", [](Call &, const Datum *a) { return compare(a[0], a[1]) < 0 ? a[0] : a[1]; }},
    {"timetz_pl_interval", addInterval<1>},
    {"timetz_mi_interval", addInterval<-1>},
    {"sql:interval_pl_timetz(interval,timetz)",
     [](Call &call, const Datum *a) {
         const Datum swapped[] = {a[1], a[0]};
         return addInterval<1>(call, swapped);
     }},
    {"datetimetz_timestamptz", withDate},
    {"sql:timetzdate_pl(timetz,date)", beforeDate},
    {"timestamptz_timetz", fromMoment},
    {"time_timetz", [](Call &, const Datum *a) { return timetz(a[0].int64, 0); }},
    {"timetz_time", [](Call &, const Datum *a) { return Datum::ofInt(a[0].int64); }},
    {"timetz_scale",
     [](Call &, const Datum *a) {
         return timetz(roundMicros(a[0].int64, static_cast<std::int32_t>(a[1].int64)), zoneOf(a[0]));
     }},
};

} // namespace

Family timetzFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
