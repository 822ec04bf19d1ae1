// Casts without a function (pg_cast.castmethod 'b'): the same bits under another type.
#pragma once

#include "catalogue/type_oids.h"
#include "value/datum.h"

#include <cstdint>

namespace sqlgym::runtime {

/// OIDs are unsigned here and integers signed: between int4 and oid (or a type like it) the datum changes.
inline bool relabelChanges(value::Oid from, value::Oid to)
{
    return from != to && (from == catalogue::type::kInt4 || to == catalogue::type::kInt4);
}

/// `datum` as one of the type `to`, for two types between which relabelChanges().
inline value::Datum relabelled(const value::Datum &datum, value::Oid to)
{
    if (datum.isNull)
        return datum;
    return value::Datum::ofInt(to == catalogue::type::kInt4
                                   ? std::int64_t{static_cast<std::int32_t>(static_cast<std::uint32_t>(datum.int64))}
                                   : std::int64_t{static_cast<std::uint32_t>(datum.int64)});
}

} // namespace sqlgym::runtime
