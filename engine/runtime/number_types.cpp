// bool, the integers, the floats, numeric and oid as types: text, order, hash.
#include "catalogue/type_oids.h"
#include "runtime/type_table.h"
#include "value/numeric.h"
#include "value/scalar_text.h"

#include <bit>
#include <cmath>

namespace sqlgym::runtime {

namespace type = catalogue::type;
using value::Context;
using value::Datum;

namespace {

template <int Bits> Datum integerIn(std::string_view text, std::int32_t, Context &cx)
{
    return value::parseInteger(text, Bits, cx);
}

void integerOut(const Datum &datum, std::string &out) { value::appendInteger(datum.int64, out); }

int compareIntegers(const Datum &a, const Datum &b) { return a.int64 < b.int64 ? -1 : a.int64 > b.int64 ? 1 : 0; }

std::uint64_t hashInteger(const Datum &datum) { return mixBits(static_cast<std::uint64_t>(datum.int64)); }

int compareFloats(const Datum &a, const Datum &b)
{
    const double x = a.float8;
    const double y = b.float8;
    if (std::isnan(x) || std::isnan(y))
        return std::isnan(x) == std::isnan(y) ? 0 : std::isnan(x) ? 1 : -1;
    return x < y ? -1 : x > y ? 1 : 0;
}

std::uint64_t hashFloat(const Datum &datum)
{
    const double v = datum.float8;
    if (std::isnan(v))
        return mixBits(0x7FF8000000000000ull);
    return mixBits(std::bit_cast<std::uint64_t>(v == 0 ? 0.0 : v));
}

Datum numericIn(std::string_view text, std::int32_t typmod, Context &cx)
{
    const Datum n = value::numeric::parse(text, cx);
    return n.isNull ? n : value::numeric::applyTypmod(n, typmod, cx);
}

} // namespace

std::span<const TypeEntry> numberTypes()
{
    static const TypeEntry kTypes[] = {
        {type::kBool, type::kBoolArray,
         [](std::string_view text, std::int32_t, Context &cx) { return value::parseBoolean(text, cx); },
         [](const Datum &d, std::string &out) { out += d.int64 ? 't' : 'f'; }, compareIntegers, hashInteger},
        {type::kInt2, type::kInt2Array, integerIn<16>, integerOut, compareIntegers, hashInteger},
        {type::kInt4, type::kInt4Array, integerIn<32>, integerOut, compareIntegers, hashInteger},
        {type::kInt8, type::kInt8Array, integerIn<64>, integerOut, compareIntegers, hashInteger},
        {type::kOid, 1028, [](std::string_view text, std::int32_t, Context &cx) { return value::parseOid(text, cx); },
         integerOut, compareIntegers, hashInteger},
        {type::kFloat4, 1021,
         [](std::string_view text, std::int32_t, Context &cx) { return value::parseFloat4(text, cx); },
         [](const Datum &d, std::string &out) { value::appendFloat4(static_cast<float>(d.float8), out); },
         compareFloats, hashFloat},
        {type::kFloat8, type::kFloat8Array,
         [](std::string_view text, std::int32_t, Context &cx) { return value::parseFloat8(text, cx); },
         [](const Datum &d, std::string &out) { value::appendFloat8(d.float8, out); }, compareFloats, hashFloat},
        {type::kNumeric, type::kNumericArray, numericIn,
         [](const Datum &d, std::string &out) { value::numeric::appendText(d, out); }, value::numeric::compare,
         value::numeric::hash},
    };
    return kTypes;
}

} // namespace sqlgym::runtime
