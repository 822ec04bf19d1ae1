// int2, int4, int8 and oid: arithmetic, comparison, bits, casts. A symbol's digits name its argument types (int48pl:
// int4 + int8); datums are int64 throughout, so one function serves all of one result width.
#include "runtime/families.h"

#include <numeric>

namespace sqlgym::runtime {

namespace {

template <int Bits> bool inRange(std::int64_t v)
{
    if constexpr (Bits == 64)
        return true;
    else
        return v >= -(std::int64_t{1} << (Bits - 1)) && v < (std::int64_t{1} << (Bits - 1));
}

template <int Bits> Datum outOfRange(Call &call)
{
    return call.cx.fail("22003", Bits == 16   ? "smallint out of range"
                                 : Bits == 32 ? "integer out of range"
                                              : "bigint out of range");
}

Datum divisionByZero(Call &call) { return call.cx.fail("22012", "division by zero"); }

template <int Bits> Datum fit(Call &call, std::int64_t v)
{
    return inRange<Bits>(v) ? Datum::ofInt(v) : outOfRange<Bits>(call);
}

template <int Bits> Datum plus(Call &call, const Datum *a)
{
    std::int64_t v = 0;
    return __builtin_add_overflow(a[0].int64, a[1].int64, &v) ? outOfRange<Bits>(call) : fit<Bits>(call, v);
}

template <int Bits> Datum minus(Call &call, const Datum *a)
{
    std::int64_t v = 0;
    return __builtin_sub_overflow(a[0].int64, a[1].int64, &v) ? outOfRange<Bits>(call) : fit<Bits>(call, v);
}

template <int Bits> Datum times(Call &call, const Datum *a)
{
    std::int64_t v = 0;
    return __builtin_mul_overflow(a[0].int64, a[1].int64, &v) ? outOfRange<Bits>(call) : fit<Bits>(call, v);
}

template <int Bits> Datum over(Call &call, const Datum *a)
{
    if (a[1].int64 == 0)
        return divisionByZero(call);
    if (a[1].int64 == -1)
        return a[0].int64 == INT64_MIN ? outOfRange<Bits>(call) : fit<Bits>(call, -a[0].int64);
    return Datum::ofInt(a[0].int64 / a[1].int64);
}

Datum remainder(Call &call, const Datum *a)
{
    if (a[1].int64 == 0)
        return divisionByZero(call);
    return Datum::ofInt(a[1].int64 == -1 ? 0 : a[0].int64 % a[1].int64);
}

template <int Bits> Datum negative(Call &call, const Datum *a)
{
    return a[0].int64 == INT64_MIN ? outOfRange<Bits>(call) : fit<Bits>(call, -a[0].int64);
}

template <int Bits> Datum magnitude(Call &call, const Datum *a)
{
    return a[0].int64 < 0 ? negative<Bits>(call, a) : a[0];
}

template <int Bits> Datum increment(Call &call, const Datum *a)
{
    return a[0].int64 == INT64_MAX ? outOfRange<Bits>(call) : fit<Bits>(call, a[0].int64 + 1);
}

Datum same(Call &, const Datum *a) { return a[0]; }
Datum equal(Call &, const Datum *a) { return Datum::ofBool(a[0].int64 == a[1].int64); }
Datum notEqual(Call &, const Datum *a) { return Datum::ofBool(a[0].int64 != a[1].int64); }
Datum less(Call &, const Datum *a) { return Datum::ofBool(a[0].int64 < a[1].int64); }
Datum lessOrEqual(Call &, const Datum *a) { return Datum::ofBool(a[0].int64 <= a[1].int64); }
Datum greater(Call &, const Datum *a) { return Datum::ofBool(a[0].int64 > a[1].int64); }
Datum greaterOrEqual(Call &, const Datum *a) { return Datum::ofBool(a[0].int64 >= a[1].int64); }
Datum larger(Call &, const Datum *a) { return a[0].int64 > a[1].int64 ? a[0] : a[1]; }
Datum smaller(Call &, const Datum *a) { return a[0].int64 < a[1].int64 ? a[0] : a[1]; }
Datum threeWay(Call &, const Datum *a)
{
    return Datum::ofInt(a[0].int64 > a[1].int64 ? 1 : a[0].int64 < a[1].int64 ? -1 : 0);
}

Datum bitAnd(Call &, const Datum *a) { return Datum::ofInt(a[0].int64 & a[1].int64); }
Datum bitOr(Call &, const Datum *a) { return Datum::ofInt(a[0].int64 | a[1].int64); }
Datum bitXor(Call &, const Datum *a) { return Datum::ofInt(a[0].int64 ^ a[1].int64); }
Datum bitNot(Call &, const Datum *a) { return Datum::ofInt(~a[0].int64); }

/// Shift counts are taken modulo the machine's width (32 for int2, which C promotes), as x86 does.
template <int Bits> Datum shiftLeft(Call &, const Datum *a)
{
    constexpr int kMask = Bits == 64 ? 63 : 31;
    const auto v = static_cast<std::uint64_t>(a[0].int64) << (a[1].int64 & kMask);
    if constexpr (Bits == 16)
        return Datum::ofInt(static_cast<std::int16_t>(v));
    else if constexpr (Bits == 32)
        return Datum::ofInt(static_cast<std::int32_t>(v));
    else
        return Datum::ofInt(static_cast<std::int64_t>(v));
}

template <int Bits> Datum shiftRight(Call &, const Datum *a)
{
    constexpr int kMask = Bits == 64 ? 63 : 31;
    return Datum::ofInt(a[0].int64 >> (a[1].int64 & kMask));
}

std::uint64_t absolute(std::int64_t v)
{
    return v < 0 ? ~static_cast<std::uint64_t>(v) + 1 : static_cast<std::uint64_t>(v);
}

template <int Bits> Datum greatestDivisor(Call &call, const Datum *a)
{
    const std::uint64_t g = std::gcd(absolute(a[0].int64), absolute(a[1].int64));
    return g > INT64_MAX ? outOfRange<Bits>(call) : fit<Bits>(call, static_cast<std::int64_t>(g));
}

template <int Bits> Datum leastMultiple(Call &call, const Datum *a)
{
    if (a[0].int64 == 0 || a[1].int64 == 0)
        return Datum::ofInt(0);
    const std::uint64_t x = absolute(a[0].int64);
    const std::uint64_t y = absolute(a[1].int64);
    std::uint64_t v = 0;
    if (__builtin_mul_overflow(x / std::gcd(x, y), y, &v) || v > INT64_MAX)
        return outOfRange<Bits>(call);
    return fit<Bits>(call, static_cast<std::int64_t>(v));
}

template <int Bits> Datum narrow(Call &call, const Datum *a) { return fit<Bits>(call, a[0].int64); }

Datum toOid(Call &call, const Datum *a)
{
    if (a[0].int64 < 0 || a[0].int64 > UINT32_MAX)
        return call.cx.fail("22003", "OID out of range");
    return a[0];
}

#define SQLGYM_COMPARISONS(prefix)                                                                                     \
    {prefix "eq", equal}, {prefix "ne", notEqual}, {prefix "lt", less}, {prefix "le", lessOrEqual},                    \
        {prefix "gt", greater},                                                                                        \
    {                                                                                                                  \
        prefix "ge", greaterOrEqual                                                                                    \
    }
#define SQLGYM_ARITHMETIC(prefix, bits)                                                                                \
    {prefix "pl", plus<bits>}, {prefix "mi", minus<bits>}, {prefix "mul", times<bits>}, {prefix "div", over<bits>},    \
        SQLGYM_COMPARISONS(prefix)
#define SQLGYM_ONE_WIDTH(prefix, bits)                                                                                 \
    SQLGYM_ARITHMETIC(prefix, bits), {prefix "mod", remainder}, {prefix "um", negative<bits>}, {prefix "up", same},    \
        {prefix "abs", magnitude<bits>}, {prefix "and", bitAnd}, {prefix "or", bitOr}, {prefix "xor", bitXor},         \
        {prefix "not", bitNot}, {prefix "shl", shiftLeft<bits>}, {prefix "shr", shiftRight<bits>},                     \
        {prefix "larger", larger},                                                                                     \
    {                                                                                                                  \
        prefix "smaller", smaller                                                                                      \
    }

constexpr ScalarEntry kScalars[] = {
    SQLGYM_ONE_WIDTH("int2", 16),
    SQLGYM_ONE_WIDTH("int4", 32),
    SQLGYM_ONE_WIDTH("int8", 64),
    SQLGYM_ARITHMETIC("int24", 32),
    SQLGYM_ARITHMETIC("int42", 32),
    SQLGYM_ARITHMETIC("int28", 64),
    SQLGYM_ARITHMETIC("int82", 64),
    SQLGYM_ARITHMETIC("int48", 64),
    SQLGYM_ARITHMETIC("int84", 64),
    SQLGYM_COMPARISONS("oid"),
    {"oidlarger", larger},
    {"oidsmaller", smaller},
    {"int4inc", increment<32>},
    {"int8inc", increment<64>},
    {"int4gcd", greatestDivisor<32>},
    {"int8gcd", greatestDivisor<64>},
    {"int4lcm", leastMultiple<32>},
    {"int8lcm", leastMultiple<64>},
    {"i2toi4", same},
    {"i4toi2", narrow<16>},
    {"int28", same},
    {"int82", narrow<16>},
    {"int48", same},
    {"int84", narrow<32>},
    {"i8tooid", toOid},
    {"oidtoi8", same},
    {"btint4cmp", threeWay},
    {"btint8cmp", threeWay},
    {"btoidcmp", threeWay},
};

} // namespace

Family integerFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
