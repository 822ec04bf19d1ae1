#include "base/text_position.h"

#include <algorithm>
#include <cstdint>

namespace sqlgym::base {

namespace {

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

} // namespace

std::size_t characterCount(std::string_view text)
{
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), isContinuation));
}

int characterPosition(std::string_view text, std::size_t byteOffset)
{
    return static_cast<int>(characterCount(text.substr(0, byteOffset))) + 1;
}

std::size_t byteOffset(std::string_view text, int position)
{
    int seen = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!isContinuation(text[i]) && ++seen == position)
            return i;
    }
    return text.size();
}

std::size_t utf16Length(std::string_view text, std::size_t byteCount)
{
    std::size_t units = 0;
    for (const char c : text.substr(0, byteCount)) {
        if (!isContinuation(c))
            units += static_cast<unsigned char>(c) >= 0xF0 ? 2 : 1;
    }
    return units;
}

bool isValidUtf8(std::string_view text)
{
    const auto *p = reinterpret_cast<const unsigned char *>(text.data());
    const auto *end = p + text.size();
    while (p < end) {
        const unsigned lead = *p++;
        if (lead < 0x80)
            continue;
        const int extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        if (lead < 0xC2 || lead > 0xF4 || end - p < extra)
            return false;
        std::uint32_t code = lead & (0x3Fu >> extra);
        for (int i = 0; i < extra; ++i) {
            if ((*p & 0xC0) != 0x80)
                return false;
            code = (code << 6) | (*p++ & 0x3Fu);
        }
        constexpr std::uint32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
        if (code < kSmallest[extra] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
            return false;
    }
    return true;
}

} // namespace sqlgym::base
