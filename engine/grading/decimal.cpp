#include "grading/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace sqlgym::grading {

namespace {

// Beyond these no PostgreSQL number goes (numeric: 131072 digits before the point, 16383 after).
constexpr std::int64_t kMaxExponent = 200'000;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

void trimZeros(Decimal &number)
{
    const std::size_t first = number.digits.find_first_not_of('0');
    if (first == std::string::npos) {
        number = Decimal();
        return;
    }
    const std::size_t last = number.digits.find_last_not_of('0');
    number.exponent += static_cast<std::int64_t>(number.digits.size() - 1 - last);
    number.digits = number.digits.substr(first, last - first + 1);
}

// The power of ten above the first digit.
std::int64_t magnitude(const Decimal &number)
{
    return number.exponent + static_cast<std::int64_t>(number.digits.size());
}

char digitAt(const Decimal &number, std::int64_t power)
{
    const std::int64_t fromEnd = power - number.exponent;
    if (fromEnd < 0 || fromEnd >= static_cast<std::int64_t>(number.digits.size()))
        return 0;
    return static_cast<char>(number.digits[number.digits.size() - 1 - static_cast<std::size_t>(fromEnd)] - '0');
}

int compareMagnitudes(const Decimal &a, const Decimal &b)
{
    if (a.digits.empty() || b.digits.empty())
        return static_cast<int>(!a.digits.empty()) - static_cast<int>(!b.digits.empty());
    if (magnitude(a) != magnitude(b))
        return magnitude(a) < magnitude(b) ? -1 : 1;
    return a.digits.compare(b.digits); // same first power, no trailing zeros: text order is number order
}

// |a| + |b|, or |a| - |b| where |a| >= |b|.
Decimal combine(const Decimal &a, const Decimal &b, bool subtract)
{
    const std::int64_t low = a.digits.empty()   ? b.exponent
                             : b.digits.empty() ? a.exponent
                                                : std::min(a.exponent, b.exponent);
    const std::int64_t high = std::max(magnitude(a), magnitude(b)) + 1;
    Decimal out;
    out.exponent = low;
    int carry = 0;
    for (std::int64_t power = low; power < high; ++power) {
        int digit = digitAt(a, power) + (subtract ? -digitAt(b, power) : digitAt(b, power)) + carry;
        carry = digit < 0 ? -1 : digit / 10;
        digit = digit < 0 ? digit + 10 : digit % 10;
        out.digits += static_cast<char>('0' + digit);
    }
    std::ranges::reverse(out.digits);
    trimZeros(out);
    return out;
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    Decimal number;
    if (text == "NaN") {
        number.kind = Kind::NaN;
        return number;
    }
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        number.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (text == "Infinity") {
        number.kind = Kind::Infinity;
        return number;
    }
    bool seenPoint = false;
    bool seenDigit = false;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (isDigit(text[at])) {
            seenDigit = true;
            number.digits += text[at];
            number.exponent -= seenPoint ? 1 : 0;
        } else if (text[at] == '.' && !seenPoint) {
            seenPoint = true;
        } else {
            break;
        }
    }
    if (!seenDigit)
        return std::nullopt;
    if (at < text.size()) {
        if (text[at] != 'e' && text[at] != 'E')
            return std::nullopt;
        std::string_view power = text.substr(at + 1);
        if (!power.empty() && power.front() == '+')
            power.remove_prefix(1);
        std::int64_t exponent = 0;
        const auto [end, failed] = std::from_chars(power.data(), power.data() + power.size(), exponent);
        if (failed != std::errc() || end != power.data() + power.size() || std::abs(exponent) > kMaxExponent)
            return std::nullopt;
        number.exponent += exponent;
    }
    trimZeros(number);
    return number;
}

std::string Decimal::plain() const
{
    const std::string sign = negative ? "-" : "";
    if (kind == Kind::NaN)
        return "NaN";
    if (kind == Kind::Infinity)
        return sign + "Infinity";
    if (digits.empty())
        return "0";
    if (exponent >= 0)
        return sign + digits + std::string(static_cast<std::size_t>(exponent), '0');
    const auto fraction = static_cast<std::size_t>(-exponent);
    if (digits.size() > fraction)
        return sign + digits.substr(0, digits.size() - fraction) + "." + digits.substr(digits.size() - fraction);
    return sign + "0." + std::string(fraction - digits.size(), '0') + digits;
}

long double Decimal::approximate() const
{
    if (kind == Kind::NaN)
        return std::numeric_limits<long double>::infinity(); // sorts last, as in PostgreSQL
    if (kind == Kind::Infinity)
        return negative ? -std::numeric_limits<long double>::infinity() : std::numeric_limits<long double>::infinity();
    const std::string_view head = std::string_view(digits).substr(0, 30);
    long double value = 0;
    for (const char c : head)
        value = value * 10 + (c - '0');
    value *=
        std::pow(10.0L, static_cast<long double>(exponent + static_cast<std::int64_t>(digits.size() - head.size())));
    return negative ? -value : value;
}

bool within(const Decimal &a, const Decimal &b, const Decimal &tolerance)
{
    if (a.kind != Decimal::Kind::Finite || b.kind != Decimal::Kind::Finite)
        return a == b;
    if (a == b)
        return true;
    Decimal difference;
    if (a.negative != b.negative)
        difference = combine(a, b, false);
    else
        difference = compareMagnitudes(a, b) >= 0 ? combine(a, b, true) : combine(b, a, true);
    return compareMagnitudes(difference, tolerance) <= 0;
}

Decimal shortestDecimal(double value)
{
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return Decimal::parse(std::string_view(text, static_cast<std::size_t>(end - text))).value_or(Decimal());
}

} // namespace sqlgym::grading
