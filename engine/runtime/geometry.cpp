#include "runtime/geometry.h"

#include <utility>

namespace sqlgym::runtime::geometry {

namespace {

/// NaN is greater than everything.
bool before(double a, double b) { return std::isnan(b) ? !std::isnan(a) : a < b; }

} // namespace

Box boxOf(Point a, Point b)
{
    Box box{a, b};
    if (before(box.high.x, box.low.x))
        std::swap(box.high.x, box.low.x);
    if (before(box.high.y, box.low.y))
        std::swap(box.high.y, box.low.y);
    return box;
}

bool equal(Point a, Point b)
{
    if (std::isnan(a.x) || std::isnan(a.y) || std::isnan(b.x) || std::isnan(b.y)) {
        const auto same = [](double x, double y) { return std::isnan(x) ? std::isnan(y) : x == y; };
        return same(a.x, b.x) && same(a.y, b.y);
    }
    return equal(a.x, b.x) && equal(a.y, b.y);
}

double Math::checked(double result, double a, double b)
{
    if (std::isinf(result) && !std::isinf(a) && !std::isinf(b))
        m_cx.fail("22003", "value out of range: overflow");
    return result;
}

double Math::multiply(double a, double b)
{
    const double result = checked(a * b, a, b);
    if (result == 0 && a != 0 && b != 0)
        m_cx.fail("22003", "value out of range: underflow");
    return result;
}

double Math::divide(double a, double b)
{
    if (b == 0 && !std::isnan(a)) {
        m_cx.fail("22012", "division by zero");
        return 0;
    }
    const double result = a / b;
    if (std::isinf(result) && !std::isinf(a))
        m_cx.fail("22003", "value out of range: overflow");
    if (result == 0 && a != 0 && !std::isinf(b))
        m_cx.fail("22003", "value out of range: underflow");
    return result;
}

double Math::hypotenuse(double x, double y)
{
    if (std::isinf(x) || std::isinf(y))
        return HUGE_VAL;
    if (std::isnan(x) || std::isnan(y))
        return std::nan("");
    x = std::fabs(x);
    y = std::fabs(y);
    if (x < y)
        std::swap(x, y);
    if (y == 0)
        return x;
    const double ratio = y / x;
    const double result = x * std::sqrt(1.0 + ratio * ratio);
    if (std::isinf(result))
        m_cx.fail("22003", "value out of range: overflow");
    if (result == 0)
        m_cx.fail("22003", "value out of range: underflow");
    return result;
}

double Math::distance(Point a, Point b) { return hypotenuse(subtract(a.x, b.x), subtract(a.y, b.y)); }

Point Math::multiply(Point a, Point b)
{
    const double x = subtract(multiply(a.x, b.x), multiply(a.y, b.y));
    return {x, add(multiply(a.x, b.y), multiply(a.y, b.x))};
}

Point Math::divide(Point a, Point b)
{
    const double square = add(multiply(b.x, b.x), multiply(b.y, b.y));
    const double x = divide(add(multiply(a.x, b.x), multiply(a.y, b.y)), square);
    return {x, divide(subtract(multiply(a.y, b.x), multiply(a.x, b.y)), square)};
}

Point Math::middle(Point a, Point b) { return {divide(add(a.x, b.x), 2.0), divide(add(a.y, b.y), 2.0)}; }

} // namespace sqlgym::runtime::geometry
