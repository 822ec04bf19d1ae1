// Ranges: constructors, bounds, operators; range_agg and range_intersect_agg.
//
// Source: PostgreSQL 15 manual, 8.17 Range Types and 9.20 Range/Multirange Functions and Operators.
#include "runtime/compare.h"
#include "runtime/families.h"

#include "runtime/multirange_value.h"
#include "runtime/range_value.h"

#include <algorithm>
#include <vector>

namespace sqlgym::runtime {

namespace {

RangeBound boundOf(const Datum &value, bool inclusive) { return {value, value.isNull, inclusive, false}; }

Datum construct(Call &call, const Datum *a)
{
    std::string_view flags = "[)";
    if (call.argumentCount > 2) {
        if (a[2].isNull)
            return call.cx.fail("22000", "range constructor flags argument must not be null");
        flags = a[2].text();
        const bool good =
            flags.size() == 2 && (flags[0] == '[' || flags[0] == '(') && (flags[1] == ']' || flags[1] == ')');
        if (!good)
            return call.cx.fail("42601", "invalid range bound flags", {},
                                "Valid values are \"[]\", \"[)\", \"(]\", and \"()\".");
    }
    return makeRange(call.site.resultType, boundOf(a[0], flags[0] == '['), boundOf(a[1], flags[1] == ']'), call.cx);
}

Datum bound(const RangeValue &range, const RangeBound &end)
{
    return range.empty || end.infinite ? Datum::null() : end.value;
}

template <int Which> Datum compare(Call &, const Datum *a) { return comparison<Which>(compareRanges(a[0], a[1])); }

/// A test of two ranges of which none is empty.
template <bool (*Test)(const RangeValue &, const RangeValue &)> Datum test(Call &, const Datum *a)
{
    const RangeValue x = readRange(a[0]), y = readRange(a[1]);
    return Datum::ofBool(!x.empty && !y.empty && Test(x, y));
}
bool before(const RangeValue &x, const RangeValue &y) { return compareBounds(x.upper, y.lower, x.type) < 0; }
bool after(const RangeValue &x, const RangeValue &y) { return compareBounds(x.lower, y.upper, x.type) > 0; }
bool endsBy(const RangeValue &x, const RangeValue &y) { return compareBounds(x.upper, y.upper, x.type) <= 0; }
bool beginsAfter(const RangeValue &x, const RangeValue &y) { return compareBounds(x.lower, y.lower, x.type) >= 0; }

template <bool Strict> Datum unite(Call &call, const Datum *a)
{
    const RangeValue x = readRange(a[0]), y = readRange(a[1]);
    if (x.empty || y.empty)
        return x.empty ? a[1] : a[0];
    if (Strict && !rangesOverlap(x, y) && !rangesTouch(x, y))
        return call.cx.fail("22000", "result of range union would not be contiguous");
    return joinRanges(x, y, call.cx);
}

Datum subtract(Call &call, const Datum *a)
{
    const RangeValue x = readRange(a[0]), y = readRange(a[1]);
    if (x.empty || y.empty)
        return a[0];
    const int begins = compareBounds(x.lower, y.lower, x.type), ends = compareBounds(x.upper, y.upper, x.type);
    if (begins < 0 && ends > 0)
        return call.cx.fail("22000", "result of range difference would not be contiguous");
    if (!rangesOverlap(x, y))
        return a[0];
    if (begins >= 0 && ends <= 0)
        return emptyRange(x.type, call.cx);
    RangeBound edge = begins < 0 ? y.lower : y.upper;
    edge.inclusive = !edge.inclusive;
    return begins < 0 ? makeRange(x.type, x.lower, edge, call.cx) : makeRange(x.type, edge, x.upper, call.cx);
}

constexpr ScalarEntry kScalars[] = {
    {"range_constructor2", construct},
    {"range_constructor3", construct},
    {"range_lower", [](Call &, const Datum *a) { return bound(readRange(a[0]), readRange(a[0]).lower); }},
    {"range_upper", [](Call &, const Datum *a) { return bound(readRange(a[0]), readRange(a[0]).upper); }},
    {"range_empty", [](Call &, const Datum *a) { return Datum::ofBool(readRange(a[0]).empty); }},
    {"range_lower_inc", [](Call &, const Datum *a) { return Datum::ofBool(readRange(a[0]).lower.inclusive); }},
    {"range_upper_inc", [](Call &, const Datum *a) { return Datum::ofBool(readRange(a[0]).upper.inclusive); }},
    {"range_lower_inf",
     [](Call &, const Datum *a) { return Datum::ofBool(!readRange(a[0]).empty && readRange(a[0]).lower.infinite); }},
    {"range_upper_inf",
     [](Call &, const Datum *a) { return Datum::ofBool(!readRange(a[0]).empty && readRange(a[0]).upper.infinite); }},
    {"range_eq", compare<0>},
    {"range_ne", compare<1>},
    {"range_lt", compare<2>},
    {"range_le", compare<3>},
    {"range_gt", compare<4>},
    {"range_ge", compare<5>},
    {"range_cmp", [](Call &, const Datum *a) { return Datum::ofInt(compareRanges(a[0], a[1])); }},
    {"range_overlaps", test<rangesOverlap>},
    {"range_before", test<before>},
    {"range_after", test<after>},
    {"range_overleft", test<endsBy>},
    {"range_overright", test<beginsAfter>},
    {"range_adjacent", test<rangesTouch>},
    {"range_contains",
     [](Call &, const Datum *a) { return Datum::ofBool(rangeContains(readRange(a[0]), readRange(a[1]))); }},
    {"range_contained_by",
     [](Call &, const Datum *a) { return Datum::ofBool(rangeContains(readRange(a[1]), readRange(a[0]))); }},
    {"range_contains_elem",
     [](Call &, const Datum *a) { return Datum::ofBool(rangeContainsElement(readRange(a[0]), a[1])); }},
    {"elem_contained_by_range",
     [](Call &, const Datum *a) { return Datum::ofBool(rangeContainsElement(readRange(a[1]), a[0])); }},
    {"range_union", unite<true>},
    {"range_merge", unite<false>},
    {"range_intersect",
     [](Call &call, const Datum *a) { return intersectRanges(readRange(a[0]), readRange(a[1]), call.cx); }},
    {"range_minus", subtract},
};

/// The ranges of a group, in memory of the group.
struct Gathered {
    Datum *ranges;
    std::size_t count, capacity;
};

void begin(Call &, void *state) { *static_cast<Gathered *>(state) = {}; }

void keep(Gathered &s, const Datum &range, value::Context &cx)
{
    if (s.count == s.capacity) {
        const std::size_t capacity = std::max<std::size_t>(8, s.capacity * 2);
        auto *grown = cx.arena.allocateArray<Datum>(capacity);
        if (!grown)
            return;
        std::copy_n(s.ranges, s.count, grown);
        s.ranges = grown;
        s.capacity = capacity;
    }
    s.ranges[s.count++] = value::copyDatum(range, cx.arena);
}
void stepRange(Call &call, void *state, const Datum *a) { keep(*static_cast<Gathered *>(state), a[0], call.cx); }
void stepMultirange(Call &call, void *state, const Datum *a)
{
    // An empty multirange is a value too: the result is not NULL.
    auto &s = *static_cast<Gathered *>(state);
    if (a[0].array->elementCount == 0)
        keep(s, emptyRange(rangeTypeOf(a[0]), call.cx), call.cx);
    for (std::uint32_t i = 0; i < a[0].array->elementCount; ++i)
        keep(s, a[0].array->elements[i], call.cx);
}
Datum finishAgg(Call &call, void *state)
{
    const auto &s = *static_cast<Gathered *>(state);
    if (s.count == 0)
        return Datum::null();
    const Oid type = readRange(s.ranges[0]).type;
    return makeMultirange(type, std::vector<Datum>(s.ranges, s.ranges + s.count), call.cx);
}

struct Intersected {
    bool any;
    Datum range;
};
void beginIntersection(Call &, void *state) { *static_cast<Intersected *>(state) = {false, Datum::null()}; }
void intersect(Call &call, void *state, const Datum *a)
{
    auto &s = *static_cast<Intersected *>(state);
    const Datum next = s.any ? intersectRanges(readRange(s.range), readRange(a[0]), call.cx) : a[0];
    s.range = value::copyDatum(next, call.cx.arena);
    s.any = true;
}

constexpr AggregateFunction kAggregates[] = {
    {"range_agg(anyrange)", sizeof(Gathered), true, begin, stepRange, finishAgg},
    {"range_agg(anymultirange)", sizeof(Gathered), true, begin, stepMultirange, finishAgg},
    {"range_intersect_agg(anyrange)", sizeof(Intersected), true, beginIntersection, intersect,
     [](Call &, void *state) { return static_cast<Intersected *>(state)->range; }},
};

} // namespace

Family rangeFamily() { return {kScalars, {}, kAggregates}; }

} // namespace sqlgym::runtime
