// Dates, times and timestamps: +, -, comparison and the casts among them.
#include "runtime/families.h"

#include "runtime/datetime_text.h"
#include "runtime/interval_compare.h"
#include "value/calendar.h"

namespace sqlgym::runtime {

using namespace value;

namespace {

std::int64_t threeWay(const Datum *a) { return a[0].int64 < a[1].int64 ? -1 : a[0].int64 > a[1].int64 ? 1 : 0; }

/// A date as a timestamp, keeping the infinities; false (error raised) beyond a timestamp's range.
bool toTimestamp(std::int64_t date, std::int64_t &out, Context &cx)
{
    if (!isFiniteDate(date)) {
        out = date == kDateInfinity ? kTimestampInfinity : kTimestampMinusInfinity;
        return true;
    }
    if (date >= kTimestampEnd / kMicrosPerDay) {
        cx.stop.error("22008", "date out of range for timestamp");
        return false;
    }
    out = date * kMicrosPerDay;
    return true;
}

/// Compares a date with a timestamp as PostgreSQL does: a date beyond all timestamps is greater.
int compareMixed(std::int64_t date, std::int64_t timestamp)
{
    if (isFiniteDate(date) && date >= kTimestampEnd / kMicrosPerDay)
        return timestamp == kTimestampInfinity ? -1 : 1;
    const std::int64_t t = !isFiniteDate(date) ? (date == kDateInfinity ? kTimestampInfinity : kTimestampMinusInfinity)
                                               : date * kMicrosPerDay;
    return t < timestamp ? -1 : t > timestamp ? 1 : 0;
}

template <int Which> bool holds(std::int64_t c)
{
    if constexpr (Which == 0)
        return c == 0;
    else if constexpr (Which == 1)
        return c != 0;
    else if constexpr (Which == 2)
        return c < 0;
    else if constexpr (Which == 3)
        return c <= 0;
    else if constexpr (Which == 4)
        return c > 0;
    else
        return c >= 0;
}

template <int Which> Datum compareSame(Call &, const Datum *a) { return Datum::ofBool(holds<Which>(threeWay(a))); }
template <int Which> Datum dateTimestamp(Call &, const Datum *a)
{
    return Datum::ofBool(holds<Which>(compareMixed(a[0].int64, a[1].int64)));
}
template <int Which> Datum timestampDate(Call &, const Datum *a)
{
    return Datum::ofBool(holds<Which>(-compareMixed(a[1].int64, a[0].int64)));
}
template <int Which> Datum intervals(Call &, const Datum *a)
{
    return Datum::ofBool(holds<Which>(compareIntervals(a[0], a[1])));
}
Datum cmpSame(Call &, const Datum *a) { return Datum::ofInt(threeWay(a)); }
Datum cmpInterval(Call &, const Datum *a) { return Datum::ofInt(compareIntervals(a[0], a[1])); }
Datum larger(Call &, const Datum *a) { return a[0].int64 > a[1].int64 ? a[0] : a[1]; }
Datum smaller(Call &, const Datum *a) { return a[0].int64 < a[1].int64 ? a[0] : a[1]; }
Datum largerInterval(Call &, const Datum *a) { return compareIntervals(a[0], a[1]) > 0 ? a[0] : a[1]; }
Datum smallerInterval(Call &, const Datum *a) { return compareIntervals(a[0], a[1]) < 0 ? a[0] : a[1]; }

Datum checkedDate(std::int64_t days, Call &call)
{
    return isValidDate(days) ? Datum::ofInt(days) : call.cx.fail("22008", "date out of range");
}

Datum datePlusDays(Call &call, const Datum *a)
{
    return isFiniteDate(a[0].int64) ? checkedDate(a[0].int64 + a[1].int64, call) : a[0];
}
Datum daysPlusDate(Call &call, const Datum *a)
{
    const Datum swapped[] = {a[1], a[0]};
    return datePlusDays(call, swapped);
}
Datum dateMinusDays(Call &call, const Datum *a)
{
    return isFiniteDate(a[0].int64) ? checkedDate(a[0].int64 - a[1].int64, call) : a[0];
}
Datum dateMinusDate(Call &call, const Datum *a)
{
    if (!isFiniteDate(a[0].int64) || !isFiniteDate(a[1].int64))
        return call.cx.fail("22008", "cannot subtract infinite dates");
    return Datum::ofInt(a[0].int64 - a[1].int64);
}

Datum timestampPlus(std::int64_t t, const IntervalValue &v, int sign, Call &call)
{
    if (!isFiniteTimestamp(t))
        return Datum::ofInt(t);
    const auto fail = [&] { return call.cx.fail("22008", "timestamp out of range"); };
    if (v.months != 0) {
        CalendarTime f = fieldsOf(t);
        const std::int64_t month = f.year * 12 + (f.month - 1) + sign * std::int64_t{v.months};
        f.year = floorDivide(month, 12);
        f.month = static_cast<int>(month - f.year * 12) + 1;
        if (f.year < kTimestampFirstYear || f.year > kTimestampLastYear)
            return fail();
        f.day = std::min(f.day, daysInMonth(f.year, f.month));
        t = timestampOf(f);
        if (!isValidTimestamp(t))
            return fail();
    }
    // Days as days: a shift of them may be longer than any timestamp.
    const std::int64_t days = floorDivide(t, kMicrosPerDay);
    const std::int64_t clock = t - days * kMicrosPerDay;
    const std::int64_t shifted = days + sign * std::int64_t{v.days};
    if (shifted < kTimestampMin / kMicrosPerDay - 1 || shifted > kTimestampEnd / kMicrosPerDay)
        return fail();
    t = shifted * kMicrosPerDay + clock;
    if (v.days != 0 && !isValidTimestamp(t))
        return fail();
    if (sign > 0 ? __builtin_add_overflow(t, v.microseconds, &t) : __builtin_sub_overflow(t, v.microseconds, &t))
        return fail();
    return isValidTimestamp(t) ? Datum::ofInt(t) : fail();
}

template <int Sign> Datum timestampInterval(Call &call, const Datum *a)
{
    return timestampPlus(a[0].int64, *a[1].interval, Sign, call);
}
Datum intervalTimestamp(Call &call, const Datum *a) { return timestampPlus(a[1].int64, *a[0].interval, 1, call); }
template <int Sign> Datum dateInterval(Call &call, const Datum *a)
{
    std::int64_t t = 0;
    return toTimestamp(a[0].int64, t, call.cx) ? timestampPlus(t, *a[1].interval, Sign, call) : Datum::null();
}
Datum intervalDate(Call &call, const Datum *a)
{
    const Datum swapped[] = {a[1], a[0]};
    return dateInterval<1>(call, swapped);
}

Datum timestampMinusTimestamp(Call &call, const Datum *a)
{
    if (!isFiniteTimestamp(a[0].int64) || !isFiniteTimestamp(a[1].int64))
        return call.cx.fail("22008", "cannot subtract infinite timestamps");
    // 290,000 years wrap around, as they do in PostgreSQL.
    const auto micros =
        static_cast<std::int64_t>(static_cast<std::uint64_t>(a[0].int64) - static_cast<std::uint64_t>(a[1].int64));
    const std::int64_t days = micros / kMicrosPerDay;
    return makeInterval(micros - days * kMicrosPerDay, days, 0, call.cx);
}

std::int64_t wrapDay(std::int64_t micros)
{
    const std::int64_t rest = micros % kMicrosPerDay;
    return rest < 0 ? rest + kMicrosPerDay : rest;
}
template <int Sign> Datum timeInterval(Call &, const Datum *a)
{
    // The sum may wrap around before it is brought back into a day.
    const auto time = static_cast<std::uint64_t>(a[0].int64),
               span = static_cast<std::uint64_t>(a[1].interval->microseconds);
    return Datum::ofInt(wrapDay(static_cast<std::int64_t>(Sign > 0 ? time + span : time - span)));
}
Datum intervalTime(Call &call, const Datum *a)
{
    const Datum swapped[] = {a[1], a[0]};
    return timeInterval<1>(call, swapped);
}
Datum timeMinusTime(Call &call, const Datum *a) { return makeInterval(a[0].int64 - a[1].int64, 0, 0, call.cx); }
Datum datePlusTime(Call &call, const Datum *a)
{
    std::int64_t t = 0;
    if (!toTimestamp(a[0].int64, t, call.cx))
        return Datum::null();
    if (!isFiniteTimestamp(t))
        return Datum::ofInt(t);
    t += a[1].int64;
    return isValidTimestamp(t) ? Datum::ofInt(t) : call.cx.fail("22008", "timestamp out of range");
}
Datum timePlusDate(Call &call, const Datum *a)
{
    const Datum swapped[] = {a[1], a[0]};
    return datePlusTime(call, swapped);
}

Datum dateToTimestamp(Call &call, const Datum *a)
{
    std::int64_t t = 0;
    return toTimestamp(a[0].int64, t, call.cx) ? Datum::ofInt(t) : Datum::null();
}
Datum timestampToDate(Call &, const Datum *a)
{
    const std::int64_t t = a[0].int64;
    if (!isFiniteTimestamp(t))
        return Datum::ofInt(t == kTimestampInfinity ? kDateInfinity : kDateMinusInfinity);
    return Datum::ofInt(floorDivide(t, kMicrosPerDay));
}
Datum same(Call &, const Datum *a) { return a[0]; }
Datum timestampToTime(Call &, const Datum *a)
{
    if (!isFiniteTimestamp(a[0].int64))
        return Datum::null();
    return Datum::ofInt(a[0].int64 - floorDivide(a[0].int64, kMicrosPerDay) * kMicrosPerDay);
}
Datum timeToInterval(Call &call, const Datum *a) { return makeInterval(a[0].int64, 0, 0, call.cx); }
Datum intervalToTime(Call &, const Datum *a) { return Datum::ofInt(wrapDay(a[0].interval->microseconds)); }
Datum scaleTime(Call &, const Datum *a)
{
    return Datum::ofInt(roundMicros(a[0].int64, static_cast<std::int32_t>(a[1].int64)));
}
Datum scaleTimestamp(Call &call, const Datum *a)
{
    const std::int64_t precision = a[1].int64;
    if (!isFiniteTimestamp(a[0].int64) || precision == -1)
        return a[0];
    if (precision < 0 || precision > 6)
        return call.cx.fail("22023", "timestamp(" + std::to_string(precision) + ") precision must be between 0 and 6");
    return Datum::ofInt(roundMicros(a[0].int64, static_cast<std::int32_t>(precision)));
}
Datum scaleInterval(Call &call, const Datum *a)
{
    IntervalValue v = *a[0].interval;
    if (!applyIntervalTypmod(v, static_cast<std::int32_t>(a[1].int64), call.cx))
        return Datum::null();
    return makeInterval(v.microseconds, v.days, v.months, call.cx);
}
Datum finiteDate(Call &, const Datum *a) { return Datum::ofBool(isFiniteDate(a[0].int64)); }
Datum finiteTimestamp(Call &, const Datum *a) { return Datum::ofBool(isFiniteTimestamp(a[0].int64)); }
Datum finiteInterval(Call &, const Datum *) { return Datum::ofBool(true); }

constexpr ScalarEntry kScalars[] = {
    {"date_eq", compareSame<0>},
    {"date_ne", compareSame<1>},
    {"date_lt", compareSame<2>},
    {"date_le", compareSame<3>},
    {"date_gt", compareSame<4>},
    {"date_ge", compareSame<5>},
    {"time_eq", compareSame<0>},
    {"time_ne", compareSame<1>},
    {"time_lt", compareSame<2>},
    {"time_le", compareSame<3>},
    {"time_gt", compareSame<4>},
    {"time_ge", compareSame<5>},
    {"timestamp_eq", compareSame<0>},
    {"timestamp_ne", compareSame<1>},
    {"timestamp_lt", compareSame<2>},
    {"timestamp_le", compareSame<3>},
    {"timestamp_gt", compareSame<4>},
    {"timestamp_ge", compareSame<5>},
    {"interval_eq", intervals<0>},
    {"interval_ne", intervals<1>},
    {"interval_lt", intervals<2>},
    {"interval_le", intervals<3>},
    {"interval_gt", intervals<4>},
    {"interval_ge", intervals<5>},
    {"date_eq_timestamp", dateTimestamp<0>},
    {"date_ne_timestamp", dateTimestamp<1>},
    {"date_lt_timestamp", dateTimestamp<2>},
    {"date_le_timestamp", dateTimestamp<3>},
    {"date_gt_timestamp", dateTimestamp<4>},
    {"date_ge_timestamp", dateTimestamp<5>},
    {"date_eq_timestamptz", dateTimestamp<0>},
    {"date_ne_timestamptz", dateTimestamp<1>},
    {"date_lt_timestamptz", dateTimestamp<2>},
    {"date_le_timestamptz", dateTimestamp<3>},
    {"date_gt_timestamptz", dateTimestamp<4>},
    {"date_ge_timestamptz", dateTimestamp<5>},
    {"timestamp_eq_date", timestampDate<0>},
    {"timestamp_ne_date", timestampDate<1>},
    {"timestamp_lt_date", timestampDate<2>},
    {"timestamp_le_date", timestampDate<3>},
    {"timestamp_gt_date", timestampDate<4>},
    {"timestamp_ge_date", timestampDate<5>},
    {"timestamptz_eq_date", timestampDate<0>},
    {"timestamptz_ne_date", timestampDate<1>},
    {"timestamptz_lt_date", timestampDate<2>},
    {"timestamptz_le_date", timestampDate<3>},
    {"timestamptz_gt_date", timestampDate<4>},
    {"timestamptz_ge_date", timestampDate<5>},
    {"timestamp_eq_timestamptz", compareSame<0>},
    {"timestamp_ne_timestamptz", compareSame<1>},
    {"timestamp_lt_timestamptz", compareSame<2>},
    {"timestamp_le_timestamptz", compareSame<3>},
    {"timestamp_gt_timestamptz", compareSame<4>},
    {"timestamp_ge_timestamptz", compareSame<5>},
    {"timestamptz_eq_timestamp", compareSame<0>},
    {"timestamptz_ne_timestamp", compareSame<1>},
    {"timestamptz_lt_timestamp", compareSame<2>},
    {"timestamptz_le_timestamp", compareSame<3>},
    {"timestamptz_gt_timestamp", compareSame<4>},
    {"timestamptz_ge_timestamp", compareSame<5>},
    {"date_cmp", cmpSame},
    {"time_cmp", cmpSame},
    {"timestamp_cmp", cmpSame},
    {"interval_cmp", cmpInterval},
    {"date_larger", larger},
    {"date_smaller", smaller},
    {"time_larger", larger},
    {"time_smaller", smaller},
    {"timestamp_larger", larger},
    {"timestamp_smaller", smaller},
    {"interval_larger", largerInterval},
    {"interval_smaller", smallerInterval},
    {"date_pli", datePlusDays},
    {"sql:integer_pl_date(int4,date)", daysPlusDate},
    {"date_mii", dateMinusDays},
    {"date_mi", dateMinusDate},
    {"date_pl_interval", dateInterval<1>},
    {"date_mi_interval", dateInterval<-1>},
    {"sql:interval_pl_date(interval,date)", intervalDate},
    {"timestamp_pl_interval", timestampInterval<1>},
    {"timestamp_mi_interval", timestampInterval<-1>},
    {"timestamptz_pl_interval", timestampInterval<1>},
    {"timestamptz_mi_interval", timestampInterval<-1>},
    {"sql:interval_pl_timestamp(interval,timestamp)", intervalTimestamp},
    {"sql:interval_pl_timestamptz(interval,timestamptz)", intervalTimestamp},
    {"timestamp_mi", timestampMinusTimestamp},
    {"time_pl_interval", timeInterval<1>},
    {"time_mi_interval", timeInterval<-1>},
    {"sql:interval_pl_time(interval,time)", intervalTime},
    {"time_mi_time", timeMinusTime},
    {"datetime_timestamp", datePlusTime},
    {"sql:timedate_pl(time,date)", timePlusDate},
    {"date_timestamp", dateToTimestamp},
    {"date_timestamptz", dateToTimestamp},
    {"timestamp_date", timestampToDate},
    {"timestamptz_date", timestampToDate},
    {"timestamp_timestamptz", same},
    {"timestamptz_timestamp", same},
    {"timestamp_time", timestampToTime},
    {"timestamptz_time", timestampToTime},
    {"time_interval", timeToInterval},
    {"interval_time", intervalToTime},
    {"time_scale", scaleTime},
    {"timestamp_scale", scaleTimestamp},
    {"timestamptz_scale", scaleTimestamp},
    {"interval_scale", scaleInterval},
    {"date_finite", finiteDate},
    {"timestamp_finite", finiteTimestamp},
    {"interval_finite", finiteInterval},
};

} // namespace

Family datetimeArithmeticFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
