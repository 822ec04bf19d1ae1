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

} // namespace sqlgym::runtime
