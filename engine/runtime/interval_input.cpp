// Reading intervals: '1 day', '2 hours 30 minutes', '1-2', '3 4:05:06', '@ 1 week ago', and their typmods.
#include "runtime/datetime_text.h"
#include "runtime/interval_fields.h"

#include "value/calendar.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

namespace sqlgym::runtime {

using namespace value;

namespace {

// Bits of interval's typmod, as in datetime.h's INTERVAL_MASK.
constexpr int kMonthBit = 1 << 1, kYearBit = 1 << 2, kDayBit = 1 << 3, kHourBit = 1 << 10, kMinuteBit = 1 << 11,
              kSecondBit = 1 << 12;
constexpr int kFullRange = 0x7FFF;

/// What a text has named so far: a field may be named once.
enum Named : unsigned {
    kNone = 0,
    kMicroseconds = 1 << 0,
    kMilliseconds = 1 << 1,
    kSeconds = 1 << 2,
    kMinutes = 1 << 3,
    kHours = 1 << 4,
    kDays = 1 << 5,
    kWeeks = 1 << 6,
    kMonths = 1 << 7,
    kYears = 1 << 8,
    kDecades = 1 << 9,
    kCenturies = 1 << 10,
    kMillennia = 1 << 11,
    kAllSeconds = kSeconds | kMilliseconds | kMicroseconds,
    kClock = kHours | kMinutes | kAllSeconds,
};

/// Digits at `at`, which moves behind them; false when they do not fit. No digits read as 0.
bool readInteger(const std::string &text, std::size_t &at, std::int64_t &out)
{
    const bool negative = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        ++at;
    out = 0;
    bool fits = true;
    for (; at < text.size() && isAsciiDigit(text[at]); ++at) {
        const int digit = text[at] - '0';
        fits = fits && !__builtin_mul_overflow(out, std::int64_t{10}, &out) &&
               !(negative ? __builtin_sub_overflow(out, std::int64_t{digit}, &out)
                          : __builtin_add_overflow(out, std::int64_t{digit}, &out));
    }
    return fits;
}

/// ".25" to the end of the text; a lone point is 0.
bool readFraction(const std::string &text, std::size_t at, double &out)
{
    const std::string digits = text.substr(at);
    out = 0;
    if (digits.size() == 1)
        return true;
    for (const char c : digits.substr(1)) {
        if (!isAsciiDigit(c))
            return false;
    }
    out = std::strtod(digits.c_str(), nullptr);
    return true;
}

/// PostgreSQL reads the words from the last to the first, so that a unit is known before its number.
class IntervalReader {
public:
    IntervalReader(std::string_view text, int range) : m_range(range) { split(text); }

    IntervalProblem read(IntervalFields &out)
    {
        m_out = &out;
        if (m_problem == IntervalProblem::None && (m_words.size() > kMaxWords || room() > kMaxRoom))
            m_problem = IntervalProblem::Format;
        for (auto word = m_words.rbegin(); word != m_words.rend() && m_problem == IntervalProblem::None; ++word)
            take(*word);
        if (m_problem == IntervalProblem::None && m_named == kNone)
            m_problem = IntervalProblem::Format;
        if (m_problem == IntervalProblem::None && m_ago && !out.negate())
            m_problem = IntervalProblem::Range;
        return m_problem;
    }

private:
    enum class Kind : std::uint8_t { Number, Date, Time, Signed, Word };
    struct Word {
        Kind kind;
        std::string text;
    };

    // PostgreSQL copies the words, a NUL behind each, into a buffer of this size.
    static constexpr std::size_t kMaxWords = 25, kMaxRoom = 256;
    std::size_t room() const
    {
        std::size_t bytes = 0;
        for (const Word &word : m_words)
            bytes += word.text.size() + 1;
        return bytes;
    }

    void refuse(IntervalProblem problem) { m_problem = problem; }

    void split(std::string_view text)
    {
        std::size_t at = 0;
        const auto here = [&] { return at < text.size() ? text[at] : '\0'; };
        const auto isLetter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
        while (at < text.size() && m_problem == IntervalProblem::None) {
            const char c = text[at];
            Word word{Kind::Number, {}};
            const auto take = [&](auto while_) {
                while (at < text.size() && while_(text[at]))
                    word.text += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at++])));
            };
            if (isBlank(c)) {
                ++at;
                continue;
            }
            if (isAsciiDigit(c)) {
                take(isAsciiDigit);
                if (here() == ':') {
                    word.kind = Kind::Time;
                    take([](char x) { return isAsciiDigit(x) || x == ':' || x == '.'; });
                } else if (here() == '-' || here() == '/' || here() == '.') {
                    const char mark = here();
                    word.text += text[at++];
                    if (isAsciiDigit(here())) {
                        word.kind = mark == '.' ? Kind::Number : Kind::Date;
                        take(isAsciiDigit);
                        if (here() == mark)
                            take([&](char x) { return isAsciiDigit(x) || x == mark; });
                    } else {
                        word.kind = Kind::Date;
                        take([&](char x) { return isAsciiDigit(x) || isLetter(x) || x == mark; });
                    }
                }
            } else if (c == '.') {
                word.text += text[at++];
                take(isAsciiDigit);
            } else if (isLetter(c)) {
                word.kind = Kind::Word;
                take(isLetter);
                // "2h30m": these words are known to the reader of dates too.
                static constexpr std::string_view kKnown[] = {"d", "dec", "h", "m", "mon", "s", "y"};
                const bool known = std::ranges::find(kKnown, word.text) != std::end(kKnown);
                if (here() == '-' || here() == '/' || here() == '.' ||
                    (!known && (here() == '+' || isAsciiDigit(here()))))
                    refuse(IntervalProblem::Format); // a date or a time zone elsewhere; no interval has one
            } else if (c == '+' || c == '-') {
                word.text += text[at++];
                while (at < text.size() && isBlank(text[at]))
                    ++at;
                word.kind = Kind::Signed;
                if (isAsciiDigit(here()))
                    take([](char x) { return isAsciiDigit(x) || x == ':' || x == '.' || x == '-'; });
                else
                    refuse(IntervalProblem::Format);
            } else if (std::ispunct(static_cast<unsigned char>(c))) {
                ++at;
                continue;
            } else {
                refuse(IntervalProblem::Format);
            }
            m_words.push_back(std::move(word));
        }
    }

    void name(unsigned fields)
    {
        if (m_named & fields)
            return refuse(IntervalProblem::Format);
        m_named |= fields;
    }

    void take(const Word &word)
    {
        switch (word.kind) {
        case Kind::Time:
            if (const IntervalProblem problem = clock(word.text, false); problem != IntervalProblem::None)
                return refuse(problem);
            m_unit = Unit::Day; // what stands before it, without a unit
            return name(kClock);
        case Kind::Signed:
            if (word.text.find(':') != std::string::npos &&
                clock(word.text.substr(1), word.text[0] == '-') == IntervalProblem::None) {
                m_unit = Unit::Day;
                return name(kClock);
            }
            [[fallthrough]];
        case Kind::Date:
        case Kind::Number:
            return number(word.text);
        case Kind::Word:
            if (word.text == "ago") {
                m_ago = true;
                m_unit = Unit::None;
                m_hasUnit = true; // a number right before "ago" has no unit that fits
                return;
            }
            m_unit = unitOf(word.text);
            m_hasUnit = true;
            if (m_unit == Unit::None || m_unit > Unit::Millennium)
                refuse(m_unit == Unit::None ? IntervalProblem::Format : IntervalProblem::Unsure);
            return;
        }
    }

    /// Sets the time of day, whatever was there: PostgreSQL forgets the fractions of days read before.
    IntervalProblem clock(const std::string &text, bool negative)
    {
        std::size_t at = 0;
        std::int64_t hours = 0, minutes = 0, seconds = 0;
        double fraction = 0;
        const auto fitsInt = [](std::int64_t n) { return IntervalFields::fits(n); };
        if (!readInteger(text, at, hours))
            return IntervalProblem::Range;
        if (at == text.size() || text[at] != ':')
            return IntervalProblem::Format;
        if (!readInteger(text, ++at, minutes) || !fitsInt(minutes))
            return IntervalProblem::Range;
        const bool twoParts = at == text.size() || text[at] == '.';
        if (at < text.size() && text[at] == ':') {
            if (!readInteger(text, ++at, seconds) || !fitsInt(seconds))
                return IntervalProblem::Range;
        }
        const bool hasFraction = at < text.size() && text[at] == '.';
        if (at < text.size() && (!hasFraction || !readFraction(text, at, fraction)))
            return IntervalProblem::Format;
        if (twoParts && (hasFraction || m_range == (kMinuteBit | kSecondBit))) {
            if (!fitsInt(hours))
                return IntervalProblem::Range;
            seconds = minutes;
            minutes = hours;
            hours = 0;
        }
        const auto micros = static_cast<std::int64_t>(std::rint(fraction * 1e6));
        if (minutes > 59 || seconds > 60 || minutes < 0 || seconds < 0)
            return IntervalProblem::Range;
        IntervalFields &out = *m_out;
        const std::int64_t before = out.micros;
        out.micros = micros;
        if (!out.addMicros(hours, 0, kMicrosPerHour) || !out.addMicros(minutes, 0, kMicrosPerMinute) ||
            !out.addMicros(seconds, 0, kMicrosPerSecond)) {
            out.micros = before;
            return IntervalProblem::Range;
        }
        if (negative)
            out.micros = -out.micros;
        return IntervalProblem::None;
    }

    void number(const std::string &text)
    {
        if (m_unit == Unit::None && !m_hasUnit)
            m_unit = bareUnit();
        std::size_t at = 0;
        std::int64_t n = 0;
        double fraction = 0;
        if (!readInteger(text, at, n))
            return refuse(IntervalProblem::Range);
        if (at < text.size() && text[at] == '-') {
            std::int64_t months = 0;
            if (!readInteger(text, ++at, months) || months < 0 || months > 11)
                return refuse(IntervalProblem::Range);
            if (at != text.size())
                return refuse(IntervalProblem::Format);
            m_unit = Unit::Month;
            if (__builtin_mul_overflow(n, std::int64_t{12}, &n) ||
                __builtin_add_overflow(n, text[0] == '-' ? -months : months, &n))
                return refuse(IntervalProblem::Range);
        } else if (at < text.size()) {
            if (text[at] != '.' || !readFraction(text, at, fraction))
                return refuse(IntervalProblem::Format);
            if (text[0] == '-')
                fraction = -fraction;
        }
        add(n, fraction);
    }

    void add(std::int64_t n, double fraction)
    {
        IntervalFields &out = *m_out;
        bool fits = true;
        unsigned named = kNone;
        switch (m_unit) {
        case Unit::Microsecond:
            fits = out.addMicros(n, fraction, 1);
            named = kMicroseconds;
            break;
        case Unit::Millisecond:
            fits = out.addMicros(n, fraction, 1000);
            named = kMilliseconds;
            break;
        case Unit::Second:
            fits = out.addMicros(n, fraction, kMicrosPerSecond);
            named = fraction == 0 ? kSeconds : kAllSeconds;
            break;
        case Unit::Minute:
            fits = out.addMicros(n, fraction, kMicrosPerMinute);
            named = kMinutes;
            break;
        case Unit::Hour:
            fits = out.addMicros(n, fraction, kMicrosPerHour);
            named = kHours;
            m_unit = Unit::Day;
            break;
        case Unit::Day:
            fits = out.addDays(n, 1) && out.addFraction(fraction, kMicrosPerDay);
            named = kDays;
            break;
        case Unit::Week:
            fits = out.addDays(n, 7) && out.addDayFraction(fraction, 7);
            named = kWeeks;
            break;
        case Unit::Month:
            fits = out.addMonths(n) && out.addDayFraction(fraction, 30);
            named = kMonths;
            break;
        case Unit::Year:
            fits = out.addYears(n, fraction, 1);
            named = kYears;
            break;
        case Unit::Decade:
            fits = out.addYears(n, fraction, 10);
            named = kDecades;
            break;
        case Unit::Century:
            fits = out.addYears(n, fraction, 100);
            named = kCenturies;
            break;
        case Unit::Millennium:
            fits = out.addYears(n, fraction, 1000);
            named = kMillennia;
            break;
        default:
            return refuse(IntervalProblem::Format);
        }
        if (!fits)
            return refuse(IntervalProblem::Range);
        name(named);
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

    std::vector<Word> m_words;
    int m_range;
    IntervalFields *m_out = nullptr;
    IntervalProblem m_problem = IntervalProblem::None;
    Unit m_unit = Unit::None;
    bool m_hasUnit = false;
    bool m_ago = false;
    unsigned m_named = kNone;
};

} // namespace

bool applyIntervalTypmod(IntervalValue &v, std::int32_t typmod, Context &cx)
{
    if (typmod < 0)
        return true;
    const int range = (typmod >> 16) & kFullRange;
    const int precision = typmod & 0xFFFF;
    static constexpr int kRanges[] = {kYearBit,
                                      kMonthBit,
                                      kYearBit | kMonthBit,
                                      kDayBit,
                                      kHourBit,
                                      kMinuteBit,
                                      kSecondBit,
                                      kDayBit | kHourBit,
                                      kDayBit | kHourBit | kMinuteBit,
                                      kDayBit | kHourBit | kMinuteBit | kSecondBit,
                                      kHourBit | kMinuteBit,
                                      kHourBit | kMinuteBit | kSecondBit,
                                      kMinuteBit | kSecondBit,
                                      kFullRange};
    if (std::ranges::find(kRanges, range) == std::end(kRanges)) {
        cx.stop.error("XX000", "unrecognized interval typmod: " + std::to_string(typmod));
        return false;
    }
    if (precision != 0xFFFF && precision > 6) {
        cx.stop.error("22023", "interval(" + std::to_string(precision) + ") precision must be between 0 and 6");
        return false;
    }
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
    return true;
}

Datum readInterval(std::string_view text, std::int32_t typmod, Context &cx)
{
    IntervalFields gathered;
    const int range = typmod >= 0 ? (typmod >> 16) & kFullRange : kFullRange;
    IntervalProblem problem = IntervalReader(text, range).read(gathered);
    if (problem == IntervalProblem::Format) {
        gathered = {};
        problem = readIsoInterval(text, gathered);
    }
    const std::string quoted = "\"" + std::string(text) + "\"";
    switch (problem) {
    case IntervalProblem::None:
        break;
    case IntervalProblem::Format:
        return cx.fail("22007", "invalid input syntax for type interval: " + quoted);
    case IntervalProblem::Range:
        return cx.fail("22015", "interval field value out of range: " + quoted);
    case IntervalProblem::Unsure:
        cx.stop.decline("interval written as " + quoted);
        return Datum::null();
    }
    const std::int64_t months = std::int64_t{gathered.years} * 12 + gathered.months;
    if (!IntervalFields::fits(months))
        return cx.fail("22008", "interval out of range");
    IntervalValue value{gathered.micros, gathered.days, static_cast<std::int32_t>(months)};
    if (!applyIntervalTypmod(value, typmod, cx))
        return Datum::null();
    return makeInterval(value.microseconds, value.days, value.months, cx);
}

} // namespace sqlgym::runtime
