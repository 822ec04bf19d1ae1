#include "runtime/datetime_text.h"

#include "value/calendar.h"

#include <cstdio>
#include <cstdlib>
#include <iterator>

namespace sqlgym::runtime {

using namespace value;

namespace {

void appendNumber(std::int64_t n, int width, std::string &out)
{
    char buffer[24];
    std::snprintf(buffer, sizeof buffer, "%0*lld", width, static_cast<long long>(n));
    out += buffer;
}

/// ".25" without trailing zeros, or nothing.
void appendFraction(int microsecond, std::string &out)
{
    if (microsecond == 0)
        return;
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, ".%06d", std::abs(microsecond));
    std::string_view digits = buffer;
    while (digits.back() == '0')
        digits.remove_suffix(1);
    out += digits;
}

void appendYearMonthDay(std::int64_t days, std::string &out, bool &isBc)
{
    std::int64_t year = 0;
    int month = 0, day = 0;
    civilFromDays(days, year, month, day);
    isBc = year <= 0;
    appendNumber(isBc ? 1 - year : year, 4, out);
    out += '-';
    appendNumber(month, 2, out);
    out += '-';
    appendNumber(day, 2, out);
}

} // namespace

void appendDate(std::int64_t days, std::string &out)
{
    if (days == kDateInfinity) {
        out += "infinity";
    } else if (days == kDateMinusInfinity) {
        out += "-infinity";
    } else {
        bool isBc = false;
        appendYearMonthDay(days, out, isBc);
        if (isBc)
            out += " BC";
    }
}

void appendTime(std::int64_t micros, std::string &out)
{
    CalendarTime fields;
    splitTime(micros, fields);
    appendNumber(fields.hour, 2, out);
    out += ':';
    appendNumber(fields.minute, 2, out);
    out += ':';
    appendNumber(fields.second, 2, out);
    appendFraction(fields.microsecond, out);
}

void appendTimestamp(std::int64_t micros, std::string &out)
{
    if (micros == kTimestampInfinity) {
        out += "infinity";
        return;
    }
    if (micros == kTimestampMinusInfinity) {
        out += "-infinity";
        return;
    }
    const std::int64_t days = floorDivide(micros, kMicrosPerDay);
    bool isBc = false;
    appendYearMonthDay(days, out, isBc);
    out += ' ';
    appendTime(micros - days * kMicrosPerDay, out);
    if (isBc)
        out += " BC";
}

void appendInterval(const IntervalValue &interval, std::string &out)
{
    bool isZero = true, isBefore = false;
    const auto part = [&](std::int64_t n, const char *unit) {
        if (n == 0)
            return;
        if (!isZero)
            out += ' ';
        if (isBefore && n > 0)
            out += '+';
        out += std::to_string(n);
        out += ' ';
        out += unit;
        if (n != 1)
            out += 's';
        isBefore = n < 0;
        isZero = false;
    };
    part(interval.months / 12, "year");
    part(interval.months % 12, "mon");
    part(interval.days, "day");
    const std::int64_t t = interval.microseconds;
    if (!isZero && t == 0)
        return;
    if (!isZero)
        out += ' ';
    if (t < 0)
        out += '-';
    else if (isBefore)
        out += '+';
    // Field by field, so that the smallest value does not overflow.
    appendNumber(std::llabs(t / kMicrosPerHour), 2, out);
    out += ':';
    appendNumber(std::llabs(t / kMicrosPerMinute % 60), 2, out);
    out += ':';
    appendNumber(std::llabs(t / kMicrosPerSecond % 60), 2, out);
    appendFraction(static_cast<int>(t % kMicrosPerSecond), out);
}

std::int64_t roundMicros(std::int64_t micros, std::int32_t precision)
{
    if (precision < 0 || precision >= 6)
        return micros;
    std::int64_t scale = 1;
    for (int i = precision; i < 6; ++i)
        scale *= 10;
    const std::int64_t half = scale / 2;
    return micros >= 0 ? (micros + half) / scale * scale : -((-micros + half) / scale * scale);
}

Datum makeInterval(std::int64_t micros, std::int64_t days, std::int64_t months, Context &cx)
{
    if (days < INT32_MIN || days > INT32_MAX || months < INT32_MIN || months > INT32_MAX)
        return cx.fail("22008", "interval out of range");
    auto *interval = static_cast<IntervalValue *>(cx.arena.allocate(sizeof(IntervalValue)));
    *interval = {micros, static_cast<std::int32_t>(days), static_cast<std::int32_t>(months)};
    Datum datum = Datum::ofInt(0);
    datum.interval = interval;
    datum.storage = Storage::Interval;
    return datum;
}

Unit unitOf(std::string_view word)
{
    struct Spelling {
        std::string_view word;
        Unit unit;
    };
    static constexpr Spelling kSpellings[] = {
        {"us", Unit::Microsecond},
        {"usec", Unit::Microsecond},
        {"usecond", Unit::Microsecond},
        {"useconds", Unit::Microsecond},
        {"usecs", Unit::Microsecond},
        {"microsecond", Unit::Microsecond},
        {"microseconds", Unit::Microsecond},
        {"ms", Unit::Millisecond},
        {"msec", Unit::Millisecond},
        {"msecs", Unit::Millisecond},
        {"msecond", Unit::Millisecond},
        {"mseconds", Unit::Millisecond},
        {"millisecond", Unit::Millisecond},
        {"milliseconds", Unit::Millisecond},
        {"s", Unit::Second},
        {"sec", Unit::Second},
        {"secs", Unit::Second},
        {"second", Unit::Second},
        {"seconds", Unit::Second},
        {"m", Unit::Minute},
        {"min", Unit::Minute},
        {"mins", Unit::Minute},
        {"minute", Unit::Minute},
        {"minutes", Unit::Minute},
        {"h", Unit::Hour},
        {"hr", Unit::Hour},
        {"hrs", Unit::Hour},
        {"hour", Unit::Hour},
        {"hours", Unit::Hour},
        {"d", Unit::Day},
        {"day", Unit::Day},
        {"days", Unit::Day},
        {"w", Unit::Week},
        {"week", Unit::Week},
        {"weeks", Unit::Week},
        {"mon", Unit::Month},
        {"mons", Unit::Month},
        {"month", Unit::Month},
        {"months", Unit::Month},
        {"qtr", Unit::Quarter},
        {"quarter", Unit::Quarter},
        {"y", Unit::Year},
        {"yr", Unit::Year},
        {"yrs", Unit::Year},
        {"year", Unit::Year},
        {"years", Unit::Year},
        {"dec", Unit::Decade},
        {"decs", Unit::Decade},
        {"decade", Unit::Decade},
        {"decades", Unit::Decade},
        {"c", Unit::Century},
        {"cent", Unit::Century},
        {"century", Unit::Century},
        {"centuries", Unit::Century},
        {"mil", Unit::Millennium},
        {"mils", Unit::Millennium},
        {"millennia", Unit::Millennium},
        {"millennium", Unit::Millennium},
        {"dow", Unit::DayOfWeek},
        {"isodow", Unit::IsoDayOfWeek},
        {"doy", Unit::DayOfYear},
        {"isoyear", Unit::IsoYear},
        {"epoch", Unit::Epoch},
        {"julian", Unit::Julian},
        {"jd", Unit::Julian},
        {"timezone", Unit::TimeZone},
        {"timezone_hour", Unit::TimeZoneHour},
        {"timezone_h", Unit::TimeZoneHour},
        {"timezone_minute", Unit::TimeZoneMinute},
        {"timezone_m", Unit::TimeZoneMinute},
    };
    // PostgreSQL compares ten characters.
    for (const auto &spelling : kSpellings) {
        if (spelling.word.substr(0, 10) == word.substr(0, 10))
            return spelling.unit;
    }
    return Unit::None;
}

} // namespace sqlgym::runtime
