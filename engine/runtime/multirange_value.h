// Multiranges as values: ranges in order that neither overlap nor touch, none of them empty.
#pragma once

#include "runtime/range_value.h"

#include <vector>

namespace sqlgym::runtime {

/// In a datum: an array of ranges. Sorts `ranges` (none NULL) and joins what overlaps or touches.
Datum makeMultirange(Oid rangeType, std::vector<Datum> ranges, Context &cx);
/// The type of its ranges.
Oid rangeTypeOf(const Datum &multirange);
int compareMultiranges(const Datum &a, const Datum &b);

} // namespace sqlgym::runtime
