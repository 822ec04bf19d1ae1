// text: finding, replacing, splitting, single characters.
#include "base/text_position.h"
#include "digest/digest.h"
#include "runtime/families.h"
#include "runtime/text_case.h"
#include "runtime/text_coercion.h"

#include <algorithm>
#include <cstdio>

namespace sqlgym::runtime {

namespace {

constexpr auto kNowhere = std::string_view::npos;

Datum position(Call &, const Datum *a)
{
    const auto at = a[0].text().find(a[1].text());
    if (at == kNowhere)
        return Datum::ofInt(0);
    return Datum::ofInt(static_cast<std::int64_t>(base::characterCount(a[0].text().substr(0, at))) + 1);
}

Datum replace(Call &call, const Datum *a)
{
    const std::string_view text = a[0].text();
    const std::string_view from = a[1].text();
    const std::string_view to = a[2].text();
    if (text.empty() || from.empty() || text.find(from) == kNowhere)
        return a[0];
    std::size_t count = 0;
    for (std::size_t at = text.find(from); at != kNowhere; at = text.find(from, at + from.size()))
        ++count;
    const std::size_t bytes = text.size() - count * from.size() + count * to.size();
    if (bytes > 0x3fffffff) {
        call.cx.stop.stop(base::StopReason::MemoryLimit);
        return Datum::null();
    }
    auto *begin = static_cast<char *>(call.cx.arena.allocate(bytes));
    if (!begin)
        return Datum::null();
    char *out = begin;
    std::size_t done = 0;
    for (std::size_t at = text.find(from); at != kNowhere; at = text.find(from, done)) {
        out = std::copy(text.begin() + static_cast<std::ptrdiff_t>(done),
                        text.begin() + static_cast<std::ptrdiff_t>(at), out);
        out = std::copy(to.begin(), to.end(), out);
        done = at + from.size();
    }
    std::copy(text.begin() + static_cast<std::ptrdiff_t>(done), text.end(), out);
    return Datum::ofText({begin, bytes});
}

Datum translate(Call &call, const Datum *a)
{
    const std::string_view text = a[0].text();
    std::u32string from;
    std::u32string to;
    for (std::size_t at = 0; at < a[1].text().size();)
        from += nextCharacter(a[1].text(), at);
    for (std::size_t at = 0; at < a[2].text().size();)
        to += nextCharacter(a[2].text(), at);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCharacter(text, at);
        const auto found = from.find(c);
        if (found == std::u32string::npos)
            appendCharacter(c, out);
        else if (found < to.size())
            appendCharacter(to[found], out);
    }
    return value::makeText(out, call.cx.arena);
}

Datum reverse(Call &call, const Datum *a)
{
    const std::string_view text = a[0].text();
    auto *begin = static_cast<char *>(call.cx.arena.allocate(text.size()));
    if (!begin)
        return Datum::null();
    char *out = begin + text.size();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::min(utf8Length(text[at]), text.size() - at);
        out -= length;
        std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), length, out);
        at += length;
    }
    return Datum::ofText({begin, text.size()});
}

Datum splitPart(Call &call, const Datum *a)
{
    const std::string_view text = a[0].text();
    const std::string_view by = a[1].text();
    std::int64_t field = a[2].int64;
    if (field == 0)
        return call.cx.fail("22023", "field position must not be zero");
    if (text.empty())
        return Datum::ofText("");
    if (by.empty())
        return field == 1 || field == -1 ? a[0] : Datum::ofText("");
    if (field < 0) {
        std::int64_t fields = 1;
        for (std::size_t at = text.find(by); at != kNowhere; at = text.find(by, at + by.size()))
            ++fields;
        field += fields + 1;
        if (field <= 0)
            return Datum::ofText("");
    }
    std::size_t from = 0;
    for (;;) {
        const std::size_t at = text.find(by, from);
        if (--field == 0)
            return Datum::ofText(text.substr(from, at == kNowhere ? kNowhere : at - from));
        if (at == kNowhere)
            return Datum::ofText("");
        from = at + by.size();
    }
}

Datum character(Call &call, const Datum *a)
{
    const std::int64_t c = a[0].int64;
    if (c < 0)
        return call.cx.fail("22023", "character number must be positive");
    if (c == 0)
        return call.cx.fail("54000", "null character not permitted");
    if (c > 0x10FFFF)
        return call.cx.fail("54000", "requested character too large for encoding: " + std::to_string(c));
    if (c >= 0xD800 && c <= 0xDFFF)
        return call.cx.fail("54000", "requested character not valid for encoding: " + std::to_string(c));
    std::string out;
    appendCharacter(static_cast<char32_t>(c), out);
    return value::makeText(out, call.cx.arena);
}

Datum firstCharacter(Call &, const Datum *a)
{
    std::size_t at = 0;
    return Datum::ofInt(a[0].length == 0 ? 0 : static_cast<std::int64_t>(nextCharacter(a[0].text(), at)));
}

template <typename Unsigned> Datum hexadecimal(Call &call, const Datum *a)
{
    char buffer[24];
    const int n = std::snprintf(buffer, sizeof buffer, "%llx",
                                static_cast<unsigned long long>(static_cast<Unsigned>(a[0].int64)));
    return value::makeText({buffer, static_cast<std::size_t>(n)}, call.cx.arena);
}

Datum md5(Call &call, const Datum *a) { return value::makeText(digest::md5Hex(a[0].text()), call.cx.arena); }

constexpr ScalarEntry kScalars[] = {
    {"textpos", position},
    {"replace_text", replace},
    {"translate", translate},
    {"text_reverse", reverse},
    {"split_part", splitPart},
    {"chr", character},
    {"ascii", firstCharacter},
    {"to_hex32", hexadecimal<std::uint32_t>},
    {"to_hex64", hexadecimal<std::uint64_t>},
    {"md5_text", md5},
    {"md5_bytea", md5},
    {"text_starts_with",
     [](Call &, const Datum *a) { return Datum::ofBool(a[0].text().substr(0, a[1].length) == a[1].text()); }},
};

} // namespace

Family textSearchFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
