// float4 and float8: operators, comparison, casts. A float4 travels as the double of the same value.
#include "runtime/families.h"
#include "runtime/float_checks.h"

#include <bit>
#include <cmath>

namespace sqlgym::runtime {

namespace {

template <typename F> F get(const Datum &d) { return static_cast<F>(d.float8); }

template <typename F> Datum put(F v) { return Datum::ofFloat(static_cast<double>(v)); }

template <typename F> Datum plus(Call &call, const Datum *a)
{
    const F x = get<F>(a[0]);
    const F y = get<F>(a[1]);
    const F v = x + y;
    return std::isinf(v) && !std::isinf(x) && !std::isinf(y) ? floatOverflow(call) : put(v);
}

template <typename F> Datum minus(Call &call, const Datum *a)
{
    const F x = get<F>(a[0]);
    const F y = get<F>(a[1]);
    const F v = x - y;
    return std::isinf(v) && !std::isinf(x) && !std::isinf(y) ? floatOverflow(call) : put(v);
}

template <typename F> Datum times(Call &call, const Datum *a) { return floatProduct(call, get<F>(a[0]), get<F>(a[1])); }

template <typename F> Datum over(Call &call, const Datum *a) { return floatQuotient(call, get<F>(a[0]), get<F>(a[1])); }

bool isEqual(double x, double y) { return std::isnan(x) ? std::isnan(y) : x == y; }
bool isLess(double x, double y) { return std::isnan(x) ? false : std::isnan(y) || x < y; }

Datum equal(Call &, const Datum *a) { return Datum::ofBool(isEqual(a[0].float8, a[1].float8)); }
Datum notEqual(Call &, const Datum *a) { return Datum::ofBool(!isEqual(a[0].float8, a[1].float8)); }
Datum less(Call &, const Datum *a) { return Datum::ofBool(isLess(a[0].float8, a[1].float8)); }
Datum lessOrEqual(Call &, const Datum *a) { return Datum::ofBool(!isLess(a[1].float8, a[0].float8)); }
Datum greater(Call &, const Datum *a) { return Datum::ofBool(isLess(a[1].float8, a[0].float8)); }
Datum greaterOrEqual(Call &, const Datum *a) { return Datum::ofBool(!isLess(a[0].float8, a[1].float8)); }
Datum larger(Call &, const Datum *a) { return isLess(a[1].float8, a[0].float8) ? a[0] : a[1]; }
Datum smaller(Call &, const Datum *a) { return isLess(a[0].float8, a[1].float8) ? a[0] : a[1]; }
Datum same(Call &, const Datum *a) { return a[0]; }
Datum negative(Call &, const Datum *a) { return Datum::ofFloat(-a[0].float8); }
Datum magnitude(Call &, const Datum *a) { return Datum::ofFloat(std::fabs(a[0].float8)); }

template <int Bits> Datum toInteger(Call &call, const Datum *a)
{
    // Half to even, then the range: both bounds are exact as doubles.
    const double v = std::rint(a[0].float8);
    const double bound = std::ldexp(1.0, Bits - 1);
    if (!(v >= -bound && v < bound))
        return call.cx.fail("22003", Bits == 16   ? "smallint out of range"
                                     : Bits == 32 ? "integer out of range"
                                                  : "bigint out of range");
    return Datum::ofInt(static_cast<std::int64_t>(v));
}

Datum fromInteger(Call &, const Datum *a) { return Datum::ofFloat(static_cast<double>(a[0].int64)); }
Datum fromIntegerToSingle(Call &, const Datum *a) { return put(static_cast<float>(a[0].int64)); }

Datum toSingle(Call &call, const Datum *a)
{
    const double x = a[0].float8;
    const auto v = static_cast<float>(x);
    if (std::isinf(v) && !std::isinf(x))
        return floatOverflow(call);
    if (v == 0.0F && x != 0.0)
        return floatUnderflow(call);
    return put(v);
}

Datum threeWay(Call &, const Datum *a)
{
    return Datum::ofInt(isEqual(a[0].float8, a[1].float8) ? 0 : isLess(a[0].float8, a[1].float8) ? -1 : 1);
}

#define SQLGYM_OPERATORS(prefix, F)                                                                                    \
    {prefix "pl", plus<F>}, {prefix "mi", minus<F>}, {prefix "mul", times<F>}, {prefix "div", over<F>},                \
        {prefix "eq", equal}, {prefix "ne", notEqual}, {prefix "lt", less}, {prefix "le", lessOrEqual},                \
        {prefix "gt", greater},                                                                                        \
    {                                                                                                                  \
        prefix "ge", greaterOrEqual                                                                                    \
    }
#define SQLGYM_ONE_WIDTH(prefix)                                                                                       \
    {prefix "um", negative}, {prefix "up", same}, {prefix "abs", magnitude}, {prefix "larger", larger},                \
    {                                                                                                                  \
        prefix "smaller", smaller                                                                                      \
    }

/// The bits, the most significant byte first.
template <typename Bits, typename Float> Datum send(Call &call, const Datum *a)
{
    auto bits = std::bit_cast<Bits>(static_cast<Float>(a[0].float8));
    char bytes[sizeof bits];
    for (std::size_t i = sizeof bits; i-- > 0; bits >>= 8)
        bytes[i] = static_cast<char>(bits & 0xff);
    return value::makeText({bytes, sizeof bytes}, call.cx.arena);
}

constexpr ScalarEntry kScalars[] = {
    SQLGYM_OPERATORS("float8", double),
    SQLGYM_OPERATORS("float4", float),
    SQLGYM_OPERATORS("float48", double),
    SQLGYM_OPERATORS("float84", double),
    SQLGYM_ONE_WIDTH("float8"),
    SQLGYM_ONE_WIDTH("float4"),
    {"float4send", send<std::uint32_t, float>},
    {"float8send", send<std::uint64_t, double>},
    {"btfloat8cmp", threeWay},
    {"btfloat4cmp", threeWay},
    {"dtoi2", toInteger<16>},
    {"dtoi4", toInteger<32>},
    {"dtoi8", toInteger<64>},
    {"ftoi2", toInteger<16>},
    {"ftoi4", toInteger<32>},
    {"ftoi8", toInteger<64>},
    {"i2tod", fromInteger},
    {"i4tod", fromInteger},
    {"i8tod", fromInteger},
    {"i2tof", fromIntegerToSingle},
    {"i4tof", fromIntegerToSingle},
    {"i8tof", fromIntegerToSingle},
    {"ftod", same},
    {"dtof", toSingle},
};

} // namespace

Family floatFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
