#include "runtime/multirange_value.h"

#include <algorithm>

namespace sqlgym::runtime {

Datum makeMultirange(Oid rangeType, std::vector<Datum> ranges, Context &cx)
{
    std::erase_if(ranges, [](const Datum &range) { return readRange(range).empty; });
    std::ranges::stable_sort(ranges, [](const Datum &a, const Datum &b) { return compareRanges(a, b) < 0; });
    std::vector<Datum> joined;
    for (const Datum &range : ranges) {
        if (cx.poll())
            return Datum::null();
        const RangeValue next = readRange(range);
        const RangeValue last = joined.empty() ? RangeValue{} : readRange(joined.back());
        if (!joined.empty() && (rangesOverlap(last, next) || rangesTouch(last, next)))
            joined.back() = joinRanges(last, next, cx);
        else
            joined.push_back(range);
    }
    auto *array = static_cast<value::ArrayValue *>(cx.arena.allocate(sizeof(value::ArrayValue)));
    auto *elements = cx.arena.allocateArray<Datum>(joined.size());
    if (!elements)
        return Datum::null();
    *array = {};
    array->elementType = rangeType;
    array->dimensionCount = 1;
    array->dimensions[0] = static_cast<std::int32_t>(joined.size());
    array->lowerBounds[0] = 1;
    array->elementCount = static_cast<std::uint32_t>(joined.size());
    std::ranges::copy(joined, elements);
    array->elements = elements;
    Datum out = Datum::ofInt(0);
    out.array = array;
    out.storage = value::Storage::Array;
    return out;
}

Oid rangeTypeOf(const Datum &multirange) { return multirange.array->elementType; }

int compareMultiranges(const Datum &a, const Datum &b)
{
    const value::ArrayValue &x = *a.array, &y = *b.array;
    for (std::uint32_t i = 0; i < std::min(x.elementCount, y.elementCount); ++i) {
        if (const int c = compareRanges(x.elements[i], y.elements[i]))
            return c;
    }
    return x.elementCount < y.elementCount ? -1 : x.elementCount > y.elementCount ? 1 : 0;
}

} // namespace sqlgym::runtime
