// bit and bit varying as types. A value is its text of '0' and '1', whose order is the type's.
#include "catalogue/type_oids.h"
#include "runtime/text_case.h"
#include "runtime/type_table.h"
#include "value/scalar_text.h"

#include <cctype>

namespace sqlgym::runtime {

namespace type = catalogue::type;
using value::Context;
using value::Datum;

namespace {

template <bool Varying> Datum bitsIn(std::string_view text, std::int32_t typmod, Context &cx)
{
    const bool hex = text.starts_with('x') || text.starts_with('X');
    if (hex || text.starts_with('b') || text.starts_with('B'))
        text.remove_prefix(1);
    const auto length = static_cast<std::int64_t>(text.size()) * (hex ? 4 : 1);
    if (!Varying && typmod > 0 && length != typmod)
        return cx.fail("22026", "bit string length " + std::to_string(length) + " does not match type bit(" +
                                    std::to_string(typmod) + ")");
    if (Varying && typmod > 0 && length > typmod)
        return cx.fail("22001", "bit string too long for type bit varying(" + std::to_string(typmod) + ")");
    std::string bits;
    bits.reserve(static_cast<std::size_t>(length));
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool good = hex ? std::isxdigit(static_cast<unsigned char>(c)) != 0 : c == '0' || c == '1';
        if (!good)
            return cx.fail("22P02", "\"" + std::string(text.substr(i, utf8Length(c))) + "\" is not a valid " +
                                        (hex ? "hexadecimal" : "binary") + " digit");
        if (!hex) {
            bits += c;
            continue;
        }
        const int digit = value::isAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
        for (const int mask : {8, 4, 2, 1})
            bits += digit & mask ? '1' : '0';
    }
    return value::makeText(bits, cx.arena);
}

void bitsOut(const Datum &datum, std::string &out) { out += datum.text(); }
int compareBits(const Datum &a, const Datum &b) { return compareBytes(a.text(), b.text()); }
std::uint64_t hashBits(const Datum &datum) { return hashBytes(datum.text()); }

} // namespace

std::span<const TypeEntry> bitTypes()
{
    static const TypeEntry kTypes[] = {
        {type::kBit, 1561, bitsIn<false>, bitsOut, compareBits, hashBits},
        {type::kVarbit, 1563, bitsIn<true>, bitsOut, compareBits, hashBits},
    };
    return kTypes;
}

} // namespace sqlgym::runtime
