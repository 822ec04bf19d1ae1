// text: lengths, cutting, padding, trimming, case and the casts among the character types.
#include "base/text_position.h"
#include "catalogue/type_oids.h"
#include "runtime/families.h"
#include "runtime/io.h"
#include "runtime/text_case.h"
#include "runtime/text_coercion.h"
#include "runtime/text_output.h"

#include <algorithm>

namespace sqlgym::runtime {

namespace type = catalogue::type;

std::string castToText(Oid argumentType, const Datum &datum)
{
    std::string out;
    if (argumentType == type::kBool)
        out = datum.int64 ? "true" : "false";
    else if (argumentType == type::kBpchar)
        out = trimBlanks(datum.text());
    else
        textOut(argumentType, datum, out);
    return out;
}

Datum concatenate(std::string_view a, std::string_view b, Context &cx)
{
    auto *at = static_cast<char *>(cx.arena.allocate(a.size() + b.size()));
    if (!at)
        return Datum::null();
    std::copy(a.begin(), a.end(), at);
    std::copy(b.begin(), b.end(), at + a.size());
    return Datum::ofText({at, a.size() + b.size()});
}

std::string_view substringView(std::string_view text, std::int64_t start, std::int64_t end)
{
    const std::int64_t first = std::max<std::int64_t>(start, 1);
    if (end <= first)
        return text.substr(0, 0);
    const std::size_t from = utf8Prefix(text, static_cast<std::size_t>(first - 1));
    const std::string_view rest = text.substr(from);
    return rest.substr(0, utf8Prefix(rest, static_cast<std::size_t>(end - first)));
}

namespace {

constexpr std::int64_t kEnd = INT64_MAX;

Datum negativeLength(Call &call) { return call.cx.fail("22011", "negative substring length not allowed"); }

Datum substring(Call &call, const Datum *a)
{
    if (a[2].int64 < 0)
        return negativeLength(call);
    return Datum::ofText(substringView(a[0].text(), a[1].int64, a[1].int64 + a[2].int64));
}

Datum substringFrom(Call &, const Datum *a) { return Datum::ofText(substringView(a[0].text(), a[1].int64, kEnd)); }

std::int64_t characters(const Datum &d) { return static_cast<std::int64_t>(base::characterCount(d.text())); }

Datum left(Call &, const Datum *a)
{
    const std::int64_t n = a[1].int64 < 0 ? characters(a[0]) + a[1].int64 : a[1].int64;
    return Datum::ofText(a[0].text().substr(0, n <= 0 ? 0 : utf8Prefix(a[0].text(), static_cast<std::size_t>(n))));
}

/// Minor releases differ at the edge: by -2147483648 the older ones give the whole text, the newer ones none of it.
Datum right(Call &call, const Datum *a)
{
    if (a[1].int64 == INT32_MIN)
        call.cx.stop.decline("right() by -2147483648");
    const std::int64_t skip = a[1].int64 < 0 ? -a[1].int64 : std::max<std::int64_t>(characters(a[0]) - a[1].int64, 0);
    return Datum::ofText(a[0].text().substr(utf8Prefix(a[0].text(), static_cast<std::size_t>(skip))));
}

Datum overlay(Call &call, std::string_view text, std::string_view put, std::int64_t start, std::int64_t length)
{
    if (start <= 0)
        return negativeLength(call);
    const std::int64_t after = start + length;
    if (after > INT32_MAX || after < INT32_MIN)
        return call.cx.fail("22003", "integer out of range");
    std::string out(substringView(text, 1, start));
    out += put;
    out += substringView(text, after, kEnd);
    return value::makeText(out, call.cx.arena);
}

bool tooLong(std::int64_t bytes) { return bytes + 4 > 0x3fffffff; }

Datum tooLongError(Call &call) { return call.cx.fail("54000", "requested length too large"); }

/// lpad and rpad: `length` characters in all; a fill of nothing pads nothing.
Datum pad(Call &call, std::string_view text, std::int64_t length, std::string_view fill, bool atLeft)
{
    length = std::max<std::int64_t>(length, 0);
    const auto have = static_cast<std::int64_t>(base::characterCount(text));
    if (have > length)
        text = text.substr(0, utf8Prefix(text, static_cast<std::size_t>(length)));
    const std::int64_t missing = fill.empty() ? 0 : std::max<std::int64_t>(length - have, 0);
    if (tooLong((fill.empty() ? std::min(have, length) : length) * 4))
        return tooLongError(call);
    const auto fillLength = static_cast<std::int64_t>(base::characterCount(fill));
    const std::int64_t whole = missing ? missing / fillLength : 0;
    const std::size_t rest = missing ? utf8Prefix(fill, static_cast<std::size_t>(missing % fillLength)) : 0;
    const std::size_t padding = static_cast<std::size_t>(whole) * fill.size() + rest;
    auto *begin = static_cast<char *>(call.cx.arena.allocate(padding + text.size()));
    if (!begin)
        return Datum::null();
    char *at = begin;
    if (!atLeft)
        at = std::copy(text.begin(), text.end(), at);
    for (std::int64_t i = 0; i < whole; ++i) {
        if ((i & 0xFFFF) == 0xFFFF && call.cx.poll())
            return Datum::null();
        at = std::copy(fill.begin(), fill.end(), at);
    }
    at = std::copy_n(fill.begin(), rest, at);
    if (atLeft)
        std::copy(text.begin(), text.end(), at);
    return Datum::ofText({begin, padding + text.size()});
}

Datum repeat(Call &call, const Datum *a)
{
    const std::string_view text = a[0].text();
    const std::int64_t count = std::max<std::int64_t>(a[1].int64, 0);
    if (tooLong(count * static_cast<std::int64_t>(text.size())))
        return tooLongError(call);
    const std::size_t bytes = static_cast<std::size_t>(count) * text.size();
    auto *begin = static_cast<char *>(call.cx.arena.allocate(bytes));
    if (!begin)
        return Datum::null();
    char *at = begin;
    for (std::int64_t i = 0; i < count && !text.empty(); ++i) {
        if ((i & 0xFFFF) == 0xFFFF && call.cx.poll())
            return Datum::null();
        at = std::copy(text.begin(), text.end(), at);
    }
    return Datum::ofText({begin, bytes});
}

bool holds(std::string_view set, std::string_view character)
{
    for (std::size_t at = 0; at < set.size(); at += utf8Length(set[at])) {
        if (set.substr(at, utf8Length(set[at])) == character)
            return true;
    }
    return false;
}

template <bool Left, bool Right> std::string_view trimmed(std::string_view text, std::string_view set)
{
    if constexpr (Left) {
        while (!text.empty() && holds(set, text.substr(0, utf8Length(text[0]))))
            text.remove_prefix(std::min(utf8Length(text[0]), text.size()));
    }
    if constexpr (Right) {
        while (!text.empty()) {
            std::size_t last = text.size() - 1;
            while (last > 0 && (static_cast<std::uint8_t>(text[last]) & 0xC0) == 0x80)
                --last;
            if (!holds(set, text.substr(last)))
                break;
            text = text.substr(0, last);
        }
    }
    return text;
}

template <bool Left, bool Right> Datum trimSet(Call &, const Datum *a)
{
    return Datum::ofText(trimmed<Left, Right>(a[0].text(), a[1].text()));
}

template <bool Left, bool Right> Datum trimBlank(Call &, const Datum *a)
{
    return Datum::ofText(trimmed<Left, Right>(a[0].text(), " "));
}

Datum initialCapitals(Call &call, const Datum *a)
{
    std::string out;
    out.reserve(a[0].length);
    bool inWord = false;
    for (std::size_t at = 0; at < a[0].text().size();) {
        const char32_t c = nextCharacter(a[0].text(), at);
        const char32_t mapped = inWord ? toLower(c) : toUpper(c);
        appendCharacter(mapped, out);
        inWord = isAlphanumeric(mapped);
    }
    return value::makeText(out, call.cx.arena);
}

/// The text keeps name's collation, C, under which only ASCII has upper and lower case: what is done with it may
/// differ.
Datum textOfName(Call &call, const Datum *a)
{
    if (!std::ranges::all_of(a[0].text(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        call.cx.stop.decline("names with letters beyond ASCII as texts");
    return a[0];
}

Datum byteLength(Call &, const Datum *a) { return Datum::ofInt(a[0].length); }

Datum toCharByte(Call &call, const Datum *a)
{
    if (a[0].int64 < INT8_MIN || a[0].int64 > INT8_MAX)
        return call.cx.fail("22003", "\"char\" out of range");
    return a[0];
}

Datum charByteToText(Call &call, const Datum *a)
{
    std::string out;
    appendCharByte(a[0].int64, out);
    return value::makeText(out, call.cx.arena);
}

constexpr ScalarEntry kScalars[] = {
    {"textcat", [](Call &call, const Datum *a) { return concatenate(a[0].text(), a[1].text(), call.cx); }},
    {"byteacat", [](Call &call, const Datum *a) { return concatenate(a[0].text(), a[1].text(), call.cx); }},
    {"sql:textanycat(text,anynonarray)",
     [](Call &call, const Datum *a) {
         return concatenate(a[0].text(), castToText(call.site.argumentTypes[1], a[1]), call.cx);
     }},
    {"sql:anytextcat(anynonarray,text)",
     [](Call &call, const Datum *a) {
         return concatenate(castToText(call.site.argumentTypes[0], a[0]), a[1].text(), call.cx);
     }},
    {"textlen", [](Call &, const Datum *a) { return Datum::ofInt(characters(a[0])); }},
    {"bpcharlen",
     [](Call &, const Datum *a) { return Datum::ofInt(characters(Datum::ofText(trimBlanks(a[0].text())))); }},
    {"textoctetlen", byteLength},
    {"bpcharoctetlen", byteLength},
    {"byteaoctetlen", byteLength},
    {"sql:bit_length(text)", [](Call &, const Datum *a) { return Datum::ofInt(std::int64_t{a[0].length} * 8); }},
    {"sql:bit_length(bytea)", [](Call &, const Datum *a) { return Datum::ofInt(std::int64_t{a[0].length} * 8); }},
    {"upper", [](Call &call, const Datum *a) { return value::makeText(upperText(a[0].text()), call.cx.arena); }},
    {"lower", [](Call &call, const Datum *a) { return value::makeText(lowerText(a[0].text()), call.cx.arena); }},
    {"initcap", initialCapitals},
    {"text_substr", substring},
    {"text_substr_no_len", substringFrom},
    {"text_left", left},
    {"text_right", right},
    {"textoverlay",
     [](Call &call, const Datum *a) { return overlay(call, a[0].text(), a[1].text(), a[2].int64, a[3].int64); }},
    {"textoverlay_no_len",
     [](Call &call, const Datum *a) { return overlay(call, a[0].text(), a[1].text(), a[2].int64, characters(a[1])); }},
    {"lpad", [](Call &call, const Datum *a) { return pad(call, a[0].text(), a[1].int64, a[2].text(), true); }},
    {"rpad", [](Call &call, const Datum *a) { return pad(call, a[0].text(), a[1].int64, a[2].text(), false); }},
    {"sql:lpad(text,int4)", [](Call &call, const Datum *a) { return pad(call, a[0].text(), a[1].int64, " ", true); }},
    {"sql:rpad(text,int4)", [](Call &call, const Datum *a) { return pad(call, a[0].text(), a[1].int64, " ", false); }},
    {"repeat", repeat},
    {"btrim", trimSet<true, true>},
    {"ltrim", trimSet<true, false>},
    {"rtrim", trimSet<false, true>},
    {"btrim1", trimBlank<true, true>},
    {"ltrim1", trimBlank<true, false>},
    {"rtrim1", trimBlank<false, true>},
    {"bpchar",
     [](Call &call, const Datum *a) {
         return toBpchar(a[0].text(), static_cast<std::int32_t>(a[1].int64), a[2].isTrue(), call.cx);
     }},
    {"varchar",
     [](Call &call, const Datum *a) {
         return toVarchar(a[0].text(), static_cast<std::int32_t>(a[1].int64), a[2].isTrue(), call.cx);
     }},
    {"text_name", [](Call &, const Datum *a) { return Datum::ofText(clipName(a[0].text())); }},
    {"bpchar_name", [](Call &, const Datum *a) { return Datum::ofText(trimBlanks(clipName(a[0].text()))); }},
    {"name_text", textOfName},
    {"name_bpchar", textOfName},
    {"text_char", [](Call &, const Datum *a) { return parseCharByte(a[0].text()); }},
    {"char_text", charByteToText},
    {"chartoi4", [](Call &, const Datum *a) { return a[0]; }},
    {"i4tochar", toCharByte},
};

} // namespace

Family textFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
