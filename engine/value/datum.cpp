#include "value/datum.h"

#include "value/numeric_data.h"

namespace sqlgym::value {

namespace {

std::size_t bigSize(const BigNumeric &big)
{
    return sizeof(BigNumeric) + (big.limbCount > 1 ? (big.limbCount - 1) * sizeof(mp_limb_t) : 0);
}

template <typename T> const T *copyBlock(const T *from, std::size_t bytes, Arena &arena)
{
    auto *to = static_cast<T *>(arena.allocate(bytes));
    if (to)
        std::memcpy(static_cast<void *>(to), from, bytes);
    return to;
}

const Datum *copyDatums(const Datum *from, std::size_t count, Arena &arena)
{
    auto *to = arena.allocateArray<Datum>(count);
    if (!to)
        return nullptr;
    for (std::size_t i = 0; i < count; ++i)
        to[i] = copyDatum(from[i], arena);
    return to;
}

Datum copyRecord(const Datum &datum, Arena &arena)
{
    Datum copy = datum;
    auto *record = static_cast<RecordValue *>(arena.allocate(sizeof(RecordValue)));
    *record = *datum.record;
    record->fields = copyDatums(datum.record->fields, record->fieldCount, arena);
    record->fieldTypes = copyBlock(datum.record->fieldTypes, record->fieldCount * sizeof(Oid), arena);
    if (!record->fields || !record->fieldTypes)
        return Datum::null();
    if (record->fieldNames) {
        auto *names = arena.allocateArray<std::string_view>(record->fieldCount);
        if (!names)
            return Datum::null();
        for (std::uint32_t i = 0; i < record->fieldCount; ++i) {
            const auto name = record->fieldNames[i];
            names[i] = {arena.copy(name), name.size()};
        }
        record->fieldNames = names;
    }
    copy.record = record;
    return copy;
}

} // namespace

Datum makeText(std::string_view text, Arena &arena)
{
    const char *at = arena.copy(text);
    return at ? Datum::ofText({at, text.size()}) : Datum::null();
}

Datum copyDatum(const Datum &datum, Arena &arena)
{
    if (datum.isNull)
        return datum;
    Datum copy = datum;
    switch (datum.storage) {
    case Storage::Inline:
    case Storage::SmallNumeric:
        return copy;
    case Storage::Bytes:
        copy.bytes = arena.copy(datum.text());
        return copy.bytes ? copy : Datum::null();
    case Storage::BigNumeric:
        copy.big = copyBlock(datum.big, bigSize(*datum.big), arena);
        return copy.big ? copy : Datum::null();
    case Storage::Interval:
        copy.interval = copyBlock(datum.interval, sizeof(IntervalValue), arena);
        return copy;
    case Storage::Array: {
        auto *array = static_cast<ArrayValue *>(arena.allocate(sizeof(ArrayValue)));
        *array = *datum.array;
        array->elements = copyDatums(datum.array->elements, array->elementCount, arena);
        if (!array->elements)
            return Datum::null();
        copy.array = array;
        return copy;
    }
    case Storage::Record:
        return copyRecord(datum, arena);
    }
    return copy;
}

std::size_t footprint(const Datum &datum)
{
    if (datum.isNull)
        return 0;
    switch (datum.storage) {
    case Storage::Inline:
    case Storage::SmallNumeric:
        return 0;
    case Storage::Bytes:
        return (datum.length + 7u) & ~std::size_t{7};
    case Storage::BigNumeric:
        return bigSize(*datum.big);
    case Storage::Interval:
        return sizeof(IntervalValue);
    case Storage::Array: {
        std::size_t bytes = sizeof(ArrayValue);
        for (std::uint32_t i = 0; i < datum.array->elementCount; ++i)
            bytes += sizeof(Datum) + footprint(datum.array->elements[i]);
        return bytes;
    }
    case Storage::Record: {
        std::size_t bytes = sizeof(RecordValue);
        for (std::uint32_t i = 0; i < datum.record->fieldCount; ++i)
            bytes += sizeof(Datum) + sizeof(Oid) + footprint(datum.record->fields[i]);
        return bytes;
    }
    }
    return 0;
}

} // namespace sqlgym::value
