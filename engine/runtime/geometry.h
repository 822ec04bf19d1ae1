// Points, boxes, circles and line segments: values of two to four doubles.
#pragma once

#include "runtime/function.h"

#include <cmath>
#include <cstring>

namespace sqlgym::runtime::geometry {

struct Point {
    double x, y;
};
/// `high` is the upper right corner.
struct Box {
    Point high, low;
};
struct Circle {
    Point center;
    double radius;
};
struct Segment {
    Point from, to;
};

/// The doubles lie in the datum's bytes.
template <typename T> T read(const Datum &datum)
{
    T out;
    std::memcpy(&out, datum.bytes, sizeof out);
    return out;
}
template <typename T> Datum write(const T &value, value::Context &cx)
{
    return value::makeText({reinterpret_cast<const char *>(&value), sizeof value}, cx.arena);
}

/// Corners in any order.
Box boxOf(Point a, Point b);

// Equal within a millionth, as all of these types compare.
inline constexpr double kEpsilon = 1.0E-06;
inline bool equal(double a, double b) { return a == b || std::fabs(a - b) <= kEpsilon; }
inline bool less(double a, double b) { return a + kEpsilon < b; }
inline bool atMost(double a, double b) { return a <= b + kEpsilon; }
inline bool more(double a, double b) { return a > b + kEpsilon; }
inline bool atLeast(double a, double b) { return a + kEpsilon >= b; }
bool equal(Point a, Point b);

/// Arithmetic that raises what PostgreSQL raises when a result is out of range or a divisor zero.
class Math {
public:
    explicit Math(value::Context &cx) : m_cx(cx) {}
    double add(double a, double b) { return checked(a + b, a, b); }
    double subtract(double a, double b) { return checked(a - b, a, b); }
    double multiply(double a, double b);
    double divide(double a, double b);
    double distance(Point a, Point b);
    double hypotenuse(double x, double y);
    Point add(Point a, Point b) { return {add(a.x, b.x), add(a.y, b.y)}; }
    Point subtract(Point a, Point b) { return {subtract(a.x, b.x), subtract(a.y, b.y)}; }
    Point multiply(Point a, Point b);
    Point divide(Point a, Point b);
    Point middle(Point a, Point b);

    Datum number(double v) { return failed() ? Datum::null() : Datum::ofFloat(v); }
    Datum truth(bool v) { return failed() ? Datum::null() : Datum::ofBool(v); }
    template <typename T> Datum shape(const T &v) { return failed() ? Datum::null() : write(v, m_cx); }

private:
    bool failed() const { return m_cx.stop.raised(); }
    double checked(double result, double a, double b);

    value::Context &m_cx;
};

} // namespace sqlgym::runtime::geometry
