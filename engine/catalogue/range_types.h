// Ranges, their subtypes and their multiranges (pg_range).
#pragma once

#include "value/datum.h"

namespace sqlgym::catalogue {

using value::Oid;

struct RangeRow {
    Oid range;
    Oid subtype;
    Oid multirange;
};

/// By the range's own OID, or by its multirange's; nullptr: no such type.
const RangeRow *findRange(Oid range);
const RangeRow *findMultirange(Oid multirange);

} // namespace sqlgym::catalogue
