// Multiranges: constructors, bounds, the usual operators, unnest.
//
// Source: PostgreSQL 15 manual, 9.20 Range/Multirange Functions and Operators.
#include "runtime/compare.h"
#include "runtime/families.h"

#include "catalogue/range_types.h"
#include "runtime/multirange_value.h"

#include <algorithm>
#include <vector>

namespace sqlgym::runtime {

namespace {

std::vector<RangeValue> rangesOf(const Datum &multirange)
{
    std::vector<RangeValue> out;
    for (std::uint32_t i = 0; i < multirange.array->elementCount; ++i)
        out.push_back(readRange(multirange.array->elements[i]));
    return out;
}
std::vector<Datum> datumsOf(const Datum &multirange)
{
    return {multirange.array->elements, multirange.array->elements + multirange.array->elementCount};
}

Oid rangeTypeOfResult(const Call &call) { return catalogue::findMultirange(call.site.resultType)->range; }

Datum constructNone(Call &call, const Datum *) { return makeMultirange(rangeTypeOfResult(call), {}, call.cx); }
Datum constructOne(Call &call, const Datum *a) { return makeMultirange(rangeTypeOfResult(call), {a[0]}, call.cx); }
Datum constructMany(Call &call, const Datum *a)
{
    const value::ArrayValue &ranges = *a[0].array;
    if (ranges.dimensionCount > 1)
        return call.cx.fail("21000", "multiranges cannot be constructed from multidimensional arrays");
    for (std::uint32_t i = 0; i < ranges.elementCount; ++i) {
        if (ranges.elements[i].isNull)
            return call.cx.fail("22004", "multirange values cannot contain null members");
    }
    return makeMultirange(rangeTypeOfResult(call), {ranges.elements, ranges.elements + ranges.elementCount}, call.cx);
}

template <bool Upper> Datum bound(Call &, const Datum *a)
{
    const auto ranges = rangesOf(a[0]);
    if (ranges.empty())
        return Datum::null();
    return Upper ? ranges.back().upper.value : ranges.front().lower.value;
}

bool anyContains(const std::vector<RangeValue> &ranges, const RangeValue &range)
{
    return range.empty || std::ranges::any_of(ranges, [&](const RangeValue &r) { return rangeContains(r, range); });
}
bool allContained(const std::vector<RangeValue> &ranges, const std::vector<RangeValue> &in)
{
    return std::ranges::all_of(ranges, [&](const RangeValue &r) { return anyContains(in, r); });
}
bool anyOverlap(const std::vector<RangeValue> &a, const std::vector<RangeValue> &b)
{
    return std::ranges::any_of(a, [&](const RangeValue &x) {
        return std::ranges::any_of(b, [&](const RangeValue &y) { return rangesOverlap(x, y); });
    });
}
Datum containsElement(const Datum &multirange, const Datum &element)
{
    return Datum::ofBool(std::ranges::any_of(
        rangesOf(multirange), [&](const RangeValue &range) { return rangeContainsElement(range, element); }));
}

Datum unite(Call &call, const Datum *a)
{
    std::vector<Datum> all = datumsOf(a[0]);
    std::ranges::copy(datumsOf(a[1]), std::back_inserter(all));
    return makeMultirange(rangeTypeOf(a[0]), std::move(all), call.cx);
}
Datum intersect(Call &call, const Datum *a)
{
    std::vector<Datum> parts;
    for (const RangeValue &x : rangesOf(a[0])) {
        for (const RangeValue &y : rangesOf(a[1])) {
            if (rangesOverlap(x, y))
                parts.push_back(intersectRanges(x, y, call.cx));
        }
        if (call.cx.poll())
            return Datum::null();
    }
    return makeMultirange(rangeTypeOf(a[0]), std::move(parts), call.cx);
}
Datum subtract(Call &call, const Datum *a)
{
    std::vector<Datum> left;
    for (RangeValue rest : rangesOf(a[0])) {
        bool gone = false;
        for (const RangeValue &cut : rangesOf(a[1])) {
            if (gone || !rangesOverlap(rest, cut))
                continue;
            RangeBound from = cut.lower, to = cut.upper;
            from.inclusive = !from.inclusive;
            to.inclusive = !to.inclusive;
            if (compareBounds(rest.lower, cut.lower, rest.type) < 0)
                left.push_back(makeRange(rest.type, rest.lower, from, call.cx));
            gone = compareBounds(rest.upper, cut.upper, rest.type) <= 0;
            to.lower = true;
            rest.lower = to;
        }
        if (!gone)
            left.push_back(makeRange(rest.type, rest.lower, rest.upper, call.cx));
        if (call.cx.poll())
            return Datum::null();
    }
    return makeMultirange(rangeTypeOf(a[0]), std::move(left), call.cx);
}

template <int Which> Datum compare(Call &, const Datum *a) { return comparison<Which>(compareMultiranges(a[0], a[1])); }

Datum merge(Call &call, const Datum *a)
{
    const auto ranges = rangesOf(a[0]);
    return ranges.empty() ? emptyRange(rangeTypeOf(a[0]), call.cx) : joinRanges(ranges.front(), ranges.back(), call.cx);
}

constexpr ScalarEntry kScalars[] = {
    {"multirange_constructor0", constructNone},
    {"multirange_constructor1", constructOne},
    {"multirange_constructor2", constructMany},
    {"multirange_lower", bound<false>},
    {"multirange_upper", bound<true>},
    {"multirange_empty", [](Call &, const Datum *a) { return Datum::ofBool(a[0].array->elementCount == 0); }},
    {"multirange_eq", compare<0>},
    {"multirange_ne", compare<1>},
    {"multirange_lt", compare<2>},
    {"multirange_le", compare<3>},
    {"multirange_gt", compare<4>},
    {"multirange_ge", compare<5>},
    {"multirange_contains_elem", [](Call &, const Datum *a) { return containsElement(a[0], a[1]); }},
    {"elem_contained_by_multirange", [](Call &, const Datum *a) { return containsElement(a[1], a[0]); }},
    {"multirange_contains_range",
     [](Call &, const Datum *a) { return Datum::ofBool(anyContains(rangesOf(a[0]), readRange(a[1]))); }},
    {"range_contained_by_multirange",
     [](Call &, const Datum *a) { return Datum::ofBool(anyContains(rangesOf(a[1]), readRange(a[0]))); }},
    {"multirange_contains_multirange",
     [](Call &, const Datum *a) { return Datum::ofBool(allContained(rangesOf(a[1]), rangesOf(a[0]))); }},
    {"multirange_contained_by_multirange",
     [](Call &, const Datum *a) { return Datum::ofBool(allContained(rangesOf(a[0]), rangesOf(a[1]))); }},
    {"multirange_overlaps_range",
     [](Call &, const Datum *a) { return Datum::ofBool(anyOverlap(rangesOf(a[0]), {readRange(a[1])})); }},
    {"range_overlaps_multirange",
     [](Call &, const Datum *a) { return Datum::ofBool(anyOverlap(rangesOf(a[1]), {readRange(a[0])})); }},
    {"multirange_overlaps_multirange",
     [](Call &, const Datum *a) { return Datum::ofBool(anyOverlap(rangesOf(a[0]), rangesOf(a[1]))); }},
    {"multirange_union", unite},
    {"multirange_intersect", intersect},
    {"multirange_minus", subtract},
    {"range_merge_from_multirange", merge},
};

struct Unnested {
    const value::ArrayValue *ranges;
    std::uint32_t next;
};
void *open(Call &call, const Datum *a)
{
    auto *state = static_cast<Unnested *>(call.cx.arena.allocate(sizeof(Unnested)));
    *state = {a[0].array, 0};
    return state;
}
bool next(Call &, void *state, Datum *columns)
{
    auto &s = *static_cast<Unnested *>(state);
    if (s.next >= s.ranges->elementCount)
        return false;
    columns[0] = s.ranges->elements[s.next++];
    return true;
}

constexpr SetFunction kSets[] = {{"multirange_unnest", open, next}};

} // namespace

Family multirangeFamily() { return {kScalars, kSets, {}}; }

} // namespace sqlgym::runtime
