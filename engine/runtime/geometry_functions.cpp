// Operators and functions of points, boxes, circles and line segments.
//
// Source: PostgreSQL 15 manual, 9.11 Geometric Functions and Operators.
#include "runtime/families.h"

#include "runtime/geometry.h"

#include <algorithm>

namespace sqlgym::runtime {

using namespace geometry;

namespace {

Point pointAt(const Datum &d) { return read<Point>(d); }
Box boxAt(const Datum &d) { return read<Box>(d); }
Circle circleAt(const Datum &d) { return read<Circle>(d); }

template <bool (*Compare)(double, double), double Point::*Axis> Datum pointSide(Call &, const Datum *a)
{
    return Datum::ofBool(Compare(pointAt(a[0]).*Axis, pointAt(a[1]).*Axis));
}
constexpr bool (*kEqual)(double, double) = equal;

using PointMath = Point (Math::*)(Point, Point);
template <PointMath F> Datum movePoint(Call &call, const Datum *a)
{
    Math math(call.cx);
    return math.shape((math.*F)(pointAt(a[0]), pointAt(a[1])));
}
template <PointMath F, bool Turns> Datum moveBox(Call &call, const Datum *a)
{
    Math math(call.cx);
    const Box box = boxAt(a[0]);
    const Point high = (math.*F)(box.high, pointAt(a[1])), low = (math.*F)(box.low, pointAt(a[1]));
    return math.shape(Turns ? boxOf(high, low) : Box{high, low});
}
template <PointMath F, int Scale> Datum moveCircle(Call &call, const Datum *a)
{
    Math math(call.cx);
    Circle c = circleAt(a[0]);
    const Point p = pointAt(a[1]);
    c.center = (math.*F)(c.center, p);
    if (Scale > 0)
        c.radius = math.multiply(c.radius, math.hypotenuse(p.x, p.y));
    else if (Scale < 0)
        c.radius = math.divide(c.radius, math.hypotenuse(p.x, p.y));
    return math.shape(c);
}
constexpr PointMath kAdd = &Math::add, kSubtract = &Math::subtract, kMultiply = &Math::multiply,
                    kDivide = &Math::divide;

double width(const Box &b, Math &math) { return math.subtract(b.high.x, b.low.x); }
double height(const Box &b, Math &math) { return math.subtract(b.high.y, b.low.y); }
double areaOf(const Box &b, Math &math) { return math.multiply(width(b, math), height(b, math)); }
double areaOf(const Circle &c, Math &math) { return math.multiply(math.multiply(c.radius, c.radius), M_PI); }
Point centerOf(const Box &b, Math &math) { return math.middle(b.high, b.low); }

template <typename T, bool (*Compare)(double, double)> Datum compareArea(Call &call, const Datum *a)
{
    Math math(call.cx);
    const double y = areaOf(read<T>(a[1]), math), x = areaOf(read<T>(a[0]), math);
    return math.truth(Compare(x, y));
}
bool unequal(double a, double b) { return a != b && std::fabs(a - b) > kEpsilon; }

bool meet(const Box &a, const Box &b)
{
    return atMost(a.low.x, b.high.x) && atMost(b.low.x, a.high.x) && atMost(a.low.y, b.high.y) &&
           atMost(b.low.y, a.high.y);
}
bool covers(const Box &a, const Box &b)
{
    return atLeast(a.high.x, b.high.x) && atMost(a.low.x, b.low.x) && atLeast(a.high.y, b.high.y) &&
           atMost(a.low.y, b.low.y);
}
bool covers(const Box &b, Point p) { return b.high.x >= p.x && b.low.x <= p.x && b.high.y >= p.y && b.low.y <= p.y; }

/// Side of one box against a side of the other.
template <bool (*Compare)(double, double), Point Box::*Mine, Point Box::*Theirs, double Point::*Axis>
Datum boxSide(Call &, const Datum *a)
{
    return Datum::ofBool(Compare(boxAt(a[0]).*Mine.*Axis, boxAt(a[1]).*Theirs.*Axis));
}
/// The ends of circles along an axis; 1 the far end, -1 the near one.
template <bool (*Compare)(double, double), int Mine, int Theirs, double Point::*Axis>
Datum circleSide(Call &call, const Datum *a)
{
    Math math(call.cx);
    const auto end = [&math](const Circle &c, int which) {
        return which > 0 ? math.add(c.center.*Axis, c.radius) : math.subtract(c.center.*Axis, c.radius);
    };
    const double x = end(circleAt(a[0]), Mine), y = end(circleAt(a[1]), Theirs);
    return math.truth(Compare(x, y));
}

Datum intersection(Call &call, const Datum *a)
{
    const Box x = boxAt(a[0]), y = boxAt(a[1]);
    if (!meet(x, y))
        return Datum::null();
    return write(Box{{std::min(x.high.x, y.high.x), std::min(x.high.y, y.high.y)},
                     {std::max(x.low.x, y.low.x), std::max(x.low.y, y.low.y)}},
                 call.cx);
}

/// Circle a within circle b.
Datum within(const Circle &a, const Circle &b, Math math)
{
    const double distance = math.distance(a.center, b.center);
    return math.truth(atMost(distance, math.subtract(b.radius, a.radius)));
}
Datum circlesMeet(Call &call, const Datum *a)
{
    Math math(call.cx);
    const Circle x = circleAt(a[0]), y = circleAt(a[1]);
    const double distance = math.distance(x.center, y.center);
    return math.truth(atMost(distance, math.add(x.radius, y.radius)));
}
Datum circleSame(Call &, const Datum *a)
{
    const Circle x = circleAt(a[0]), y = circleAt(a[1]);
    const bool radius = (std::isnan(x.radius) && std::isnan(y.radius)) || equal(x.radius, y.radius);
    return Datum::ofBool(radius && equal(x.center, y.center));
}
Datum circleDistance(Call &call, const Datum *a)
{
    Math math(call.cx);
    const Circle x = circleAt(a[0]), y = circleAt(a[1]);
    const double gap = math.subtract(math.distance(x.center, y.center), math.add(x.radius, y.radius));
    return math.number(gap < 0 ? 0 : gap);
}
Datum toCircle(Point p, const Circle &c, Math math)
{
    const double gap = math.subtract(math.distance(p, c.center), c.radius);
    return math.number(gap < 0 ? 0 : gap);
}
Datum inCircle(const Circle &c, Point p, Math math) { return math.truth(math.distance(c.center, p) <= c.radius); }

Datum circleBox(Call &call, const Datum *a)
{
    Math math(call.cx);
    const Circle c = circleAt(a[0]);
    const double reach = math.divide(c.radius, std::sqrt(2.0));
    const Point high{math.add(c.center.x, reach), math.add(c.center.y, reach)};
    return math.shape(Box{high, {math.subtract(c.center.x, reach), math.subtract(c.center.y, reach)}});
}
Datum boxCircle(Call &call, const Datum *a)
{
    Math math(call.cx);
    const Box b = boxAt(a[0]);
    const Point center = centerOf(b, math);
    return math.shape(Circle{center, math.distance(center, b.high)});
}

/// Math for one call.
template <typename F> Datum with(Call &call, F f)
{
    Math math(call.cx);
    return f(math);
}

constexpr ScalarEntry kScalars[] = {
    {"construct_point",
     [](Call &call, const Datum *a) {
         return write(Point{a[0].float8, a[1].float8}, call.cx);
     }},
    {"point_eq", [](Call &, const Datum *a) { return Datum::ofBool(equal(pointAt(a[0]), pointAt(a[1]))); }},
    {"point_ne", [](Call &, const Datum *a) { return Datum::ofBool(!equal(pointAt(a[0]), pointAt(a[1]))); }},
    {"point_left", pointSide<less, &Point::x>},
    {"point_right", pointSide<more, &Point::x>},
    {"point_below", pointSide<less, &Point::y>},
    {"point_above", pointSide<more, &Point::y>},
    {"point_vert", pointSide<kEqual, &Point::x>},
    {"point_horiz", pointSide<kEqual, &Point::y>},
    {"point_add", movePoint<kAdd>},
    {"point_sub", movePoint<kSubtract>},
    {"point_mul", movePoint<kMultiply>},
    {"point_div", movePoint<kDivide>},
    {"point_distance",
     [](Call &call, const Datum *a) {
         return with(call, [a](Math &m) { return m.number(m.distance(pointAt(a[0]), pointAt(a[1]))); });
     }},
    {"point_box",
     [](Call &call, const Datum *a) {
         return write(Box{pointAt(a[0]), pointAt(a[0])}, call.cx);
     }},
    {"points_box", [](Call &call, const Datum *a) { return write(boxOf(pointAt(a[0]), pointAt(a[1])), call.cx); }},
    {"lseg_construct",
     [](Call &call, const Datum *a) {
         return write(Segment{pointAt(a[0]), pointAt(a[1])}, call.cx);
     }},
    {"lseg_length",
     [](Call &call, const Datum *a) {
         const auto s = read<Segment>(a[0]);
         return with(call, [&s](Math &m) { return m.number(m.distance(s.from, s.to)); });
     }},
    {"lseg_center",
     [](Call &call, const Datum *a) {
         const auto s = read<Segment>(a[0]);
         return with(call, [&s](Math &m) { return m.shape(m.middle(s.from, s.to)); });
     }},
    {"box_add", moveBox<kAdd, false>},
    {"box_sub", moveBox<kSubtract, false>},
    {"box_mul", moveBox<kMultiply, true>},
    {"box_div", moveBox<kDivide, true>},
    {"box_area",
     [](Call &call, const Datum *a) { return with(call, [a](Math &m) { return m.number(areaOf(boxAt(a[0]), m)); }); }},
    {"box_width",
     [](Call &call, const Datum *a) { return with(call, [a](Math &m) { return m.number(width(boxAt(a[0]), m)); }); }},
    {"box_height",
     [](Call &call, const Datum *a) { return with(call, [a](Math &m) { return m.number(height(boxAt(a[0]), m)); }); }},
    {"box_center",
     [](Call &call, const Datum *a) { return with(call, [a](Math &m) { return m.shape(centerOf(boxAt(a[0]), m)); }); }},
    {"box_diagonal",
     [](Call &call, const Datum *a) {
         return write(Segment{boxAt(a[0]).high, boxAt(a[0]).low}, call.cx);
     }},
    {"box_distance",
     [](Call &call, const Datum *a) {
         return with(call, [a](Math &m) {
             const Point x = centerOf(boxAt(a[0]), m), y = centerOf(boxAt(a[1]), m);
             return m.number(m.distance(x, y));
         });
     }},
    {"box_intersect", intersection},
    {"box_same",
     [](Call &, const Datum *a) {
         const Box x = boxAt(a[0]), y = boxAt(a[1]);
         return Datum::ofBool(equal(x.high, y.high) && equal(x.low, y.low));
     }},
    {"box_overlap", [](Call &, const Datum *a) { return Datum::ofBool(meet(boxAt(a[0]), boxAt(a[1]))); }},
    {"box_contain", [](Call &, const Datum *a) { return Datum::ofBool(covers(boxAt(a[0]), boxAt(a[1]))); }},
    {"box_contained", [](Call &, const Datum *a) { return Datum::ofBool(covers(boxAt(a[1]), boxAt(a[0]))); }},
    {"box_contain_pt", [](Call &, const Datum *a) { return Datum::ofBool(covers(boxAt(a[0]), pointAt(a[1]))); }},
    {"on_pb", [](Call &, const Datum *a) { return Datum::ofBool(covers(boxAt(a[1]), pointAt(a[0]))); }},
    {"box_left", boxSide<less, &Box::high, &Box::low, &Point::x>},
    {"box_overleft", boxSide<atMost, &Box::high, &Box::high, &Point::x>},
    {"box_right", boxSide<more, &Box::low, &Box::high, &Point::x>},
    {"box_overright", boxSide<atLeast, &Box::low, &Box::low, &Point::x>},
    {"box_below", boxSide<less, &Box::high, &Box::low, &Point::y>},
    {"box_overbelow", boxSide<atMost, &Box::high, &Box::high, &Point::y>},
    {"box_above", boxSide<more, &Box::low, &Box::high, &Point::y>},
    {"box_overabove", boxSide<atLeast, &Box::low, &Box::low, &Point::y>},
    {"box_below_eq", boxSide<atMost, &Box::high, &Box::low, &Point::y>},
    {"box_above_eq", boxSide<atLeast, &Box::low, &Box::high, &Point::y>},
    {"box_lt", compareArea<Box, less>},
    {"box_gt", compareArea<Box, more>},
    {"box_eq", compareArea<Box, kEqual>},
    {"box_le", compareArea<Box, atMost>},
    {"box_ge", compareArea<Box, atLeast>},
    {"box_circle", boxCircle},
    {"circle_box", circleBox},
    {"cr_circle", [](Call &call, const Datum *a) { return write(Circle{pointAt(a[0]), a[1].float8}, call.cx); }},
    {"circle_center", [](Call &call, const Datum *a) { return write(circleAt(a[0]).center, call.cx); }},
    {"circle_radius", [](Call &, const Datum *a) { return Datum::ofFloat(circleAt(a[0]).radius); }},
    {"circle_diameter",
     [](Call &call,
        const Datum
            *a) { return with(call, [a](Math &m) { return m.number(m.multiply(circleAt(a[0]).radius, 2.0)); }); }},
    {"circle_area",
     [](Call &call,
        const Datum *a) { return with(call, [a](Math &m) { return m.number(areaOf(circleAt(a[0]), m)); }); }},
    {"circle_same", circleSame},
    {"circle_overlap", circlesMeet},
    {"circle_contain",
     [](Call &call, const Datum *a) { return within(circleAt(a[1]), circleAt(a[0]), Math(call.cx)); }},
    {"circle_contained",
     [](Call &call, const Datum *a) { return within(circleAt(a[0]), circleAt(a[1]), Math(call.cx)); }},
    {"circle_contain_pt",
     [](Call &call, const Datum *a) { return inCircle(circleAt(a[0]), pointAt(a[1]), Math(call.cx)); }},
    {"pt_contained_circle",
     [](Call &call, const Datum *a) { return inCircle(circleAt(a[1]), pointAt(a[0]), Math(call.cx)); }},
    {"circle_distance", circleDistance},
    {"dist_pc", [](Call &call, const Datum *a) { return toCircle(pointAt(a[0]), circleAt(a[1]), Math(call.cx)); }},
    {"dist_cpoint", [](Call &call, const Datum *a) { return toCircle(pointAt(a[1]), circleAt(a[0]), Math(call.cx)); }},
    {"circle_left", circleSide<less, 1, -1, &Point::x>},
    {"circle_overleft", circleSide<atMost, 1, 1, &Point::x>},
    {"circle_right", circleSide<more, -1, 1, &Point::x>},
    {"circle_overright", circleSide<atLeast, -1, -1, &Point::x>},
    {"circle_below", circleSide<less, 1, -1, &Point::y>},
    {"circle_overbelow", circleSide<atMost, 1, 1, &Point::y>},
    {"circle_above", circleSide<more, -1, 1, &Point::y>},
    {"circle_overabove", circleSide<atLeast, -1, -1, &Point::y>},
    {"circle_lt", compareArea<Circle, less>},
    {"circle_gt", compareArea<Circle, more>},
    {"circle_eq", compareArea<Circle, kEqual>},
    {"circle_ne", compareArea<Circle, unequal>},
    {"circle_le", compareArea<Circle, atMost>},
    {"circle_ge", compareArea<Circle, atLeast>},
    {"circle_add_pt", moveCircle<kAdd, 0>},
    {"circle_sub_pt", moveCircle<kSubtract, 0>},
    {"circle_mul_pt", moveCircle<kMultiply, 1>},
    {"circle_div_pt", moveCircle<kDivide, -1>},
};

} // namespace

Family geometryFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
