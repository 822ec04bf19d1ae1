#include "runtime/text_coercion.h"

#include "base/text_position.h"

#include <algorithm>

namespace sqlgym::runtime {

std::size_t utf8Prefix(std::string_view text, std::size_t characters)
{
    if (characters >= text.size())
        return text.size();
    std::size_t at = 0;
    while (characters-- > 0 && at < text.size())
        at += utf8Length(text[at]);
    return std::min(at, text.size());
}

std::string_view trimBlanks(std::string_view text)
{
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

std::string_view clipName(std::string_view text)
{
    constexpr std::size_t kMost = 63;
    if (text.size() <= kMost)
        return text;
    std::size_t at = 0;
    while (at + utf8Length(text[at]) <= kMost)
        at += utf8Length(text[at]);
    return text.substr(0, at);
}

namespace {

/// Where to cut `text` for `limit` characters; npos after raising 22001.
std::size_t cutAt(std::string_view text, std::size_t limit, bool explicitCast, const char *type, Context &cx)
{
    const std::size_t kept = utf8Prefix(text, limit);
    if (!explicitCast && text.find_first_not_of(' ', kept) != std::string_view::npos) {
        cx.fail("22001", std::string("value too long for type ") + type + "(" + std::to_string(limit) + ")");
        return std::string_view::npos;
    }
    return kept;
}

} // namespace

Datum toVarchar(std::string_view text, std::int32_t typmod, bool explicitCast, Context &cx)
{
    if (typmod >= 4) {
        const std::size_t kept =
            cutAt(text, static_cast<std::size_t>(typmod - 4), explicitCast, "character varying", cx);
        if (kept == std::string_view::npos)
            return Datum::null();
        text = text.substr(0, kept);
    }
    return value::makeText(text, cx.arena);
}

Datum toBpchar(std::string_view text, std::int32_t typmod, bool explicitCast, Context &cx)
{
    if (typmod < 4)
        return value::makeText(text, cx.arena);
    const auto limit = static_cast<std::size_t>(typmod - 4);
    const std::size_t kept = cutAt(text, limit, explicitCast, "character", cx);
    if (kept == std::string_view::npos)
        return Datum::null();
    text = text.substr(0, kept);
    const std::size_t blanks = limit - std::min(limit, base::characterCount(text));
    auto *at = static_cast<char *>(cx.arena.allocate(text.size() + blanks));
    if (!at)
        return Datum::null();
    std::copy(text.begin(), text.end(), at);
    std::fill_n(at + text.size(), blanks, ' ');
    return Datum::ofText({at, text.size() + blanks});
}

Datum parseCharByte(std::string_view text)
{
    const auto octal = [](char c, char most) { return c >= '0' && c <= most; };
    if (text.size() == 4 && text[0] == '\\' && octal(text[1], '3') && octal(text[2], '7') && octal(text[3], '7'))
        return Datum::ofInt(static_cast<std::int8_t>((text[1] - '0') * 64 + (text[2] - '0') * 8 + (text[3] - '0')));
    return Datum::ofInt(text.empty() ? 0 : static_cast<std::int8_t>(text[0]));
}

void appendCharByte(std::int64_t byte, std::string &out)
{
    const auto b = static_cast<std::uint8_t>(byte);
    if (b == 0)
        return;
    if (b < 0x80) {
        out += static_cast<char>(b);
        return;
    }
    out += '\\';
    out += static_cast<char>('0' + (b >> 6));
    out += static_cast<char>('0' + ((b >> 3) & 7));
    out += static_cast<char>('0' + (b & 7));
}

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

constexpr char kHex[] = "0123456789abcdef";

Datum parseHexBytea(std::string_view hex, Context &cx)
{
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t at = 0; at < hex.size();) {
        if (hex[at] == ' ' || hex[at] == '\n' || hex[at] == '\t' || hex[at] == '\r') {
            ++at;
            continue;
        }
        for (std::size_t i = at; i < at + 2; ++i) {
            if (i >= hex.size())
                return cx.fail("22023", "invalid hexadecimal data: odd number of digits");
            if (hexDigit(hex[i]) < 0)
                return cx.fail("22023",
                               "invalid hexadecimal digit: \"" + std::string(hex.substr(i, utf8Length(hex[i]))) + "\"");
        }
        bytes += static_cast<char>(hexDigit(hex[at]) * 16 + hexDigit(hex[at + 1]));
        at += 2;
    }
    return value::makeText(bytes, cx.arena);
}

} // namespace

Datum parseBytea(std::string_view text, Context &cx)
{
    const bool hex = text.size() >= 2 && text[0] == '\\' && text[1] == 'x';
    return hex ? parseHexBytea(text.substr(2), cx) : parseEscapedBytea(text, cx);
}

Datum parseEscapedBytea(std::string_view text, Context &cx)
{
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '\\') {
            bytes += text[at++];
            continue;
        }
        const auto octal = [&](std::size_t i, char most) {
            return i < text.size() && text[i] >= '0' && text[i] <= most;
        };
        if (octal(at + 1, '3') && octal(at + 2, '7') && octal(at + 3, '7')) {
            bytes += static_cast<char>((text[at + 1] - '0') * 64 + (text[at + 2] - '0') * 8 + (text[at + 3] - '0'));
            at += 4;
        } else if (at + 1 < text.size() && text[at + 1] == '\\') {
            bytes += '\\';
            at += 2;
        } else {
            return cx.fail("22P02", "invalid input syntax for type bytea");
        }
    }
    return value::makeText(bytes, cx.arena);
}

void appendBytea(std::string_view bytes, std::string &out)
{
    out += "\\x";
    for (const char c : bytes) {
        out += kHex[static_cast<std::uint8_t>(c) >> 4];
        out += kHex[static_cast<std::uint8_t>(c) & 15];
    }
}

Datum parseUuid(std::string_view text, Context &cx)
{
    const auto bad = [&] {
        return cx.fail("22P02", "invalid input syntax for type uuid: \"" + std::string(text) + "\"");
    };
    std::string_view rest = text;
    const bool braces = !rest.empty() && rest.front() == '{';
    if (braces)
        rest.remove_prefix(1);
    char bytes[16];
    for (int i = 0; i < 16; ++i) {
        if (rest.size() < 2 || hexDigit(rest[0]) < 0 || hexDigit(rest[1]) < 0)
            return bad();
        bytes[i] = static_cast<char>(hexDigit(rest[0]) * 16 + hexDigit(rest[1]));
        rest.remove_prefix(2);
        if (!rest.empty() && rest.front() == '-' && i % 2 == 1 && i < 15)
            rest.remove_prefix(1);
    }
    if (braces) {
        if (rest.empty() || rest.front() != '}')
            return bad();
        rest.remove_prefix(1);
    }
    if (!rest.empty())
        return bad();
    return value::makeText({bytes, sizeof bytes}, cx.arena);
}

void appendUuid(std::string_view bytes, std::string &out)
{
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out += '-';
        out += kHex[static_cast<std::uint8_t>(bytes[i]) >> 4];
        out += kHex[static_cast<std::uint8_t>(bytes[i]) & 15];
    }
}

} // namespace sqlgym::runtime
