// Dates, times and timestamps from what was read.
#include "runtime/datetime_malformed.h"
#include "runtime/datetime_reading.h"
#include "runtime/datetime_text.h"

#include <string>

namespace sqlgym::runtime {

using namespace value;

namespace {

/// False, with the error or the decline raised, when there is no reading.
bool accept(const Reading &reading, std::string_view text, const char *typeName, Context &cx)
{
    const std::string quoted = "\"" + std::string(text) + "\"";
    switch (reading.problem) {
    case Problem::None:
        return true;
    case Problem::Format:
        cx.stop.error("22007", std::string("invalid input syntax for type ") + typeName + ": " + quoted);
        return false;
    case Problem::Range:
        cx.stop.error("22008", "date/time field value out of range: " + quoted);
        return false;
    case Problem::RangeOfDay:
        cx.stop.error("22008", "date/time field value out of range: " + quoted, {},
                      "Perhaps you need a different \"datestyle\" setting.");
        return false;
    case Problem::Zone:
        cx.stop.error("22009", "time zone displacement out of range: " + quoted);
        return false;
    case Problem::Unsure:
        cx.stop.decline(std::string(typeName) + " written as " + quoted);
        return false;
    }
    return false;
}

std::int64_t today(const Context &cx) { return floorDivide(cx.session.transactionTimestamp, kMicrosPerDay); }

Reading readDated(std::string_view text)
{
    Reading r = readWords(text);
    if (r.problem == Problem::Unsure)
        r.problem = certainProblem(text);
    return r;
}

Datum readMoment(std::string_view text, std::int32_t typmod, const char *typeName, bool withZone, Context &cx)
{
    const Reading r = readDated(text);
    if (!accept(r, text, typeName, cx))
        return Datum::null();
    if (r.isInfinite)
        return Datum::ofInt(r.isNegative ? kTimestampMinusInfinity : kTimestampInfinity);
    if (r.isEpoch)
        return Datum::ofInt(-kUnixToPostgresDays * kMicrosPerDay);
    if (r.isNow)
        return Datum::ofInt(roundMicros(cx.session.transactionTimestamp, typmod));
    if (r.isToday)
        return Datum::ofInt((today(cx) + r.dayShift) * kMicrosPerDay);
    if (!r.hasDate) {
        cx.stop.error("22007",
                      std::string("invalid input syntax for type ") + typeName + ": \"" + std::string(text) + "\"");
        return Datum::null();
    }
    const std::int64_t days = daysFromCivil(r.fields.year, r.fields.month, r.fields.day);
    if (days < kTimestampMin / kMicrosPerDay - 1 || days > kTimestampEnd / kMicrosPerDay)
        return cx.fail("22008", "timestamp out of range: \"" + std::string(text) + "\"");
    std::int64_t micros = timestampOf(r.fields);
    if (withZone && r.hasNamedZone)
        micros -= r.zone.eastOfLocal(micros) * kMicrosPerSecond;
    else if (withZone && r.hasZone)
        micros += r.zoneWestSeconds * kMicrosPerSecond;
    if (!isValidTimestamp(micros))
        return cx.fail("22008", "timestamp out of range: \"" + std::string(text) + "\"");
    return Datum::ofInt(roundMicros(micros, typmod));
}

Datum readClock(std::string_view text, std::int32_t typmod, const char *typeName, bool withZone, Context &cx)
{
    Reading r = readWords(text);
    // A time of day knows no such names; which of several errors is the first one is another matter.
    if (r.hasName)
        r.problem = r.problem == Problem::None ? Problem::Format : Problem::Unsure;
    // A date before it is skipped, when it stands apart.
    const bool skips = r.dateFirst && r.hasDate && text.find(' ') != std::string_view::npos;
    if (r.sawDate && !(skips && r.problem == Problem::None))
        r.problem = Problem::Unsure;
    if (!accept(r, text, typeName, cx))
        return Datum::null();
    if (r.isNow)
        return Datum::ofInt(roundMicros(cx.session.transactionTimestamp - today(cx) * kMicrosPerDay, typmod));
    if (!r.hasTime || (withZone && r.hasDate && !r.hasZone) || (r.hasNamedZone && r.zone.zone)) {
        cx.stop.decline(std::string(typeName) + " written as \"" + std::string(text) + "\"");
        return Datum::null();
    }
    if (timeOfDay(r.fields) > kMicrosPerDay)
        return cx.fail("22008", "date/time field value out of range: \"" + std::string(text) + "\"");
    Datum out = Datum::ofInt(roundMicros(timeOfDay(r.fields), typmod));
    if (withZone)
        out.length = static_cast<std::uint32_t>(
            static_cast<std::int32_t>(r.hasNamedZone ? -r.zone.eastSeconds : r.zoneWestSeconds));
    return out;
}

} // namespace

Datum readDate(std::string_view text, Context &cx)
{
    const Reading r = readDated(text);
    if (!accept(r, text, "date", cx))
        return Datum::null();
    if (r.isInfinite)
        return Datum::ofInt(r.isNegative ? kDateMinusInfinity : kDateInfinity);
    if (r.isEpoch)
        return Datum::ofInt(-kUnixToPostgresDays);
    if (r.isNow || r.isToday)
        return Datum::ofInt(today(cx) + r.dayShift);
    if (!r.hasDate) {
        cx.stop.error("22007", "invalid input syntax for type date: \"" + std::string(text) + "\"");
        return Datum::null();
    }
    const std::int64_t days = daysFromCivil(r.fields.year, r.fields.month, r.fields.day);
    if (!isValidDate(days))
        return cx.fail("22008", "date out of range: \"" + std::string(text) + "\"");
    return Datum::ofInt(days);
}

Datum readTimestamp(std::string_view text, std::int32_t typmod, Context &cx)
{
    return readMoment(text, typmod, "timestamp", false, cx);
}
Datum readTimestamptz(std::string_view text, std::int32_t typmod, Context &cx)
{
    return readMoment(text, typmod, "timestamp with time zone", true, cx);
}
Datum readTime(std::string_view text, std::int32_t typmod, Context &cx)
{
    return readClock(text, typmod, "time", false, cx);
}
Datum readTimetz(std::string_view text, std::int32_t typmod, Context &cx)
{
    return readClock(text, typmod, "time with time zone", true, cx);
}

} // namespace sqlgym::runtime
