// AT TIME ZONE, date_bin() and OVERLAPS.
#include "runtime/families.h"

#include "runtime/datetime_text.h"
#include "runtime/zone_names.h"
#include "value/calendar.h"

#include <string>

namespace sqlgym::runtime {

using namespace value;

namespace {

/// An interval as an offset, in seconds east of Greenwich.
bool offsetOf(const IntervalValue &interval, std::int64_t &east, Context &cx)
{
    if (interval.months != 0 || interval.days != 0) {
        std::string text;
        appendInterval(interval, text);
        cx.stop.error("22023", "interval time zone \"" + text + "\" must not include months or days");
        return false;
    }
    east = interval.microseconds / kMicrosPerSecond;
    if (east != static_cast<std::int32_t>(east)) {
        cx.stop.decline("a time zone this far away");
        return false;
    }
    return true;
}

Datum shifted(std::int64_t t, std::int64_t eastSeconds, Context &cx)
{
    if (!isFiniteTimestamp(t))
        return Datum::ofInt(t);
    std::int64_t out = 0;
    if (__builtin_add_overflow(t, eastSeconds * kMicrosPerSecond, &out) || !isValidTimestamp(out))
        return cx.fail("22008", "timestamp out of range");
    return Datum::ofInt(out);
}

/// Sign: 1 shows a moment as that zone's clocks do, -1 takes their time for what it is in UTC.
/// The zone of a call, found again only when its name changes.
const ZoneName *zoneOf(Call &call, const Datum &name)
{
    struct Kept {
        std::string name;
        ZoneName zone;
    };
    auto *kept = static_cast<Kept *>(call.site.memory);
    if (kept && kept->name == name.text())
        return &kept->zone;
    ZoneName found;
    if (!requireZoneName(name.text(), found, call.cx))
        return nullptr;
    if (!kept) {
        kept = new Kept;
        call.site.memory = kept;
        call.site.release = [](void *memory) { delete static_cast<Kept *>(memory); };
    }
    *kept = {std::string(name.text()), std::move(found)};
    return &kept->zone;
}

template <int Sign> Datum byName(Call &call, const Datum *a)
{
    if (!isFiniteTimestamp(a[1].int64))
        return a[1];
    const ZoneName *zone = zoneOf(call, a[0]);
    if (!zone)
        return Datum::null();
    return shifted(a[1].int64, Sign * (Sign > 0 ? zone->eastAt(a[1].int64) : zone->eastOfLocal(a[1].int64)), call.cx);
}
template <int Sign> Datum byInterval(Call &call, const Datum *a)
{
    if (!isFiniteTimestamp(a[1].int64))
        return a[1];
    std::int64_t east = 0;
    return offsetOf(*a[0].interval, east, call.cx) ? shifted(a[1].int64, Sign * east, call.cx) : Datum::null();
}

Datum movedClock(const Datum &timetz, std::int64_t east)
{
    const std::int64_t west = static_cast<std::int32_t>(timetz.length);
    std::int64_t micros = (timetz.int64 + (west + east) * kMicrosPerSecond) % kMicrosPerDay;
    if (micros < 0)
        micros += kMicrosPerDay;
    Datum d = Datum::ofInt(micros);
    d.length = static_cast<std::uint32_t>(static_cast<std::int32_t>(-east));
    return d;
}
Datum clockByName(Call &call, const Datum *a)
{
    const ZoneName *zone = zoneOf(call, a[0]);
    return zone ? movedClock(a[1], zone->eastAt(call.cx.session.transactionTimestamp)) : Datum::null();
}
Datum clockByInterval(Call &call, const Datum *a)
{
    std::int64_t east = 0;
    return offsetOf(*a[0].interval, east, call.cx) ? movedClock(a[1], east) : Datum::null();
}

/// date_bin(): the begin of the stride that a moment falls into.
Datum bin(Call &call, const Datum *a)
{
    Context &cx = call.cx;
    const IntervalValue &stride = *a[0].interval;
    const std::int64_t t = a[1].int64, origin = a[2].int64;
    if (!isFiniteTimestamp(t))
        return a[1];
    if (!isFiniteTimestamp(origin))
        return cx.fail("22008", "origin out of range");
    if (stride.months != 0)
        return cx.fail("0A000", "timestamps cannot be binned into intervals containing months or years");
    std::int64_t width = 0, difference = 0;
    if (__builtin_mul_overflow(std::int64_t{stride.days}, kMicrosPerDay, &width) ||
        __builtin_add_overflow(width, stride.microseconds, &width))
        return cx.fail("22008", "interval out of range");
    if (width <= 0)
        return cx.fail("22008", "stride must be greater than zero");
    if (__builtin_sub_overflow(t, origin, &difference))
        return cx.fail("22008", "interval out of range");
    const std::int64_t rest = difference % width;
    std::int64_t begin = origin + (difference - rest);
    if (rest < 0 && (__builtin_sub_overflow(begin, width, &begin) || !isValidTimestamp(begin)))
        return cx.fail("22008", "timestamp out of range");
    return Datum::ofInt(begin);
}

/// OVERLAPS: each pair is a period with its ends in any order; NULL where a missing end leaves it open.
template <int (*Compare)(const Datum &, const Datum &)> Datum overlap(const Datum *a)
{
    Datum from1 = a[0], to1 = a[1], from2 = a[2], to2 = a[3];
    for (const auto &[from, to] : {std::pair{&from1, &to1}, std::pair{&from2, &to2}}) {
        if (from->isNull && to->isNull)
            return Datum::null();
        if (from->isNull || (!to->isNull && Compare(*from, *to) > 0))
            std::swap(*from, *to);
    }
    const int order = Compare(from1, from2);
    if (order == 0)
        return to1.isNull || to2.isNull ? Datum::null() : Datum::ofBool(true);
    // The one that begins earlier must still last when the other begins.
    const Datum &earlierEnd = order > 0 ? to2 : to1, &laterBegin = order > 0 ? from1 : from2,
                &laterEnd = order > 0 ? to1 : to2;
    if (earlierEnd.isNull)
        return Datum::null();
    if (Compare(laterBegin, earlierEnd) < 0)
        return Datum::ofBool(true);
    return laterEnd.isNull ? Datum::null() : Datum::ofBool(false);
}
int compareMicros(const Datum &x, const Datum &y) { return x.int64 < y.int64 ? -1 : x.int64 > y.int64 ? 1 : 0; }
int compareTimetz(const Datum &x, const Datum &y)
{
    const auto zone = [](const Datum &d) { return std::int64_t{static_cast<std::int32_t>(d.length)}; };
    const std::int64_t a = x.int64 + zone(x) * kMicrosPerSecond, b = y.int64 + zone(y) * kMicrosPerSecond;
    return a != b ? (a < b ? -1 : 1) : zone(x) < zone(y) ? -1 : zone(x) > zone(y) ? 1 : 0;
}

Datum overlapMicros(Call &, const Datum *a) { return overlap<compareMicros>(a); }
Datum overlapTimetz(Call &, const Datum *a) { return overlap<compareTimetz>(a); }

/// The SQL functions whose ends are intervals: First and Second say which of the two.
template <bool First, bool Second, bool IsTime> Datum overlapSpans(Call &call, const Datum *a)
{
    static const ScalarFunction kAdd = findScalar(IsTime ? "time_pl_interval" : "timestamp_pl_interval");
    Datum ends[] = {a[0], a[1], a[2], a[3]};
    constexpr bool kIsSpan[] = {false, First, false, Second};
    for (const int i : {1, 3}) {
        if (!kIsSpan[i])
            continue;
        const Datum arguments[] = {a[i - 1], a[i]};
        ends[i] = a[i - 1].isNull || a[i].isNull ? Datum::null() : kAdd(call, arguments);
        if (call.cx.stop.raised())
            return Datum::null();
    }
    return overlap<compareMicros>(ends);
}

#define SQLGYM_OVERLAPS(type, isTime)                                                                                  \
    {"sql:overlaps(" type ",interval," type ",interval)", overlapSpans<true, true, isTime>},                           \
        {"sql:overlaps(" type ",interval," type "," type ")", overlapSpans<true, false, isTime>},                      \
    {                                                                                                                  \
        "sql:overlaps(" type "," type "," type ",interval)", overlapSpans<false, true, isTime>                         \
    }

constexpr ScalarEntry kScalars[] = {
    {"timestamp_zone", byName<-1>},
    {"timestamptz_zone", byName<1>},
    {"timestamp_izone", byInterval<-1>},
    {"timestamptz_izone", byInterval<1>},
    {"timetz_zone", clockByName},
    {"timetz_izone", clockByInterval},
    {"timestamp_bin", bin},
    {"timestamptz_bin", bin},
    {"overlaps_timestamp", overlapMicros},
    {"overlaps_time", overlapMicros},
    {"overlaps_timetz", overlapTimetz},
    SQLGYM_OVERLAPS("timestamp", false),
    SQLGYM_OVERLAPS("timestamptz", false),
    SQLGYM_OVERLAPS("time", true),
};

} // namespace

Family datetimeZoneFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
