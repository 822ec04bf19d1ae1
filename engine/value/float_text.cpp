#include "value/scalar_text.h"

#include <cerrno>
#include <charconv>
#include <clocale>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <locale.h>

namespace sqlgym::value {

namespace {

/// Digits without point or trailing zeros, and the power of ten of the first one.
struct Decimal {
    std::string digits;
    int exponent = 0;
};

Decimal split(std::string_view scientific)
{
    Decimal d;
    const auto e = scientific.find('e');
    for (const char c : scientific.substr(0, e)) {
        if (isAsciiDigit(c))
            d.digits += c;
    }
    while (d.digits.size() > 1 && d.digits.back() == '0')
        d.digits.pop_back();
    std::string_view power = scientific.substr(e + 1);
    if (power.front() == '+')
        power.remove_prefix(1);
    std::from_chars(power.data(), power.data() + power.size(), d.exponent);
    return d;
}

/// Every digit of a finite positive value.
Decimal exactDecimal(long double v)
{
    static constexpr int kEnough = 1100;
    std::string buffer(kEnough + 32, '\0');
    const int n = std::snprintf(buffer.data(), buffer.size(), "%.*Le", kEnough, v);
    return split({buffer.data(), static_cast<std::size_t>(n)});
}

int compareDecimals(const Decimal &a, const Decimal &b)
{
    if (a.exponent != b.exponent)
        return a.exponent < b.exponent ? -1 : 1;
    return a.digits.compare(b.digits);
}

Decimal stripped(Decimal d)
{
    while (d.digits.size() > 1 && d.digits.back() == '0')
        d.digits.pop_back();
    return d;
}

Decimal bumped(Decimal d)
{
    std::size_t i = d.digits.size();
    while (i > 0 && d.digits[i - 1] == '9')
        d.digits[--i] = '0';
    if (i > 0) {
        ++d.digits[i - 1];
    } else {
        d.digits.insert(0, 1, '1');
        ++d.exponent;
    }
    return stripped(d);
}

/// The shortest decimal strictly between the neighbours' midpoints. PostgreSQL's printer never uses a decimal that
/// lies exactly on a midpoint, although it would read back; std::to_chars does.
Decimal shortestInside(long double low, long double v, long double high)
{
    const Decimal lowest = exactDecimal(low);
    Decimal exact = exactDecimal(v);
    const Decimal highest = exactDecimal(high);
    for (std::size_t n = 1; n < exact.digits.size(); ++n) {
        const Decimal down{exact.digits.substr(0, n), exact.exponent};
        Decimal up = bumped(down);
        const bool downFits = compareDecimals(stripped(down), lowest) > 0;
        const bool upFits = compareDecimals(up, highest) < 0;
        if (downFits && upFits) {
            // The nearer one: look at the digits that were cut.
            const std::string rest = exact.digits.substr(n);
            return rest > "5" || (rest == "5" && (down.digits.back() - '0') % 2 == 1) ? up : stripped(down);
        }
        if (downFits)
            return stripped(down);
        if (upFits)
            return up;
    }
    return exact;
}

void appendDecimal(const Decimal &d, int fixedDigits, std::string &out)
{
    const int count = static_cast<int>(d.digits.size());
    if (d.exponent < -4 || d.exponent >= fixedDigits) {
        out += d.digits[0];
        if (count > 1) {
            out += '.';
            out.append(d.digits, 1);
        }
        char buffer[16];
        std::snprintf(buffer, sizeof buffer, "e%c%02d", d.exponent < 0 ? '-' : '+', std::abs(d.exponent));
        out += buffer;
    } else if (d.exponent < 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-d.exponent - 1), '0');
        out += d.digits;
    } else {
        const int whole = d.exponent + 1;
        out.append(d.digits, 0, static_cast<std::size_t>(whole));
        if (count > whole) {
            out += '.';
            out.append(d.digits, static_cast<std::size_t>(whole));
        } else {
            out.append(static_cast<std::size_t>(whole - count), '0');
        }
    }
}

template <typename Float> void appendFloat(Float v, int fixedDigits, std::string &out)
{
    if (std::isnan(v)) {
        out += "NaN";
        return;
    }
    if (std::signbit(v))
        out += '-';
    if (std::isinf(v)) {
        out += "Infinity";
        return;
    }
    v = std::fabs(v);
    if (v == 0) {
        out += '0';
        return;
    }
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer - 1, v, std::chars_format::scientific).ptr;
    *end = '\0';
    const long double exact = v;
    const long double low = (exact + static_cast<long double>(std::nextafter(v, Float{0}))) / 2;
    const Float above = std::nextafter(v, std::numeric_limits<Float>::infinity());
    const long double high = std::isinf(above)
                                 ? exact + (exact - static_cast<long double>(std::nextafter(v, Float{0}))) / 2
                                 : (exact + static_cast<long double>(above)) / 2;
    const long double read = strtold(buffer, nullptr);
    if (read == low || read == high)
        appendDecimal(shortestInside(low, exact, high), fixedDigits, out);
    else
        appendDecimal(split({buffer, static_cast<std::size_t>(end - buffer)}), fixedDigits, out);
}

locale_t plainLocale()
{
    static const locale_t locale = newlocale(LC_ALL_MASK, "C", nullptr);
    return locale;
}

double readAs(double, const char *text, char **end) { return strtod_l(text, end, plainLocale()); }

float readAs(float, const char *text, char **end) { return strtof_l(text, end, plainLocale()); }

template <typename Float> Datum parseFloat(std::string_view text, const char *type, Context &cx)
{
    const std::string copy(text); // strtod wants a terminator
    const char *begin = copy.c_str();
    while (isBlank(*begin))
        ++begin;
    char *end = nullptr;
    errno = 0;
    const Float v = readAs(Float{}, begin, &end);
    const auto bad = [&] {
        return cx.fail("22P02", std::string("invalid input syntax for type ") + type + ": \"" + copy + "\"");
    };
    if (end == begin)
        return bad();
    if (errno == ERANGE && (v == 0 || std::isinf(v)))
        return cx.fail("22003", "\"" + std::string(static_cast<const char *>(begin), static_cast<const char *>(end)) +
                                    "\" is out of range for type " + type);
    while (isBlank(*end))
        ++end;
    if (end != copy.c_str() + copy.size())
        return bad();
    return Datum::ofFloat(static_cast<double>(v));
}

} // namespace

Datum parseFloat8(std::string_view text, Context &cx) { return parseFloat<double>(text, "double precision", cx); }

Datum parseFloat4(std::string_view text, Context &cx) { return parseFloat<float>(text, "real", cx); }

void appendFloat8(double v, std::string &out) { appendFloat(v, 15, out); }

void appendFloat4(float v, std::string &out) { appendFloat(v, 6, out); }

} // namespace sqlgym::value
