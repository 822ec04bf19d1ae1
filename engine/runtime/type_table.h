// Text, order and hash of each type, a family of types a file. io.cpp and compare.cpp look types up here; a new family
// adds its table to the list in type_table.cpp.
#pragma once

#include "runtime/compare.h"
#include "value/context.h"
#include "value/datum.h"

#include <span>
#include <string>
#include <string_view>

namespace sqlgym::runtime {

struct TypeEntry {
    value::Oid type;
    value::Oid arrayType; ///< 0: none
    value::Datum (*in)(std::string_view text, std::int32_t typmod, value::Context &cx);
    void (*out)(const value::Datum &datum, std::string &out);
    CompareFunction compare; ///< nullptr: the type has no order
    HashFunction hash;
};

/// nullptr: not implemented. Array types are not listed: see elementOf().
const TypeEntry *findType(value::Oid type);
/// The element type of an implemented type's array type, else 0.
value::Oid elementOf(value::Oid arrayType);
/// The array type over `element`, else 0.
value::Oid arrayOver(value::Oid element);

// The families' tables.
std::span<const TypeEntry> numberTypes();
std::span<const TypeEntry> textTypes();
std::span<const TypeEntry> datetimeTypes();
std::span<const TypeEntry> jsonTypes();
std::span<const TypeEntry> bitTypes();
std::span<const TypeEntry> geometryTypes();
std::span<const TypeEntry> rangeTypes();
std::span<const TypeEntry> regtypeTypes();

/// Spreads the bits of `v`; the hash of any value whose equality is that of the integer.
inline std::uint64_t mixBits(std::uint64_t v)
{
    v ^= v >> 30;
    v *= 0xBF58476D1CE4E5B9ull;
    v ^= v >> 27;
    v *= 0x94D049BB133111EBull;
    return v ^ (v >> 31);
}
std::uint64_t hashBytes(std::string_view bytes);
inline int compareBytes(std::string_view a, std::string_view b)
{
    const int c = a.compare(b);
    return c < 0 ? -1 : c > 0 ? 1 : 0;
}

} // namespace sqlgym::runtime
