#include "sql/object_name.h"

namespace sqlgym::sql {

namespace {

/// At most `bytes` of UTF-8, no character cut in two.
std::string_view clipped(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80)
        --bytes;
    return text.substr(0, bytes);
}

} // namespace

std::string objectName(std::string_view first, std::string_view second, std::string_view label)
{
    const std::size_t extra = (second.empty() ? 0 : 1) + 1 + label.size();
    std::size_t a = first.size();
    std::size_t b = second.size();
    while (a + b + extra > kMaxName && a + b > 0)
        --(a > b ? a : b);
    std::string name(clipped(first, a));
    if (!second.empty())
        name.append("_").append(clipped(second, b));
    return name.append("_").append(label);
}

} // namespace sqlgym::sql
