// Making array values.
#pragma once

#include "value/context.h"

#include <span>

namespace sqlgym::runtime {

/// A one-dimensional array from 1 (or '{}') over copies of the datums' 16 bytes; what they refer to is shared.
value::Datum makeArray(value::Oid elementType, std::span<const value::Datum> elements, value::Context &cx);
/// An array of the shape (type, dimensions, bounds) of `shape`.
value::Datum makeArray(const value::ArrayValue &shape, std::span<const value::Datum> elements, value::Context &cx);

/// False, with PostgreSQL's error, when a subscript behind the last one would be no integer: no array has such bounds.
bool boundsFit(const value::ArrayValue &shape, value::Context &cx);

} // namespace sqlgym::runtime
