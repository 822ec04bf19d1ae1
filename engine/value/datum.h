// One SQL value in 16 bytes. Its type is known from the bound tree, not from here.
#pragma once

#include "value/arena.h"

#include <cstdint>
#include <string_view>

namespace sqlgym::value {

/// PostgreSQL's object identifiers (pg_type.oid and so on).
using Oid = std::uint32_t;

struct BigNumeric;
struct IntervalValue;
struct ArrayValue;
struct RecordValue;

/// Where the payload lies, so that a value can be copied without knowing its type.
enum class Storage : std::uint8_t {
    Inline,       ///< bool, int2/4/8, oid, float4/8, date, time, timestamp(tz): in the datum itself
    Bytes,        ///< text, varchar, bpchar, name, bytea, uuid, json, jsonb (its canonical text): `bytes`, `length`
    SmallNumeric, ///< numeric: int64 * 10^-scale, scale = PostgreSQL's display scale
    BigNumeric,   ///< numeric beyond that, NaN and the infinities
    Interval,
    Array,
    Record,
};

/// A value. int2, int4, int8, oid: `int64` (sign extended); date: days from 2000-01-01 in `int64` (INT32_MIN and
/// INT32_MAX are the infinities); time, timestamp, timestamptz: microseconds (from 2000-01-01 00:00 UTC) in `int64`
/// (INT64_MIN, INT64_MAX); timetz: microseconds in `int64`, zone (seconds west) in `length` as int32;
/// float4: the float's value in `float8`; "char": the byte in `int64`.
/// Referenced memory belongs to an arena, a table or the statement, and outlives the datum by its user's contract.
struct Datum {
    union {
        std::int64_t int64;
        double float8;
        bool boolean;
        const char *bytes;
        const struct BigNumeric *big;
        const IntervalValue *interval;
        const ArrayValue *array;
        const RecordValue *record;
    };
    std::uint32_t length;
    std::uint16_t scale;
    Storage storage;
    bool isNull;

    static Datum null()
    {
        Datum d;
        d.int64 = 0;
        d.length = 0;
        d.scale = 0;
        d.storage = Storage::Inline;
        d.isNull = true;
        return d;
    }
    static Datum ofInt(std::int64_t v)
    {
        Datum d;
        d.int64 = v;
        d.length = 0;
        d.scale = 0;
        d.storage = Storage::Inline;
        d.isNull = false;
        return d;
    }
    static Datum ofBool(bool v) { return ofInt(v ? 1 : 0); }
    static Datum ofFloat(double v)
    {
        Datum d = ofInt(0);
        d.float8 = v;
        return d;
    }
    /// Refers to `text`; copies nothing.
    static Datum ofText(std::string_view text)
    {
        Datum d = ofInt(0);
        d.bytes = text.data();
        d.length = static_cast<std::uint32_t>(text.size());
        d.storage = Storage::Bytes;
        return d;
    }
    /// int64 * 10^-scale, as a numeric of that display scale.
    static Datum ofSmallNumeric(std::int64_t coefficient, std::uint16_t displayScale)
    {
        Datum d = ofInt(coefficient);
        d.scale = displayScale;
        d.storage = Storage::SmallNumeric;
        return d;
    }

    bool isTrue() const { return !isNull && int64 != 0; }
    std::string_view text() const { return {bytes, length}; }
};
static_assert(sizeof(Datum) == 16);

/// PostgreSQL's interval: three independent fields.
struct IntervalValue {
    std::int64_t microseconds;
    std::int32_t days;
    std::int32_t months;
};

/// An array: `elements` in row-major order; dimensions[i] elements from lowerBounds[i]; none for '{}'.
struct ArrayValue {
    static constexpr int kMaxDimensions = 6;
    Oid elementType;
    std::int32_t dimensionCount;
    std::int32_t dimensions[kMaxDimensions];
    std::int32_t lowerBounds[kMaxDimensions];
    std::uint32_t elementCount;
    const Datum *elements;
};

/// A row value. `type` is RECORD's OID or a composite type's.
struct RecordValue {
    Oid type;
    std::uint32_t fieldCount;
    const Oid *fieldTypes;
    const Datum *fields;
    const std::string_view *fieldNames; ///< may be nullptr (an anonymous record: f1, f2, ...)
};

/// A deep copy into `arena`; a NULL datum (and the arena's stop slot raised) over the memory limit.
Datum copyDatum(const Datum &datum, Arena &arena);

/// Bytes that copyDatum would take beyond the 16 of the datum.
std::size_t footprint(const Datum &datum);

/// `text` copied into `arena`; NULL (stop raised) over the limit.
Datum makeText(std::string_view text, Arena &arena);

} // namespace sqlgym::value
