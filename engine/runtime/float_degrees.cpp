// Trigonometry in degrees, exact where PostgreSQL is: at multiples of 30, 45, 60 and 90.
//
// Source: PostgreSQL 15 manual, 9.3 Mathematical Functions and Operators.
#include "runtime/families.h"

#include <cmath>

namespace sqlgym::runtime {

namespace {

constexpr double kRadiansPerDegree = 0.0174532925199432957692;

/// What libm gives for the angles that have to come out exact; not for the compiler to work out.
struct Known {
    double sin30, oneMinusCos60, asin05, acos05, atan1;
};
const Known &known()
{
    static const Known kKnown = [] {
        volatile double thirty = 30, sixty = 60, half = 0.5, one = 1;
        return Known{std::sin(thirty * kRadiansPerDegree), 1.0 - std::cos(sixty * kRadiansPerDegree), std::asin(half),
                     std::acos(half), std::atan(one)};
    }();
    return kKnown;
}

/// From 0 to 30 and from 0 to 60 degrees.
double smallSine(double x) { return std::sin(x * kRadiansPerDegree) / known().sin30 / 2.0; }
double smallCosine(double x) { return 1.0 - (1.0 - std::cos(x * kRadiansPerDegree)) / known().oneMinusCos60 / 2.0; }
/// From 0 to 90.
double sine(double x) { return x <= 30 ? smallSine(x) : smallCosine(90.0 - x); }
double cosine(double x) { return x <= 60 ? smallCosine(x) : smallSine(90.0 - x); }
double tangent(double x) { return sine(x) / cosine(x); }
double cotangent(double x) { return cosine(x) / sine(x); }

/// An angle folded into the first quarter; the signs that this costs each function.
struct Folded {
    double angle;
    bool negative = false, half = false, quarter = false;
};
Folded fold(double x)
{
    Folded f{std::fmod(x, 360.0)};
    f.negative = f.angle < 0;
    f.angle = f.negative ? -f.angle : f.angle; // minus zero stays
    f.half = f.angle > 180.0;
    f.angle = f.half ? 360.0 - f.angle : f.angle;
    f.quarter = f.angle > 90.0;
    f.angle = f.quarter ? 180.0 - f.angle : f.angle;
    return f;
}

double sineOf(const Folded &f) { return (f.negative != f.half ? -1 : 1) * sine(f.angle); }
double cosineOf(const Folded &f) { return (f.quarter ? -1 : 1) * cosine(f.angle); }
int tangentSign(const Folded &f) { return (f.negative != f.half) != f.quarter ? -1 : 1; }
double tangentOf(const Folded &f)
{
    const double v = tangentSign(f) * (tangent(f.angle) / tangent(45.0));
    return v == 0 ? 0.0 : v; // never minus zero
}
double cotangentOf(const Folded &f)
{
    const double v = tangentSign(f) * (cotangent(f.angle) / cotangent(45.0));
    return v == 0 ? 0.0 : v;
}

template <double (*F)(const Folded &)> Datum ofAngle(Call &call, const Datum *a)
{
    const double x = a[0].float8;
    if (std::isnan(x))
        return a[0];
    if (std::isinf(x))
        return call.cx.fail("22003", "input is out of range");
    return Datum::ofFloat(F(fold(x)));
}

/// For 0 to 1.
double arcSine(double x)
{
    return x <= 0.5 ? std::asin(x) / known().asin05 * 30.0 : 90.0 - std::acos(x) / known().acos05 * 60.0;
}
double arcCosine(double x)
{
    return x <= 0.5 ? 90.0 - std::asin(x) / known().asin05 * 30.0 : std::acos(x) / known().acos05 * 60.0;
}
double arcSineOf(double x) { return x >= 0 ? arcSine(x) : -arcSine(-x); }
double arcCosineOf(double x) { return x >= 0 ? arcCosine(x) : 90.0 + arcSine(-x); }

template <double (*F)(double)> Datum toAngle(Call &call, const Datum *a)
{
    const double x = a[0].float8;
    if (std::isnan(x))
        return a[0];
    if (x < -1 || x > 1)
        return call.cx.fail("22003", "input is out of range");
    return Datum::ofFloat(F(x));
}

constexpr ScalarEntry kScalars[] = {
    {"dsind", ofAngle<sineOf>},
    {"dcosd", ofAngle<cosineOf>},
    {"dtand", ofAngle<tangentOf>},
    {"dcotd", ofAngle<cotangentOf>},
    {"dasind", toAngle<arcSineOf>},
    {"dacosd", toAngle<arcCosineOf>},
    {"datand", [](Call &, const Datum *a) { return Datum::ofFloat(std::atan(a[0].float8) / known().atan1 * 45.0); }},
    {"datan2d",
     [](Call &, const Datum *a) {
         if (std::isnan(a[0].float8) || std::isnan(a[1].float8))
             return Datum::ofFloat(std::nan(""));
         return Datum::ofFloat(std::atan2(a[0].float8, a[1].float8) / known().atan1 * 45.0);
     }},
};

} // namespace

Family floatDegreesFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
