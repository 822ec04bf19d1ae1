// The default B-tree order and hash of each type, for sorting, grouping, joining and DISTINCT.
#pragma once

#include "value/datum.h"

#include <cstdint>

namespace sqlgym::runtime {

/// <0, 0, >0; both non-NULL. The type's default btree operator class under the C collation.
using CompareFunction = int (*)(const value::Datum &a, const value::Datum &b);
/// Equal values (by the type's equality) have equal hashes; not PostgreSQL's hash values.
using HashFunction = std::uint64_t (*)(const value::Datum &datum);

/// nullptr when the type has no default order (json, point) or is not implemented. Arrays and records: their element
/// types must be known from the datum itself.
CompareFunction findCompare(value::Oid type);
HashFunction findHash(value::Oid type);

/// What a comparison operator answers: `c` is negative, 0 or positive as the first argument comes before, with or after
/// the second. `Which`: 0 to 5 for = <> < <= > >=.
template <int Which> value::Datum comparison(int c)
{
    return value::Datum::ofBool(Which == 0   ? c == 0
                                : Which == 1 ? c != 0
                                : Which == 2 ? c < 0
                                : Which == 3 ? c <= 0
                                : Which == 4 ? c > 0
                                             : c >= 0);
}

} // namespace sqlgym::runtime
