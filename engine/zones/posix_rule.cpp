#include "zones/posix_rule.h"

#include "value/calendar.h"

#include <algorithm>

namespace sqlgym::zones {

namespace {

constexpr std::int64_t kDaySeconds = 86400;
constexpr int kMostHours = 24 * 7 - 1;

/// The day and the local time at which clocks change each year.
struct YearlyChange {
    enum class Day : std::uint8_t { JulianWithoutLeapDay, DayOfYear, WeekdayOfMonth } kind = Day::WeekdayOfMonth;
    int day = 0, week = 0, month = 0;
    std::int64_t seconds = 2 * 3600;

    /// Seconds from the year's begin, on the local clock.
    std::int64_t inYear(int year) const
    {
        const std::int64_t first = value::daysFromCivil(year, 1, 1);
        switch (kind) {
        case Day::JulianWithoutLeapDay:
            return (day - 1 + (value::isLeapYear(year) && day >= 60 ? 1 : 0)) * kDaySeconds + seconds;
        case Day::DayOfYear:
            return day * kDaySeconds + seconds;
        case Day::WeekdayOfMonth:
            break;
        }
        const std::int64_t begin = value::daysFromCivil(year, month, 1);
        int date = (day - value::dayOfWeek(begin) + 7) % 7 + 7 * (week - 1);
        if (date >= value::daysInMonth(year, month))
            date -= 7;
        return (begin - first + date) * kDaySeconds + seconds;
    }
};

class RuleReader {
public:
    explicit RuleReader(std::string_view text) : m_text(text) {}

    bool read(Zone &out)
    {
        std::string standard, daylight;
        std::int64_t west = 0;
        if (!name(standard) || ended() || !offset(west))
            return false;
        out.types = {{static_cast<std::int32_t>(-west), false, 0}};
        out.letters = standard + '\0';
        if (ended())
            return standard.size() < kMostLetters;
        std::int64_t daylightWest = west - 3600;
        if (!name(daylight) || daylight.empty() || standard.size() + daylight.size() > kMostLetters)
            return false;
        if (!ended() && !isComma() && !offset(daylightWest))
            return false;
        if (ended())
            m_text = ",M3.2.0,M11.1.0";
        YearlyChange begin, end;
        if (!isComma() || !change(begin) || ended() || m_text.front() != ',' || !change(end) || !ended())
            return false;
        out.types.push_back(
            {static_cast<std::int32_t>(-daylightWest), true, static_cast<std::uint8_t>(out.letters.size())});
        out.letters += daylight + '\0';
        fill(out, begin, end, west, daylightWest);
        return true;
    }

private:
    static constexpr std::size_t kMostLetters = 200;

    bool ended() const { return m_text.empty(); }
    bool isComma() const { return !ended() && (m_text.front() == ',' || m_text.front() == ';'); }
    bool isDigit() const { return !ended() && m_text.front() >= '0' && m_text.front() <= '9'; }
    bool take(char c)
    {
        if (ended() || m_text.front() != c)
            return false;
        m_text.remove_prefix(1);
        return true;
    }

    bool name(std::string &out)
    {
        const bool quoted = take('<');
        const auto end = m_text.find_first_of(quoted ? ">" : "0123456789,-+");
        if (quoted && end == std::string_view::npos)
            return false;
        out = std::string(m_text.substr(0, end));
        m_text.remove_prefix(out.size() + (quoted ? 1 : 0));
        return true;
    }
    bool number(std::int64_t &out, int least, int most)
    {
        if (!isDigit())
            return false;
        out = 0;
        for (; isDigit(); m_text.remove_prefix(1)) {
            out = out * 10 + (m_text.front() - '0');
            if (out > most)
                return false;
        }
        return out >= least;
    }
    bool seconds(std::int64_t &out)
    {
        std::int64_t minutes = 0, rest = 0;
        if (!number(out, 0, kMostHours))
            return false;
        out *= 3600;
        if (take(':')) {
            if (!number(minutes, 0, 59) || (take(':') && !number(rest, 0, 60)))
                return false;
            out += minutes * 60 + rest;
        }
        return true;
    }
    bool offset(std::int64_t &out)
    {
        const bool negative = take('-');
        if (!negative)
            take('+');
        if (!seconds(out))
            return false;
        out = negative ? -out : out;
        return true;
    }
    /// From the comma before it.
    bool change(YearlyChange &out)
    {
        m_text.remove_prefix(1);
        std::int64_t day = 0, week = 0, month = 0;
        if (take('J')) {
            out.kind = YearlyChange::Day::JulianWithoutLeapDay;
            if (!number(day, 1, 365))
                return false;
        } else if (take('M')) {
            if (!number(month, 1, 12) || !take('.') || !number(week, 1, 5) || !take('.') || !number(day, 0, 6))
                return false;
        } else {
            out.kind = YearlyChange::Day::DayOfYear;
            if (!number(day, 0, 365))
                return false;
        }
        out.day = static_cast<int>(day);
        out.week = static_cast<int>(week);
        out.month = static_cast<int>(month);
        return !take('/') || offset(out.seconds);
    }

    /// 400 years and one, so that the zone sees them repeat.
    static void fill(Zone &out, const YearlyChange &begin, const YearlyChange &end, std::int64_t west,
                     std::int64_t daylightWest)
    {
        constexpr int kFirst = 1770, kLast = kFirst + 400;
        for (int year = kFirst; year <= kLast; ++year) {
            const std::int64_t newYear = (value::daysFromCivil(year, 1, 1) + value::kUnixToPostgresDays) * kDaySeconds;
            const std::int64_t yearSeconds = (value::isLeapYear(year) ? 366 : 365) * kDaySeconds;
            std::int64_t first = begin.inYear(year) + west, second = end.inYear(year) + daylightWest;
            const bool reversed = second < first;
            if (reversed)
                std::swap(first, second);
            if (!reversed && (first == second || second - first >= yearSeconds + west - daylightWest))
                continue;
            out.times.push_back(newYear + first);
            out.typeOf.push_back(reversed ? 0 : 1);
            out.times.push_back(newYear + second);
            out.typeOf.push_back(reversed ? 1 : 0);
        }
        if (out.times.empty())
            out.types = {out.types[1]}; // daylight saving for ever
    }

    std::string_view m_text;
};

} // namespace

bool readPosixRule(std::string_view text, Zone &out) { return RuleReader(text).read(out); }

} // namespace sqlgym::zones
