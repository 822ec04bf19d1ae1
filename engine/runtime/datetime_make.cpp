// make_date and its like, age(), now(), to_timestamp(double), generate_series over moments.
#include "runtime/families.h"

#include "base/clock.h"
#include "runtime/datetime_text.h"
#include "runtime/zone_names.h"
#include "value/calendar.h"

#include <cctype>
#include <cmath>
#include <cstdio>

namespace sqlgym::runtime {

using namespace value;

namespace {

std::string triple(std::int64_t a, std::int64_t b, std::int64_t c, const char *separator)
{
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, separator[0] == '-' ? "%lld-%02lld-%02lld" : "%lld:%02lld:%02lld",
                  static_cast<long long>(a), static_cast<long long>(b), static_cast<long long>(c));
    return buffer;
}

/// `asGiven`: the messages name the year as it was given, else as it is counted (0 is 1 BC).
bool validDate(std::int64_t &year, std::int64_t month, std::int64_t day, bool asGiven, Context &cx)
{
    const bool isYear = year != 0 && year != INT32_MIN;
    const std::int64_t named = asGiven || !isYear || year > 0 ? year : year + 1;
    if (year < 0)
        ++year; // -1 is 1 BC
    if (!isYear || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, static_cast<int>(month))) {
        cx.stop.error("22008", "date field value out of range: " + triple(named, month, day, "-"));
        return false;
    }
    if (year < -4713 || year > 5874897) {
        cx.stop.error("22008", "date out of range: " + triple(named, month, day, "-"));
        return false;
    }
    return true;
}

Datum makeDate(Call &call, const Datum *a)
{
    std::int64_t year = a[0].int64;
    if (!validDate(year, a[1].int64, a[2].int64, false, call.cx))
        return Datum::null();
    const std::int64_t days = daysFromCivil(year, static_cast<int>(a[1].int64), static_cast<int>(a[2].int64));
    return isValidDate(days) ? Datum::ofInt(days)
                             : call.cx.fail("22008", "date out of range: " + triple(year, a[1].int64, a[2].int64, "-"));
}

/// printf with PostgreSQL's names for what is no number.
std::string shortFloat(const char *format, double v)
{
    if (std::isnan(v))
        return "NaN";
    if (std::isinf(v))
        return v < 0 ? "-Infinity" : "Infinity";
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, format, v);
    return buffer;
}

Datum makeTime(Call &call, const Datum *a)
{
    const std::int64_t hour = a[0].int64, minute = a[1].int64;
    const double second = a[2].float8;
    // Rounded before it is judged: -1e-9 seconds are none.
    const double micros = std::rint(second * 1e6);
    const bool bad = std::isnan(micros) || hour < 0 || hour > 24 || minute < 0 || minute > 59 || micros < 0 ||
                     micros > 60e6 || (hour == 24 && (minute > 0 || micros > 0));
    if (bad) {
        char buffer[80];
        std::snprintf(buffer, sizeof buffer,
                      "time field value out of range: %lld:%02lld:", static_cast<long long>(hour),
                      static_cast<long long>(minute));
        return call.cx.fail("22008", buffer + shortFloat("%02g", second));
    }
    return Datum::ofInt(hour * kMicrosPerHour + minute * kMicrosPerMinute + static_cast<std::int64_t>(micros));
}

Datum makeTimestamp(Call &call, const Datum *a)
{
    std::int64_t year = a[0].int64;
    if (!validDate(year, a[1].int64, a[2].int64, true, call.cx))
        return Datum::null();
    const Datum time = makeTime(call, a + 3);
    if (time.isNull)
        return time;
    const std::int64_t days = daysFromCivil(year, static_cast<int>(a[1].int64), static_cast<int>(a[2].int64));
    if (days > kTimestampEnd / kMicrosPerDay) {
        call.cx.stop.decline("make_timestamp() beyond a timestamp's range");
        return Datum::null();
    }
    const std::int64_t t = days * kMicrosPerDay + time.int64;
    if (!isValidTimestamp(t)) {
        call.cx.stop.decline("make_timestamp() beyond a timestamp's range");
        return Datum::null();
    }
    return Datum::ofInt(t);
}

/// The last argument names a zone, or is an offset with its sign, which is declined.
Datum makeTimestampAt(Call &call, const Datum *a)
{
    const Datum local = makeTimestamp(call, a);
    if (local.isNull)
        return local;
    const std::string_view zone = a[6].text();
    if (zone.empty() || zone.front() == '+' || zone.front() == '-') {
        call.cx.stop.decline("make_timestamptz() with the zone \"" + std::string(zone) + "\"");
        return Datum::null();
    }
    if (zone.front() >= '0' && zone.front() <= '9')
        return call.cx.fail("22023", "invalid input syntax for type numeric time zone: \"" + std::string(zone) + "\"",
                            {}, "Numeric time zones must have \"-\" or \"+\" as first character.");
    ZoneName found;
    if (!requireZoneName(zone, found, call.cx))
        return Datum::null();
    const std::int64_t t = local.int64 - found.eastOfLocal(local.int64) * kMicrosPerSecond;
    return isValidTimestamp(t) ? Datum::ofInt(t) : call.cx.fail("22008", "timestamp out of range");
}

Datum now(Call &call, const Datum *) { return Datum::ofInt(call.cx.session.transactionTimestamp); }
Datum clockNow(Call &, const Datum *)
{
    return Datum::ofInt(base::Clock().now() - kUnixToPostgresDays * kMicrosPerDay);
}
Datum statementNow(Call &call, const Datum *) { return Datum::ofInt(call.cx.session.statementTimestamp); }

Datum toTimestamp(Call &call, const Datum *a)
{
    const double seconds = a[0].float8;
    if (std::isnan(seconds))
        return call.cx.fail("22008", "timestamp cannot be NaN");
    if (std::isinf(seconds))
        return Datum::ofInt(seconds < 0 ? kTimestampMinusInfinity : kTimestampInfinity);
    const double first = -210866803200.0, last = 9224318016000.0;
    char text[48];
    std::snprintf(text, sizeof text, "timestamp out of range: \"%g\"", seconds);
    if (seconds < first || seconds >= last)
        return call.cx.fail("22008", text);
    const double micros = std::rint((seconds - 946684800.0) * 1e6);
    const auto t = static_cast<std::int64_t>(micros);
    return isValidTimestamp(t) ? Datum::ofInt(t) : call.cx.fail("22008", text);
}

Datum age(Call &call, const Datum *a)
{
    if (!isFiniteTimestamp(a[0].int64) || !isFiniteTimestamp(a[1].int64)) {
        call.cx.stop.decline("age() of an infinite time");
        return Datum::null();
    }
    const bool swapped = a[0].int64 < a[1].int64;
    // Later minus earlier, field by field, borrowing from the next; a borrowed month is as long as the earlier one's.
    const CalendarTime x = fieldsOf(swapped ? a[1].int64 : a[0].int64), y = fieldsOf(swapped ? a[0].int64 : a[1].int64);
    std::int64_t micros = timeOfDay(x) - timeOfDay(y);
    std::int64_t days = x.day - y.day;
    std::int64_t months = (x.year - y.year) * 12 + x.month - y.month;
    if (micros < 0) {
        micros += kMicrosPerDay;
        --days;
    }
    while (days < 0) {
        days += daysInMonth(y.year, y.month);
        --months;
    }
    return swapped ? makeInterval(-micros, -days, -months, call.cx) : makeInterval(micros, days, months, call.cx);
}
Datum ageToday(Call &call, const Datum *a)
{
    const std::int64_t today = floorDivide(call.cx.session.transactionTimestamp, kMicrosPerDay) * kMicrosPerDay;
    const Datum arguments[] = {Datum::ofInt(today), a[0]};
    return age(call, arguments);
}

constexpr ScalarEntry kScalars[] = {
    {"timestamp_age", age},
    {"timestamptz_age", age},
    {"sql:age(timestamp)", ageToday},
    {"sql:age(timestamptz)", ageToday},
    {"make_date", makeDate},
    {"make_time", makeTime},
    {"make_timestamp", makeTimestamp},
    {"make_timestamptz", makeTimestamp},
    {"make_timestamptz_at_timezone", makeTimestampAt},
    {"now", now},
    {"statement_timestamp", statementNow},
    {"clock_timestamp", clockNow},
    {"float8_timestamptz", toTimestamp},
};

/// generate_series(timestamp, timestamp, interval).
struct Series {
    std::int64_t current, finish;
    IntervalValue step;
    int sign;
};

void *openSeries(Call &call, const Datum *a)
{
    auto *series = static_cast<Series *>(call.cx.arena.allocate(sizeof(Series)));
    const auto span = [](const IntervalValue &v) {
        return static_cast<long double>(v.months) * 30 * 86400e6L + static_cast<long double>(v.days) * 86400e6L +
               static_cast<long double>(v.microseconds);
    };
    *series = {a[0].int64, a[1].int64, *a[2].interval, 0};
    const long double sign = span(series->step);
    series->sign = sign < 0 ? -1 : sign > 0 ? 1 : 0;
    if (series->sign == 0)
        call.cx.stop.error("22023", "step size cannot equal zero");
    return series;
}

bool nextSeries(Call &call, void *state, Datum *columns)
{
    auto &series = *static_cast<Series *>(state);
    if (series.sign > 0 ? series.current > series.finish : series.current < series.finish)
        return false;
    columns[0] = Datum::ofInt(series.current);
    Datum step = Datum::ofInt(0);
    step.interval = &series.step;
    step.storage = Storage::Interval;
    const Datum arguments[] = {columns[0], step};
    static const ScalarFunction kAdd = findScalar("timestamp_pl_interval");
    const Datum next = kAdd(call, arguments);
    if (call.cx.stop.raised())
        return false;
    series.current = next.int64;
    return true;
}

constexpr SetFunction kSets[] = {
    {"generate_series_timestamp", openSeries, nextSeries},
    {"generate_series_timestamptz", openSeries, nextSeries},
};

} // namespace

Family datetimeMakeFamily() { return {kScalars, kSets, {}}; }

} // namespace sqlgym::runtime
