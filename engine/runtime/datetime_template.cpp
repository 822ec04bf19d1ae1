#include "runtime/datetime_template.h"

#include "runtime/text_coercion.h"
#include "value/scalar_text.h"

namespace sqlgym::runtime {

const std::string_view kFullMonthNames[12] = {"January", "February", "March",     "April",   "May",      "June",
                                              "July",    "August",   "September", "October", "November", "December"};
const std::string_view kFullDayNames[7] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                           "Thursday", "Friday", "Saturday"};

namespace {

constexpr auto kAny = Convention::Any;
constexpr auto kGregorian = Convention::Gregorian;
constexpr auto kIso = Convention::IsoWeek;
constexpr auto kUpper = LetterCase::Upper;
constexpr auto kInitial = LetterCase::Initial;
constexpr auto kLower = LetterCase::Lower;

/// Where one spelling begins another the longer comes first.
constexpr DateKeyword kKeywords[] = {
    {"A.D.", DateCode::DottedEra, false, kAny, kUpper, 0},
    {"A.M.", DateCode::DottedMeridiem, false, kAny, kUpper, 0},
    {"AD", DateCode::Era, false, kAny, kUpper, 0},
    {"AM", DateCode::Meridiem, false, kAny, kUpper, 0},
    {"B.C.", DateCode::DottedEra, false, kAny, kUpper, 0},
    {"BC", DateCode::Era, false, kAny, kUpper, 0},
    {"CC", DateCode::Century, true, kAny, kUpper, 0},
    {"DAY", DateCode::DayName, false, kAny, kUpper, 0},
    {"DDD", DateCode::DayOfYear, true, kGregorian, kUpper, 0},
    {"DD", DateCode::Day, true, kGregorian, kUpper, 0},
    {"DY", DateCode::DayAbbreviation, false, kAny, kUpper, 0},
    {"Day", DateCode::DayName, false, kAny, kInitial, 0},
    {"Dy", DateCode::DayAbbreviation, false, kAny, kInitial, 0},
    {"D", DateCode::DayOfWeek, true, kGregorian, kUpper, 0},
    {"FF1", DateCode::Fraction, true, kAny, kUpper, 1},
    {"FF2", DateCode::Fraction, true, kAny, kUpper, 2},
    {"FF3", DateCode::Fraction, true, kAny, kUpper, 3},
    {"FF4", DateCode::Fraction, true, kAny, kUpper, 4},
    {"FF5", DateCode::Fraction, true, kAny, kUpper, 5},
    {"FF6", DateCode::Fraction, true, kAny, kUpper, 6},
    {"FX", DateCode::Exact, false, kAny, kUpper, 0},
    {"HH24", DateCode::Hour24, true, kAny, kUpper, 0},
    {"HH12", DateCode::Hour12, true, kAny, kUpper, 0},
    {"HH", DateCode::Hour12, true, kAny, kUpper, 0},
    {"IDDD", DateCode::IsoDayOfYear, true, kIso, kUpper, 0},
    {"ID", DateCode::IsoDayOfWeek, true, kIso, kUpper, 0},
    {"IW", DateCode::IsoWeek, true, kIso, kUpper, 0},
    {"IYYY", DateCode::IsoYear, true, kIso, kUpper, 4},
    {"IYY", DateCode::IsoYear, true, kIso, kUpper, 3},
    {"IY", DateCode::IsoYear, true, kIso, kUpper, 2},
    {"I", DateCode::IsoYear, true, kIso, kUpper, 1},
    {"J", DateCode::Julian, true, kAny, kUpper, 0},
    {"MI", DateCode::Minute, true, kAny, kUpper, 0},
    {"MM", DateCode::Month, true, kGregorian, kUpper, 0},
    {"MONTH", DateCode::MonthName, false, kGregorian, kUpper, 0},
    {"MON", DateCode::MonthAbbreviation, false, kGregorian, kUpper, 0},
    {"MS", DateCode::Millisecond, true, kAny, kUpper, 0},
    {"Month", DateCode::MonthName, false, kGregorian, kInitial, 0},
    {"Mon", DateCode::MonthAbbreviation, false, kGregorian, kInitial, 0},
    {"OF", DateCode::Offset, false, kAny, kUpper, 0},
    {"P.M.", DateCode::DottedMeridiem, false, kAny, kUpper, 0},
    {"PM", DateCode::Meridiem, false, kAny, kUpper, 0},
    {"Q", DateCode::Quarter, true, kAny, kUpper, 0},
    {"RM", DateCode::RomanMonth, false, kGregorian, kUpper, 0},
    {"SSSSS", DateCode::SecondOfDay, true, kAny, kUpper, 0},
    {"SSSS", DateCode::SecondOfDay, true, kAny, kUpper, 0},
    {"SS", DateCode::Second, true, kAny, kUpper, 0},
    {"TZH", DateCode::ZoneHours, false, kAny, kUpper, 0},
    {"TZM", DateCode::ZoneMinutes, true, kAny, kUpper, 0},
    {"TZ", DateCode::ZoneName, false, kAny, kUpper, 0},
    {"US", DateCode::Microsecond, true, kAny, kUpper, 0},
    {"WW", DateCode::WeekOfYear, true, kGregorian, kUpper, 0},
    {"W", DateCode::WeekOfMonth, true, kGregorian, kUpper, 0},
    {"Y,YYY", DateCode::GroupedYear, true, kGregorian, kUpper, 4},
    {"YYYY", DateCode::Year, true, kGregorian, kUpper, 4},
    {"YYY", DateCode::Year, true, kGregorian, kUpper, 3},
    {"YY", DateCode::Year, true, kGregorian, kUpper, 2},
    {"Y", DateCode::Year, true, kGregorian, kUpper, 1},
    {"a.d.", DateCode::DottedEra, false, kAny, kLower, 0},
    {"a.m.", DateCode::DottedMeridiem, false, kAny, kLower, 0},
    {"ad", DateCode::Era, false, kAny, kLower, 0},
    {"am", DateCode::Meridiem, false, kAny, kLower, 0},
    {"b.c.", DateCode::DottedEra, false, kAny, kLower, 0},
    {"bc", DateCode::Era, false, kAny, kLower, 0},
    {"cc", DateCode::Century, true, kAny, kLower, 0},
    {"day", DateCode::DayName, false, kAny, kLower, 0},
    {"ddd", DateCode::DayOfYear, true, kGregorian, kLower, 0},
    {"dd", DateCode::Day, true, kGregorian, kLower, 0},
    {"dy", DateCode::DayAbbreviation, false, kAny, kLower, 0},
    {"d", DateCode::DayOfWeek, true, kGregorian, kLower, 0},
    {"ff1", DateCode::Fraction, true, kAny, kLower, 1},
    {"ff2", DateCode::Fraction, true, kAny, kLower, 2},
    {"ff3", DateCode::Fraction, true, kAny, kLower, 3},
    {"ff4", DateCode::Fraction, true, kAny, kLower, 4},
    {"ff5", DateCode::Fraction, true, kAny, kLower, 5},
    {"ff6", DateCode::Fraction, true, kAny, kLower, 6},
    {"fx", DateCode::Exact, false, kAny, kLower, 0},
    {"hh24", DateCode::Hour24, true, kAny, kLower, 0},
    {"hh12", DateCode::Hour12, true, kAny, kLower, 0},
    {"hh", DateCode::Hour12, true, kAny, kLower, 0},
    {"iddd", DateCode::IsoDayOfYear, true, kIso, kLower, 0},
    {"id", DateCode::IsoDayOfWeek, true, kIso, kLower, 0},
    {"iw", DateCode::IsoWeek, true, kIso, kLower, 0},
    {"iyyy", DateCode::IsoYear, true, kIso, kLower, 4},
    {"iyy", DateCode::IsoYear, true, kIso, kLower, 3},
    {"iy", DateCode::IsoYear, true, kIso, kLower, 2},
    {"i", DateCode::IsoYear, true, kIso, kLower, 1},
    {"j", DateCode::Julian, true, kAny, kLower, 0},
    {"mi", DateCode::Minute, true, kAny, kLower, 0},
    {"mm", DateCode::Month, true, kGregorian, kLower, 0},
    {"month", DateCode::MonthName, false, kGregorian, kLower, 0},
    {"mon", DateCode::MonthAbbreviation, false, kGregorian, kLower, 0},
    {"ms", DateCode::Millisecond, true, kAny, kLower, 0},
    {"of", DateCode::Offset, false, kAny, kLower, 0},
    {"p.m.", DateCode::DottedMeridiem, false, kAny, kLower, 0},
    {"pm", DateCode::Meridiem, false, kAny, kLower, 0},
    {"q", DateCode::Quarter, true, kAny, kLower, 0},
    {"rm", DateCode::RomanMonth, false, kGregorian, kLower, 0},
    {"sssss", DateCode::SecondOfDay, true, kAny, kLower, 0},
    {"ssss", DateCode::SecondOfDay, true, kAny, kLower, 0},
    {"ss", DateCode::Second, true, kAny, kLower, 0},
    {"tzh", DateCode::ZoneHours, false, kAny, kLower, 0},
    {"tzm", DateCode::ZoneMinutes, true, kAny, kLower, 0},
    {"tz", DateCode::ZoneName, false, kAny, kLower, 0},
    {"us", DateCode::Microsecond, true, kAny, kLower, 0},
    {"ww", DateCode::WeekOfYear, true, kGregorian, kLower, 0},
    {"w", DateCode::WeekOfMonth, true, kGregorian, kLower, 0},
    {"y,yyy", DateCode::GroupedYear, true, kGregorian, kLower, 4},
    {"yyyy", DateCode::Year, true, kGregorian, kLower, 4},
    {"yyy", DateCode::Year, true, kGregorian, kLower, 3},
    {"yy", DateCode::Year, true, kGregorian, kLower, 2},
    {"y", DateCode::Year, true, kGregorian, kLower, 1},
};

const DateKeyword *keywordAt(std::string_view rest)
{
    for (const auto &keyword : kKeywords) {
        if (rest.substr(0, keyword.name.size()) == keyword.name)
            return &keyword;
    }
    return nullptr;
}

} // namespace

std::vector<DatePiece> parseDateTemplate(std::string_view text)
{
    std::vector<DatePiece> pieces;
    std::size_t at = 0;
    const auto startsWith = [&](std::string_view word) { return text.substr(at, word.size()) == word; };
    const auto character = [&](bool quoted) {
        DatePiece piece;
        piece.text = text.substr(at, utf8Length(text[at]));
        if (!quoted && isSeparatorCharacter(text[at]))
            piece.kind = DatePiece::Kind::Separator;
        else if (!quoted && value::isBlank(text[at]))
            piece.kind = DatePiece::Kind::Space;
        pieces.push_back(piece);
        at += piece.text.size();
    };
    while (at < text.size()) {
        DatePiece piece;
        // One prefix only; without a code behind it, it has no effect.
        if (startsWith("FM") || startsWith("fm")) {
            piece.fill = true;
            at += 2;
        } else if (startsWith("TM") || startsWith("tm")) {
            piece.localised = true;
            at += 2;
        }
        if (at == text.size())
            break;
        if (const DateKeyword *keyword = keywordAt(text.substr(at))) {
            piece.kind = DatePiece::Kind::Code;
            piece.keyword = keyword;
            at += keyword->name.size();
            if (startsWith("TH") || startsWith("th")) {
                piece.ordinal = text[at] == 'T' ? DatePiece::Ordinal::Upper : DatePiece::Ordinal::Lower;
                at += 2;
            } else if (startsWith("SP")) {
                at += 2; // "spell mode": PostgreSQL reads it and does nothing
            }
            pieces.push_back(piece);
        } else if (text[at] == '"') {
            for (++at; at < text.size();) {
                if (text[at] == '"') {
                    ++at;
                    break;
                }
                if (text[at] == '\\' && at + 1 < text.size())
                    ++at;
                character(true);
            }
        } else {
            if (startsWith("\\\""))
                ++at;
            character(false);
        }
    }
    return pieces;
}

} // namespace sqlgym::runtime
