#include "runtime/range_value.h"

#include "catalogue/range_types.h"
#include "catalogue/type_oids.h"
#include "value/calendar.h"

namespace sqlgym::runtime {

namespace type = catalogue::type;

namespace {

constexpr std::uint16_t kEmpty = 1, kLowerInclusive = 2, kUpperInclusive = 4;

CompareFunction orderOf(Oid rangeType) { return findCompare(catalogue::findRange(rangeType)->subtype); }

Datum write(Oid rangeType, const Datum &lower, const Datum &upper, std::uint16_t flags, Context &cx)
{
    const catalogue::RangeRow *row = catalogue::findRange(rangeType);
    auto *record = static_cast<value::RecordValue *>(cx.arena.allocate(sizeof(value::RecordValue)));
    auto *fields = cx.arena.allocateArray<Datum>(2);
    auto *types = cx.arena.allocateArray<Oid>(2);
    fields[0] = lower;
    fields[1] = upper;
    types[0] = types[1] = row->subtype;
    *record = {rangeType, 2, types, fields, nullptr};
    Datum out = Datum::ofInt(0);
    out.record = record;
    out.storage = value::Storage::Record;
    out.scale = flags;
    return out;
}

/// The next whole number or day; false, with the error raised, when there is none.
bool step(Datum &v, Oid subtype, Context &cx)
{
    const bool overflows = subtype == type::kInt4   ? v.int64 == INT32_MAX
                           : subtype == type::kInt8 ? v.int64 == INT64_MAX
                                                    : !value::isValidDate(v.int64 + 1);
    if (overflows) {
        if (subtype == type::kDate)
            cx.fail("22008", "date out of range");
        else
            cx.fail("22003", subtype == type::kInt4 ? "integer out of range" : "bigint out of range");
        return false;
    }
    v = Datum::ofInt(v.int64 + 1);
    return true;
}

bool steps(const RangeBound &bound, Oid subtype)
{
    return !bound.infinite && (subtype != type::kDate || value::isFiniteDate(bound.value.int64));
}

} // namespace

RangeValue readRange(const Datum &datum)
{
    RangeValue range;
    range.type = datum.record->type;
    range.empty = datum.scale & kEmpty;
    const Datum *fields = datum.record->fields;
    range.lower = {fields[0], fields[0].isNull, (datum.scale & kLowerInclusive) != 0, true};
    range.upper = {fields[1], fields[1].isNull, (datum.scale & kUpperInclusive) != 0, false};
    return range;
}

Datum emptyRange(Oid rangeType, Context &cx) { return write(rangeType, Datum::null(), Datum::null(), kEmpty, cx); }

Datum makeRange(Oid rangeType, RangeBound lower, RangeBound upper, Context &cx)
{
    const Oid subtype = catalogue::findRange(rangeType)->subtype;
    lower.lower = true;
    upper.lower = false;
    const auto order = [&] { return compareBoundValues(lower, upper, rangeType); };
    if (order() > 0)
        return cx.fail("22000", "range lower bound must be less than or equal to range upper bound");
    const auto isEmpty = [&] { return order() == 0 && !(lower.inclusive && upper.inclusive); };
    if (isEmpty())
        return emptyRange(rangeType, cx);
    if (subtype == type::kInt4 || subtype == type::kInt8 || subtype == type::kDate) {
        if (steps(lower, subtype) && !lower.inclusive) {
            if (!step(lower.value, subtype, cx))
                return Datum::null();
            lower.inclusive = true;
        }
        if (steps(upper, subtype) && upper.inclusive) {
            if (!step(upper.value, subtype, cx))
                return Datum::null();
            upper.inclusive = false;
        }
        if (isEmpty())
            return emptyRange(rangeType, cx);
    }
    const auto flags = static_cast<std::uint16_t>((!lower.infinite && lower.inclusive ? kLowerInclusive : 0) |
                                                  (!upper.infinite && upper.inclusive ? kUpperInclusive : 0));
    return write(rangeType, lower.infinite ? Datum::null() : lower.value, upper.infinite ? Datum::null() : upper.value,
                 flags, cx);
}

int compareBoundValues(const RangeBound &a, const RangeBound &b, Oid rangeType)
{
    const auto side = [](const RangeBound &bound) { return bound.lower ? -1 : 1; };
    if (a.infinite && b.infinite)
        return a.lower == b.lower ? 0 : side(a);
    if (a.infinite)
        return side(a);
    if (b.infinite)
        return -side(b);
    return orderOf(rangeType)(a.value, b.value);
}

int compareBounds(const RangeBound &a, const RangeBound &b, Oid rangeType)
{
    const int values = compareBoundValues(a, b, rangeType);
    if (values != 0 || a.infinite || b.infinite)
        return values;
    // An exclusive bound lies just inside its value.
    const auto offset = [](const RangeBound &bound) { return bound.inclusive ? 0 : bound.lower ? 1 : -1; };
    return offset(a) < offset(b) ? -1 : offset(a) > offset(b) ? 1 : 0;
}

int compareRanges(const Datum &a, const Datum &b)
{
    const RangeValue x = readRange(a), y = readRange(b);
    if (x.empty || y.empty)
        return x.empty == y.empty ? 0 : x.empty ? -1 : 1;
    const int lower = compareBounds(x.lower, y.lower, x.type);
    return lower != 0 ? lower : compareBounds(x.upper, y.upper, x.type);
}

bool rangesOverlap(const RangeValue &a, const RangeValue &b)
{
    if (a.empty || b.empty)
        return false;
    return (compareBounds(a.lower, b.lower, a.type) >= 0 && compareBounds(a.lower, b.upper, a.type) <= 0) ||
           (compareBounds(b.lower, a.lower, a.type) >= 0 && compareBounds(b.lower, a.upper, a.type) <= 0);
}

bool rangeContains(const RangeValue &a, const RangeValue &b)
{
    if (b.empty || a.empty)
        return b.empty;
    return compareBounds(a.lower, b.lower, a.type) <= 0 && compareBounds(a.upper, b.upper, a.type) >= 0;
}

bool rangeContainsElement(const RangeValue &range, const Datum &element)
{
    if (range.empty)
        return false;
    const CompareFunction order = orderOf(range.type);
    const auto inside = [&](const RangeBound &bound, int sign) {
        const int c = bound.infinite ? 1 : sign * order(element, bound.value);
        return c > 0 || (c == 0 && bound.inclusive);
    };
    return inside(range.lower, 1) && inside(range.upper, -1);
}

bool boundsTouch(const RangeBound &upper, const RangeBound &lower, Oid rangeType)
{
    // Canonical ranges of whole numbers touch only where both bounds are the same number.
    return !upper.infinite && !lower.infinite && compareBoundValues(upper, lower, rangeType) == 0 &&
           upper.inclusive != lower.inclusive;
}

bool rangesTouch(const RangeValue &a, const RangeValue &b)
{
    return !a.empty && !b.empty && (boundsTouch(a.upper, b.lower, a.type) || boundsTouch(b.upper, a.lower, a.type));
}

Datum joinRanges(const RangeValue &a, const RangeValue &b, Context &cx)
{
    const RangeBound &lower = compareBounds(a.lower, b.lower, a.type) < 0 ? a.lower : b.lower;
    const RangeBound &upper = compareBounds(a.upper, b.upper, a.type) > 0 ? a.upper : b.upper;
    return makeRange(a.type, lower, upper, cx);
}

Datum intersectRanges(const RangeValue &a, const RangeValue &b, Context &cx)
{
    if (!rangesOverlap(a, b))
        return emptyRange(a.type, cx);
    const RangeBound &lower = compareBounds(a.lower, b.lower, a.type) >= 0 ? a.lower : b.lower;
    const RangeBound &upper = compareBounds(a.upper, b.upper, a.type) <= 0 ? a.upper : b.upper;
    return makeRange(a.type, lower, upper, cx);
}

} // namespace sqlgym::runtime
