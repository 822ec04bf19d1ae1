#include "base/timestamp.h"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace sqlgym::base {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;

/// The number of exactly `digits` digits at `at`.
std::optional<int> number(std::string_view text, std::size_t at, std::size_t digits)
{
    if (at + digits > text.size())
        return std::nullopt;
    int value = 0;
    const char *end = text.data() + at + digits;
    const auto read = std::from_chars(text.data() + at, end, value);
    if (read.ec != std::errc() || read.ptr != end || value < 0)
        return std::nullopt;
    return value;
}

/// ".25" is 250,000; "" is 0.
std::optional<std::int64_t> fraction(std::string_view text)
{
    if (text.empty())
        return 0;
    if (text[0] != '.' || text.size() < 2 || text.size() > 7)
        return std::nullopt;
    std::int64_t micros = 0;
    for (std::size_t digit = 1; digit <= 6; ++digit) {
        const char c = digit < text.size() ? text[digit] : '0';
        if (c < '0' || c > '9')
            return std::nullopt;
        micros = micros * 10 + (c - '0');
    }
    return micros;
}

/// `value` with `digits` digits, 0s in front; the place behind them.
char *put(char *at, int value, int digits)
{
    for (char *place = at + digits; place != at; value /= 10)
        *--place = static_cast<char>('0' + value % 10);
    return at + digits;
}

} // namespace

std::string timestampText(UnixMicros at)
{
    using namespace std::chrono;
    const sys_time<microseconds> moment{microseconds(at)};
    const auto day = floor<days>(moment);
    const year_month_day date{day};
    const hh_mm_ss time{moment - day};
    if (date.year() >= year(0) && date.year() <= year(9999)) { // a copy of many rows writes one a row
        std::string text(26, ' ');
        char *next = put(text.data(), int(date.year()), 4);
        const auto field = [&next](char before, int value, int digits) {
            *next = before;
            next = put(next + 1, value, digits);
        };
        field('-', static_cast<int>(unsigned(date.month())), 2);
        field('-', static_cast<int>(unsigned(date.day())), 2);
        field(' ', static_cast<int>(time.hours().count()), 2);
        field(':', static_cast<int>(time.minutes().count()), 2);
        field(':', static_cast<int>(time.seconds().count()), 2);
        field('.', static_cast<int>(time.subseconds().count()), 6);
        return text;
    }
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d.%06d", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()),
                  int(time.seconds().count()), int(time.subseconds().count()));
    return text;
}

std::string timestampTzText(UnixMicros at) { return timestampText(at) + "+00"; }

std::optional<UnixMicros> parseTimestamp(std::string_view text)
{
    using namespace std::chrono;
    if (text.ends_with("+00"))
        text.remove_suffix(3);
    const auto y = number(text, 0, 4);
    const auto m = number(text, 5, 2);
    const auto d = number(text, 8, 2);
    const auto hour = number(text, 11, 2);
    const auto minute = number(text, 14, 2);
    const auto second = number(text, 17, 2);
    if (!y || !m || !d || !hour || !minute || !second)
        return std::nullopt;
    const auto micros = fraction(text.substr(19));
    const year_month_day date{year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))};
    const bool separated =
        text[4] == '-' && text[7] == '-' && (text[10] == ' ' || text[10] == 'T') && text[13] == ':' && text[16] == ':';
    if (!micros || !separated || !date.ok() || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    const std::int64_t seconds =
        sys_days(date).time_since_epoch().count() * 86'400LL + *hour * 3'600LL + *minute * 60LL + *second;
    return seconds * kMicrosPerSecond + *micros;
}

} // namespace sqlgym::base
