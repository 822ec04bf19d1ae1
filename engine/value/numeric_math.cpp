// Square roots exactly; exp, ln, log and power by MPFR at PostgreSQL's scale, declined where its last digit is in
// doubt.
#include "value/numeric.h"
#include "value/numeric_big.h"

#include <algorithm>
#include <cmath>
#include <mpfr.h>

namespace sqlgym::value::numeric {

namespace {

class Real {
public:
    explicit Real(mpfr_prec_t bits) { mpfr_init2(f, bits); }
    ~Real() { mpfr_clear(f); }
    Real(const Real &) = delete;
    Real &operator=(const Real &) = delete;

    mpfr_t f;
};

constexpr int kLimit = 2 * kMaxDisplayScale; ///< PostgreSQL's bound on estimated decimal weights

int clampScale(int scale) { return std::clamp(scale, 0, kMaxDisplayScale); }

mpfr_prec_t bitsFor(int decimalDigits)
{
    return static_cast<mpfr_prec_t>((std::max(decimalDigits, 0) + 40) * 3.33) + 64;
}

void setReal(mpfr_ptr out, const Datum &n)
{
    const View view(n);
    mpfr_set_z(out, view.z(), MPFR_RNDN);
    if (view.scale() == 0)
        return;
    Integer p;
    powerOfTen(p.z, view.scale());
    mpfr_div_z(out, out, p.z, MPFR_RNDN);
}

Datum declineRounding(Context &cx)
{
    cx.stop.decline("a numeric function whose last digit is too close to call");
    return Datum::null();
}

/// Rounds `f` to `scale`; declines when it lies within `margin` units of the last place of a tie.
Datum roundReal(mpfr_srcptr f, int scale, double margin, Context &cx)
{
    Integer p;
    powerOfTen(p.z, scale);
    Real scaled(mpfr_get_prec(f) + static_cast<mpfr_prec_t>(mpz_sizeinbase(p.z, 2)));
    mpfr_mul_z(scaled.f, f, p.z, MPFR_RNDN);
    Integer whole;
    mpfr_get_z(whole.z, scaled.f, MPFR_RNDZ);
    Real rest(mpfr_get_prec(scaled.f));
    mpfr_sub_z(rest.f, scaled.f, whole.z, MPFR_RNDN);
    const double fraction = std::fabs(mpfr_get_d(rest.f, MPFR_RNDN));
    if (std::fabs(fraction - 0.5) < margin)
        return declineRounding(cx);
    if (fraction > 0.5) {
        if (mpfr_sgn(f) < 0)
            mpz_sub_ui(whole.z, whole.z, 1);
        else
            mpz_add_ui(whole.z, whole.z, 1);
    }
    return make(whole.z, scale, cx);
}

/// PostgreSQL's guess of the decimal exponent of ln(n), from which it chooses scales.
int estimateLnWeight(const Datum &n)
{
    if (signOf(n) <= 0)
        return 0;
    const View view(n);
    const Datum low = Datum::ofSmallNumeric(9, 1);
    const Datum high = Datum::ofSmallNumeric(11, 1);
    if (compare(n, low) >= 0 && compare(n, high) <= 0) {
        Integer one;
        Integer x;
        powerOfTen(one.z, view.scale());
        mpz_sub(x.z, view.z(), one.z);
        if (mpz_sgn(x.z) == 0)
            return 0;
        const Lead lead = leadOf(x.z, view.scale());
        return lead.weight * 4 + static_cast<int>(std::log10(lead.firstDigit));
    }
    // The first two base-10000 digits.
    const Lead lead = leadOf(view.z(), view.scale());
    const int shift = view.scale() + 4 * (lead.weight - 1);
    Integer two;
    mpz_set(two.z, view.z());
    bool second = true;
    if (shift >= 0) {
        rescale(two.z, shift, 0, true);
    } else {
        scaleUp(two.z, two.z, -shift);
        Integer first;
        second = mpz_fdiv_q_ui(first.z, two.z, 10000) != 0; // one digit alone is used as such
    }
    double digits = mpz_get_d(two.z);
    int weight = 4 * (lead.weight - 1);
    if (!second) {
        digits = lead.firstDigit;
        weight = 4 * lead.weight;
    }
    const double ln = std::log(digits) + weight * 2.302585092994046;
    return static_cast<int>(std::log10(std::fabs(ln)));
}

Datum badLogarithm(const Datum &n, Context &cx)
{
    return cx.fail("2201E",
                   signOf(n) == 0 ? "cannot take logarithm of zero" : "cannot take logarithm of a negative number");
}

Datum overflow(Context &cx) { return cx.fail("22003", "value overflows numeric format"); }

/// e^f at `scale`.
Datum expAt(mpfr_srcptr f, int scale, double margin, Context &cx)
{
    if (std::fabs(mpfr_get_d(f, MPFR_RNDN)) >= kLimit * 3) {
        if (mpfr_sgn(f) > 0)
            return overflow(cx);
        return Datum::ofSmallNumeric(0, static_cast<std::uint16_t>(scale));
    }
    if (std::fabs(mpfr_get_d(f, MPFR_RNDN)) > kLimit * 2.3) {
        // Beyond 2000 digits PostgreSQL's own series loses the last ones.
        cx.stop.decline("a numeric power or exponential of more than 2000 digits");
        return Datum::null();
    }
    Real e(mpfr_get_prec(f));
    mpfr_exp(e.f, f, MPFR_RNDN);
    return roundReal(e.f, scale, margin, cx);
}

bool isIntegral(const Datum &n) { return minimumScale(n) == 0; }

} // namespace

Datum squareRoot(const Datum &n, Context &cx)
{
    if (kindOf(n) == Kind::NaN || kindOf(n) == Kind::PositiveInfinity)
        return n;
    if (signOf(n) < 0)
        return cx.fail("2201F", "cannot take square root of a negative number");
    const View view(n);
    const Lead lead = leadOf(view.z(), view.scale());
    const int weight = (lead.weight + 1) * 4 / 2 - 1;
    const int scale = clampScale(std::max(kMinSignificantDigits - weight, view.scale()));
    return squareRootAt(n, scale, cx);
}

Datum squareRootAt(const Datum &n, int scale, Context &cx)
{
    const View view(n);
    // floor(sqrt(n) * 10^(scale+1)), whose last digit decides the rounding.
    Integer z;
    const int shift = 2 * (scale + 1) - view.scale();
    mpz_set(z.z, view.z());
    if (shift >= 0)
        scaleUp(z.z, z.z, shift);
    else
        rescale(z.z, -shift, 0, true);
    mpz_sqrt(z.z, z.z);
    rescale(z.z, scale + 1, scale, false);
    return make(z.z, scale, cx);
}

Datum exponential(const Datum &n, Context &cx)
{
    if (kindOf(n) == Kind::NaN || kindOf(n) == Kind::PositiveInfinity)
        return n;
    if (kindOf(n) == Kind::NegativeInfinity)
        return Datum::ofSmallNumeric(0, 0);
    double weight = approximate(n) * 0.434294481903252;
    weight = std::clamp(weight, -static_cast<double>(kLimit), static_cast<double>(kLimit));
    const int scale = clampScale(std::max(kMinSignificantDigits - static_cast<int>(weight), scaleOf(n)));
    Real f(bitsFor(scale + static_cast<int>(std::fabs(weight)) + scaleOf(n) + 10));
    setReal(f.f, n);
    return expAt(f.f, scale, 1e-3, cx);
}

Datum naturalLogarithm(const Datum &n, Context &cx)
{
    if (kindOf(n) == Kind::NaN)
        return n;
    if (signOf(n) <= 0)
        return badLogarithm(n, cx);
    if (kindOf(n) != Kind::Finite)
        return n;
    const int scale = clampScale(std::max(kMinSignificantDigits - estimateLnWeight(n), scaleOf(n)));
    Real f(bitsFor(scale + scaleOf(n) + 10));
    setReal(f.f, n);
    mpfr_log(f.f, f.f, MPFR_RNDN);
    return roundReal(f.f, scale, 1e-3, cx);
}

Datum logarithm(const Datum &base, const Datum &n, Context &cx)
{
    if (kindOf(base) == Kind::NaN || kindOf(n) == Kind::NaN)
        return special(Kind::NaN, cx);
    const bool finite = kindOf(base) == Kind::Finite && kindOf(n) == Kind::Finite;
    if (signOf(base) <= 0 && (finite || signOf(n) >= 0))
        return badLogarithm(base, cx);
    if (signOf(n) <= 0)
        return badLogarithm(n, cx);
    if (kindOf(base) != Kind::Finite) {
        if (kindOf(n) != Kind::Finite)
            return special(Kind::NaN, cx);
        return Datum::ofSmallNumeric(0, 0);
    }
    if (kindOf(n) != Kind::Finite)
        return n;
    const int weight = estimateLnWeight(n) - estimateLnWeight(base);
    const int scale = clampScale(std::max({kMinSignificantDigits - weight, scaleOf(base), scaleOf(n)}));
    if (compare(base, Datum::ofSmallNumeric(1, 0)) == 0)
        return cx.fail("22012", "division by zero");
    const auto bits = bitsFor(scale + scaleOf(base) + scaleOf(n) + std::abs(weight) + 10);
    Real l(bits);
    Real b(bits);
    setReal(l.f, n);
    setReal(b.f, base);
    mpfr_log(l.f, l.f, MPFR_RNDN);
    mpfr_log(b.f, b.f, MPFR_RNDN);
    mpfr_div(l.f, l.f, b.f, MPFR_RNDN);
    return roundReal(l.f, scale, 1e-3, cx);
}

namespace {

/// Repeated multiplication, as PostgreSQL does for integer exponents; scale is its 16 significant digits' worth.
Datum integerPower(const Datum &base, std::int64_t exponent, int scale, Context &cx)
{
    if (exponent == 0)
        return round(Datum::ofSmallNumeric(1, 0), scale, cx);
    if (exponent == 1)
        return round(base, scale, cx);
    if (exponent == -1)
        return divideAt(base.isNull ? base : Datum::ofSmallNumeric(1, 0), base, scale, cx);
    if (signOf(base) == 0)
        return exponent < 0 ? cx.fail("22012", "division by zero")
                            : Datum::ofSmallNumeric(0, static_cast<std::uint16_t>(scale));
    const View view(base);
    const auto times = static_cast<std::uint64_t>(exponent < 0 ? -exponent : exponent);
    Real magnitude(128);
    setReal(magnitude.f, base);
    mpfr_abs(magnitude.f, magnitude.f, MPFR_RNDN);
    mpfr_log10(magnitude.f, magnitude.f, MPFR_RNDN);
    const double weight = static_cast<double>(exponent) * mpfr_get_d(magnitude.f, MPFR_RNDN);
    if (exponent != 2) {
        if (weight > 3.0 * 32767 * 4)
            return overflow(cx);
        if (weight + 1 < -scale || weight + 1 < -kMaxDisplayScale)
            return Datum::ofSmallNumeric(0, static_cast<std::uint16_t>(scale));
    }
    if (weight > kMaxIntegerDigits + 8)
        return overflow(cx);
    const bool negative = signOf(base) < 0 && times % 2 == 1;
    // Exact when the digits are few enough to be all kept on the way.
    const double exactScale = static_cast<double>(minimumScale(base)) * static_cast<double>(times);
    if (exponent > 0 && exactScale <= scale + 4) {
        Integer z;
        mpz_set(z.z, view.z());
        rescale(z.z, view.scale(), minimumScale(base), true);
        mpz_pow_ui(z.z, z.z, times);
        const int exact = static_cast<int>(exactScale);
        rescale(z.z, exact, scale, false);
        return make(z.z, scale, cx);
    }
    Real f(bitsFor(scale + static_cast<int>(std::fabs(weight)) + view.scale() + 40));
    setReal(f.f, base);
    mpfr_abs(f.f, f.f, MPFR_RNDN);
    mpfr_pow_si(f.f, f.f, static_cast<long>(exponent), MPFR_RNDN);
    if (negative)
        mpfr_neg(f.f, f.f, MPFR_RNDN);
    return roundReal(f.f, scale, 1e-3, cx);
}

Datum specialPower(const Datum &base, const Datum &exponent, Context &cx)
{
    // As for doubles: x^0 = 1 and 1^x = 1 even for NaN.
    const Datum one = Datum::ofSmallNumeric(1, 0);
    const Kind kb = kindOf(base);
    const Kind ke = kindOf(exponent);
    if (kb == Kind::NaN)
        return ke == Kind::Finite && signOf(exponent) == 0 ? one : special(Kind::NaN, cx);
    if (ke == Kind::NaN)
        return kb == Kind::Finite && compare(base, one) == 0 ? one : special(Kind::NaN, cx);
    if (signOf(base) == 0 && signOf(exponent) < 0)
        return cx.fail("2201F", "zero raised to a negative power is undefined");
    if (signOf(base) < 0 && ke == Kind::Finite && !isIntegral(exponent))
        return cx.fail("2201F", "a negative number raised to a non-integer power yields a complex result");
    if (kb == Kind::Finite && compare(base, one) == 0)
        return one;
    if (ke == Kind::Finite && signOf(exponent) == 0)
        return one;
    if (signOf(base) == 0)
        return Datum::ofSmallNumeric(0, 0);
    if (ke != Kind::Finite) {
        const int c = kb == Kind::Finite ? compare(absolute(base, cx), one) : 1;
        if (c == 0)
            return one; // -1 to an infinite power
        if ((c > 0) == (ke == Kind::PositiveInfinity))
            return special(Kind::PositiveInfinity, cx);
        return Datum::ofSmallNumeric(0, 0);
    }
    if (signOf(exponent) < 0)
        return Datum::ofSmallNumeric(0, 0);
    if (kb == Kind::PositiveInfinity)
        return base;
    const Datum odd = modulo(exponent, Datum::ofSmallNumeric(2, 0), cx);
    return signOf(odd) != 0 ? base : special(Kind::PositiveInfinity, cx);
}

} // namespace

Datum power(const Datum &base, const Datum &exponent, Context &cx)
{
    if (kindOf(base) != Kind::Finite || kindOf(exponent) != Kind::Finite)
        return specialPower(base, exponent, cx);
    if (signOf(base) == 0 && signOf(exponent) < 0)
        return cx.fail("2201F", "zero raised to a negative power is undefined");
    if (signOf(base) < 0 && !isIntegral(exponent))
        return cx.fail("2201F", "a negative number raised to a non-integer power yields a complex result");
    std::int64_t whole = 0;
    if (isIntegral(exponent) && roundToInt64(exponent, whole) && whole >= INT32_MIN && whole <= INT32_MAX)
        return integerPower(base, whole, clampScale(std::max(kMinSignificantDigits, scaleOf(base))), cx);
    if (signOf(base) == 0)
        return Datum::ofSmallNumeric(0, kMinSignificantDigits);
    bool negative = false;
    if (signOf(base) < 0) {
        const Datum odd = modulo(exponent, Datum::ofSmallNumeric(2, 0), cx);
        negative = signOf(odd) != 0;
    }
    const Datum positive = absolute(base, cx);
    // A rough exponent * ln(base) first: it chooses the scale, and the scale the precision. A base near one needs as
    // many digits more as its logarithm is small.
    const View exponentView(exponent);
    const int extra = scaleOf(base) + decimalDigits(exponentView.z()) + 10;
    const auto product = [&](mpfr_ptr out, mpfr_prec_t bits) {
        Real e(bits);
        setReal(out, positive);
        setReal(e.f, exponent);
        mpfr_log(out, out, MPFR_RNDN);
        mpfr_mul(out, out, e.f, MPFR_RNDN);
    };
    Real rough(bitsFor(extra));
    product(rough.f, mpfr_get_prec(rough.f));
    double weight = mpfr_get_d(rough.f, MPFR_RNDN);
    if (std::fabs(weight) > kLimit * 3.01) {
        if (weight > 0)
            return overflow(cx);
        return Datum::ofSmallNumeric(0, kMaxDisplayScale);
    }
    weight *= 0.434294481903252;
    if (std::fabs(weight - std::round(weight)) < 1e-5 && weight != 0 && std::fabs(weight) > 0.5)
        return declineRounding(cx); // the scale itself is in doubt
    const int scale =
        clampScale(std::max({kMinSignificantDigits - static_cast<int>(weight), scaleOf(base), scaleOf(exponent)}));
    Real f(bitsFor(scale + static_cast<int>(std::fabs(weight)) + extra));
    product(f.f, mpfr_get_prec(f.f));
    const Datum result = expAt(f.f, scale, 1e-3 + std::fabs(weight) * 1e-6, cx);
    return negative && !result.isNull ? negate(result, cx) : result;
}

} // namespace sqlgym::value::numeric
