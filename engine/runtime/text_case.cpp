#include "runtime/text_case.h"

#include "runtime/prepare.h"

#include <locale.h>
#include <wctype.h>

namespace sqlgym::runtime {

namespace {

locale_t serverLocale()
{
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
}

bool isAscii(std::string_view text)
{
    for (const char c : text) {
        if (static_cast<std::uint8_t>(c) >= 0x80)
            return false;
    }
    return true;
}

} // namespace

char32_t nextCharacter(std::string_view text, std::size_t &at)
{
    const auto byte = [&](std::size_t i) -> char32_t {
        return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0x80u;
    };
    const char32_t lead = byte(at);
    const std::size_t length = utf8Length(text[at]);
    const std::size_t first = at;
    at = std::min(at + length, text.size());
    switch (length) {
    case 1:
        return lead;
    case 2:
        return ((lead & 0x1F) << 6) | (byte(first + 1) & 0x3F);
    case 3:
        return ((lead & 0x0F) << 12) | ((byte(first + 1) & 0x3F) << 6) | (byte(first + 2) & 0x3F);
    default:
        return ((lead & 0x07) << 18) | ((byte(first + 1) & 0x3F) << 12) | ((byte(first + 2) & 0x3F) << 6) |
               (byte(first + 3) & 0x3F);
    }
}

void appendCharacter(char32_t c, std::string &out)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

char32_t toUpper(char32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    return static_cast<char32_t>(towupper_l(static_cast<wint_t>(c), serverLocale()));
}

char32_t toLower(char32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return static_cast<char32_t>(towlower_l(static_cast<wint_t>(c), serverLocale()));
}

void prepare() { serverLocale(); }

bool isAlphanumeric(char32_t c) { return iswalnum_l(static_cast<wint_t>(c), serverLocale()) != 0; }

bool isWide(char32_t c, const char *wideClass)
{
    return iswctype_l(static_cast<wint_t>(c), wctype_l(wideClass, serverLocale()), serverLocale()) != 0;
}

std::string upperText(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    if (isAscii(text)) {
        for (const char c : text)
            out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        return out;
    }
    for (std::size_t at = 0; at < text.size();)
        appendCharacter(toUpper(nextCharacter(text, at)), out);
    return out;
}

std::string lowerText(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    if (isAscii(text)) {
        for (const char c : text)
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return out;
    }
    for (std::size_t at = 0; at < text.size();)
        appendCharacter(toLower(nextCharacter(text, at)), out);
    return out;
}

} // namespace sqlgym::runtime
