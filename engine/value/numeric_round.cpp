#include "value/numeric.h"
#include "value/numeric_big.h"

#include <algorithm>

namespace sqlgym::value::numeric {

namespace {

Datum toScale(const Datum &n, int scale, bool truncating, Context &cx)
{
    const int from = scaleOf(n);
    if (n.storage == Storage::SmallNumeric) {
        if (scale == from)
            return n;
        std::int64_t up = 0;
        if (scale > from && scale - from <= kMaxInt64Power && scale <= kMaxScale &&
            !__builtin_mul_overflow(n.int64, kInt64Powers[scale - from], &up))
            return Datum::ofSmallNumeric(up, static_cast<std::uint16_t>(scale));
        if (scale >= 0 && scale < from && from - scale <= kMaxInt64Power) {
            const std::int64_t p = kInt64Powers[from - scale];
            std::int64_t q = n.int64 / p;
            const std::int64_t rest = n.int64 % p;
            if (!truncating && (rest < 0 ? -rest : rest) >= p - (rest < 0 ? -rest : rest))
                q += n.int64 < 0 ? -1 : 1;
            return Datum::ofSmallNumeric(q, static_cast<std::uint16_t>(scale));
        }
    }
    const View view(n);
    Integer z;
    mpz_set(z.z, view.z());
    rescale(z.z, from, scale, truncating);
    if (scale < 0) {
        scaleUp(z.z, z.z, -scale);
        scale = 0;
    }
    return make(z.z, scale, cx);
}

Datum integral(const Datum &n, int direction, Context &cx)
{
    if (kindOf(n) != Kind::Finite)
        return n;
    const View view(n);
    if (view.scale() == 0)
        return n;
    Integer p;
    Integer q;
    powerOfTen(p.z, view.scale());
    if (direction > 0)
        mpz_cdiv_q(q.z, view.z(), p.z);
    else
        mpz_fdiv_q(q.z, view.z(), p.z);
    return make(q.z, 0, cx);
}

/// round() and trunc() take any int4; beyond these nothing is left to round.
int limitScale(int scale) { return std::clamp(scale, -kMaxIntegerDigits - 1, kMaxScale); }

} // namespace

Datum round(const Datum &n, int scale, Context &cx)
{
    return kindOf(n) != Kind::Finite ? n : toScale(n, limitScale(scale), false, cx);
}

Datum truncate(const Datum &n, int scale, Context &cx)
{
    return kindOf(n) != Kind::Finite ? n : toScale(n, limitScale(scale), true, cx);
}

Datum ceiling(const Datum &n, Context &cx) { return integral(n, 1, cx); }

Datum floor(const Datum &n, Context &cx) { return integral(n, -1, cx); }

int minimumScale(const Datum &n)
{
    int scale = scaleOf(n);
    if (n.storage == Storage::SmallNumeric) {
        std::int64_t v = n.int64;
        if (v == 0)
            return 0;
        while (scale > 0 && v % 10 == 0) {
            v /= 10;
            --scale;
        }
        return scale;
    }
    const View view(n);
    if (mpz_sgn(view.z()) == 0)
        return 0;
    // Factors of ten can be no more than factors of two: strip in halving steps below that bound.
    int zeros = 0;
    Integer z;
    Integer p;
    Integer rest;
    mpz_set(z.z, view.z());
    int step = static_cast<int>(std::min<mp_bitcnt_t>(mpz_scan1(z.z, 0), static_cast<mp_bitcnt_t>(scale)));
    while (step > 0) {
        if (zeros + step <= scale) {
            powerOfTen(p.z, step);
            mpz_tdiv_qr(p.z, rest.z, z.z, p.z);
            if (mpz_sgn(rest.z) == 0) {
                mpz_swap(z.z, p.z);
                zeros += step;
                continue;
            }
        }
        step = step > 1 ? (step + 1) / 2 : 0;
    }
    return scale - zeros;
}

Datum trimScale(const Datum &n, Context &cx)
{
    return kindOf(n) != Kind::Finite ? n : toScale(n, minimumScale(n), true, cx);
}

Datum applyTypmod(const Datum &n, std::int32_t typmod, Context &cx)
{
    if (typmod < 4)
        return n;
    const int precision = ((typmod - 4) >> 16) & 0xffff;
    const int scale = (((typmod - 4) & 0x7ff) ^ 1024) - 1024;
    const auto said = [&] {
        return "A field with precision " + std::to_string(precision) + ", scale " + std::to_string(scale);
    };
    const Kind kind = kindOf(n);
    if (kind == Kind::NaN)
        return n;
    if (kind != Kind::Finite)
        return cx.fail("22003", "numeric field overflow", said() + " cannot hold an infinite value.");
    const Datum rounded = toScale(n, scale, false, cx);
    if (cx.stop.raised())
        return Datum::null();
    const int integerDigits = precision - scale; // may be negative: zeros must follow the point
    bool fits = false;
    if (rounded.storage == Storage::SmallNumeric && integerDigits + rounded.scale > kMaxInt64Power) {
        fits = true;
    } else if (rounded.storage == Storage::SmallNumeric && integerDigits + rounded.scale >= 0) {
        const std::int64_t bound = kInt64Powers[integerDigits + rounded.scale];
        fits = rounded.int64 < bound && rounded.int64 > -bound;
    } else {
        const View view(rounded);
        fits = mpz_sgn(view.z()) == 0 || decimalDigits(view.z()) - view.scale() <= integerDigits;
    }
    if (fits)
        return rounded;
    const std::string bound = integerDigits ? "10^" + std::to_string(integerDigits) : "1";
    return cx.fail("22003", "numeric field overflow",
                   said() + " must round to an absolute value less than " + bound + ".");
}

} // namespace sqlgym::value::numeric
