// Reading dates, times and timestamps. PostgreSQL's reader accepts a great many spellings; the everyday ones are read
// here as it reads them, the rest is declined. An error is raised only where PostgreSQL certainly raises it.
#include "runtime/datetime_text.h"
#include "runtime/datetime_words.h"

#include "value/calendar.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

namespace sqlgym::runtime {

using namespace value;

namespace {

enum class Problem : std::uint8_t { None, Format, Range, RangeOfDay, Zone, Unsure };

struct Reading {
    CalendarTime fields;
    bool hasDate = false;
    bool hasTime = false;
    bool hasZone = false;
    bool hasName = false;   ///< of a month or a day of the week
    bool sawDate = false;   ///< or what should be one: digits without a colon
    bool dateFirst = false; ///< and nothing before it
    std::int64_t zoneWestSeconds = 0;
    bool isInfinite = false, isNegative = false, isNow = false, isEpoch = false;
    int dayShift = 0;
    bool isToday = false;
    Problem problem = Problem::None;
};

bool allDigits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, isAsciiDigit); }

/// At most nine digits.
int number(std::string_view digits)
{
    int n = 0;
    for (const char c : digits.substr(0, 9))
        n = n * 10 + (c - '0');
    return n;
}

class Reader {
public:
    explicit Reader(std::string_view text)
    {
        m_text.reserve(text.size());
        for (const char c : text)
            m_text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }

    Reading read()
    {
        split();
        if (m_words.empty())
            return failed(Problem::Format);
        for (std::size_t i = 0; i < m_words.size() && m_out.problem == Problem::None; ++i)
            word(m_words[i], i);
        if (m_out.problem == Problem::None)
            finish();
        return m_out;
    }

private:
    Reading failed(Problem problem)
    {
        m_out.problem = problem;
        return m_out;
    }
    void refuse(Problem problem)
    {
        if (m_out.problem == Problem::None)
            m_out.problem = problem;
    }

    void split()
    {
        std::string current;
        for (std::size_t i = 0; i < m_text.size(); ++i) {
            const char c = m_text[i];
            const bool blank = isBlank(c) || c == ',';
            // "2020-01-01t10:00" and "10:00+02", "10:00pm": a date, a time and what follows it.
            const bool afterDate = c == 't' && !current.empty() && isAsciiDigit(current.back()) &&
                                   i + 1 < m_text.size() && isAsciiDigit(m_text[i + 1]);
            const bool isTime = current.find(':') != std::string::npos;
            const bool afterTime = isTime && (c == '+' || c == '-' || std::isalpha(static_cast<unsigned char>(c))) &&
                                   !std::isalpha(static_cast<unsigned char>(current.back())) &&
                                   current.front() != '+' && current.front() != '-';
            if (blank || afterDate || afterTime) {
                if (!current.empty())
                    m_words.push_back(current);
                current.clear();
                if (afterTime)
                    current += c;
                continue;
            }
            current += c;
        }
        if (!current.empty())
            m_words.push_back(current);
    }

    void word(const std::string &w, std::size_t index)
    {
        const bool startsDigit = isAsciiDigit(w[0]);
        if (startsDigit && w.find(':') != std::string::npos)
            return time(w);
        if (startsDigit) {
            m_out.dateFirst = index == 0;
            m_out.sawDate = true;
            return dateOrNumber(w);
        }
        if (w[0] == '+' || w[0] == '-') {
            if (w == "-infinity" || w == "+infinity") {
                m_out.isInfinite = true;
                m_out.isNegative = w[0] == '-';
                return m_words.size() == 1 ? void() : refuse(Problem::Unsure);
            }
            return m_out.hasTime ? zone(w) : refuse(Problem::Unsure);
        }
        name(w, index);
    }

    void name(const std::string &w, std::size_t)
    {
        if (w == "am" || w == "pm") {
            if (!m_out.hasTime || m_meridiem)
                return refuse(Problem::Unsure);
            m_meridiem = w[0];
        } else if (w == "bc" || w == "ad") {
            m_bc = w == "bc";
        } else if (w == "z" || w == "utc" || w == "gmt" || w == "zulu") {
            if (m_out.hasZone || !(m_out.hasTime || m_out.hasDate))
                return refuse(Problem::Unsure);
            m_out.hasZone = true;
        } else if (const int month = monthOf(w)) {
            if (m_month)
                return refuse(Problem::Unsure);
            m_month = month;
            m_out.hasName = true;
        } else if (isDayName(w)) {
            // The day of the week is read and ignored, except that no date may follow in one word.
            m_dayName = true;
            m_out.hasName = true;
        } else if (w == "infinity" && m_words.size() == 1) {
            m_out.isInfinite = true;
        } else if (w == "epoch" && m_words.size() == 1) {
            m_out.isEpoch = true;
        } else if (w == "now" && m_words.size() == 1) {
            m_out.isNow = true;
        } else if (w == "today" || w == "tomorrow" || w == "yesterday") {
            m_out.isToday = true;
            m_out.dayShift = w == "tomorrow" ? 1 : w == "yesterday" ? -1 : 0;
            if (m_words.size() > 1)
                refuse(Problem::Unsure);
        } else {
            // A word that is no spelling of anything: PostgreSQL refuses it unless it could name a time zone.
            static constexpr std::string_view kSpecial[] = {
                "allballs", "at", "d",  "dow", "doy", "dst", "h", "isodow",    "isoyear", "j",      "jd",
                "julian",   "m",  "mm", "on",  "s",   "t",   "y", "undefined", "invalid", "current"};
            const bool pure = std::ranges::all_of(w, [](unsigned char c) { return std::isalpha(c) || c >= 0x80; });
            const bool special = std::ranges::find(kSpecial, w) != std::end(kSpecial);
            const bool mayBeZone = w.size() <= 5 || w.find('/') != std::string::npos;
            refuse(pure && !special && !mayBeZone && m_words.size() == 1 ? Problem::Format : Problem::Unsure);
        }
    }

    void time(const std::string &w)
    {
        if (m_out.hasTime)
            return refuse(Problem::Unsure);
        m_out.hasTime = true;
        std::vector<std::string> parts(1);
        for (const char c : w) {
            if (c == ':')
                parts.emplace_back();
            else
                parts.back() += c;
        }
        if (parts.size() > 3)
            return refuse(Problem::Unsure);
        std::string fraction;
        if (parts.size() == 3) {
            if (const auto dot = parts[2].find('.'); dot != std::string::npos) {
                fraction = parts[2].substr(dot + 1);
                parts[2].resize(dot);
            }
        }
        for (const auto &part : parts) {
            if (!allDigits(part) || part.size() > 3)
                return refuse(Problem::Unsure);
        }
        if (!fraction.empty() && !allDigits(fraction))
            return refuse(Problem::Unsure);
        m_out.fields.hour = number(parts[0]);
        m_out.fields.minute = number(parts[1]);
        m_out.fields.second = parts.size() == 3 ? number(parts[2]) : 0;
        std::string digits = fraction.substr(0, 7);
        digits.resize(7, '0');
        if (fraction.size() > 15)
            return refuse(Problem::Unsure);
        // rint() of the decimal: half goes to even.
        const int tenths = number(digits);
        int micros = tenths / 10;
        const bool more = fraction.size() > 7 && fraction.find_first_not_of('0', 7) != std::string::npos;
        if (tenths % 10 > 5 || (tenths % 10 == 5 && (more || micros % 2 == 1)))
            ++micros;
        if (tenths % 10 == 5 && !more)
            return refuse(Problem::Unsure);
        m_out.fields.microsecond = micros;
        const auto &f = m_out.fields;
        if (f.minute > 59 || f.second > 60 || f.hour > 24 || (f.hour == 24 && (f.minute || f.second || f.microsecond)))
            refuse(Problem::Range);
    }

    void zone(const std::string &w)
    {
        if (m_out.hasZone)
            return refuse(Problem::Unsure);
        std::string digits;
        int colon = 0;
        for (const char c : w.substr(1)) {
            if (c == ':')
                ++colon;
            else
                digits += c;
        }
        if (!allDigits(digits) || colon > 1 || digits.size() > 4)
            return refuse(Problem::Unsure);
        int hours = 0, minutes = 0;
        if (colon) {
            const auto at = w.find(':');
            hours = number(std::string_view(w).substr(1, at - 1));
            minutes = number(std::string_view(w).substr(at + 1));
        } else if (digits.size() <= 2) {
            hours = number(digits);
        } else {
            hours = number(digits) / 100;
            minutes = number(digits) % 100;
        }
        if (hours > 15 || minutes > 59)
            return refuse(Problem::Zone);
        m_out.hasZone = true;
        const int seconds = hours * 3600 + minutes * 60;
        m_out.zoneWestSeconds = w[0] == '+' ? -seconds : seconds;
    }

    void dateOrNumber(const std::string &w)
    {
        const auto separator = w.find_first_of("-/.");
        if (separator == std::string::npos) {
            if (!allDigits(w))
                return refuse(Problem::Unsure);
            if (w.size() == 8 && m_words.size() <= 2 && !m_month) {
                setDate(number(w.substr(0, 4)), number(w.substr(4, 2)), number(w.substr(6, 2)), 4);
                return;
            }
            m_numbers.push_back(w);
            return;
        }
        if (m_dayName)
            return refuse(Problem::Format);
        const char mark = w[separator];
        std::vector<std::string> parts(1);
        for (const char c : w) {
            if (c == mark)
                parts.emplace_back();
            else
                parts.back() += c;
        }
        if (parts.size() == 2 && mark == '-' && allDigits(parts[0]) && allDigits(parts[1]) && parts[0].size() == 4 &&
            parts[1].size() <= 2 && m_words.size() == 1)
            return refuse(Problem::Format); // a year and a month are no date
        if (parts.size() != 3)
            return refuse(Problem::Unsure);
        const int named = monthOf(parts[1]);
        if (!allDigits(parts[0]) || !allDigits(parts[2]) || (!named && !allDigits(parts[1])))
            return refuse(Problem::Unsure);
        for (const auto &part : parts) {
            if (part.size() > 6)
                return refuse(Problem::Unsure);
        }
        if (mark == '.')
            return refuse(Problem::Unsure);
        if (named) {
            if (parts[0].size() > 2)
                return setDate(number(parts[0]), named, number(parts[2]), parts[0].size());
            return setDate(number(parts[2]), named, number(parts[0]), parts[2].size());
        }
        if (parts[0].size() > 2)
            return setDate(number(parts[0]), number(parts[1]), number(parts[2]), parts[0].size());
        if (parts[1].size() > 2)
            return refuse(Problem::Unsure);
        // DateStyle's MDY.
        setDate(number(parts[2]), number(parts[0]), number(parts[1]), parts[2].size());
    }

    void setDate(int year, int month, int day, std::size_t yearDigits)
    {
        if (m_out.hasDate || m_month)
            return refuse(Problem::Unsure);
        m_out.hasDate = true;
        if (yearDigits == 3)
            return refuse(Problem::Unsure);
        m_out.fields.year = year;
        m_out.fields.month = month;
        m_out.fields.day = day;
        m_twoDigitYear = yearDigits <= 2;
    }

    void finish()
    {
        if (m_out.isInfinite || m_out.isEpoch || m_out.isNow || m_out.isToday)
            return;
        if (m_month) {
            // "8 January 1999", "January 8, 1999": the longer number is the year.
            if (m_numbers.size() != 2)
                return refuse(Problem::Unsure);
            const auto &a = m_numbers[0], &b = m_numbers[1];
            if ((a.size() > 2) == (b.size() > 2))
                return refuse(Problem::Unsure);
            const auto &year = a.size() > 2 ? a : b;
            const auto &day = a.size() > 2 ? b : a;
            if (year.size() == 3 || year.size() > 6)
                return refuse(Problem::Unsure);
            const int month = m_month;
            m_month = 0;
            setDate(number(year), month, number(day), year.size());
        } else if (!m_numbers.empty()) {
            return refuse(Problem::Unsure);
        }
        auto &f = m_out.fields;
        if (m_out.hasDate) {
            if (m_twoDigitYear && !m_bc)
                f.year += f.year < 70 ? 2000 : 1900;
            if (m_bc) {
                if (f.year <= 0)
                    return refuse(Problem::Range);
                f.year = 1 - f.year;
            } else if (f.year <= 0 && !m_twoDigitYear) {
                return refuse(Problem::Range); // there is no year zero
            }
            if (f.month < 1 || f.month > 12 || f.day < 1 || f.day > 31)
                return refuse(Problem::RangeOfDay);
            if (f.day > daysInMonth(f.year, f.month))
                return refuse(Problem::Range);
        } else if (m_bc) {
            return refuse(Problem::Unsure);
        }
        if (m_meridiem) {
            if (f.hour > 12)
                return refuse(Problem::Range);
            if (m_meridiem == 'p' && f.hour != 12)
                f.hour += 12;
            else if (m_meridiem == 'a' && f.hour == 12)
                f.hour = 0;
        }
    }

    std::string m_text;
    std::vector<std::string> m_words;
    std::vector<std::string> m_numbers;
    Reading m_out;
    int m_month = 0;
    bool m_bc = false;
    bool m_twoDigitYear = false;
    bool m_dayName = false;
    char m_meridiem = 0;
};

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

Datum readMoment(std::string_view text, std::int32_t typmod, const char *typeName, bool withZone, Context &cx)
{
    const Reading r = Reader(text).read();
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
    if (withZone && r.hasZone)
        micros += r.zoneWestSeconds * kMicrosPerSecond;
    if (!isValidTimestamp(micros))
        return cx.fail("22008", "timestamp out of range: \"" + std::string(text) + "\"");
    return Datum::ofInt(roundMicros(micros, typmod));
}

Datum readClock(std::string_view text, std::int32_t typmod, const char *typeName, bool withZone, Context &cx)
{
    Reading r = Reader(text).read();
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
    if (!r.hasTime || (withZone && r.hasDate && !r.hasZone)) {
        cx.stop.decline(std::string(typeName) + " written as \"" + std::string(text) + "\"");
        return Datum::null();
    }
    if (timeOfDay(r.fields) > kMicrosPerDay)
        return cx.fail("22008", "date/time field value out of range: \"" + std::string(text) + "\"");
    Datum out = Datum::ofInt(roundMicros(timeOfDay(r.fields), typmod));
    if (withZone)
        out.length = static_cast<std::uint32_t>(static_cast<std::int32_t>(r.zoneWestSeconds));
    return out;
}

} // namespace

Datum readDate(std::string_view text, Context &cx)
{
    const Reading r = Reader(text).read();
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
