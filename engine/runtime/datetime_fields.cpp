// extract and date_part.
#include "runtime/families.h"

#include "runtime/datetime_text.h"
#include "runtime/text_coercion.h"
#include "value/calendar.h"
#include "value/numeric.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace sqlgym::runtime {

using namespace value;

namespace {

std::string lowered(std::string_view text)
{
    std::string out(clipName(text)); // as downcase_truncate_identifier cuts it
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

/// n / 10^scale as numeric (extract) or double (date_part).
struct Field {
    std::int64_t n = 0;
    int scale = 0;
    bool isSeconds = false; ///< millionths of seconds, which a double adds up from seconds and their fraction
};

Datum asNumeric(const Field &f, Context &) { return Datum::ofSmallNumeric(f.n, static_cast<std::uint16_t>(f.scale)); }
Datum asFloat(const Field &f, Context &)
{
    static constexpr double kPowers[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
    if (f.isSeconds) {
        const std::int64_t seconds = f.n / kMicrosPerSecond, micros = f.n % kMicrosPerSecond;
        return Datum::ofFloat(static_cast<double>(seconds) * (1e6 / kPowers[f.scale]) +
                              static_cast<double>(micros) / kPowers[f.scale]);
    }
    return Datum::ofFloat(static_cast<double>(f.n) / kPowers[f.scale]);
}

Datum unsupported(const std::string &unit, const char *type, Context &cx)
{
    return cx.fail("0A000", "unit \"" + unit + "\" not supported for type " + type);
}
Datum unrecognised(const std::string &unit, const char *type, Context &cx)
{
    return cx.fail("22023", "unit \"" + unit + "\" not recognized for type " + type);
}

/// Words for moments: known to the reader of dates, but no units.
bool isReserved(const std::string &word)
{
    return word == "now" || word == "today" || word == "tomorrow" || word == "yesterday" || word == "allballs" ||
           word == "infinity" || word == "-infinity" || word == "+infinity";
}
Datum notAUnit(const std::string &unit, const char *type, Context &cx)
{
    return isReserved(unit) ? unsupported(unit, type, cx) : unrecognised(unit, type, cx);
}

using Finish = Datum (*)(const Field &, Context &);

/// Fields of a date that a moment has too. False: not one of them.
bool dateField(Unit unit, std::int64_t days, Field &out)
{
    std::int64_t year = 0;
    int month = 0, day = 0;
    civilFromDays(days, year, month, day);
    std::int64_t isoYear = 0;
    int week = 0;
    switch (unit) {
    case Unit::Day:
        out.n = day;
        return true;
    case Unit::Month:
        out.n = month;
        return true;
    case Unit::Quarter:
        out.n = (month - 1) / 3 + 1;
        return true;
    case Unit::Week:
        isoWeek(days, isoYear, week);
        out.n = week;
        return true;
    case Unit::Year:
        out.n = year > 0 ? year : year - 1;
        return true;
    case Unit::Decade:
        out.n = year >= 0 ? year / 10 : -((8 - (year - 1)) / 10);
        return true;
    case Unit::Century:
        out.n = year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100);
        return true;
    case Unit::Millennium:
        out.n = year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000);
        return true;
    case Unit::IsoYear:
        isoWeek(days, isoYear, week);
        out.n = isoYear > 0 ? isoYear : isoYear - 1;
        return true;
    case Unit::DayOfWeek:
        out.n = dayOfWeek(days);
        return true;
    case Unit::IsoDayOfWeek:
        out.n = dayOfWeek(days) == 0 ? 7 : dayOfWeek(days);
        return true;
    case Unit::DayOfYear:
        out.n = days - daysFromCivil(year, 1, 1) + 1;
        return true;
    default:
        return false;
    }
}

bool clockField(Unit unit, const CalendarTime &f, Field &out)
{
    const std::int64_t micros = f.second * kMicrosPerSecond + f.microsecond;
    switch (unit) {
    case Unit::Microsecond:
        out = {micros, 0};
        return true;
    case Unit::Millisecond:
        out = {micros, 3, true};
        return true;
    case Unit::Second:
        out = {micros, 6, true};
        return true;
    case Unit::Minute:
        out = {f.minute, 0};
        return true;
    case Unit::Hour:
        out = {f.hour, 0};
        return true;
    default:
        return false;
    }
}

/// Fields that go round and round have no value, those that only grow are infinite.
Datum fieldOfInfinity(Unit unit, bool negative, Finish finish, Context &cx)
{
    switch (unit) {
    case Unit::Year:
    case Unit::Decade:
    case Unit::Century:
    case Unit::Millennium:
    case Unit::Julian:
    case Unit::IsoYear:
    case Unit::Epoch:
        break;
    default:
        return Datum::null();
    }
    if (finish == asFloat)
        return Datum::ofFloat(negative ? -HUGE_VAL : HUGE_VAL);
    return numeric::special(negative ? numeric::Kind::NegativeInfinity : numeric::Kind::PositiveInfinity, cx);
}

/// Days since the Julian epoch, which begin at midnight here, and the part of the day.
Datum julian(std::int64_t t, Finish finish, Context &cx)
{
    const std::int64_t day = floorDivide(t, kMicrosPerDay);
    const std::int64_t micros = t - day * kMicrosPerDay;
    if (finish == asFloat) {
        const std::int64_t whole = micros / kMicrosPerSecond;
        const double seconds = static_cast<double>(whole) + static_cast<double>(micros % kMicrosPerSecond) / 1e6;
        return Datum::ofFloat(static_cast<double>(day + kPostgresEpochJulian) + seconds / 86400.0);
    }
    const Datum part = numeric::divide(numeric::ofInt(micros), numeric::ofInt(kMicrosPerDay), cx);
    return numeric::add(numeric::ofInt(day + kPostgresEpochJulian), part, cx);
}

Datum momentField(Call &call, const Datum *a, Finish finish, bool withZone)
{
    const char *type = withZone ? "timestamp with time zone" : "timestamp without time zone";
    const std::string word = lowered(a[0].text());
    const Unit unit = unitOf(word);
    if (unit == Unit::None)
        return notAUnit(word, type, call.cx);
    const std::int64_t t = a[1].int64;
    const bool isZone = unit == Unit::TimeZone || unit == Unit::TimeZoneHour || unit == Unit::TimeZoneMinute;
    if (!isFiniteTimestamp(t))
        return isZone && !withZone ? unsupported(word, type, call.cx)
                                   : fieldOfInfinity(unit, t == kTimestampMinusInfinity, finish, call.cx);
    Field out;
    if (unit == Unit::Julian)
        return julian(t, finish, call.cx);
    if (unit == Unit::Epoch) {
        const std::int64_t shift = kUnixToPostgresDays * kMicrosPerDay;
        std::int64_t micros = 0;
        if (!__builtin_add_overflow(t, shift, &micros))
            return finish({micros, 6}, call.cx);
        if (finish == asFloat)
            return Datum::ofFloat((static_cast<double>(t) + static_cast<double>(shift)) / 1e6);
        return numeric::add(Datum::ofSmallNumeric(t, 6), Datum::ofSmallNumeric(shift, 6), call.cx);
    }
    if (isZone)
        return withZone ? finish({0, 0}, call.cx) : unsupported(word, type, call.cx);
    if (dateField(unit, floorDivide(t, kMicrosPerDay), out) || clockField(unit, fieldsOf(t), out))
        return finish(out, call.cx);
    return unsupported(word, type, call.cx);
}

Datum extractTimestamp(Call &call, const Datum *a) { return momentField(call, a, asNumeric, false); }
Datum extractTimestamptz(Call &call, const Datum *a) { return momentField(call, a, asNumeric, true); }
Datum partTimestamp(Call &call, const Datum *a) { return momentField(call, a, asFloat, false); }
Datum partTimestamptz(Call &call, const Datum *a) { return momentField(call, a, asFloat, true); }
Datum partDate(Call &call, const Datum *a)
{
    // date_part(text, date) goes through timestamp.
    const std::int64_t date = a[1].int64;
    if (isFiniteDate(date) && date >= kTimestampEnd / kMicrosPerDay)
        return call.cx.fail("22008", "date out of range for timestamp");
    const Datum arguments[] = {a[0], Datum::ofInt(date == kDateInfinity        ? kTimestampInfinity
                                                  : date == kDateMinusInfinity ? kTimestampMinusInfinity
                                                                               : date * kMicrosPerDay)};
    return momentField(call, arguments, asFloat, false);
}

Datum extractDate(Call &call, const Datum *a)
{
    const std::string word = lowered(a[0].text());
    const Unit unit = unitOf(word);
    if (unit == Unit::None)
        return notAUnit(word, "date", call.cx);
    Field out;
    const bool isDateField = dateField(unit, isFiniteDate(a[1].int64) ? a[1].int64 : 0, out);
    if (!isFiniteDate(a[1].int64)) {
        if (!isDateField && unit != Unit::Julian && unit != Unit::Epoch)
            return unsupported(word, "date", call.cx);
        return fieldOfInfinity(unit, a[1].int64 == kDateMinusInfinity, asNumeric, call.cx);
    }
    if (isDateField)
        return asNumeric(out, call.cx);
    if (unit == Unit::Julian)
        return asNumeric({a[1].int64 + kPostgresEpochJulian, 0}, call.cx);
    if (unit == Unit::Epoch)
        return asNumeric({(a[1].int64 + kUnixToPostgresDays) * 86400, 0}, call.cx);
    return unsupported(word, "date", call.cx);
}

Datum timeField(Call &call, const Datum *a, Finish finish)
{
    const char *type = "time without time zone";
    const std::string word = lowered(a[0].text());
    const Unit unit = unitOf(word);
    if (unit == Unit::None)
        return unrecognised(word, type, call.cx);
    if (unit == Unit::Epoch)
        return finish({a[1].int64, 6}, call.cx);
    CalendarTime f;
    splitTime(a[1].int64, f);
    Field out;
    return clockField(unit, f, out) ? finish(out, call.cx) : unsupported(word, type, call.cx);
}
Datum timetzField(Call &call, const Datum *a, Finish finish)
{
    const char *type = "time with time zone";
    const std::string word = lowered(a[0].text());
    const Unit unit = unitOf(word);
    if (unit == Unit::None)
        return unrecognised(word, type, call.cx);
    const std::int64_t west = static_cast<std::int32_t>(a[1].length);
    if (unit == Unit::Epoch && finish == asFloat) // the sum of two doubles
        return Datum::ofFloat(static_cast<double>(a[1].int64) / 1e6 + static_cast<double>(west));
    if (unit == Unit::Epoch)
        return finish({a[1].int64 + west * kMicrosPerSecond, 6}, call.cx);
    if (unit == Unit::TimeZone)
        return finish({-west, 0}, call.cx);
    if (unit == Unit::TimeZoneHour)
        return finish({-west / 3600, 0}, call.cx);
    if (unit == Unit::TimeZoneMinute)
        return finish({-west / 60 % 60, 0}, call.cx);
    CalendarTime f;
    splitTime(a[1].int64, f);
    Field out;
    return clockField(unit, f, out) ? finish(out, call.cx) : unsupported(word, type, call.cx);
}
Datum extractTimetz(Call &call, const Datum *a) { return timetzField(call, a, asNumeric); }
Datum partTimetz(Call &call, const Datum *a) { return timetzField(call, a, asFloat); }
Datum extractTime(Call &call, const Datum *a) { return timeField(call, a, asNumeric); }
Datum partTime(Call &call, const Datum *a) { return timeField(call, a, asFloat); }

Datum intervalField(Call &call, const Datum *a, Finish finish)
{
    const std::string word = lowered(a[0].text());
    const Unit unit = unitOf(word);
    const auto &v = *a[1].interval;
    const std::int64_t years = v.months / 12, months = v.months % 12;
    const std::int64_t seconds = v.microseconds % kMicrosPerMinute;
    switch (unit) {
    case Unit::None:
        return unrecognised(word, "interval", call.cx);
    case Unit::Microsecond:
        return finish({seconds, 0}, call.cx);
    case Unit::Millisecond:
        return finish({seconds, 3, true}, call.cx);
    case Unit::Second:
        return finish({seconds, 6, true}, call.cx);
    case Unit::Minute:
        return finish({v.microseconds / kMicrosPerMinute % 60, 0}, call.cx);
    case Unit::Hour:
        return finish({v.microseconds / kMicrosPerHour, 0}, call.cx);
    case Unit::Day:
        return finish({v.days, 0}, call.cx);
    case Unit::Month:
        return finish({months, 0}, call.cx);
    case Unit::Quarter:
        return finish({months / 3 + 1, 0}, call.cx);
    case Unit::Year:
        return finish({years, 0}, call.cx);
    case Unit::Decade:
        return finish({years / 10, 0}, call.cx);
    case Unit::Century:
        return finish({years / 100, 0}, call.cx);
    case Unit::Millennium:
        return finish({years / 1000, 0}, call.cx);
    case Unit::Epoch: {
        // A year counts 365.25 days here.
        const std::int64_t quarters = 1461 * years + 120 * months + 4 * std::int64_t{v.days};
        std::int64_t micros = 0;
        if (__builtin_mul_overflow(quarters * 21600, kMicrosPerSecond, &micros) ||
            __builtin_add_overflow(micros, v.microseconds, &micros)) {
            call.cx.stop.decline("the epoch of an interval this long");
            return Datum::null();
        }
        if (finish == asFloat) {
            // Added up as doubles, in PostgreSQL's order.
            double result = static_cast<double>(v.microseconds) / 1e6;
            result += (365.25 * 86400) * static_cast<double>(years);
            result += (30.0 * 86400) * static_cast<double>(months);
            result += 86400.0 * v.days;
            return Datum::ofFloat(result);
        }
        return finish({micros, 6}, call.cx);
    }
    default:
        return unsupported(word, "interval", call.cx);
    }
}
Datum extractInterval(Call &call, const Datum *a) { return intervalField(call, a, asNumeric); }
Datum partInterval(Call &call, const Datum *a) { return intervalField(call, a, asFloat); }

constexpr ScalarEntry kScalars[] = {
    {"extract_date", extractDate},
    {"extract_time", extractTime},
    {"extract_timestamp", extractTimestamp},
    {"extract_timestamptz", extractTimestamptz},
    {"extract_interval", extractInterval},
    {"sql:date_part(text,date)", partDate},
    {"time_part", partTime},
    {"extract_timetz", extractTimetz},
    {"timetz_part", partTimetz},
    {"timestamp_part", partTimestamp},
    {"timestamptz_part", partTimestamptz},
    {"interval_part", partInterval},
};

} // namespace

Family datetimeFieldsFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
