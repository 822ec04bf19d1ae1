// date_trunc.
#include "runtime/families.h"

#include "runtime/datetime_text.h"
#include "runtime/text_coercion.h"
#include "runtime/zone_names.h"
#include "value/calendar.h"

#include <algorithm>
#include <cctype>

namespace sqlgym::runtime {

using namespace value;

namespace {

std::string lowered(std::string_view text)
{
    std::string out(clipName(text)); // as downcase_truncate_identifier cuts it
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

Datum unsupported(const std::string &unit, const char *type, Context &cx)
{
    return cx.fail("0A000", "unit \"" + unit + "\" not supported for type " + type);
}
Datum unrecognised(const std::string &unit, const char *type, Context &cx)
{
    return cx.fail("22023", "unit \"" + unit + "\" not recognized for type " + type);
}

/// extract() knows more words than date_trunc().
bool isCut(Unit unit) { return unit != Unit::None && (unit < Unit::DayOfWeek || unit > Unit::Julian); }

/// date_trunc over fields: everything finer than `unit` becomes the smallest. False: not a unit to cut at.
bool truncate(Unit unit, CalendarTime &f)
{
    switch (unit) {
    case Unit::Millennium:
        f.year = f.year > 0 ? (f.year + 999) / 1000 * 1000 - 999 : -((999 - (f.year - 1)) / 1000) * 1000 + 1;
        break;
    case Unit::Century:
        f.year = f.year > 0 ? (f.year + 99) / 100 * 100 - 99 : -((99 - (f.year - 1)) / 100) * 100 + 1;
        break;
    case Unit::Decade:
        f.year = f.year > 0 ? f.year / 10 * 10 : -((8 - (f.year - 1)) / 10) * 10;
        break;
    case Unit::Week: {
        const std::int64_t days = daysFromCivil(f.year, f.month, f.day);
        civilFromDays(days - (dayOfWeek(days) + 6) % 7, f.year, f.month, f.day);
        break;
    }
    default:
        break;
    }
    switch (unit) {
    case Unit::Millennium:
    case Unit::Century:
    case Unit::Decade:
    case Unit::Year:
        f.month = 1;
        [[fallthrough]];
    case Unit::Quarter:
        f.month = unit == Unit::Quarter ? 3 * ((f.month - 1) / 3) + 1 : f.month;
        [[fallthrough]];
    case Unit::Month:
        f.day = 1;
        [[fallthrough]];
    case Unit::Week:
    case Unit::Day:
        f.hour = 0;
        [[fallthrough]];
    case Unit::Hour:
        f.minute = 0;
        [[fallthrough]];
    case Unit::Minute:
        f.second = 0;
        [[fallthrough]];
    case Unit::Second:
        f.microsecond = 0;
        return true;
    case Unit::Millisecond:
        f.microsecond = f.microsecond / 1000 * 1000;
        return true;
    case Unit::Microsecond:
        return true;
    default:
        return false;
    }
}

template <bool WithZone> Datum truncTimestamp(Call &call, const Datum *a)
{
    const char *type = WithZone ? "timestamp with time zone" : "timestamp without time zone";
    const std::string word = lowered(a[0].text());
    const Unit unit = unitOf(word);
    if (!isFiniteTimestamp(a[1].int64))
        return a[1];
    if (!isCut(unit))
        return unrecognised(word, type, call.cx);
    CalendarTime f = fieldsOf(a[1].int64);
    if (!truncate(unit, f))
        return unsupported(word, type, call.cx);
    const std::int64_t t = timestampOf(f);
    return isValidTimestamp(t) ? Datum::ofInt(t) : call.cx.fail("22008", "timestamp out of range");
}

/// date_trunc(unit, moment, zone): cut on that zone's clocks.
Datum truncInZone(Call &call, const Datum *a)
{
    const char *type = "timestamp with time zone";
    if (!isFiniteTimestamp(a[1].int64))
        return a[1];
    ZoneName zone;
    if (!requireZoneName(a[2].text(), zone, call.cx))
        return Datum::null();
    zone.abbreviation.clear(); // here an abbreviation that depends on the moment stands for its whole zone
    const std::string word = lowered(a[0].text());
    const Unit unit = unitOf(word);
    if (!isCut(unit))
        return unrecognised(word, type, call.cx);
    const std::int64_t east = zone.eastAt(a[1].int64) * kMicrosPerSecond;
    CalendarTime f = fieldsOf(a[1].int64 + east);
    if (!truncate(unit, f))
        return unsupported(word, type, call.cx);
    // The offset is looked up again where days were cut.
    const bool cutsTime = unit == Unit::Hour || unit == Unit::Minute || unit == Unit::Second ||
                          unit == Unit::Millisecond || unit == Unit::Microsecond;
    const std::int64_t local = timestampOf(f);
    const std::int64_t t = local - (cutsTime ? east : zone.eastOfLocal(local) * kMicrosPerSecond);
    return isValidTimestamp(t) ? Datum::ofInt(t) : call.cx.fail("22008", "timestamp out of range");
}

Datum truncInterval(Call &call, const Datum *a)
{
    const std::string word = lowered(a[0].text());
    const Unit unit = unitOf(word);
    IntervalValue v = *a[1].interval;
    if (!isCut(unit))
        return unrecognised(word, "interval", call.cx);
    std::int64_t years = v.months / 12, months = v.months % 12;
    const auto cutTime = [&](std::int64_t step) { v.microseconds = v.microseconds / step * step; };
    switch (unit) {
    case Unit::Millennium:
        years = years / 1000 * 1000;
        break;
    case Unit::Century:
        years = years / 100 * 100;
        break;
    case Unit::Decade:
        years = years / 10 * 10;
        break;
    default:
        break;
    }
    switch (unit) {
    case Unit::Millennium:
    case Unit::Century:
    case Unit::Decade:
    case Unit::Year:
        months = 0;
        [[fallthrough]];
    case Unit::Quarter:
        months = months / 3 * 3;
        [[fallthrough]];
    case Unit::Month:
        v.days = 0;
        [[fallthrough]];
    case Unit::Day:
        v.microseconds = 0;
        break;
    case Unit::Hour:
        cutTime(kMicrosPerHour);
        break;
    case Unit::Minute:
        cutTime(kMicrosPerMinute);
        break;
    case Unit::Second:
        cutTime(kMicrosPerSecond);
        break;
    case Unit::Millisecond:
        cutTime(1000);
        break;
    case Unit::Microsecond:
        break;
    case Unit::Week:
        return call.cx.fail("0A000", "unit \"" + word + "\" not supported for type interval",
                            "Months usually have fractional weeks.");
    default:
        return unsupported(word, "interval", call.cx);
    }
    if (unit == Unit::Month)
        months = v.months % 12;
    return makeInterval(v.microseconds, v.days, years * 12 + months, call.cx);
}

constexpr ScalarEntry kScalars[] = {
    {"timestamp_trunc", truncTimestamp<false>},
    {"timestamptz_trunc", truncTimestamp<true>},
    {"timestamptz_trunc_zone", truncInZone},
    {"interval_trunc", truncInterval},
};

} // namespace

Family datetimeTruncateFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
