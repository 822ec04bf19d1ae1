#include "value/numeric.h"
#include "value/numeric_big.h"

#include <algorithm>
#include <charconv>
#include <climits>
#include <memory>

namespace sqlgym::value::numeric {

namespace {

bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool startsWithWord(std::string_view text, std::string_view lowerWord)
{
    if (text.size() < lowerWord.size())
        return false;
    return std::equal(lowerWord.begin(), lowerWord.end(), text.begin(),
                      [](char w, char c) { return w == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c); });
}

Datum badSyntax(std::string_view text, Context &cx)
{
    return cx.fail("22P02", "invalid input syntax for type numeric: \"" + std::string(text) + "\"");
}

Datum overflow(Context &cx) { return cx.fail("22003", "value overflows numeric format"); }

/// strtol on what follows the 'e': blanks, sign, digits; saturating. False without digits.
bool parseExponent(std::string_view text, std::size_t &at, long &out)
{
    while (at < text.size() && isSpace(text[at]))
        ++at;
    const bool negative = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        ++at;
    const std::size_t first = at;
    long v = 0;
    for (; at < text.size() && isDigit(text[at]); ++at)
        v = std::min(v * 10 + (text[at] - '0'), static_cast<long>(INT_MAX));
    out = negative ? -v : v;
    return at > first;
}

/// The number's digits without the point.
struct Scanned {
    std::string digits;
    bool negative = false;
    long scale = 0;
    std::size_t end = 0;
};

bool scan(std::string_view text, std::size_t at, Scanned &out)
{
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        out.negative = text[at++] == '-';
    bool point = false;
    if (at < text.size() && text[at] == '.') {
        point = true;
        ++at;
    }
    if (at >= text.size() || !isDigit(text[at]))
        return false;
    for (; at < text.size(); ++at) {
        if (isDigit(text[at])) {
            if (!out.digits.empty() || text[at] != '0')
                out.digits += text[at];
            out.scale += point;
        } else if (text[at] == '.' && !point) {
            point = true;
        } else if (text[at] == '.') {
            return false;
        } else {
            break;
        }
    }
    out.end = at;
    return true;
}

} // namespace

Datum parse(std::string_view text, Context &cx)
{
    std::size_t at = 0;
    while (at < text.size() && isSpace(text[at]))
        ++at;
    static constexpr struct {
        std::string_view word;
        Kind kind;
    } kWords[] = {{"nan", Kind::NaN},
                  {"infinity", Kind::PositiveInfinity},
                  {"+infinity", Kind::PositiveInfinity},
                  {"-infinity", Kind::NegativeInfinity},
                  {"inf", Kind::PositiveInfinity},
                  {"+inf", Kind::PositiveInfinity},
                  {"-inf", Kind::NegativeInfinity}};
    const auto rest = [&](std::size_t from) {
        while (from < text.size() && isSpace(text[from]))
            ++from;
        return from == text.size();
    };
    for (const auto &w : kWords) {
        if (startsWithWord(text.substr(at), w.word))
            return rest(at + w.word.size()) ? special(w.kind, cx) : badSyntax(text, cx);
    }
    Scanned n;
    if (!scan(text, at, n))
        return badSyntax(text, cx);
    long exponent = 0;
    at = n.end;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (!parseExponent(text, at, exponent))
            return badSyntax(text, cx);
        if (exponent >= INT_MAX / 2 || exponent <= -(INT_MAX / 2))
            return overflow(cx);
    }
    if (!rest(at))
        return badSyntax(text, cx);
    long scale = n.scale - exponent;
    if (scale > kMaxScale || (!n.digits.empty() && static_cast<long>(n.digits.size()) - scale > kMaxIntegerDigits))
        return overflow(cx);
    if (n.digits.empty())
        return Datum::ofSmallNumeric(0, static_cast<std::uint16_t>(std::max(scale, 0L)));
    if (n.digits.size() <= kMaxInt64Power && scale >= 0) {
        std::int64_t v = 0;
        for (const char c : n.digits)
            v = v * 10 + (c - '0');
        return Datum::ofSmallNumeric(n.negative ? -v : v, static_cast<std::uint16_t>(scale));
    }
    Integer z;
    mpz_set_str(z.z, n.digits.c_str(), 10);
    if (n.negative)
        mpz_neg(z.z, z.z);
    if (scale < 0) {
        scaleUp(z.z, z.z, static_cast<int>(-scale));
        scale = 0;
    }
    return make(z.z, static_cast<int>(scale), cx);
}

void appendText(const Datum &n, std::string &out)
{
    switch (kindOf(n)) {
    case Kind::NaN:
        out += "NaN";
        return;
    case Kind::PositiveInfinity:
        out += "Infinity";
        return;
    case Kind::NegativeInfinity:
        out += "-Infinity";
        return;
    case Kind::Finite:
        break;
    }
    char small[24];
    std::unique_ptr<char[]> large;
    const char *digits = small;
    std::size_t count = 0;
    if (n.storage == Storage::SmallNumeric) {
        const auto v = n.int64 < 0 ? ~static_cast<std::uint64_t>(n.int64) + 1 : static_cast<std::uint64_t>(n.int64);
        count = static_cast<std::size_t>(std::to_chars(small, small + sizeof small, v).ptr - small);
    } else {
        const View view(n);
        large = std::make_unique<char[]>(mpz_sizeinbase(view.z(), 10) + 2);
        mpz_get_str(large.get(), 10, view.z());
        digits = large.get() + (large[0] == '-' ? 1 : 0);
        count = std::strlen(digits);
    }
    if (signOf(n) < 0)
        out += '-';
    const auto scale = static_cast<std::size_t>(scaleOf(n));
    if (count > scale) {
        out.append(digits, count - scale);
    } else {
        out += '0';
    }
    if (scale == 0)
        return;
    out += '.';
    if (count < scale)
        out.append(scale - count, '0');
    out.append(digits + (count > scale ? count - scale : 0), std::min(count, scale));
}

std::string toText(const Datum &n)
{
    std::string text;
    appendText(n, text);
    return text;
}

} // namespace sqlgym::value::numeric
