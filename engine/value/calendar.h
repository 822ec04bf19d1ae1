// The proleptic Gregorian calendar as PostgreSQL counts it: days and microseconds from 2000-01-01, year 0 = 1 BC.
#pragma once

#include <cstdint>

namespace sqlgym::value {

inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
inline constexpr std::int64_t kMicrosPerHour = 60 * kMicrosPerMinute;
inline constexpr std::int64_t kMicrosPerDay = 24 * kMicrosPerHour;
/// Days from 1970-01-01 to 2000-01-01.
inline constexpr std::int64_t kUnixToPostgresDays = 10957;
/// Julian day number of 2000-01-01.
inline constexpr std::int64_t kPostgresEpochJulian = 2451545;

// Limits of PostgreSQL's types; ends are exclusive. The infinities lie outside.
inline constexpr std::int64_t kDateMin = -2451545;
inline constexpr std::int64_t kDateEnd = 2145031949;
inline constexpr std::int64_t kTimestampMin = -211813488000000000;
inline constexpr std::int64_t kTimestampEnd = 9223371331200000000;
inline constexpr std::int64_t kTimestampFirstYear = -4713; ///< 4714 BC, from 24 November
inline constexpr std::int64_t kTimestampLastYear = 294276;
inline constexpr std::int64_t kDateMinusInfinity = INT32_MIN;
inline constexpr std::int64_t kDateInfinity = INT32_MAX;
inline constexpr std::int64_t kTimestampMinusInfinity = INT64_MIN;
inline constexpr std::int64_t kTimestampInfinity = INT64_MAX;

/// A moment's fields. `year` 0 is 1 BC; month and day from 1.
struct CalendarTime {
    std::int64_t year = 2000;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int microsecond = 0;
};

inline bool isLeapYear(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int daysInMonth(std::int64_t year, int month);

/// Days from 2000-01-01.
std::int64_t daysFromCivil(std::int64_t year, int month, int day);
void civilFromDays(std::int64_t days, std::int64_t &year, int &month, int &day);

CalendarTime fieldsOf(std::int64_t timestampMicros);
/// The time of day only.
void splitTime(std::int64_t micros, CalendarTime &fields);
std::int64_t timeOfDay(const CalendarTime &fields);
/// Microseconds from 2000-01-01 00:00.
std::int64_t timestampOf(const CalendarTime &fields);

inline std::int64_t floorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
/// 0 = Sunday.
inline int dayOfWeek(std::int64_t days) { return static_cast<int>(((days + 6) % 7 + 7) % 7); }
/// ISO 8601 week and its year.
void isoWeek(std::int64_t days, std::int64_t &year, int &week);
/// Days of the Monday of an ISO week 1.
std::int64_t isoYearStart(std::int64_t year);

inline bool isFiniteDate(std::int64_t date) { return date != kDateInfinity && date != kDateMinusInfinity; }
inline bool isFiniteTimestamp(std::int64_t t) { return t != kTimestampInfinity && t != kTimestampMinusInfinity; }
inline bool isValidTimestamp(std::int64_t t) { return t >= kTimestampMin && t < kTimestampEnd; }
inline bool isValidDate(std::int64_t d) { return d >= kDateMin && d < kDateEnd; }

} // namespace sqlgym::value
