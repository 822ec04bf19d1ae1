#include "value/numeric.h"
#include "value/numeric_big.h"
#include "value/numeric_data.h"

#include <algorithm>

namespace sqlgym::value::numeric {

namespace {

bool bothSmall(const Datum &a, const Datum &b)
{
    return a.storage == Storage::SmallNumeric && b.storage == Storage::SmallNumeric;
}

/// v * 10^by into out; false when it does not fit.
bool raise(std::int64_t v, int by, std::int64_t &out)
{
    return by <= kMaxInt64Power && !__builtin_mul_overflow(v, kInt64Powers[by], &out);
}

Datum addSpecial(Kind a, Kind b, Context &cx)
{
    if (a == Kind::NaN || b == Kind::NaN)
        return special(Kind::NaN, cx);
    if (a == Kind::Finite)
        return special(b, cx);
    if (b == Kind::Finite || a == b)
        return special(a, cx);
    return special(Kind::NaN, cx);
}

Kind infinity(int sign) { return sign < 0 ? Kind::NegativeInfinity : Kind::PositiveInfinity; }

Kind opposite(Kind kind)
{
    switch (kind) {
    case Kind::PositiveInfinity:
        return Kind::NegativeInfinity;
    case Kind::NegativeInfinity:
        return Kind::PositiveInfinity;
    default:
        return kind;
    }
}

Datum addBig(const Datum &a, const Datum &b, bool subtracting, Context &cx)
{
    const View x(a);
    const View y(b);
    const int scale = std::max(x.scale(), y.scale());
    Integer l;
    Integer r;
    scaleUp(l.z, x.z(), scale - x.scale());
    scaleUp(r.z, y.z(), scale - y.scale());
    if (subtracting)
        mpz_sub(l.z, l.z, r.z);
    else
        mpz_add(l.z, l.z, r.z);
    return make(l.z, scale, cx);
}

/// How many decimal digits |v| has; v != 0.
int digitsOf(std::uint64_t v)
{
    int digits = 1;
    while (digits <= kMaxInt64Power && v >= static_cast<std::uint64_t>(kInt64Powers[digits]))
        ++digits;
    return digits;
}

std::uint64_t magnitude(std::int64_t v)
{
    return v < 0 ? ~static_cast<std::uint64_t>(v) + 1 : static_cast<std::uint64_t>(v);
}

Lead leadOfDatum(const Datum &n)
{
    if (n.storage == Storage::SmallNumeric && n.scale <= kMaxInt64Power) {
        Lead lead;
        if (n.int64 == 0)
            return lead;
        const std::uint64_t v = magnitude(n.int64);
        const int exponent = digitsOf(v) - 1 - n.scale;
        lead.weight = exponent >= 0 ? exponent / 4 : -((3 - exponent) / 4);
        const int shift = n.scale + 4 * lead.weight;
        const auto first = shift >= 0 ? v / static_cast<std::uint64_t>(kInt64Powers[shift])
                                      : v * static_cast<std::uint64_t>(kInt64Powers[-shift]);
        lead.firstDigit = static_cast<int>(first);
        return lead;
    }
    const View view(n);
    return leadOf(view.z(), view.scale());
}

Datum divideSpecial(Kind ka, Kind kb, const Datum &a, const Datum &b, bool truncated, Context &cx)
{
    if (ka == Kind::NaN || kb == Kind::NaN)
        return special(Kind::NaN, cx);
    if (ka != Kind::Finite) {
        if (kb != Kind::Finite)
            return special(Kind::NaN, cx);
        const int s = signOf(b);
        if (s == 0)
            return cx.fail("22012", "division by zero");
        return special(s > 0 ? ka : opposite(ka), cx);
    }
    (void)a;
    (void)truncated;
    return Datum::ofSmallNumeric(0, 0);
}

bool anySpecial(const Datum &a, const Datum &b, Kind &ka, Kind &kb)
{
    ka = kindOf(a);
    kb = kindOf(b);
    return ka != Kind::Finite || kb != Kind::Finite;
}

} // namespace

/// The scale of a quotient: sixteen significant digits at least, counted in base-10000 digits as PostgreSQL does.
int quotientScale(const Datum &a, const Datum &b)
{
    const Lead l = leadOfDatum(a);
    const Lead r = leadOfDatum(b);
    int weight = l.weight - r.weight;
    if (l.firstDigit <= r.firstDigit)
        --weight;
    int scale = kMinSignificantDigits - weight * 4;
    scale = std::max({scale, scaleOf(a), scaleOf(b), 0});
    return std::min(scale, kMaxDisplayScale);
}

Kind kindOf(const Datum &n)
{
    if (n.storage == Storage::SmallNumeric)
        return Kind::Finite;
    return static_cast<Kind>(n.big->kind);
}

int signOf(const Datum &n)
{
    if (n.storage == Storage::SmallNumeric)
        return n.int64 > 0 ? 1 : n.int64 < 0 ? -1 : 0;
    switch (kindOf(n)) {
    case Kind::Finite:
        return n.big->limbCount == 0 ? 0 : n.big->negative ? -1 : 1;
    case Kind::NegativeInfinity:
        return -1;
    default:
        return 1;
    }
}

int scaleOf(const Datum &n) { return n.storage == Storage::SmallNumeric ? n.scale : n.big->displayScale; }

Datum special(Kind kind, Context &cx)
{
    auto *big = static_cast<BigNumeric *>(cx.arena.allocate(sizeof(BigNumeric)));
    big->kind = static_cast<BigNumeric::Kind>(kind);
    big->negative = kind == Kind::NegativeInfinity;
    big->displayScale = 0;
    big->limbCount = 0;
    Datum d = Datum::ofInt(0);
    d.big = big;
    d.storage = Storage::BigNumeric;
    return d;
}

Datum ofInt(std::int64_t v) { return Datum::ofSmallNumeric(v, 0); }

Datum ofInt128(Int128 v, int scale, Context &cx)
{
    if (v >= INT64_MIN && v <= INT64_MAX && scale <= kMaxScale)
        return Datum::ofSmallNumeric(static_cast<std::int64_t>(v), static_cast<std::uint16_t>(scale));
    Integer z;
    const bool negative = v < 0;
    const auto m = negative ? ~static_cast<UInt128>(v) + 1 : static_cast<UInt128>(v);
    const std::uint64_t words[2] = {static_cast<std::uint64_t>(m), static_cast<std::uint64_t>(m >> 64)};
    mpz_import(z.z, 2, -1, sizeof(words[0]), 0, 0, words);
    if (negative)
        mpz_neg(z.z, z.z);
    return make(z.z, scale, cx);
}

Datum add(const Datum &a, const Datum &b, Context &cx)
{
    if (bothSmall(a, b)) {
        std::int64_t l = a.int64;
        std::int64_t r = b.int64;
        const bool aligned = a.scale == b.scale  ? true
                             : a.scale < b.scale ? raise(a.int64, b.scale - a.scale, l)
                                                 : raise(b.int64, a.scale - b.scale, r);
        std::int64_t sum = 0;
        if (aligned && !__builtin_add_overflow(l, r, &sum))
            return Datum::ofSmallNumeric(sum, std::max(a.scale, b.scale));
    }
    Kind ka;
    Kind kb;
    if (anySpecial(a, b, ka, kb))
        return addSpecial(ka, kb, cx);
    return addBig(a, b, false, cx);
}

Datum subtract(const Datum &a, const Datum &b, Context &cx)
{
    if (bothSmall(a, b)) {
        std::int64_t l = a.int64;
        std::int64_t r = b.int64;
        const bool aligned = a.scale == b.scale  ? true
                             : a.scale < b.scale ? raise(a.int64, b.scale - a.scale, l)
                                                 : raise(b.int64, a.scale - b.scale, r);
        std::int64_t difference = 0;
        if (aligned && !__builtin_sub_overflow(l, r, &difference))
            return Datum::ofSmallNumeric(difference, std::max(a.scale, b.scale));
    }
    Kind ka;
    Kind kb;
    if (anySpecial(a, b, ka, kb))
        return addSpecial(ka, opposite(kb), cx);
    return addBig(a, b, true, cx);
}

Datum multiply(const Datum &a, const Datum &b, Context &cx)
{
    if (bothSmall(a, b)) {
        std::int64_t product = 0;
        const int scale = a.scale + b.scale;
        if (scale <= kMaxScale && !__builtin_mul_overflow(a.int64, b.int64, &product))
            return Datum::ofSmallNumeric(product, static_cast<std::uint16_t>(scale));
    }
    Kind ka;
    Kind kb;
    if (anySpecial(a, b, ka, kb)) {
        if (ka == Kind::NaN || kb == Kind::NaN || signOf(a) == 0 || signOf(b) == 0)
            return special(Kind::NaN, cx);
        return special(infinity(signOf(a) * signOf(b)), cx);
    }
    const View x(a);
    const View y(b);
    Integer p;
    mpz_mul(p.z, x.z(), y.z());
    int scale = x.scale() + y.scale();
    if (scale > kMaxScale) {
        rescale(p.z, scale, kMaxScale, false);
        scale = kMaxScale;
    }
    return make(p.z, scale, cx);
}

Datum divideAt(const Datum &a, const Datum &b, int scale, Context &cx)
{
    if (signOf(b) == 0)
        return cx.fail("22012", "division by zero");
    // a/b = ca/cb * 10^(sb-sa): shift the numerator so that the integer quotient has the wanted scale.
    const int shift = scale + scaleOf(b) - scaleOf(a);
    if (bothSmall(a, b) && shift >= 0 && shift <= kMaxInt64Power * 2) {
        Int128 n = static_cast<Int128>(a.int64) * kInt64Powers[std::min(shift, kMaxInt64Power)];
        if (shift <= kMaxInt64Power || !__builtin_mul_overflow(n, kInt64Powers[shift - kMaxInt64Power], &n)) {
            const Int128 d = b.int64;
            Int128 q = n / d;
            const Int128 rest = n % d;
            const auto twice = static_cast<UInt128>(rest < 0 ? -rest : rest) * 2;
            if (twice >= static_cast<UInt128>(d < 0 ? -d : d))
                q += (n < 0) == (d < 0) ? 1 : -1;
            return ofInt128(q, scale, cx);
        }
    }
    const View x(a);
    const View y(b);
    Integer n;
    Integer d;
    if (shift >= 0) {
        scaleUp(n.z, x.z(), shift);
        divideRounded(n.z, n.z, y.z());
    } else {
        scaleUp(d.z, y.z(), -shift);
        divideRounded(n.z, x.z(), d.z);
    }
    return make(n.z, scale, cx);
}

Datum divide(const Datum &a, const Datum &b, Context &cx)
{
    Kind ka;
    Kind kb;
    if (anySpecial(a, b, ka, kb))
        return divideSpecial(ka, kb, a, b, false, cx);
    return divideAt(a, b, quotientScale(a, b), cx);
}

Datum divideTruncated(const Datum &a, const Datum &b, Context &cx)
{
    Kind ka;
    Kind kb;
    if (anySpecial(a, b, ka, kb))
        return divideSpecial(ka, kb, a, b, true, cx);
    if (signOf(b) == 0)
        return cx.fail("22012", "division by zero");
    const View x(a);
    const View y(b);
    Integer l;
    Integer r;
    scaleUp(l.z, x.z(), std::max(0, y.scale() - x.scale()));
    scaleUp(r.z, y.z(), std::max(0, x.scale() - y.scale()));
    mpz_tdiv_q(l.z, l.z, r.z);
    return make(l.z, 0, cx);
}

Datum modulo(const Datum &a, const Datum &b, Context &cx)
{
    Kind ka;
    Kind kb;
    if (anySpecial(a, b, ka, kb)) {
        if (ka == Kind::NaN || kb == Kind::NaN)
            return special(Kind::NaN, cx);
        if (ka != Kind::Finite)
            return signOf(b) == 0 ? cx.fail("22012", "division by zero") : special(Kind::NaN, cx);
        return a; // a finite number modulo an infinite one is itself
    }
    if (signOf(b) == 0)
        return cx.fail("22012", "division by zero");
    if (bothSmall(a, b) && a.scale == b.scale)
        return b.int64 == -1 ? Datum::ofSmallNumeric(0, a.scale) : Datum::ofSmallNumeric(a.int64 % b.int64, a.scale);
    const View x(a);
    const View y(b);
    Integer l;
    Integer r;
    scaleUp(l.z, x.z(), std::max(0, y.scale() - x.scale()));
    scaleUp(r.z, y.z(), std::max(0, x.scale() - y.scale()));
    mpz_tdiv_r(l.z, l.z, r.z);
    return make(l.z, std::max(x.scale(), y.scale()), cx);
}

Datum negate(const Datum &n, Context &cx)
{
    if (n.storage == Storage::SmallNumeric && n.int64 != INT64_MIN)
        return Datum::ofSmallNumeric(-n.int64, n.scale);
    if (kindOf(n) != Kind::Finite)
        return special(opposite(kindOf(n)), cx);
    const View view(n);
    Integer z;
    mpz_neg(z.z, view.z());
    return make(z.z, view.scale(), cx);
}

Datum absolute(const Datum &n, Context &cx) { return signOf(n) < 0 ? negate(n, cx) : n; }

Datum sign(const Datum &n, Context &cx)
{
    if (kindOf(n) == Kind::NaN)
        return special(Kind::NaN, cx);
    return Datum::ofSmallNumeric(signOf(n), 0);
}

int compare(const Datum &a, const Datum &b)
{
    if (bothSmall(a, b)) {
        if (a.scale == b.scale)
            return a.int64 < b.int64 ? -1 : a.int64 > b.int64 ? 1 : 0;
        const int difference = a.scale - b.scale;
        if (difference >= -kMaxInt64Power && difference <= kMaxInt64Power) {
            Int128 l = a.int64;
            Int128 r = b.int64;
            (difference < 0 ? l : r) *= kInt64Powers[difference < 0 ? -difference : difference];
            return l < r ? -1 : l > r ? 1 : 0;
        }
    }
    Kind ka;
    Kind kb;
    if (anySpecial(a, b, ka, kb)) {
        const auto rank = [](Kind k) {
            return k == Kind::NaN ? 2 : k == Kind::PositiveInfinity ? 1 : k == Kind::NegativeInfinity ? -1 : 0;
        };
        return rank(ka) < rank(kb) ? -1 : rank(ka) > rank(kb) ? 1 : 0;
    }
    const int sa = signOf(a);
    const int sb = signOf(b);
    if (sa != sb)
        return sa < sb ? -1 : 1;
    const View x(a);
    const View y(b);
    Integer up;
    const int c = x.scale() < y.scale()   ? (scaleUp(up.z, x.z(), y.scale() - x.scale()), mpz_cmp(up.z, y.z()))
                  : x.scale() > y.scale() ? (scaleUp(up.z, y.z(), x.scale() - y.scale()), mpz_cmp(x.z(), up.z))
                                          : mpz_cmp(x.z(), y.z());
    return c < 0 ? -1 : c > 0 ? 1 : 0;
}

namespace {

std::uint64_t mix(std::uint64_t h, std::uint64_t v)
{
    h ^= v + 0x9E3779B97F4A7C15ull + (h << 6) + (h >> 2);
    h *= 0xBF58476D1CE4E5B9ull;
    return h ^ (h >> 29);
}

} // namespace

std::uint64_t hash(const Datum &n)
{
    // The canonical form has no trailing fractional zeros; it is small whenever some spelling is.
    std::int64_t v = n.int64;
    int scale = scaleOf(n);
    Integer z;
    if (n.storage != Storage::SmallNumeric) {
        if (kindOf(n) != Kind::Finite)
            return mix(0, static_cast<std::uint64_t>(kindOf(n)));
        const View view(n);
        mpz_set(z.z, view.z());
        const int keep = minimumScale(n);
        rescale(z.z, scale, keep, true);
        scale = keep;
        if (!mpz_fits_slong_p(z.z)) {
            std::uint64_t h = static_cast<std::uint64_t>(scale);
            for (std::size_t i = 0; i < mpz_size(z.z); ++i)
                h = mix(h, mpz_getlimbn(z.z, static_cast<mp_size_t>(i)));
            return mix(h, static_cast<std::uint64_t>(mpz_sgn(z.z) + 1));
        }
        v = mpz_get_si(z.z);
    }
    if (v == 0)
        scale = 0;
    while (scale > 0 && v % 10 == 0) {
        v /= 10;
        --scale;
    }
    return mix(static_cast<std::uint64_t>(scale), static_cast<std::uint64_t>(v));
}

} // namespace sqlgym::value::numeric
