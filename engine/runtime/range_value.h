// Ranges as values: two bounds, or empty.
#pragma once

#include "runtime/compare.h"
#include "value/context.h"

namespace sqlgym::runtime {

using value::Context;
using value::Datum;
using value::Oid;

/// One end. An infinite one has no value and is never inclusive.
struct RangeBound {
    Datum value = Datum::null();
    bool infinite = true;
    bool inclusive = false;
    bool lower = false;
};

/// In a datum: a record of the two bounds (NULL where infinite), its type being the range's; what else there is to know
/// lies in the datum's `scale`.
struct RangeValue {
    Oid type = 0;
    bool empty = false;
    RangeBound lower, upper;
};

RangeValue readRange(const Datum &datum);
/// Checks the order of the bounds (22000) and brings ranges of whole numbers and days to their canonical form.
Datum makeRange(Oid type, RangeBound lower, RangeBound upper, Context &cx);
Datum emptyRange(Oid type, Context &cx);

/// Values alone; infinite ones lie at their own end.
int compareBoundValues(const RangeBound &a, const RangeBound &b, Oid rangeType);
/// What lies further left is less: inclusive lower bounds before exclusive ones, and so on.
int compareBounds(const RangeBound &a, const RangeBound &b, Oid rangeType);
/// The default order: empty first, then by lower and upper bound.
int compareRanges(const Datum &a, const Datum &b);

bool rangesOverlap(const RangeValue &a, const RangeValue &b);
bool rangeContains(const RangeValue &a, const RangeValue &b);
bool rangeContainsElement(const RangeValue &range, const Datum &element);
/// `upper` ends where `lower` begins, with nothing between or shared.
bool boundsTouch(const RangeBound &upper, const RangeBound &lower, Oid rangeType);
bool rangesTouch(const RangeValue &a, const RangeValue &b);
/// Of ranges that overlap or touch.
Datum joinRanges(const RangeValue &a, const RangeValue &b, Context &cx);
Datum intersectRanges(const RangeValue &a, const RangeValue &b, Context &cx);

} // namespace sqlgym::runtime
