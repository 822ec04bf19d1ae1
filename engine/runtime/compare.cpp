#include "runtime/compare.h"

#include "catalogue/type_oids.h"
#include "runtime/enum_values.h"
#include "runtime/type_table.h"

#include <algorithm>

namespace sqlgym::runtime {

namespace type = catalogue::type;
using value::Datum;

namespace {

int compareNullable(value::Oid type, const Datum &a, const Datum &b)
{
    if (a.isNull || b.isNull)
        return a.isNull == b.isNull ? 0 : a.isNull ? 1 : -1;
    const CompareFunction compare = findCompare(type);
    return compare ? compare(a, b) : 0;
}

/// Elements first (NULL last among them), then how many there are, then the shape.
int compareArrays(const Datum &a, const Datum &b)
{
    const auto &x = *a.array;
    const auto &y = *b.array;
    const std::uint32_t common = std::min(x.elementCount, y.elementCount);
    for (std::uint32_t i = 0; i < common; ++i) {
        if (const int c = compareNullable(x.elementType, x.elements[i], y.elements[i]))
            return c;
    }
    if (x.elementCount != y.elementCount)
        return x.elementCount < y.elementCount ? -1 : 1;
    if (x.dimensionCount != y.dimensionCount)
        return x.dimensionCount < y.dimensionCount ? -1 : 1;
    for (int i = 0; i < x.dimensionCount; ++i) {
        if (x.dimensions[i] != y.dimensions[i])
            return x.dimensions[i] < y.dimensions[i] ? -1 : 1;
    }
    for (int i = 0; i < x.dimensionCount; ++i) {
        if (x.lowerBounds[i] != y.lowerBounds[i])
            return x.lowerBounds[i] < y.lowerBounds[i] ? -1 : 1;
    }
    return 0;
}

std::uint64_t hashNullable(value::Oid type, const Datum &datum)
{
    if (datum.isNull)
        return 0;
    const HashFunction hash = findHash(type);
    return hash ? hash(datum) : 1;
}

std::uint64_t hashArray(const Datum &datum)
{
    std::uint64_t h = datum.array->elementCount;
    for (std::uint32_t i = 0; i < datum.array->elementCount; ++i)
        h = mixBits(h ^ hashNullable(datum.array->elementType, datum.array->elements[i]));
    return h;
}

int compareRecords(const Datum &a, const Datum &b)
{
    const auto &x = *a.record;
    const auto &y = *b.record;
    const std::uint32_t common = std::min(x.fieldCount, y.fieldCount);
    for (std::uint32_t i = 0; i < common; ++i) {
        if (const int c = compareNullable(x.fieldTypes[i], x.fields[i], y.fields[i]))
            return c;
    }
    return x.fieldCount < y.fieldCount ? -1 : x.fieldCount > y.fieldCount ? 1 : 0;
}

std::uint64_t hashRecord(const Datum &datum)
{
    std::uint64_t h = datum.record->fieldCount;
    for (std::uint32_t i = 0; i < datum.record->fieldCount; ++i)
        h = mixBits(h ^ hashNullable(datum.record->fieldTypes[i], datum.record->fields[i]));
    return h;
}

} // namespace

CompareFunction findCompare(value::Oid type)
{
    if (const TypeEntry *entry = findType(type))
        return entry->compare;
    if (catalogue::findEnum(type))
        return compareEnums;
    if (type == type::kRecord)
        return compareRecords;
    const TypeEntry *element = findType(elementOf(type));
    return element && element->compare ? compareArrays : nullptr;
}

HashFunction findHash(value::Oid type)
{
    if (const TypeEntry *entry = findType(type))
        return entry->hash;
    if (catalogue::findEnum(type))
        return hashEnum;
    if (type == type::kRecord)
        return hashRecord;
    const TypeEntry *element = findType(elementOf(type));
    return element && element->hash ? hashArray : nullptr;
}

} // namespace sqlgym::runtime
