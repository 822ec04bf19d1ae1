#include "value/numeric.h"
#include "value/numeric_big.h"
#include "value/scalar_text.h"

#include <cmath>
#include <cstdio>
#include <limits>

namespace sqlgym::value::numeric {

namespace {

Datum toInteger(const Datum &n, std::int64_t low, std::int64_t high, const char *type, Context &cx)
{
    std::int64_t v = 0;
    if (roundToInt64(n, v) && v >= low && v <= high)
        return Datum::ofInt(v);
    if (kindOf(n) == Kind::NaN)
        return cx.fail("0A000", std::string("cannot convert NaN to ") + type);
    if (kindOf(n) != Kind::Finite)
        return cx.fail("0A000", std::string("cannot convert infinity to ") + type);
    return cx.fail("22003", std::string(type) + " out of range");
}

Datum ofPrinted(double v, int digits, Context &cx)
{
    if (std::isnan(v))
        return special(Kind::NaN, cx);
    if (std::isinf(v))
        return special(v < 0 ? Kind::NegativeInfinity : Kind::PositiveInfinity, cx);
    char buffer[64];
    const int n = std::snprintf(buffer, sizeof buffer, "%.*g", digits, v);
    return parse({buffer, static_cast<std::size_t>(n)}, cx);
}

} // namespace

bool roundToInt64(const Datum &n, std::int64_t &out)
{
    if (kindOf(n) != Kind::Finite)
        return false;
    const int scale = scaleOf(n);
    if (n.storage == Storage::SmallNumeric) {
        if (scale > kMaxInt64Power) {
            // |coefficient| < 10^19, so at 19 places one half is the most it can be.
            const bool up = scale == 19 && (n.int64 >= 5000000000000000000 || n.int64 <= -5000000000000000000);
            out = !up ? 0 : n.int64 < 0 ? -1 : 1;
            return true;
        }
        const std::int64_t p = kInt64Powers[scale];
        const std::int64_t rest = n.int64 % p;
        out = n.int64 / p;
        if (scale > 0 && (rest < 0 ? -rest : rest) >= p / 2)
            out += n.int64 < 0 ? -1 : 1;
        return true;
    }
    const View view(n);
    Integer z;
    mpz_set(z.z, view.z());
    rescale(z.z, scale, 0, false);
    if (!mpz_fits_slong_p(z.z))
        return false;
    out = mpz_get_si(z.z);
    return true;
}

Datum toInt2(const Datum &n, Context &cx) { return toInteger(n, INT16_MIN, INT16_MAX, "smallint", cx); }

Datum toInt4(const Datum &n, Context &cx) { return toInteger(n, INT32_MIN, INT32_MAX, "integer", cx); }

Datum toInt8(const Datum &n, Context &cx) { return toInteger(n, INT64_MIN, INT64_MAX, "bigint", cx); }

Datum toFloat8(const Datum &n, Context &cx)
{
    if (n.storage == Storage::SmallNumeric && n.scale <= 15 && n.int64 > -(std::int64_t{1} << 53) &&
        n.int64 < (std::int64_t{1} << 53)) // both exact: one correctly rounded division
        return Datum::ofFloat(static_cast<double>(n.int64) / static_cast<double>(kInt64Powers[n.scale]));
    return parseFloat8(toText(n), cx);
}

Datum toFloat4(const Datum &n, Context &cx) { return parseFloat4(toText(n), cx); }

double approximate(const Datum &n) { return std::strtod(toText(n).c_str(), nullptr); }

Datum ofFloat8(double v, Context &cx) { return ofPrinted(v, std::numeric_limits<double>::digits10, cx); }

Datum ofFloat4(float v, Context &cx)
{
    return ofPrinted(static_cast<double>(v), std::numeric_limits<float>::digits10, cx);
}

} // namespace sqlgym::value::numeric
