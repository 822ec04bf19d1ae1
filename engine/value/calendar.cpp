#include "value/calendar.h"

namespace sqlgym::value {

int daysInMonth(std::int64_t year, int month)
{
    static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeapYear(year) ? 29 : kDays[month - 1];
}

// Years are taken to begin in March, in eras of 400 years, so that the leap day comes last.
std::int64_t daysFromCivil(std::int64_t year, int month, int day)
{
    const std::int64_t y = month <= 2 ? year - 1 : year;
    const std::int64_t era = floorDivide(y, 400);
    const std::int64_t yearOfEra = y - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468 - kUnixToPostgresDays;
}

void civilFromDays(std::int64_t days, std::int64_t &year, int &month, int &day)
{
    const std::int64_t z = days + kUnixToPostgresDays + 719468;
    const std::int64_t era = floorDivide(z, 146097);
    const std::int64_t dayOfEra = z - era * 146097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t marchMonth = (5 * dayOfYear + 2) / 153;
    day = static_cast<int>(dayOfYear - (153 * marchMonth + 2) / 5 + 1);
    month = static_cast<int>(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9);
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
}

void splitTime(std::int64_t micros, CalendarTime &fields)
{
    fields.hour = static_cast<int>(micros / kMicrosPerHour);
    fields.minute = static_cast<int>(micros / kMicrosPerMinute % 60);
    fields.second = static_cast<int>(micros / kMicrosPerSecond % 60);
    fields.microsecond = static_cast<int>(micros % kMicrosPerSecond);
}

CalendarTime fieldsOf(std::int64_t timestampMicros)
{
    CalendarTime fields;
    const std::int64_t days = floorDivide(timestampMicros, kMicrosPerDay);
    civilFromDays(days, fields.year, fields.month, fields.day);
    splitTime(timestampMicros - days * kMicrosPerDay, fields);
    return fields;
}

std::int64_t timeOfDay(const CalendarTime &fields)
{
    return fields.hour * kMicrosPerHour + fields.minute * kMicrosPerMinute + fields.second * kMicrosPerSecond +
           fields.microsecond;
}

std::int64_t timestampOf(const CalendarTime &fields)
{
    return daysFromCivil(fields.year, fields.month, fields.day) * kMicrosPerDay + timeOfDay(fields);
}

std::int64_t isoYearStart(std::int64_t year)
{
    const std::int64_t fourth = daysFromCivil(year, 1, 4);
    return fourth - (dayOfWeek(fourth) + 6) % 7;
}

void isoWeek(std::int64_t days, std::int64_t &year, int &week)
{
    int month = 0, day = 0;
    civilFromDays(days, year, month, day);
    if (days < isoYearStart(year))
        --year;
    else if (days >= isoYearStart(year + 1))
        ++year;
    week = static_cast<int>((days - isoYearStart(year)) / 7 + 1);
}

} // namespace sqlgym::value
