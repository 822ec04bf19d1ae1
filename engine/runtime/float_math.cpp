// Functions of float8: roots, powers, logarithms, trigonometry, rounding. The same libm as the server's.
#include "runtime/families.h"
#include "runtime/float_checks.h"

#include <cerrno>
#include <cmath>
#include <limits>

namespace sqlgym::runtime {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kRadiansPerDegree = 0.0174532925199432957692;

Datum inputOutOfRange(Call &call) { return call.cx.fail("22003", "input is out of range"); }

/// A result that is infinite or zero although the argument is not.
Datum checked(Call &call, double v, double argument, double zeroAt)
{
    if (std::isinf(v) && !std::isinf(argument))
        return floatOverflow(call);
    if (v == 0 && argument != zeroAt)
        return floatUnderflow(call);
    return Datum::ofFloat(v);
}

Datum squareRoot(Call &call, const Datum *a)
{
    const double x = a[0].float8;
    if (x < 0)
        return call.cx.fail("2201F", "cannot take square root of a negative number");
    return checked(call, std::sqrt(x), x, 0);
}

Datum cubeRoot(Call &call, const Datum *a) { return checked(call, std::cbrt(a[0].float8), a[0].float8, 0); }

template <double (*F)(double)> Datum logarithm(Call &call, const Datum *a)
{
    const double x = a[0].float8;
    if (x == 0)
        return call.cx.fail("2201E", "cannot take logarithm of zero");
    if (x < 0)
        return call.cx.fail("2201E", "cannot take logarithm of a negative number");
    return checked(call, F(x), x, 1);
}

double naturalLog(double v) { return std::log(v); }
double decimalLog(double v) { return std::log10(v); }

Datum exponential(Call &call, const Datum *a)
{
    const double x = a[0].float8;
    if (std::isnan(x))
        return a[0];
    if (std::isinf(x))
        return Datum::ofFloat(x > 0 ? x : 0);
    const double v = std::exp(x);
    if (std::isinf(v))
        return floatOverflow(call);
    if (v == 0)
        return floatUnderflow(call);
    errno = 0;
    return Datum::ofFloat(v);
}

double infinitePower(double x, double y)
{
    if (std::isinf(y)) {
        const double m = std::fabs(x);
        if (m == 1)
            return 1;
        return (m > 1) == (y > 0) ? kInfinity : 0;
    }
    if (y == 0)
        return 1;
    if (x > 0)
        return y > 0 ? x : 0;
    const bool odd = std::floor(y / 2) != y / 2;
    if (y > 0)
        return odd ? x : -x;
    return odd ? -0.0 : 0.0;
}

Datum power(Call &call, const Datum *a)
{
    const double x = a[0].float8;
    const double y = a[1].float8;
    if (std::isnan(x))
        return Datum::ofFloat(y == 0 ? 1 : kNaN);
    if (std::isnan(y))
        return Datum::ofFloat(x == 1 ? 1 : kNaN);
    if (x == 0 && y < 0)
        return call.cx.fail("2201F", "zero raised to a negative power is undefined");
    if (x < 0 && std::floor(y) != y)
        return call.cx.fail("2201F", "a negative number raised to a non-integer power yields a complex result");
    if (std::isinf(x) || std::isinf(y))
        return Datum::ofFloat(infinitePower(x, y));
    errno = 0;
    const double v = std::pow(x, y);
    if (std::isinf(v) || (errno == ERANGE && v != 0))
        return floatOverflow(call);
    if (v == 0 && x != 0)
        return floatUnderflow(call);
    return Datum::ofFloat(v);
}

template <double (*F)(double)> Datum periodic(Call &call, const Datum *a)
{
    const double x = a[0].float8;
    if (std::isnan(x))
        return a[0];
    return std::isinf(x) ? inputOutOfRange(call) : Datum::ofFloat(F(x));
}

double sine(double v) { return std::sin(v); }
double cosine(double v) { return std::cos(v); }
double tangent(double v) { return std::tan(v); }
double cotangent(double v) { return 1.0 / std::tan(v); }

template <double (*F)(double)> Datum plain(Call &, const Datum *a) { return Datum::ofFloat(F(a[0].float8)); }

double toIntegral(double v) { return std::rint(v); }
double up(double v) { return std::ceil(v); }
double down(double v) { return std::floor(v); }
double towardsZero(double v) { return v >= 0 ? std::floor(v) : -std::floor(-v); }
double signOf(double v) { return v > 0 ? 1 : v < 0 ? -1 : 0; }
double arcTangent(double v) { return std::atan(v); }
double areaSine(double v) { return std::asinh(v); }
double hyperbolicSine(double v) { return std::sinh(v); }
double hyperbolicTangent(double v) { return std::tanh(v); }

template <double (*F)(double)> Datum within(Call &call, const Datum *a)
{
    const double x = a[0].float8;
    if (std::isnan(x))
        return a[0];
    return x < -1 || x > 1 ? inputOutOfRange(call) : Datum::ofFloat(F(x));
}

double arcCosine(double v) { return std::acos(v); }
double arcSine(double v) { return std::asin(v); }
double areaTangent(double v) { return v == 1 ? kInfinity : v == -1 ? -kInfinity : std::atanh(v); }

Datum widthBucket(Call &call, const Datum *a)
{
    const double operand = a[0].float8;
    const double low = a[1].float8;
    const double high = a[2].float8;
    const auto count = a[3].int64;
    if (count <= 0)
        return call.cx.fail("2201G", "count must be greater than zero");
    if (std::isnan(operand) || std::isnan(low) || std::isnan(high))
        return call.cx.fail("2201G", "operand, lower bound, and upper bound cannot be NaN");
    if (std::isinf(low) || std::isinf(high))
        return call.cx.fail("2201G", "lower and upper bounds must be finite");
    if (low == high)
        return call.cx.fail("2201G", "lower bound cannot equal upper bound");
    const bool rising = low < high;
    if (rising ? operand < low : operand > low)
        return Datum::ofInt(0);
    if (rising ? operand >= high : operand <= high)
        return count == INT32_MAX ? call.cx.fail("22003", "integer out of range") : Datum::ofInt(count + 1);
    const double span = rising ? high - low : low - high;
    const double offset = rising ? operand - low : low - operand;
    const double bucket = static_cast<double>(count) * offset / span + 1;
    if (!(bucket > -2147483649.0 && bucket < 2147483648.0)) {
        call.cx.stop.decline("width_bucket over a range as wide as float8's");
        return Datum::null();
    }
    return Datum::ofInt(static_cast<std::int32_t>(bucket));
}

/// splitmix64, one step of the session's state; 53 random bits.
Datum randomValue(Call &call, const Datum *)
{
    std::uint64_t z = (call.cx.session.randomState += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    z ^= z >> 31;
    return Datum::ofFloat(std::ldexp(static_cast<double>(z >> 11), -53));
}

constexpr ScalarEntry kScalars[] = {
    {"dsqrt", squareRoot},
    {"dcbrt", cubeRoot},
    {"dpow", power},
    {"dexp", exponential},
    {"dlog1", logarithm<naturalLog>},
    {"dlog10", logarithm<decimalLog>},
    {"dround", plain<toIntegral>},
    {"dceil", plain<up>},
    {"dfloor", plain<down>},
    {"dtrunc", plain<towardsZero>},
    {"dsign", plain<signOf>},
    {"dsin", periodic<sine>},
    {"dcos", periodic<cosine>},
    {"dtan", periodic<tangent>},
    {"dcot", periodic<cotangent>},
    {"dacos", within<arcCosine>},
    {"dasin", within<arcSine>},
    {"datan", plain<arcTangent>},
    {"datan2", [](Call &, const Datum *a) { return Datum::ofFloat(std::atan2(a[0].float8, a[1].float8)); }},
    {"dsinh", plain<hyperbolicSine>},
    {"dcosh", [](Call &, const Datum *a) { return Datum::ofFloat(std::cosh(a[0].float8)); }},
    {"dtanh", plain<hyperbolicTangent>},
    {"dasinh", plain<areaSine>},
    {"dacosh",
     [](Call &call, const Datum *a) {
         return a[0].float8 < 1 ? inputOutOfRange(call) : Datum::ofFloat(std::acosh(a[0].float8));
     }},
    {"datanh", within<areaTangent>},
    {"dpi", [](Call &, const Datum *) { return Datum::ofFloat(3.14159265358979323846); }},
    {"degrees", [](Call &call, const Datum *a) { return floatQuotient(call, a[0].float8, kRadiansPerDegree); }},
    {"radians", [](Call &call, const Datum *a) { return floatProduct(call, a[0].float8, kRadiansPerDegree); }},
    {"width_bucket_float8", widthBucket},
    {"drandom", randomValue},
};

} // namespace

Family floatMathFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
