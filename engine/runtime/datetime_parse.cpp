// to_date() and to_timestamp(): reading by a template.
#include "runtime/families.h"

#include "runtime/datetime_text.h"
#include "runtime/datetime_told.h"
#include "runtime/text_coercion.h"
#include "value/calendar.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <span>
#include <string>

namespace sqlgym::runtime {

using namespace value;

namespace {

constexpr std::string_view kMeridiems[] = {"am", "pm"};
constexpr std::string_view kDottedMeridiems[] = {"a.m.", "p.m."};
constexpr std::string_view kEras[] = {"ad", "bc"};
constexpr std::string_view kDottedEras[] = {"a.d.", "b.c."};
constexpr std::string_view kShortMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                             "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view kShortDays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
/// The longer ones first.
constexpr std::string_view kRomanMonths[] = {"xii", "xi", "x", "ix", "viii", "vii", "vi", "v", "iv", "iii", "ii", "i"};

char lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); }

/// A year of less than four digits lies near 2020.
int completedYear(int year)
{
    if (year < 70)
        return year + 2000;
    if (year < 100)
        return year + 1900;
    if (year < 520)
        return year + 2000;
    return year < 1000 ? year + 1000 : year;
}

class TemplateReader {
public:
    TemplateReader(const std::string &source, std::vector<DatePiece> pieces, Context &cx)
        : m_source(source), m_pieces(std::move(pieces)), m_cx(cx)
    {
    }

    bool read(Told &told)
    {
        m_told = &told;
        bool exact = false;
        int skipped = 0; ///< blanks passed beyond what the template asks for
        const auto skipBlanks = [&] {
            while (isBlank(here())) {
                ++m_at;
                ++skipped;
            }
        };
        for (std::size_t i = 0; i < m_pieces.size() && m_at < m_source.size(); ++i) {
            const DatePiece &piece = m_pieces[i];
            const bool isCode = piece.kind == DatePiece::Kind::Code;
            if (!exact && !(isCode && piece.keyword->code == DateCode::Exact) && (isCode || i == 0))
                skipBlanks();
            if (!isCode) {
                if (piece.kind == DatePiece::Kind::Text) {
                    // Blanks passed before count for the characters of the template.
                    if (!exact && skipped > 0)
                        --skipped;
                    else
                        skipCharacter();
                } else if (exact) {
                    skipCharacter();
                } else {
                    --skipped;
                    if (isBlank(here()) || isSeparatorCharacter(here())) {
                        ++m_at;
                        ++skipped;
                    }
                }
                continue;
            }
            if (piece.keyword->code == DateCode::Exact)
                exact = true;
            else if (!follow(piece.keyword->convention))
                return false;
            m_skipped = skipped;
            m_piece = &piece;
            m_next = i + 1 < m_pieces.size() ? &m_pieces[i + 1] : nullptr;
            if (!code())
                return false;
            if (!exact) {
                skipped = 0;
                skipBlanks();
            }
        }
        return true;
    }

private:
    char here() const { return m_at < m_source.size() ? m_source[m_at] : '\0'; }
    void skipCharacter()
    {
        if (m_at < m_source.size())
            m_at = std::min(m_source.size(), m_at + utf8Length(m_source[m_at]));
    }

    bool fail(const char *sqlstate, std::string message, std::string detail = {}, std::string hint = {})
    {
        m_cx.stop.error(sqlstate, std::move(message), std::move(detail), std::move(hint));
        return false;
    }
    std::string quotedName() const { return "\"" + std::string(m_piece->keyword->name) + "\""; }

    bool follow(Convention convention)
    {
        if (convention == Convention::Any || m_told->convention == convention)
            return true;
        if (m_told->convention != Convention::Any)
            return fail("22007", "invalid combination of date conventions", {},
                        "Do not mix Gregorian and ISO week date conventions in a formatting template.");
        m_told->convention = convention;
        return true;
    }

    bool set(int &field, int value)
    {
        if (field != 0 && field != value)
            return fail("22007", "conflicting values for " + quotedName() + " field in formatting string",
                        "This value contradicts a previous setting for the same field type.");
        field = value;
        return true;
    }

    /// Whether what follows in the template cannot be taken for more digits.
    bool endsNumber() const
    {
        if (m_piece->ordinal != DatePiece::Ordinal::None || !m_next)
            return true;
        if (m_next->kind == DatePiece::Kind::Code)
            return !m_next->keyword->isNumber;
        return !(m_next->text.size() == 1 && isAsciiDigit(m_next->text[0]));
    }

    /// `taken`: the bytes read, blanks before them included.
    bool number(int *field, int width, int *taken = nullptr)
    {
        const std::size_t begin = m_at;
        std::size_t first = m_at;
        while (first < m_source.size() && isBlank(m_source[first]))
            ++first;
        const std::string copy = m_source.substr(first, static_cast<std::size_t>(width));
        const auto left = static_cast<int>(m_source.size() - first);
        char *end = nullptr;
        long n = 0;
        errno = 0;
        if (m_piece->fill || endsNumber()) {
            n = std::strtol(m_source.c_str() + begin, &end, 10);
            m_at = static_cast<std::size_t>(end - m_source.c_str());
        } else {
            constexpr const char *kHint = "If your source string is not fixed-width, try using the \"FM\" modifier.";
            const std::string needs = "Field requires " + std::to_string(width) + " characters, but only ";
            if (left < width)
                return fail("22007", "source string too short for " + quotedName() + " formatting field",
                            needs + std::to_string(left) + " remain.", kHint);
            n = std::strtol(copy.c_str(), &end, 10);
            const auto used = static_cast<int>(end - copy.c_str());
            if (used > 0 && used < width)
                return fail("22007", "invalid value \"" + copy + "\" for " + quotedName(),
                            needs + std::to_string(used) + " could be parsed.", kHint);
            m_at = first + static_cast<std::size_t>(used);
        }
        if (m_at == begin)
            return fail("22007", "invalid value \"" + copy + "\" for " + quotedName(), "Value must be an integer.");
        if (errno == ERANGE || n < INT32_MIN || n > INT32_MAX)
            return fail("22008", "value for " + quotedName() + " in source string is out of range",
                        "Value must be in the range -2147483648 to 2147483647.");
        if (taken)
            *taken = static_cast<int>(m_at - begin);
        return !field || set(*field, static_cast<int>(n));
    }
    /// A number as wide as its code, then what the code's "th" stands for.
    bool plain(int *field) { return number(field, static_cast<int>(m_piece->keyword->name.size())) && skipOrdinal(); }
    bool skipOrdinal()
    {
        if (m_piece->ordinal != DatePiece::Ordinal::None) {
            skipCharacter();
            skipCharacter();
        }
        return true;
    }

    bool word(std::span<const std::string_view> words, int &index)
    {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::string_view w = words[i];
            const std::string_view found = std::string_view(m_source).substr(m_at, w.size());
            if (found.size() == w.size() &&
                std::equal(w.begin(), w.end(), found.begin(), [](char a, char b) { return lower(a) == lower(b); })) {
                index = static_cast<int>(i);
                m_at += w.size();
                return true;
            }
        }
        std::string rest = m_source.substr(m_at);
        const auto blank = rest.find_first_of(" \t\n\r\f");
        if (blank != std::string::npos)
            rest.resize(blank);
        return fail("22007", "invalid value \"" + rest + "\" for " + quotedName(),
                    "The given value did not match any of the allowed values for this field.");
    }
    bool word(std::span<const std::string_view> words, int &field, int shift)
    {
        int index = 0;
        return word(words, index) && set(field, index + shift);
    }

    bool fraction(int &field, int digits)
    {
        static constexpr int kPowers[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
        const int full = m_piece->keyword->code == DateCode::Millisecond ? 3 : 6;
        int taken = 0;
        if (!number(&field, digits, &taken))
            return false;
        const std::int64_t scaled = std::int64_t{field} * (taken < full ? kPowers[full - taken] : 1);
        if (scaled != static_cast<int>(scaled)) {
            m_cx.stop.decline("to_timestamp() of this fraction");
            return false;
        }
        field = static_cast<int>(scaled);
        return skipOrdinal();
    }

    bool year()
    {
        Told &t = *m_told;
        const int digits = m_piece->keyword->digits;
        int taken = 0;
        if (!number(&t.year, static_cast<int>(m_piece->keyword->name.size()), &taken))
            return false;
        if (digits < 4 && taken < 4)
            t.year = completedYear(t.year);
        t.yearDigits = digits;
        return skipOrdinal();
    }

    /// "2,024": digits, a comma, up to three digits.
    bool groupedYear()
    {
        const char *begin = m_source.c_str() + m_at;
        char *end = nullptr;
        errno = 0;
        const long thousands = std::strtol(begin, &end, 10);
        std::size_t at = m_at + static_cast<std::size_t>(end - begin);
        const std::string rest = end != begin && *end == ',' ? m_source.substr(at + 1) : std::string();
        std::size_t blanks = 0, length = 0;
        while (blanks < rest.size() && isBlank(rest[blanks]))
            ++blanks;
        const bool isSigned = blanks < rest.size() && (rest[blanks] == '-' || rest[blanks] == '+');
        while (blanks + length < rest.size() && length < 3 && isAsciiDigit(rest[blanks + length]))
            ++length;
        if (isSigned || errno == ERANGE || thousands < -2000000 || thousands > 2000000) {
            m_cx.stop.decline("to_date() of this Y,YYY");
            return false;
        }
        if (length == 0)
            return fail("22007", "invalid input string for \"Y,YYY\"");
        const long years = thousands * 1000 + std::strtol(rest.substr(blanks, length).c_str(), nullptr, 10);
        if (!set(m_told->year, static_cast<int>(years)))
            return false;
        m_told->yearDigits = 4;
        m_at = at + 1 + blanks + length;
        return skipOrdinal();
    }

    bool zoneHours()
    {
        Told &t = *m_told;
        if (here() == '+' || here() == '-' || here() == ' ') {
            t.zoneSign = here() == '-' ? -1 : 1;
            ++m_at;
        } else {
            // The sign may have been taken for a separator.
            t.zoneSign = m_skipped > 0 && m_at > 0 && m_source[m_at - 1] == '-' ? -1 : 1;
        }
        return number(&t.zoneHours, 2);
    }

    bool code()
    {
        Told &t = *m_told;
        int index = 0;
        switch (m_piece->keyword->code) {
        case DateCode::Exact:
            return true;
        case DateCode::DottedMeridiem:
            t.isTwelveHour = true;
            return word(kDottedMeridiems, t.pm, 0);
        case DateCode::Meridiem:
            t.isTwelveHour = true;
            return word(kMeridiems, t.pm, 0);
        case DateCode::DottedEra:
            return word(kDottedEras, t.bc, 0);
        case DateCode::Era:
            return word(kEras, t.bc, 0);
        case DateCode::Hour12:
            t.isTwelveHour = true;
            return number(&t.hour, 2) && skipOrdinal();
        case DateCode::Hour24:
            return number(&t.hour, 2) && skipOrdinal();
        case DateCode::Minute:
            return plain(&t.minute);
        case DateCode::Second:
            return plain(&t.second);
        case DateCode::Millisecond:
            return fraction(t.millisecond, 3);
        case DateCode::Fraction:
            t.precision = m_piece->keyword->digits;
            return fraction(t.microsecond, t.precision);
        case DateCode::Microsecond:
            return fraction(t.microsecond, 6);
        case DateCode::SecondOfDay:
            return plain(&t.secondOfDay);
        case DateCode::ZoneName:
        case DateCode::Offset:
            return fail("0A000", "formatting field " + quotedName() + " is only supported in to_char");
        case DateCode::ZoneHours:
            return zoneHours();
        case DateCode::ZoneMinutes:
            t.zoneSign = t.zoneSign ? t.zoneSign : 1;
            return number(&t.zoneMinutes, 2);
        case DateCode::MonthName:
            return localised() && word(kFullMonthNames, t.month, 1);
        case DateCode::MonthAbbreviation:
            return localised() && word(kShortMonths, t.month, 1);
        case DateCode::RomanMonth:
            return word(kRomanMonths, index) && set(t.month, 12 - index);
        case DateCode::DayName:
            return localised() && word(kFullDayNames, index) && weekday(index);
        case DateCode::DayAbbreviation:
            return localised() && word(kShortDays, index) && weekday(index);
        case DateCode::Month:
            return plain(&t.month);
        case DateCode::DayOfYear:
            return plain(&t.dayOfYear);
        case DateCode::IsoDayOfYear:
            return number(&t.dayOfYear, 3) && skipOrdinal();
        case DateCode::Day:
            return plain(&t.day);
        case DateCode::DayOfWeek:
            return plain(&t.weekday);
        case DateCode::IsoDayOfWeek:
            if (!number(&t.weekday, 1))
                return false;
            // Sunday comes first.
            t.weekday = t.weekday >= 7 ? 1 : t.weekday + 1;
            return skipOrdinal();
        case DateCode::WeekOfYear:
        case DateCode::IsoWeek:
            return plain(&t.weekOfYear);
        case DateCode::WeekOfMonth:
            return plain(&t.weekOfMonth);
        case DateCode::Quarter:
            return plain(nullptr); // read and ignored
        case DateCode::Century:
            return plain(&t.century);
        case DateCode::Julian:
            return plain(&t.julian);
        case DateCode::GroupedYear:
            return groupedYear();
        case DateCode::Year:
        case DateCode::IsoYear:
            return year();
        }
        return true;
    }

    bool weekday(int index)
    {
        if (!set(m_told->weekday, index))
            return false;
        ++m_told->weekday;
        return true;
    }
    /// Names of the locale C are the English ones; only letters beyond ASCII that fold onto theirs are not known here.
    bool localised()
    {
        if (m_piece->localised && std::ranges::any_of(m_source, [](char c) { return (c & 0x80) != 0; })) {
            m_cx.stop.decline("to_date() with TM of letters beyond ASCII");
            return false;
        }
        return true;
    }

    const std::string &m_source;
    std::vector<DatePiece> m_pieces;
    Context &m_cx;
    Told *m_told = nullptr;
    const DatePiece *m_piece = nullptr;
    const DatePiece *m_next = nullptr;
    std::size_t m_at = 0;
    int m_skipped = 0;
};

bool readMoment(const Datum *a, Moment &out, Context &cx)
{
    const std::string source(a[0].text());
    Told told;
    return TemplateReader(source, parseDateTemplate(a[1].text()), cx).read(told) && assemble(told, source, out, cx);
}

Datum toDate(Call &call, const Datum *a)
{
    Moment moment;
    if (!readMoment(a, moment, call.cx))
        return Datum::null();
    const CalendarTime &f = moment.fields;
    const std::int64_t days = daysFromCivil(f.year, f.month, f.day);
    if (!isValidDate(days))
        return call.cx.fail("22008", "date out of range: \"" + std::string(a[0].text()) + "\"");
    return Datum::ofInt(days);
}

Datum toTimestamp(Call &call, const Datum *a)
{
    Moment moment;
    if (!readMoment(a, moment, call.cx))
        return Datum::null();
    const CalendarTime &f = moment.fields;
    const std::int64_t days = daysFromCivil(f.year, f.month, f.day);
    const auto fail = [&] { return call.cx.fail("22008", "timestamp out of range"); };
    if (days < kTimestampMin / kMicrosPerDay - 1 || days > kTimestampEnd / kMicrosPerDay)
        return fail();
    const std::int64_t t = timestampOf(f) + moment.zoneWestSeconds * kMicrosPerSecond;
    if (!isValidTimestamp(t))
        return fail();
    return Datum::ofInt(moment.precision ? roundMicros(t, moment.precision) : t);
}

constexpr ScalarEntry kScalars[] = {
    {"to_date", toDate},
    {"to_timestamp", toTimestamp},
};

} // namespace

Family datetimeParseFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
