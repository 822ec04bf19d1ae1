// Reading dates, times and timestamps. PostgreSQL's reader accepts a great many spellings; the everyday ones are read
// here as it reads them, the rest is declined. An error is raised only where PostgreSQL certainly raises it.
#include "runtime/datetime_reading.h"
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
            if (w == "-infinity") {
                m_out.isInfinite = m_out.isNegative = true;
                return m_words.size() == 1 ? void() : refuse(Problem::Unsure);
            }
            return m_out.hasTime ? zone(w) : refuse(Problem::Unsure);
        }
        if (w.find('/') != std::string::npos)
            return zoneOfPlace(w);
        name(w);
    }

    /// "america/new_york": a separator makes it a date at first, so that a whole one has to stand before it.
    void zoneOfPlace(const std::string &w)
    {
        const bool plain =
            std::ranges::all_of(w, [](unsigned char c) { return std::isalpha(c) || c == '/' || c == '_'; });
        if (!plain || !m_out.hasDate || m_out.hasZone || !nameZone(w))
            refuse(Problem::Unsure);
    }

    bool nameZone(const std::string &w)
    {
        m_out.hasNamedZone = m_out.hasZone = findZoneName(w, m_out.zone) == zones::Found::Yes;
        return m_out.hasZone;
    }

    void name(const std::string &w)
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
            ZoneName zone;
            const auto found = pure && !special ? findZoneName(w, zone) : zones::Found::NotHere;
            if (found == zones::Found::Yes && !m_out.hasZone && (m_out.hasTime || m_out.hasDate))
                nameZone(w);
            else
                refuse(found == zones::Found::Unknown && m_words.size() == 1 ? Problem::Format : Problem::Unsure);
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
            if (m_out.hasDate && !m_out.hasTime && (w.size() == 4 || w.size() == 6))
                return time(w.substr(0, 2) + ':' + w.substr(2, 2) + (w.size() == 6 ? ':' + w.substr(4) : ""));
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

} // namespace

Reading readWords(std::string_view text) { return Reader(text).read(); }

} // namespace sqlgym::runtime
