// Interval arithmetic, justify_*, make_interval, sums and averages.
#include "runtime/families.h"

#include "runtime/datetime_text.h"
#include "runtime/interval_compare.h"
#include "value/calendar.h"

#include <cmath>

namespace sqlgym::runtime {

using namespace value;

namespace {

constexpr double kSecondsPerDay = 86400.0;
constexpr int kDaysPerMonth = 30;

double roundToMicros(double seconds) { return std::rint(seconds * 1e6) / 1e6; }
bool fitsInt(double v) { return v >= -2147483648.0 && v < 2147483648.0; }
bool fitsInt64(double v) { return v >= -9223372036854775808.0 && v < 9223372036854775808.0; }
Datum outOfRange(Context &cx) { return cx.fail("22008", "interval out of range"); }

template <int Sign> Datum combine(Call &call, const Datum *a)
{
    const auto &x = *a[0].interval, &y = *a[1].interval;
    std::int64_t micros = 0;
    if (Sign > 0 ? __builtin_add_overflow(x.microseconds, y.microseconds, &micros)
                 : __builtin_sub_overflow(x.microseconds, y.microseconds, &micros))
        return outOfRange(call.cx);
    return makeInterval(micros, std::int64_t{x.days} + Sign * std::int64_t{y.days},
                        std::int64_t{x.months} + Sign * std::int64_t{y.months}, call.cx);
}

Datum negate(Call &call, const Datum *a)
{
    const auto &v = *a[0].interval;
    if (v.microseconds == INT64_MIN)
        return outOfRange(call.cx);
    return makeInterval(-v.microseconds, -std::int64_t{v.days}, -std::int64_t{v.months}, call.cx);
}

/// Months and days times (or over) a factor cascade their fractions downwards: months into days of 30, days into time.
Datum scaled(const IntervalValue &v, double factor, bool divide, Call &call)
{
    const auto apply = [&](double n) { return divide ? n / factor : n * factor; };
    const double months = apply(v.months);
    const double days = apply(v.days);
    if (std::isnan(months) || !fitsInt(months) || std::isnan(days) || !fitsInt(days))
        return outOfRange(call.cx);
    const auto wholeMonths = static_cast<std::int32_t>(months);
    std::int64_t wholeDays = static_cast<std::int32_t>(days);
    const double monthDays = roundToMicros((months - wholeMonths) * kDaysPerMonth);
    double seconds =
        (days - static_cast<double>(wholeDays) + monthDays - static_cast<double>(static_cast<int>(monthDays))) *
        kSecondsPerDay;
    seconds = roundToMicros(seconds);
    if (std::fabs(seconds) >= kSecondsPerDay) {
        wholeDays += static_cast<int>(seconds / kSecondsPerDay);
        seconds -= static_cast<int>(seconds / kSecondsPerDay) * kSecondsPerDay;
    }
    wholeDays += static_cast<std::int32_t>(monthDays);
    const double micros = std::rint(apply(static_cast<double>(v.microseconds)) + seconds * 1e6);
    if (std::isnan(micros) || !fitsInt64(micros))
        return outOfRange(call.cx);
    return makeInterval(static_cast<std::int64_t>(micros), wholeDays, wholeMonths, call.cx);
}

Datum times(Call &call, const Datum *a) { return scaled(*a[0].interval, a[1].float8, false, call); }
Datum timesReversed(Call &call, const Datum *a) { return scaled(*a[1].interval, a[0].float8, false, call); }
Datum over(Call &call, const Datum *a)
{
    if (a[1].float8 == 0.0)
        return call.cx.fail("22012", "division by zero");
    return scaled(*a[0].interval, a[1].float8, true, call);
}

Datum justifyHours(Call &call, const Datum *a)
{
    IntervalValue v = *a[0].interval;
    const std::int64_t whole = v.microseconds / kMicrosPerDay;
    v.microseconds -= whole * kMicrosPerDay;
    std::int64_t days = v.days + whole;
    if (days > 0 && v.microseconds < 0) {
        v.microseconds += kMicrosPerDay;
        --days;
    } else if (days < 0 && v.microseconds > 0) {
        v.microseconds -= kMicrosPerDay;
        ++days;
    }
    return makeInterval(v.microseconds, days, v.months, call.cx);
}

Datum justifyDays(Call &call, const Datum *a)
{
    const auto &v = *a[0].interval;
    const std::int64_t whole = v.days / kDaysPerMonth;
    std::int64_t days = v.days - whole * kDaysPerMonth;
    std::int64_t months = v.months + whole;
    if (months > 0 && days < 0) {
        days += kDaysPerMonth;
        --months;
    } else if (months < 0 && days > 0) {
        days -= kDaysPerMonth;
        ++months;
    }
    return makeInterval(v.microseconds, days, months, call.cx);
}

Datum justifyInterval(Call &call, const Datum *a)
{
    const auto &v = *a[0].interval;
    std::int64_t micros = v.microseconds, days = v.days, months = v.months;
    if ((days > 0 && micros > 0) || (days < 0 && micros < 0)) {
        const std::int64_t whole = days / kDaysPerMonth;
        days -= whole * kDaysPerMonth;
        months += whole;
    }
    const std::int64_t wholeDays = micros / kMicrosPerDay;
    micros -= wholeDays * kMicrosPerDay;
    days += wholeDays;
    const std::int64_t wholeMonths = days / kDaysPerMonth;
    days -= wholeMonths * kDaysPerMonth;
    months += wholeMonths;
    if (months > 0 && (days < 0 || (days == 0 && micros < 0))) {
        days += kDaysPerMonth;
        --months;
    } else if (months < 0 && (days > 0 || (days == 0 && micros > 0))) {
        days -= kDaysPerMonth;
        ++months;
    }
    if (days > 0 && micros < 0) {
        micros += kMicrosPerDay;
        --days;
    } else if (days < 0 && micros > 0) {
        micros -= kMicrosPerDay;
        ++days;
    }
    return makeInterval(micros, days, months, call.cx);
}

/// Fields wrap around as PostgreSQL's do.
std::int32_t wrapped(std::int64_t v) { return static_cast<std::int32_t>(static_cast<std::uint32_t>(v)); }

Datum make(Call &call, const Datum *a)
{
    if (!std::isfinite(a[6].float8))
        return outOfRange(call.cx);
    const double seconds = std::rint(a[6].float8 * 1e6);
    if (!fitsInt64(seconds)) {
        call.cx.stop.decline("make_interval() of this many seconds");
        return Datum::null();
    }
    const auto clock = static_cast<std::uint64_t>(a[4].int64 * kMicrosPerHour + a[5].int64 * kMicrosPerMinute) +
                       static_cast<std::uint64_t>(static_cast<std::int64_t>(seconds));
    return makeInterval(static_cast<std::int64_t>(clock), wrapped(a[2].int64 * 7 + a[3].int64),
                        wrapped(a[0].int64 * 12 + a[1].int64), call.cx);
}

constexpr ScalarEntry kScalars[] = {
    {"interval_pl", combine<1>},
    {"interval_mi", combine<-1>},
    {"interval_um", negate},
    {"interval_mul", times},
    {"mul_d_interval", timesReversed},
    {"interval_div", over},
    {"interval_justify_hours", justifyHours},
    {"interval_justify_days", justifyDays},
    {"interval_justify_interval", justifyInterval},
    {"make_interval", make},
};

struct Total {
    IntervalValue sum;
    std::int64_t count;
};

void begin(Call &, void *state) { *static_cast<Total *>(state) = {}; }

template <int Sign> bool addTo(Total &total, const IntervalValue &v, Call &call)
{
    std::int64_t days = 0, months = 0;
    const bool over = Sign > 0
                          ? __builtin_add_overflow(total.sum.microseconds, v.microseconds, &total.sum.microseconds)
                          : __builtin_sub_overflow(total.sum.microseconds, v.microseconds, &total.sum.microseconds);
    days = std::int64_t{total.sum.days} + Sign * std::int64_t{v.days};
    months = std::int64_t{total.sum.months} + Sign * std::int64_t{v.months};
    if (over || days != static_cast<std::int32_t>(days) || months != static_cast<std::int32_t>(months)) {
        outOfRange(call.cx);
        return false;
    }
    total.sum.days = static_cast<std::int32_t>(days);
    total.sum.months = static_cast<std::int32_t>(months);
    total.count += Sign;
    return true;
}
void step(Call &call, void *state, const Datum *a) { addTo<1>(*static_cast<Total *>(state), *a[0].interval, call); }
bool unstep(Call &call, void *state, const Datum *a)
{
    return addTo<-1>(*static_cast<Total *>(state), *a[0].interval, call);
}

Datum sum(Call &call, void *state)
{
    const auto &total = *static_cast<Total *>(state);
    return total.count == 0 ? Datum::null()
                            : makeInterval(total.sum.microseconds, total.sum.days, total.sum.months, call.cx);
}
Datum average(Call &call, void *state)
{
    const auto &total = *static_cast<Total *>(state);
    return total.count == 0 ? Datum::null() : scaled(total.sum, static_cast<double>(total.count), true, call);
}

constexpr AggregateFunction kAggregates[] = {
    {"sum(interval)", sizeof(Total), true, begin, step, sum, unstep},
    {"avg(interval)", sizeof(Total), true, begin, step, average, unstep},
};

} // namespace

Family intervalFamily() { return {kScalars, {}, kAggregates}; }

} // namespace sqlgym::runtime
