// The templates of to_char(), to_date() and to_timestamp(): format codes and what stands between them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sqlgym::runtime {

/// What a code stands for; upper and lower case spellings differ only where the output does.
enum class DateCode : std::uint8_t {
    DottedEra,
    Era,
    DottedMeridiem,
    Meridiem,
    Century,
    DayName,
    DayAbbreviation,
    DayOfYear,
    Day,
    DayOfWeek,
    Fraction, ///< FF1 to FF6: `digits`
    Exact,    ///< FX
    Hour24,
    Hour12,
    IsoDayOfYear,
    IsoDayOfWeek,
    IsoWeek,
    IsoYear, ///< `digits` of it
    Julian,
    Minute,
    Month,
    MonthName,
    MonthAbbreviation,
    Millisecond,
    Offset,
    Quarter,
    RomanMonth,
    SecondOfDay,
    Second,
    ZoneHours,
    ZoneMinutes,
    ZoneName,
    Microsecond,
    WeekOfYear,
    WeekOfMonth,
    GroupedYear, ///< Y,YYY
    Year,        ///< `digits` of it
};

/// How a name is written.
enum class LetterCase : std::uint8_t { Upper, Initial, Lower };
/// Whether to_date() may use a code together with others: ISO weeks do not mix with months.
enum class Convention : std::uint8_t { Any, Gregorian, IsoWeek };

struct DateKeyword {
    std::string_view name; ///< as PostgreSQL's messages spell it
    DateCode code;
    bool isNumber;
    Convention convention;
    LetterCase letterCase;
    int digits;
};

struct DatePiece {
    enum class Kind : std::uint8_t { Code, Space, Separator, Text };
    enum class Ordinal : std::uint8_t { None, Upper, Lower };

    Kind kind = Kind::Text;
    std::string_view text; ///< one character, for all but codes
    const DateKeyword *keyword = nullptr;
    bool fill = false;      ///< FM: no padding
    bool localised = false; ///< TM
    Ordinal ordinal = Ordinal::None;
};

/// The pieces of a template; they refer to `text`. Any text is a template: what is no code stands for itself.
std::vector<DatePiece> parseDateTemplate(std::string_view text);

/// Printable ASCII that is neither letter nor digit.
inline bool isSeparatorCharacter(char c)
{
    return c > 0x20 && c < 0x7F && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
}

extern const std::string_view kFullMonthNames[12];
extern const std::string_view kFullDayNames[7];

} // namespace sqlgym::runtime
