// Bit strings: operators, casts, functions and aggregates.
//
// Source: PostgreSQL 15 manual, 9.6 Bit String Functions and Operators.
#include "runtime/families.h"

#include "runtime/type_table.h"

#include <algorithm>
#include <string>

namespace sqlgym::runtime {

using value::Context;

namespace {

/// What a bit string may hold: PostgreSQL's VARBITMAXLEN.
constexpr std::int64_t kMostBits = INT32_MAX - 7;

/// A string of `length` zeros to write on; nullptr over the memory limit.
char *zeros(std::int64_t length, Context &cx)
{
    auto *bits = static_cast<char *>(cx.arena.allocate(static_cast<std::size_t>(length)));
    if (bits)
        std::fill_n(bits, length, '0');
    return bits;
}
Datum ofBits(const char *bits, std::int64_t length)
{
    return bits ? Datum::ofText({bits, static_cast<std::size_t>(length)}) : Datum::null();
}

/// Cut or filled with zeros on the right.
Datum fitted(std::string_view bits, std::int64_t length, Context &cx)
{
    char *out = zeros(length, cx);
    if (out)
        std::ranges::copy(bits.substr(0, static_cast<std::size_t>(length)), out);
    return ofBits(out, length);
}

/// The length coercions: bit(n) and bit varying(n).
Datum toBit(Call &call, const Datum *a)
{
    const std::int64_t length = a[1].int64;
    const std::string_view bits = a[0].text();
    if (length <= 0 || length > kMostBits || length == static_cast<std::int64_t>(bits.size()))
        return a[0];
    if (!a[2].isTrue())
        return call.cx.fail("22026", "bit string length " + std::to_string(bits.size()) + " does not match type bit(" +
                                         std::to_string(length) + ")");
    return fitted(bits, length, call.cx);
}
Datum toVarbit(Call &call, const Datum *a)
{
    const std::int64_t length = a[1].int64;
    if (length <= 0 || length >= static_cast<std::int64_t>(a[0].length))
        return a[0];
    if (!a[2].isTrue())
        return call.cx.fail("22001", "bit string too long for type bit varying(" + std::to_string(length) + ")");
    return fitted(a[0].text(), length, call.cx);
}

char both(char a, char b) { return a == '1' && b == '1' ? '1' : '0'; }
char either(char a, char b) { return a == '1' || b == '1' ? '1' : '0'; }
char differ(char a, char b) { return a != b ? '1' : '0'; }
using Combine = char (*)(char, char);

Datum combined(const Datum &x, const Datum &y, Combine combine, Context &cx)
{
    if (x.length != y.length) {
        const char *name = combine == both ? "AND" : combine == either ? "OR" : "XOR";
        return cx.fail("22026", std::string("cannot ") + name + " bit strings of different sizes");
    }
    char *out = zeros(x.length, cx);
    if (out)
        std::ranges::transform(x.text(), y.text(), out, combine);
    return ofBits(out, x.length);
}
template <Combine C> Datum combine(Call &call, const Datum *a) { return combined(a[0], a[1], C, call.cx); }

Datum invert(Call &call, const Datum *a)
{
    char *out = zeros(a[0].length, call.cx);
    if (out)
        std::ranges::transform(a[0].text(), out, [](char c) { return c == '0' ? '1' : '0'; });
    return ofBits(out, a[0].length);
}

template <int Direction> Datum shift(Call &call, const Datum *a)
{
    const std::string_view bits = a[0].text();
    const auto length = static_cast<std::int64_t>(bits.size());
    const std::int64_t right = std::clamp<std::int64_t>(Direction * a[1].int64, -length, length);
    char *out = zeros(length, call.cx);
    for (std::int64_t i = 0; out && i < length; ++i) {
        if (i - right >= 0 && i - right < length)
            out[i] = bits[static_cast<std::size_t>(i - right)];
    }
    return ofBits(out, length);
}

Datum joined(std::string_view x, std::string_view y, Context &cx)
{
    const auto length = static_cast<std::int64_t>(x.size() + y.size());
    if (length > kMostBits)
        return cx.fail("54000", "bit string length exceeds the maximum allowed (" + std::to_string(kMostBits) + ")");
    char *out = zeros(length, cx);
    if (out)
        std::ranges::copy(y, std::ranges::copy(x, out).out);
    return ofBits(out, length);
}

/// From the 1-based `start` to before `end`.
std::string_view between(std::string_view bits, std::int64_t start, std::int64_t end)
{
    start = std::max<std::int64_t>(start, 1);
    end = std::min<std::int64_t>(end, static_cast<std::int64_t>(bits.size()) + 1);
    return end <= start ? std::string_view()
                        : bits.substr(static_cast<std::size_t>(start - 1), static_cast<std::size_t>(end - start));
}
Datum substring(Call &call, const Datum *a)
{
    if (a[2].int64 < 0)
        return call.cx.fail("22011", "negative substring length not allowed");
    return Datum::ofText(between(a[0].text(), a[1].int64, a[1].int64 + a[2].int64));
}
Datum substringFrom(Call &, const Datum *a) { return Datum::ofText(between(a[0].text(), a[1].int64, INT64_MAX)); }

Datum overlaid(const Datum *a, std::int64_t length, Context &cx)
{
    const std::int64_t start = a[2].int64, end = start + length;
    if (start <= 0)
        return cx.fail("22011", "negative substring length not allowed");
    if (end != static_cast<std::int32_t>(end))
        return cx.fail("22003", "integer out of range");
    const Datum head = joined(between(a[0].text(), 1, start), a[1].text(), cx);
    return head.isNull ? head : joined(head.text(), between(a[0].text(), end, INT64_MAX), cx);
}

Datum position(Call &, const Datum *a)
{
    if (a[0].length == 0 || a[1].length > a[0].length)
        return Datum::ofInt(0);
    const auto at = a[0].text().find(a[1].text());
    return Datum::ofInt(at == std::string_view::npos ? 0 : static_cast<std::int64_t>(at) + 1);
}

template <int Bits> Datum fromInteger(Call &call, const Datum *a)
{
    const std::int64_t length = a[1].int64 <= 0 || a[1].int64 > kMostBits ? 1 : a[1].int64;
    char *out = zeros(length, call.cx);
    for (std::int64_t i = 0; out && i < length; ++i) {
        const std::int64_t place = length - 1 - i; // the sign fills what lies beyond the integer
        out[i] = (a[0].int64 >> std::min<std::int64_t>(place, 63)) & 1 ? '1' : '0';
    }
    return ofBits(out, length);
}
template <int Bits> Datum toInteger(Call &call, const Datum *a)
{
    if (a[0].length > Bits)
        return call.cx.fail("22003", Bits == 32 ? "integer out of range" : "bigint out of range");
    std::uint64_t v = 0;
    for (const char c : a[0].text())
        v = v << 1 | (c == '1' ? 1 : 0);
    return Datum::ofInt(Bits == 32 ? static_cast<std::int32_t>(v) : static_cast<std::int64_t>(v));
}

bool inRange(const Datum &bits, std::int64_t index, Context &cx)
{
    if (index >= 0 && index < static_cast<std::int64_t>(bits.length))
        return true;
    cx.fail("2202E", "bit index " + std::to_string(index) + " out of valid range (0.." +
                         std::to_string(static_cast<std::int64_t>(bits.length) - 1) + ")");
    return false;
}
Datum getBit(Call &call, const Datum *a)
{
    if (!inRange(a[0], a[1].int64, call.cx))
        return Datum::null();
    return Datum::ofInt(a[0].text()[static_cast<std::size_t>(a[1].int64)] == '1');
}
Datum setBit(Call &call, const Datum *a)
{
    if (!inRange(a[0], a[1].int64, call.cx))
        return Datum::null();
    if (a[2].int64 != 0 && a[2].int64 != 1)
        return call.cx.fail("22023", "new bit must be 0 or 1");
    const Datum copy = fitted(a[0].text(), a[0].length, call.cx);
    if (!copy.isNull)
        const_cast<char *>(copy.bytes)[a[1].int64] = a[2].int64 ? '1' : '0';
    return copy;
}

int order(const Datum *a) { return compareBytes(a[0].text(), a[1].text()); }

constexpr ScalarEntry kScalars[] = {
    {"biteq", [](Call &, const Datum *a) { return Datum::ofBool(order(a) == 0); }},
    {"bitne", [](Call &, const Datum *a) { return Datum::ofBool(order(a) != 0); }},
    {"bitlt", [](Call &, const Datum *a) { return Datum::ofBool(order(a) < 0); }},
    {"bitle", [](Call &, const Datum *a) { return Datum::ofBool(order(a) <= 0); }},
    {"bitgt", [](Call &, const Datum *a) { return Datum::ofBool(order(a) > 0); }},
    {"bitge", [](Call &, const Datum *a) { return Datum::ofBool(order(a) >= 0); }},
    {"bit", toBit},
    {"varbit", toVarbit},
    {"bit_and", combine<both>},
    {"bit_or", combine<either>},
    {"bitxor", combine<differ>},
    {"bitnot", invert},
    {"bitshiftleft", shift<-1>},
    {"bitshiftright", shift<1>},
    {"bitcat", [](Call &call, const Datum *a) { return joined(a[0].text(), a[1].text(), call.cx); }},
    {"bitsubstr", substring},
    {"bitsubstr_no_len", substringFrom},
    {"bitoverlay", [](Call &call, const Datum *a) { return overlaid(a, a[3].int64, call.cx); }},
    {"bitoverlay_no_len", [](Call &call, const Datum *a) { return overlaid(a, a[1].length, call.cx); }},
    {"bitlength", [](Call &, const Datum *a) { return Datum::ofInt(a[0].length); }},
    {"sql:bit_length(bit)", [](Call &, const Datum *a) { return Datum::ofInt(a[0].length); }},
    {"bitoctetlength", [](Call &, const Datum *a) { return Datum::ofInt((std::int64_t{a[0].length} + 7) / 8); }},
    {"bit_bit_count", [](Call &, const Datum *a) { return Datum::ofInt(std::ranges::count(a[0].text(), '1')); }},
    {"bitposition", position},
    {"bitfromint4", fromInteger<32>},
    {"bitfromint8", fromInteger<64>},
    {"bittoint4", toInteger<32>},
    {"bittoint8", toInteger<64>},
    {"bitgetbit", getBit},
    {"bitsetbit", setBit},
};

struct Folded {
    bool any;
    Datum bits;
};
void begin(Call &, void *state) { *static_cast<Folded *>(state) = {false, Datum::null()}; }
template <Combine C> void step(Call &call, void *state, const Datum *a)
{
    auto &s = *static_cast<Folded *>(state);
    s.bits = s.any ? combined(s.bits, a[0], C, call.cx) : value::copyDatum(a[0], call.cx.arena);
    s.any = true;
}
Datum finish(Call &, void *state) { return static_cast<Folded *>(state)->bits; }

constexpr AggregateFunction kAggregates[] = {
    {"bit_and(bit)", sizeof(Folded), true, begin, step<both>, finish},
    {"bit_or(bit)", sizeof(Folded), true, begin, step<either>, finish},
    {"bit_xor(bit)", sizeof(Folded), true, begin, step<differ>, finish},
};

} // namespace

Family bitFamily() { return {kScalars, {}, kAggregates}; }

} // namespace sqlgym::runtime
