// Reading intervals: '1 day', '2 hours 30 minutes', '1-2', '3 4:05:06', '@ 1 week ago', and their typmods.
#include "runtime/datetime_text.h"

#include "value/calendar.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <vector>

namespace sqlgym::runtime {

using namespace value;

namespace {

// Bits of interval's typmod, as in datetime.h's INTERVAL_MASK.
constexpr int kMonthBit = 1 << 1, kYearBit = 1 << 2, kDayBit = 1 << 3, kHourBit = 1 << 10, kMinuteBit = 1 << 11,
              kSecondBit = 1 << 12;
constexpr int kFullRange = 0x7FFF;

struct Amount {
    std::int64_t whole = 0;
    double fraction = 0;     ///< of the same sign
    std::int64_t micros = 0; ///< the fraction in millionths, exactly, when it has at most six digits
    bool exact = true;
    bool hasFraction = false;
};

class IntervalReader {
public:
    IntervalReader(std::string_view text, std::int32_t typmod)
        : m_range(typmod >= 0 ? (typmod >> 16) & kFullRange : kFullRange)
    {
        for (const char c : text)
            m_text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }

    enum class Problem : std::uint8_t { None, Format, Range, Unsure };
    Problem problem = Problem::None;
    IntervalValue value{0, 0, 0};

    void read()
    {
        split();
        if (m_words.empty())
            return refuse(Problem::Format);
        if (m_words[0] == "p" ||
            (m_words[0][0] == 'p' && m_words[0].size() > 1 &&
             !std::isalpha(static_cast<unsigned char>(m_words[0][1]))) ||
            m_words[0].substr(0, 2) == "pt")
            return refuse(Problem::Unsure); // ISO 8601
        bool ago = false;
        if (m_words.front() == "@")
            m_words.erase(m_words.begin());
        if (!m_words.empty() && m_words.back() == "ago") {
            ago = true;
            m_words.pop_back();
        }
        if (m_words.empty())
            return refuse(Problem::Format);
        bool any = false;
        for (std::size_t i = 0; i < m_words.size() && problem == Problem::None; ++i) {
            const std::string &w = m_words[i];
            const bool isNumber = isAsciiDigit(w[0]) || ((w[0] == '-' || w[0] == '+' || w[0] == '.') && w.size() > 1 &&
                                                         (isAsciiDigit(w[1]) || w[1] == '.'));
            if (!isNumber)
                return refuse(std::isalpha(static_cast<unsigned char>(w[0])) || static_cast<unsigned char>(w[0]) >= 0x80
                                  ? Problem::Format
                                  : Problem::Unsure);
            any = true;
            if (w.find(':') != std::string::npos) {
                clock(w);
                continue;
            }
            if (w.find('-', 1) != std::string::npos) {
                yearsMonths(w);
                continue;
            }
            Amount amount;
            if (!parse(w, amount))
                return refuse(Problem::Unsure);
            if (i + 1 < m_words.size() && std::isalpha(static_cast<unsigned char>(m_words[i + 1][0]))) {
                const Unit unit = unitOf(m_words[i + 1]);
                if (unit == Unit::None)
                    return refuse(Problem::Format);
                add(amount, unit);
                ++i;
            } else if (i + 1 < m_words.size() && m_words[i + 1].find(':') != std::string::npos) {
                add(amount, Unit::Day); // '3 4:05:06'
            } else if (i + 1 == m_words.size()) {
                add(amount, bareUnit());
            } else {
                return refuse(Problem::Unsure);
            }
        }
        if (!any)
            return refuse(Problem::Format);
        if (m_days < INT32_MIN || m_days > INT32_MAX || m_months < INT32_MIN || m_months > INT32_MAX)
            return refuse(Problem::Range);
        if (ago) {
            m_micros = -m_micros;
            m_days = -m_days;
            m_months = -m_months;
        }
        value = {m_micros, static_cast<std::int32_t>(m_days), static_cast<std::int32_t>(m_months)};
    }

private:
    void refuse(Problem p)
    {
        if (problem == Problem::None)
            problem = p;
    }

    /// Words, with a number glued to its unit taken apart ("1d", "2hours").
    void split()
    {
        std::string current;
        const auto flush = [&] {
            if (!current.empty())
                m_words.push_back(current);
            current.clear();
        };
        for (const char c : m_text) {
            if (isBlank(c)) {
                flush();
                continue;
            }
            const bool alpha = std::isalpha(static_cast<unsigned char>(c)) != 0;
            if (!current.empty() && alpha && (isAsciiDigit(current.back()) || current.back() == '.'))
                flush();
            current += c;
            if (c == '@')
                flush();
        }
        flush();
    }

    bool parse(const std::string &w, Amount &out) const
    {
        std::size_t at = 0;
        const bool negative = w[0] == '-';
        if (w[0] == '-' || w[0] == '+')
            ++at;
        std::string whole, fraction;
        while (at < w.size() && isAsciiDigit(w[at]))
            whole += w[at++];
        if (at < w.size() && w[at] == '.') {
            ++at;
            while (at < w.size() && isAsciiDigit(w[at]))
                fraction += w[at++];
            out.hasFraction = true;
        }
        if (at != w.size() || whole.size() > 15 || (whole.empty() && fraction.empty()) || fraction.size() > 15)
            return false;
        for (const char c : whole)
            out.whole = out.whole * 10 + (c - '0');
        if (!fraction.empty())
            out.fraction = std::strtod(("0." + fraction).c_str(), nullptr);
        out.exact = fraction.size() <= 6;
        std::string six = fraction.substr(0, 6);
        six.resize(6, '0');
        for (const char c : six)
            out.micros = out.micros * 10 + (c - '0');
        if (negative) {
            out.whole = -out.whole;
            out.fraction = -out.fraction;
            out.micros = -out.micros;
        }
        return true;
    }

    void addMicros(double micros) { m_micros += static_cast<std::int64_t>(std::rint(micros)); }
    /// A fraction of days: to the microsecond, as PostgreSQL's AdjustFractDays.
    void addFractionOfDays(double fraction, int scale)
    {
        if (fraction == 0)
            return;
        double days = fraction * scale;
        const auto whole = static_cast<std::int64_t>(days);
        m_days += whole;
        days -= static_cast<double>(whole);
        addMicros(days * static_cast<double>(kMicrosPerDay));
    }
    void addTime(const Amount &a, std::int64_t unitMicros)
    {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(a.whole, unitMicros, &product) ||
            __builtin_add_overflow(m_micros, product, &m_micros))
            return refuse(Problem::Range);
        if (unitMicros == kMicrosPerSecond && a.exact)
            m_micros += a.micros;
        else if (a.fraction != 0)
            addMicros(a.fraction * static_cast<double>(unitMicros));
    }

    /// A field given twice is refused by PostgreSQL, by rules with exceptions of their own.
    void once(unsigned fields)
    {
        if (m_seen & fields)
            refuse(Problem::Unsure);
        m_seen |= fields;
    }

    void add(const Amount &a, Unit unit)
    {
        once(1u << static_cast<unsigned>(unit));
        const auto years = [&](int scale) {
            m_months += a.whole * 12 * scale;
            m_months += static_cast<std::int64_t>(std::rint(a.fraction * 12 * scale));
        };
        if (std::llabs(a.whole) > 2'147'483'648 && unit > Unit::Hour)
            return refuse(Problem::Unsure);
        switch (unit) {
        case Unit::Microsecond:
            m_micros += a.whole;
            if (a.hasFraction)
                refuse(Problem::Unsure);
            break;
        case Unit::Millisecond:
            addTime(a, 1000);
            break;
        case Unit::Second:
            addTime(a, kMicrosPerSecond);
            break;
        case Unit::Minute:
            addTime(a, kMicrosPerMinute);
            break;
        case Unit::Hour:
            addTime(a, kMicrosPerHour);
            break;
        case Unit::Day:
            m_days += a.whole;
            if (a.fraction != 0)
                addMicros(a.fraction * static_cast<double>(kMicrosPerDay));
            break;
        case Unit::Week:
            m_days += a.whole * 7;
            addFractionOfDays(a.fraction, 7);
            break;
        case Unit::Month:
            m_months += a.whole;
            addFractionOfDays(a.fraction, 30);
            break;
        case Unit::Year:
            years(1);
            break;
        case Unit::Decade:
            years(10);
            break;
        case Unit::Century:
            years(100);
            break;
        case Unit::Millennium:
            years(1000);
            break;
        default:
            refuse(Problem::Format);
        }
    }

    void clock(const std::string &w)
    {
        for (const Unit unit : {Unit::Hour, Unit::Minute, Unit::Second, Unit::Millisecond, Unit::Microsecond})
            once(1u << static_cast<unsigned>(unit));
        const bool negative = w[0] == '-';
        std::vector<std::string> parts(1);
        for (const char c : w.substr(w[0] == '-' || w[0] == '+' ? 1 : 0)) {
            if (c == ':')
                parts.emplace_back();
            else
                parts.back() += c;
        }
        Amount hours, minutes, seconds;
        if (parts.size() > 3 || parts[0].empty() || !parse(parts[0], hours) || !parse(parts[1], minutes) ||
            hours.hasFraction || (parts.size() == 3 && !parse(parts[2], seconds)) || minutes.hasFraction ||
            !seconds.exact)
            return refuse(Problem::Unsure);
        // '12:34' reads as minutes and seconds where the type's fields say so.
        if (parts.size() == 2 && (m_range == (kMinuteBit | kSecondBit)))
            return refuse(Problem::Unsure);
        if (minutes.whole > 59 || seconds.whole > 60 || hours.whole > 2'000'000'000)
            return refuse(Problem::Range);
        const std::int64_t micros = hours.whole * kMicrosPerHour + minutes.whole * kMicrosPerMinute +
                                    seconds.whole * kMicrosPerSecond + seconds.micros;
        m_micros += negative ? -micros : micros;
    }

    void yearsMonths(const std::string &w)
    {
        once(1u << static_cast<unsigned>(Unit::Year));
        once(1u << static_cast<unsigned>(Unit::Month));
        const bool negative = w[0] == '-';
        const std::size_t begin = w[0] == '-' || w[0] == '+' ? 1 : 0;
        const auto dash = w.find('-', begin);
        Amount years, months;
        if (!parse(w.substr(begin, dash - begin), years) || !parse(w.substr(dash + 1), months) || years.hasFraction ||
            months.hasFraction || years.whole > 100'000'000)
            return refuse(Problem::Unsure);
        if (months.whole > 11)
            return refuse(Problem::Range);
        const std::int64_t total = years.whole * 12 + months.whole;
        m_months += negative ? -total : total;
    }

    /// The unit of a number that has none: the smallest field of the type, else seconds.
    Unit bareUnit() const
    {
        if (m_range == kFullRange || (m_range & kSecondBit))
            return Unit::Second;
        if (m_range & kMinuteBit)
            return Unit::Minute;
        if (m_range & kHourBit)
            return Unit::Hour;
        if (m_range & kDayBit)
            return Unit::Day;
        if (m_range & kMonthBit)
            return Unit::Month;
        return m_range & kYearBit ? Unit::Year : Unit::Second;
    }

    std::string m_text;
    std::vector<std::string> m_words;
    int m_range;
    unsigned m_seen = 0;
    std::int64_t m_micros = 0, m_days = 0, m_months = 0;
};

} // namespace

bool applyIntervalTypmod(IntervalValue &v, std::int32_t typmod, Context &cx)
{
    if (typmod < 0)
        return true;
    const int range = (typmod >> 16) & kFullRange;
    const int precision = typmod & 0xFFFF;
    if (range != kFullRange) {
        // Fields finer than the finest one named are cut off.
        if (!(range & (kMonthBit | kDayBit | kHourBit | kMinuteBit | kSecondBit))) {
            v.months = v.months / 12 * 12;
            v.days = 0;
            v.microseconds = 0;
        } else if (!(range & (kDayBit | kHourBit | kMinuteBit | kSecondBit))) {
            v.days = 0;
            v.microseconds = 0;
        } else if (!(range & (kHourBit | kMinuteBit | kSecondBit))) {
            v.microseconds = 0;
        } else if (!(range & (kMinuteBit | kSecondBit))) {
            v.microseconds = v.microseconds / kMicrosPerHour * kMicrosPerHour;
        } else if (!(range & kSecondBit)) {
            v.microseconds = v.microseconds / kMicrosPerMinute * kMicrosPerMinute;
        }
    }
    if (precision != 0xFFFF)
        v.microseconds = roundMicros(v.microseconds, precision);
    (void)cx;
    return true;
}

Datum readInterval(std::string_view text, std::int32_t typmod, Context &cx)
{
    IntervalReader reader(text, typmod);
    reader.read();
    const std::string quoted = "\"" + std::string(text) + "\"";
    switch (reader.problem) {
    case IntervalReader::Problem::None:
        break;
    case IntervalReader::Problem::Format:
        return cx.fail("22007", "invalid input syntax for type interval: " + quoted);
    case IntervalReader::Problem::Range:
        return cx.fail("22015", "interval field value out of range: " + quoted);
    case IntervalReader::Problem::Unsure:
        cx.stop.decline("interval written as " + quoted);
        return Datum::null();
    }
    IntervalValue value = reader.value;
    applyIntervalTypmod(value, typmod, cx);
    return makeInterval(value.microseconds, value.days, value.months, cx);
}

} // namespace sqlgym::runtime
