#include "runtime/datetime_told.h"

namespace sqlgym::runtime {

using namespace value;

namespace {

class Assembler {
public:
    Assembler(const Told &told, const std::string &source, Context &cx) : m_told(told), m_source(source), m_cx(cx) {}

    bool assemble(Moment &out)
    {
        CalendarTime &f = out.fields;
        f.year = 0;
        // Far beyond any date; PostgreSQL's integers wrap around there.
        const auto tooLarge = [](int n) { return n > 100'000'000 || n < -100'000'000; };
        if (tooLarge(m_told.year) || tooLarge(m_told.century) || tooLarge(m_told.weekOfYear) ||
            tooLarge(m_told.weekOfMonth) || tooLarge(m_told.dayOfYear) || tooLarge(m_told.millisecond) ||
            m_told.julian < 0 || tooLarge(m_told.julian) || m_told.secondOfDay < 0) {
            m_cx.stop.decline("a field of this size in to_date()");
            return false;
        }
        if (!clock(f) || !date(f))
            return false;
        const std::int64_t micros = std::int64_t{m_told.millisecond} * 1000 + m_told.microsecond;
        const bool badDate = (m_hasMonth && (f.month < 1 || f.month > 12)) || (m_hasDay && (f.day < 1 || f.day > 31)) ||
                             (m_hasYear && m_hasMonth && m_hasDay && f.day > daysInMonth(f.year, f.month));
        if (badDate || f.hour < 0 || f.hour >= 24 || f.minute < 0 || f.minute >= 60 || f.second < 0 || f.second >= 60 ||
            micros < 0 || micros >= kMicrosPerSecond) {
            m_cx.stop.error("22008", "date/time field value out of range: \"" + m_source + "\"");
            return false;
        }
        f.microsecond = static_cast<int>(micros);
        out.precision = m_told.precision;
        if (m_told.zoneSign) {
            if (m_told.zoneHours < 0 || m_told.zoneHours > 15 || m_told.zoneMinutes < 0 || m_told.zoneMinutes > 59) {
                m_cx.stop.error("22009", "time zone displacement out of range: \"" + m_source + "\"");
                return false;
            }
            out.zoneWestSeconds = -m_told.zoneSign * (m_told.zoneHours * 3600 + m_told.zoneMinutes * 60);
        }
        return true;
    }

private:
    bool clock(CalendarTime &f)
    {
        f.hour = m_told.hour ? m_told.hour : m_told.secondOfDay / 3600;
        f.minute = m_told.minute ? m_told.minute : m_told.secondOfDay / 60 % 60;
        f.second = m_told.second ? m_told.second : m_told.secondOfDay % 60;
        if (!m_told.isTwelveHour)
            return true;
        if (f.hour < 1 || f.hour > 12) {
            m_cx.stop.error("22007", "hour \"" + std::to_string(f.hour) + "\" is invalid for the 12-hour clock", {},
                            "Use the 24-hour clock, or give an hour between 1 and 12.");
            return false;
        }
        if (m_told.pm && f.hour < 12)
            f.hour += 12;
        else if (!m_told.pm && f.hour == 12)
            f.hour = 0;
        return true;
    }

    void year(CalendarTime &f)
    {
        const int century = m_told.bc ? -m_told.century : m_told.century;
        if (m_told.year && m_told.century && m_told.yearDigits <= 2) {
            // The last two digits, within the century.
            f.year = m_told.year % 100;
            if (f.year != 0)
                f.year = century >= 0 ? f.year + (century - 1) * 100 : (century + 1) * 100 - f.year + 1;
            else
                f.year = century * 100 + (century >= 0 ? 0 : 1);
        } else if (m_told.year) {
            f.year = m_told.bc ? -m_told.year : m_told.year;
            if (f.year < 0)
                ++f.year;
        } else if (m_told.century) {
            f.year = (century >= 0 ? century - 1 : century) * 100 + 1;
        } else {
            return;
        }
        m_hasYear = true;
    }

    void setDays(CalendarTime &f, std::int64_t days)
    {
        civilFromDays(days, f.year, f.month, f.day);
        m_hasYear = m_hasMonth = m_hasDay = true;
    }

    bool date(CalendarTime &f)
    {
        year(f);
        if (m_told.julian)
            setDays(f, m_told.julian - kPostgresEpochJulian);
        int dayOfYear = m_told.dayOfYear;
        if (m_told.weekOfYear) {
            if (m_told.convention == Convention::IsoWeek) {
                const std::int64_t monday = isoYearStart(f.year) + std::int64_t{m_told.weekOfYear - 1} * 7;
                setDays(f, m_told.weekday == 0  ? monday
                           : m_told.weekday > 1 ? monday + m_told.weekday - 2
                                                : monday + 6);
            } else {
                dayOfYear = (m_told.weekOfYear - 1) * 7 + 1;
            }
        }
        const int day = m_told.weekOfMonth ? (m_told.weekOfMonth - 1) * 7 + 1 : m_told.day;
        if (day) {
            f.day = day;
            m_hasDay = true;
        }
        if (m_told.month) {
            f.month = m_told.month;
            m_hasMonth = true;
        }
        return !dayOfYear || (f.month > 1 && f.day > 1) || ordinalDay(f, dayOfYear);
    }

    /// Fills in the month and the day that were not told.
    bool ordinalDay(CalendarTime &f, int dayOfYear)
    {
        if (f.year == 0 && !m_told.bc) {
            m_cx.stop.error("22007", "cannot calculate day of year without year information");
            return false;
        }
        if (m_told.convention == Convention::IsoWeek) {
            setDays(f, isoYearStart(f.year) + dayOfYear - 1);
            return true;
        }
        int month = 1, before = 0;
        while (month <= 12 && dayOfYear > before + daysInMonth(f.year, month))
            before += daysInMonth(f.year, month++);
        if (f.month <= 1)
            f.month = month;
        if (f.day <= 1)
            f.day = dayOfYear - before;
        m_hasMonth = m_hasDay = true;
        return true;
    }

    const Told &m_told;
    const std::string &m_source;
    Context &m_cx;
    bool m_hasYear = false, m_hasMonth = false, m_hasDay = false;
};

} // namespace

bool assemble(const Told &told, const std::string &source, Moment &out, Context &cx)
{
    return Assembler(told, source, cx).assemble(out);
}

} // namespace sqlgym::runtime
