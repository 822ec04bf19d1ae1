// gcd, lcm, factorial and width_bucket of numerics.
#include "value/numeric.h"
#include "value/numeric_big.h"

#include <algorithm>

namespace sqlgym::value::numeric {

namespace {

/// Both brought to one scale, which is returned.
int align(const Datum &a, const Datum &b, Integer &l, Integer &r)
{
    const View x(a);
    const View y(b);
    const int scale = std::max(x.scale(), y.scale());
    scaleUp(l.z, x.z(), scale - x.scale());
    scaleUp(r.z, y.z(), scale - y.scale());
    return scale;
}

bool bothFinite(const Datum &a, const Datum &b) { return kindOf(a) == Kind::Finite && kindOf(b) == Kind::Finite; }

} // namespace

Datum gcd(const Datum &a, const Datum &b, Context &cx)
{
    if (!bothFinite(a, b))
        return special(Kind::NaN, cx);
    Integer l;
    Integer r;
    const int scale = align(a, b, l, r);
    mpz_gcd(l.z, l.z, r.z);
    return make(l.z, scale, cx);
}

Datum lcm(const Datum &a, const Datum &b, Context &cx)
{
    if (!bothFinite(a, b))
        return special(Kind::NaN, cx);
    Integer l;
    Integer r;
    const int scale = align(a, b, l, r);
    mpz_lcm(l.z, l.z, r.z);
    return make(l.z, scale, cx);
}

Datum factorial(std::int64_t n, Context &cx)
{
    if (n < 0)
        return cx.fail("22003", "factorial of a negative number is undefined");
    if (n > 32177)
        return cx.fail("22003", "value overflows numeric format");
    Integer z;
    mpz_fac_ui(z.z, static_cast<unsigned long>(n));
    return make(z.z, 0, cx);
}

Datum widthBucket(const Datum &operand, const Datum &low, const Datum &high, std::int32_t count, Context &cx)
{
    if (count <= 0)
        return cx.fail("2201G", "count must be greater than zero");
    const auto kind = [](const Datum &n) { return kindOf(n); };
    if (kind(operand) == Kind::NaN || kind(low) == Kind::NaN || kind(high) == Kind::NaN)
        return cx.fail("2201G", "operand, lower bound, and upper bound cannot be NaN");
    if (kind(low) != Kind::Finite || kind(high) != Kind::Finite)
        return cx.fail("2201G", "lower and upper bounds must be finite");
    const int order = compare(low, high);
    if (order == 0)
        return cx.fail("2201G", "lower bound cannot equal upper bound");
    const bool below = order < 0 ? compare(operand, low) < 0 : compare(operand, low) > 0;
    if (below)
        return Datum::ofInt(0);
    const bool above = order < 0 ? compare(operand, high) >= 0 : compare(operand, high) <= 0;
    if (above)
        return count == INT32_MAX ? cx.fail("22003", "integer out of range") : Datum::ofInt(std::int64_t{count} + 1);
    // floor(count * (operand - low) / (high - low)) + 1, the quotient rounded at its display scale first.
    const Datum offset = multiply(subtract(operand, low, cx), ofInt(count), cx);
    const Datum width = subtract(high, low, cx);
    if (cx.stop.raised())
        return Datum::null();
    const Datum quotient = floor(divide(offset, width, cx), cx);
    std::int64_t bucket = 0;
    if (cx.stop.raised() || !roundToInt64(quotient, bucket))
        return Datum::null();
    // Rounding may reach `count`, and then PostgreSQL answers the bucket above the highest.
    return bucket == INT32_MAX ? cx.fail("22003", "integer out of range") : Datum::ofInt(bucket + 1);
}

} // namespace sqlgym::value::numeric
