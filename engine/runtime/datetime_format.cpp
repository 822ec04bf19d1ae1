// to_char() of timestamps and intervals.
#include "runtime/families.h"

#include "runtime/datetime_template.h"
#include "value/calendar.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace sqlgym::runtime {

using namespace value;

namespace {

/// What is shown. An interval's fields may be negative and its hours many.
struct Shown {
    std::int64_t year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microsecond = 0;
    std::int64_t dayOfYear = 0;
    std::int64_t days = 0; ///< since 2000-01-01; not of an interval
    bool isInterval = false;
    bool hasZone = false;
};

/// "%0*d": at least `width` characters, the sign among them.
std::string padded(std::int64_t n, int width)
{
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%0*lld", width, static_cast<long long>(n));
    return buffer;
}

std::string inCase(std::string_view name, LetterCase letterCase)
{
    std::string out(name);
    if (letterCase != LetterCase::Initial) {
        std::ranges::transform(out, out.begin(), [&](unsigned char c) {
            return static_cast<char>(letterCase == LetterCase::Upper ? std::toupper(c) : std::tolower(c));
        });
    }
    return out;
}

std::string_view ordinalEnding(std::string_view number, bool upper)
{
    const char last = number.back();
    const bool isTeen = number.size() > 1 && number[number.size() - 2] == '1';
    if (last == '1' && !isTeen)
        return upper ? "ST" : "st";
    if (last == '2' && !isTeen)
        return upper ? "ND" : "nd";
    if (last == '3' && !isTeen)
        return upper ? "RD" : "rd";
    return upper ? "TH" : "th";
}

class Formatter {
public:
    Formatter(const Shown &shown, Context &cx) : m_shown(shown), m_cx(cx) {}

    Datum format(std::string_view text)
    {
        for (const auto &piece : parseDateTemplate(text)) {
            if (piece.kind == DatePiece::Kind::Code)
                code(piece);
            else
                m_out += piece.text;
            if (m_cx.stop.raised())
                return Datum::null();
        }
        return makeText(m_out, m_cx.arena);
    }

private:
    void number(const DatePiece &piece, std::int64_t n, int width)
    {
        ordinal(piece, padded(n, piece.fill ? 0 : n < 0 ? width + 1 : width));
    }
    void ordinal(const DatePiece &piece, const std::string &digits)
    {
        m_out += digits;
        if (piece.ordinal != DatePiece::Ordinal::None)
            m_out += ordinalEnding(digits, piece.ordinal == DatePiece::Ordinal::Upper);
    }
    void name(const DatePiece &piece, std::string_view full, bool isShort)
    {
        std::string text = inCase(isShort ? full.substr(0, 3) : full, piece.keyword->letterCase);
        if (!isShort && !piece.fill && !piece.localised)
            text.resize(std::max<std::size_t>(text.size(), 9), ' ');
        m_out += text;
    }
    /// False, with the error raised, when it is an interval: it has no place in the calendar.
    bool isCalendar()
    {
        if (m_shown.isInterval)
            m_cx.stop.error("22007", "invalid format specification for an interval value", {},
                            "Intervals are not tied to specific calendar dates.");
        return !m_shown.isInterval;
    }
    /// PostgreSQL computes with an interval's fields as if they were a date's; that arithmetic is not followed here.
    bool isDate(const DatePiece &piece)
    {
        if (m_shown.isInterval)
            m_cx.stop.decline("to_char() of an interval with " + std::string(piece.keyword->name));
        return !m_shown.isInterval;
    }
    /// As people count: 1 BC is 1.
    std::int64_t countedYear(std::int64_t year) const { return m_shown.isInterval || year > 0 ? year : 1 - year; }

    void year(const DatePiece &piece, std::int64_t year)
    {
        static constexpr std::int64_t kPowers[] = {1, 10, 100, 1000};
        const int digits = piece.keyword->digits;
        const std::int64_t counted = countedYear(year);
        const std::int64_t shown = digits == 4 ? counted : counted % kPowers[digits];
        if (digits == 1)
            ordinal(piece, padded(shown, 1));
        else
            ordinal(piece, padded(shown, piece.fill ? 0 : countedYear(m_shown.year) < 0 ? digits + 1 : digits));
    }

    void century(const DatePiece &piece)
    {
        const std::int64_t y = m_shown.year;
        number(piece, m_shown.isInterval ? y / 100 : y > 0 ? (y - 1) / 100 + 1 : y / 100 - 1, 2);
    }

    void romanMonth(const DatePiece &piece)
    {
        static constexpr std::string_view kRoman[] = {"I",   "II",   "III", "IV", "V",  "VI",
                                                      "VII", "VIII", "IX",  "X",  "XI", "XII"};
        const std::int64_t month = m_shown.month;
        if (month == 0 && m_shown.year == 0)
            return;
        // Whole years end in December, or, backwards, in January; -1 is December.
        const std::int64_t index = month > 0 ? month - 1 : month < 0 ? 12 + month : m_shown.year >= 0 ? 11 : 0;
        std::string text = inCase(kRoman[index], piece.keyword->letterCase);
        if (!piece.fill)
            text.resize(std::max<std::size_t>(text.size(), 4), ' ');
        m_out += text;
    }

    void fraction(const DatePiece &piece, int digits)
    {
        std::int64_t n = m_shown.microsecond;
        for (int i = digits; i < 6; ++i)
            n /= 10;
        ordinal(piece, padded(n, digits));
    }

    void code(const DatePiece &piece)
    {
        const Shown &s = m_shown;
        const bool isPm = s.hour % 24 >= 12;
        switch (piece.keyword->code) {
        case DateCode::DottedMeridiem:
            m_out += inCase(isPm ? "P.M." : "A.M.", piece.keyword->letterCase);
            break;
        case DateCode::Meridiem:
            m_out += inCase(isPm ? "PM" : "AM", piece.keyword->letterCase);
            break;
        case DateCode::DottedEra:
            if (isCalendar())
                m_out += inCase(s.year <= 0 ? "B.C." : "A.D.", piece.keyword->letterCase);
            break;
        case DateCode::Era:
            if (isCalendar())
                m_out += inCase(s.year <= 0 ? "BC" : "AD", piece.keyword->letterCase);
            break;
        case DateCode::Hour12: {
            const std::int64_t hour = s.hour % 12 == 0 ? 12 : s.hour % 12;
            ordinal(piece, padded(hour, piece.fill ? 0 : s.hour < 0 ? 3 : 2));
            break;
        }
        case DateCode::Hour24:
            number(piece, s.hour, 2);
            break;
        case DateCode::Minute:
            number(piece, s.minute, 2);
            break;
        case DateCode::Second:
            number(piece, s.second, 2);
            break;
        case DateCode::Fraction:
            fraction(piece, piece.keyword->digits);
            break;
        case DateCode::Millisecond:
            fraction(piece, 3);
            break;
        case DateCode::Microsecond:
            fraction(piece, 6);
            break;
        case DateCode::SecondOfDay:
            ordinal(piece, std::to_string(s.hour * 3600 + s.minute * 60 + s.second));
            break;
        case DateCode::ZoneName:
            if (isCalendar() && s.hasZone)
                m_out += inCase("UTC", piece.keyword->letterCase);
            break;
        case DateCode::ZoneHours:
            if (isCalendar())
                m_out += "+00";
            break;
        case DateCode::ZoneMinutes:
            if (isCalendar())
                m_out += "00";
            break;
        case DateCode::Offset:
            if (isCalendar())
                m_out += piece.fill ? "+0" : "+00";
            break;
        case DateCode::MonthName:
        case DateCode::MonthAbbreviation:
            if (isCalendar())
                name(piece, kFullMonthNames[s.month - 1], piece.keyword->code == DateCode::MonthAbbreviation);
            break;
        case DateCode::DayName:
        case DateCode::DayAbbreviation:
            if (isCalendar())
                name(piece, kFullDayNames[dayOfWeek(s.days)], piece.keyword->code == DateCode::DayAbbreviation);
            break;
        case DateCode::Month:
            number(piece, s.month, 2);
            break;
        case DateCode::DayOfYear:
            ordinal(piece, padded(s.dayOfYear, piece.fill ? 0 : 3));
            break;
        case DateCode::Day:
            ordinal(piece, padded(s.day, piece.fill ? 0 : 2));
            break;
        case DateCode::DayOfWeek:
            if (isCalendar())
                ordinal(piece, std::to_string(dayOfWeek(s.days) + 1));
            break;
        case DateCode::IsoDayOfWeek:
            if (isCalendar())
                ordinal(piece, std::to_string(dayOfWeek(s.days) == 0 ? 7 : dayOfWeek(s.days)));
            break;
        case DateCode::WeekOfYear:
            ordinal(piece, padded((s.dayOfYear - 1) / 7 + 1, piece.fill ? 0 : 2));
            break;
        case DateCode::WeekOfMonth:
            ordinal(piece, std::to_string((s.day - 1) / 7 + 1));
            break;
        case DateCode::IsoDayOfYear:
        case DateCode::IsoWeek:
        case DateCode::IsoYear:
            if (isDate(piece))
                iso(piece);
            break;
        case DateCode::Julian:
            if (isDate(piece))
                ordinal(piece, std::to_string(s.days + kPostgresEpochJulian));
            break;
        case DateCode::Quarter:
            if (s.month != 0)
                ordinal(piece, std::to_string((s.month - 1) / 3 + 1));
            break;
        case DateCode::Century:
            century(piece);
            break;
        case DateCode::GroupedYear: {
            const std::int64_t counted = countedYear(s.year);
            ordinal(piece, std::to_string(counted / 1000) + "," + padded(counted % 1000, 3));
            break;
        }
        case DateCode::Year:
            year(piece, s.year);
            break;
        case DateCode::RomanMonth:
            romanMonth(piece);
            break;
        case DateCode::Exact:
            break;
        }
    }

    void iso(const DatePiece &piece)
    {
        std::int64_t isoYear = 0;
        int week = 0;
        isoWeek(m_shown.days, isoYear, week);
        if (piece.keyword->code == DateCode::IsoYear)
            year(piece, isoYear);
        else if (piece.keyword->code == DateCode::IsoWeek)
            ordinal(piece, padded(week, piece.fill ? 0 : 2));
        else
            ordinal(piece, padded(m_shown.days - isoYearStart(isoYear) + 1, piece.fill ? 0 : 3));
    }

    const Shown &m_shown;
    Context &m_cx;
    std::string m_out;
};

template <bool WithZone> Datum timestampToChar(Call &call, const Datum *a)
{
    if (a[1].length == 0 || !isFiniteTimestamp(a[0].int64))
        return Datum::null();
    const CalendarTime fields = fieldsOf(a[0].int64);
    Shown shown;
    shown.days = floorDivide(a[0].int64, kMicrosPerDay);
    shown.year = fields.year;
    shown.month = fields.month;
    shown.day = fields.day;
    shown.hour = fields.hour;
    shown.minute = fields.minute;
    shown.second = fields.second;
    shown.microsecond = fields.microsecond;
    shown.dayOfYear = shown.days - daysFromCivil(fields.year, 1, 1) + 1;
    shown.hasZone = WithZone;
    return Formatter(shown, call.cx).format(a[1].text());
}

Datum intervalToChar(Call &call, const Datum *a)
{
    if (a[1].length == 0)
        return Datum::null();
    const IntervalValue &v = *a[0].interval;
    Shown shown;
    shown.isInterval = true;
    shown.year = v.months / 12;
    shown.month = v.months % 12;
    shown.day = v.days;
    shown.hour = v.microseconds / kMicrosPerHour;
    shown.minute = v.microseconds / kMicrosPerMinute % 60;
    shown.second = v.microseconds / kMicrosPerSecond % 60;
    shown.microsecond = v.microseconds % kMicrosPerSecond;
    shown.dayOfYear = std::int64_t{v.months} * 30 + v.days;
    if (shown.dayOfYear > INT32_MAX || shown.dayOfYear < -INT32_MAX) {
        call.cx.stop.decline("to_char() of an interval this long");
        return Datum::null();
    }
    return Formatter(shown, call.cx).format(a[1].text());
}

constexpr ScalarEntry kScalars[] = {
    {"timestamp_to_char", timestampToChar<false>},
    {"timestamptz_to_char", timestampToChar<true>},
    {"interval_to_char", intervalToChar},
};

} // namespace

Family datetimeFormatFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
