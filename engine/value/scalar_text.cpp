#include "value/scalar_text.h"

#include <charconv>
#include <limits>

namespace sqlgym::value {

namespace {

const char *integerName(int bits) { return bits == 16 ? "smallint" : bits == 32 ? "integer" : "bigint"; }

Datum badSyntax(const char *type, std::string_view text, Context &cx)
{
    return cx.fail("22P02", std::string("invalid input syntax for type ") + type + ": \"" + std::string(text) + "\"");
}

std::string_view trim(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

} // namespace

Datum parseInteger(std::string_view text, int bits, Context &cx)
{
    std::size_t at = 0;
    while (at < text.size() && isBlank(text[at]))
        ++at;
    bool negative = false;
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        negative = text[at++] == '-';
    if (at >= text.size() || !isAsciiDigit(text[at]))
        return badSyntax(integerName(bits), text, cx);
    const std::int64_t lowest = bits == 64 ? INT64_MIN : -(std::int64_t{1} << (bits - 1));
    std::int64_t v = 0; // kept negative: that side reaches further
    for (; at < text.size() && isAsciiDigit(text[at]); ++at) {
        if (__builtin_mul_overflow(v, std::int64_t{10}, &v) || __builtin_sub_overflow(v, text[at] - '0', &v) ||
            v < lowest || (!negative && v == lowest))
            return cx.fail("22003",
                           "value \"" + std::string(text) + "\" is out of range for type " + integerName(bits));
    }
    while (at < text.size() && isBlank(text[at]))
        ++at;
    if (at != text.size())
        return badSyntax(integerName(bits), text, cx);
    return Datum::ofInt(negative ? v : -v);
}

Datum parseOid(std::string_view text, Context &cx)
{
    const std::string_view body = trim(text);
    std::size_t at = 0;
    bool negative = false;
    if (at < body.size() && (body[at] == '-' || body[at] == '+'))
        negative = body[at++] == '-';
    if (at >= body.size())
        return badSyntax("oid", text, cx);
    std::uint64_t v = 0;
    for (; at < body.size(); ++at) {
        if (!isAsciiDigit(body[at]))
            return badSyntax("oid", text, cx);
        if (v < (std::uint64_t{1} << 40))
            v = v * 10 + static_cast<std::uint64_t>(body[at] - '0');
    }
    // -1 is 4294967295, down to -2147483648.
    if (v > UINT32_MAX || (negative && v > 2147483648u))
        return cx.fail("22003", "value \"" + std::string(text) + "\" is out of range for type oid");
    return Datum::ofInt(static_cast<std::uint32_t>(negative ? 0 - v : v));
}

Datum parseBoolean(std::string_view text, Context &cx)
{
    std::string word(trim(text));
    for (char &c : word)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const auto begins = [&](std::string_view full, std::size_t least) {
        return word.size() >= least && word.size() <= full.size() && full.substr(0, word.size()) == word;
    };
    if (begins("true", 1) || begins("yes", 1) || word == "on" || word == "1")
        return Datum::ofBool(true);
    if (begins("false", 1) || begins("no", 1) || begins("off", 2) || word == "0")
        return Datum::ofBool(false);
    return badSyntax("boolean", text, cx);
}

void appendInteger(std::int64_t v, std::string &out)
{
    char buffer[24];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, v).ptr);
}

} // namespace sqlgym::value
