// Dates, times and intervals as text: DateStyle ISO, IntervalStyle postgres, TimeZone UTC.
#pragma once

#include "value/context.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sqlgym::runtime {

using value::Context;
using value::Datum;

void appendDate(std::int64_t days, std::string &out);
void appendTime(std::int64_t micros, std::string &out);
void appendTimestamp(std::int64_t micros, std::string &out);
void appendInterval(const value::IntervalValue &interval, std::string &out);

/// Readers. `typmod` is the fractional seconds' precision (interval: fields and precision), -1 = none. What is not
/// understood with certainty is declined, what PostgreSQL refuses is an error (22007, 22008, 22009).
Datum readDate(std::string_view text, Context &cx);
Datum readTime(std::string_view text, std::int32_t typmod, Context &cx);
Datum readTimetz(std::string_view text, std::int32_t typmod, Context &cx);
Datum readTimestamp(std::string_view text, std::int32_t typmod, Context &cx);
Datum readTimestamptz(std::string_view text, std::int32_t typmod, Context &cx);
Datum readInterval(std::string_view text, std::int32_t typmod, Context &cx);

/// Rounds microseconds to `precision` digits of a second, half away from zero; -1 = leaves them.
std::int64_t roundMicros(std::int64_t micros, std::int32_t precision);
/// interval(typmod): cuts fields and rounds seconds.
bool applyIntervalTypmod(value::IntervalValue &interval, std::int32_t typmod, Context &cx);

Datum makeInterval(std::int64_t micros, std::int64_t days, std::int64_t months, Context &cx);

/// The spellings of fields and units: "hrs" and "hour" are one.
enum class Unit : std::uint8_t {
    None,
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    // extract() only:
    DayOfWeek,
    IsoDayOfWeek,
    DayOfYear,
    IsoYear,
    Epoch,
    Julian,
    TimeZone,
    TimeZoneHour,
    TimeZoneMinute,
};
/// `word` in lower case; None when it is no unit.
Unit unitOf(std::string_view word);

} // namespace sqlgym::runtime
