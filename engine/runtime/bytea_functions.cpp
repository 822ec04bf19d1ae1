// bytea: encode, decode, cutting, trimming; and random UUIDs.
#include "base/uuid.h"
#include "digest/digest.h"
#include "runtime/families.h"
#include "runtime/text_coercion.h"

namespace sqlgym::runtime {

namespace {

constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char &c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

/// Lines of 76 characters.
std::string toBase64(std::string_view bytes)
{
    std::string out;
    std::size_t line = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto byte = [&](std::size_t i) -> unsigned {
            return i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : 0;
        };
        const unsigned v = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
        out += kBase64[v >> 18];
        out += kBase64[(v >> 12) & 63];
        out += at + 1 < bytes.size() ? kBase64[(v >> 6) & 63] : '=';
        out += at + 2 < bytes.size() ? kBase64[v & 63] : '=';
        if ((line += 4) >= 76) {
            out += '\n';
            line = 0;
        }
    }
    return out;
}

std::string toEscape(std::string_view bytes)
{
    std::string out;
    for (const char c : bytes) {
        const auto b = static_cast<std::uint8_t>(c);
        if (b == 0 || b >= 0x80) {
            out += '\\';
            out += static_cast<char>('0' + (b >> 6));
            out += static_cast<char>('0' + ((b >> 3) & 7));
            out += static_cast<char>('0' + (b & 7));
        } else {
            if (c == '\\')
                out += c;
            out += c;
        }
    }
    return out;
}

Datum unknownEncoding(Call &call, const Datum &name)
{
    return call.cx.fail("22023", "unrecognized encoding: \"" + std::string(name.text()) + "\"");
}

Datum encode(Call &call, const Datum *a)
{
    const std::string name = lower(a[1].text());
    if (name == "hex") {
        std::string out;
        appendBytea(a[0].text(), out);
        return value::makeText(std::string_view(out).substr(2), call.cx.arena);
    }
    if (name == "base64")
        return value::makeText(toBase64(a[0].text()), call.cx.arena);
    if (name == "escape")
        return value::makeText(toEscape(a[0].text()), call.cx.arena);
    return unknownEncoding(call, a[1]);
}

Datum badBase64(Call &call)
{
    return call.cx.fail("22023", "invalid base64 end sequence", {},
                        "Input data is missing padding, is truncated, or is otherwise corrupted.");
}

Datum fromBase64(Call &call, std::string_view text)
{
    std::string out;
    unsigned bits = 0;
    int pending = 0; // characters of the current group of four
    int end = 0;     // bytes the padding takes away
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const std::size_t length = utf8Length(c);
        at += length;
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            continue;
        unsigned v = 0;
        if (c == '=') {
            if (!end) {
                if (pending != 2 && pending != 3)
                    return call.cx.fail("22023", "unexpected \"=\" while decoding base64 sequence");
                end = pending == 2 ? 1 : 2;
            }
        } else {
            const auto found = std::string_view(kBase64).find(c);
            if (length != 1 || found == std::string_view::npos)
                return call.cx.fail("22023", "invalid symbol \"" + std::string(text.substr(at - length, length)) +
                                                 "\" found while decoding base64 sequence");
            v = static_cast<unsigned>(found);
        }
        bits = bits << 6 | v;
        if (++pending == 4) {
            out += static_cast<char>(bits >> 16);
            if (end == 0 || end > 1)
                out += static_cast<char>(bits >> 8);
            if (end == 0 || end > 2)
                out += static_cast<char>(bits);
            bits = 0;
            pending = 0;
        }
    }
    return pending ? badBase64(call) : value::makeText(out, call.cx.arena);
}

Datum decode(Call &call, const Datum *a)
{
    const std::string name = lower(a[1].text());
    if (name == "hex")
        return parseBytea("\\x" + std::string(a[0].text()), call.cx);
    if (name == "base64")
        return fromBase64(call, a[0].text());
    if (name == "escape")
        return parseEscapedBytea(a[0].text(), call.cx);
    return unknownEncoding(call, a[1]);
}

Datum byteAt(Call &call, const Datum *a)
{
    if (a[1].int64 < 0 || a[1].int64 >= a[0].length)
        return call.cx.fail("2202E", "index " + std::to_string(a[1].int64) + " out of valid range, 0.." +
                                         std::to_string(std::int64_t{a[0].length} - 1));
    return Datum::ofInt(static_cast<std::uint8_t>(a[0].bytes[a[1].int64]));
}

Datum substring(Call &call, const Datum *a)
{
    const std::int64_t first = std::max<std::int64_t>(a[1].int64, 1);
    std::int64_t end = INT64_MAX;
    if (call.argumentCount > 2) {
        if (a[2].int64 < 0)
            return call.cx.fail("22011", "negative substring length not allowed");
        end = a[1].int64 + a[2].int64;
    }
    if (end <= first || first > a[0].length)
        return Datum::ofText("");
    return Datum::ofText(
        a[0].text().substr(static_cast<std::size_t>(first - 1), static_cast<std::size_t>(end - first)));
}

Datum position(Call &, const Datum *a)
{
    const auto at = a[0].text().find(a[1].text());
    return Datum::ofInt(at == std::string_view::npos ? 0 : static_cast<std::int64_t>(at) + 1);
}

template <bool Left, bool Right> Datum trim(Call &, const Datum *a)
{
    std::string_view bytes = a[0].text();
    while (Left && !bytes.empty() && a[1].text().find(bytes.front()) != std::string_view::npos)
        bytes.remove_prefix(1);
    while (Right && !bytes.empty() && a[1].text().find(bytes.back()) != std::string_view::npos)
        bytes.remove_suffix(1);
    return Datum::ofText(bytes);
}

constexpr ScalarEntry kScalars[] = {
    {"binary_encode", encode},
    {"binary_decode", decode},
    {"byteaGetByte", byteAt},
    {"bytea_substr", substring},
    {"bytea_substr_no_len", substring},
    {"byteapos", position},
    {"byteatrim", trim<true, true>},
    {"bytealtrim", trim<true, false>},
    {"byteartrim", trim<false, true>},
    {"sha256_bytea",
     [](Call &call, const Datum *a) { return value::makeText(digest::sha256(a[0].text()), call.cx.arena); }},
    {"gen_random_uuid", [](Call &call, const Datum *) { return parseUuid(base::randomUuid(), call.cx); }},
};

} // namespace

Family byteaFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
