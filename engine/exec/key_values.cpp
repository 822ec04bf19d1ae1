#include "exec/key_values.h"

#include "value/numeric_data.h"

#include <cstring>

namespace sqlgym::exec {

using value::Storage;

bool identical(const Datum &a, const Datum &b)
{
    if (a.isNull || b.isNull)
        return a.isNull == b.isNull;
    if (a.storage != b.storage)
        return false;
    switch (a.storage) {
    case Storage::Inline:
        return a.int64 == b.int64 && a.length == b.length;
    case Storage::SmallNumeric:
        return a.int64 == b.int64 && a.scale == b.scale;
    case Storage::Bytes:
        return a.text() == b.text();
    case Storage::BigNumeric:
        return value::footprint(a) == value::footprint(b) && std::memcmp(a.big, b.big, value::footprint(a)) == 0;
    case Storage::Interval:
        return a.interval->microseconds == b.interval->microseconds && a.interval->days == b.interval->days &&
               a.interval->months == b.interval->months;
    case Storage::Array:
        if (a.array->elementCount != b.array->elementCount || a.array->dimensionCount != b.array->dimensionCount)
            return false;
        for (int i = 0; i < a.array->dimensionCount; ++i)
            if (a.array->dimensions[i] != b.array->dimensions[i] || a.array->lowerBounds[i] != b.array->lowerBounds[i])
                return false;
        for (std::uint32_t i = 0; i < a.array->elementCount; ++i)
            if (!identical(a.array->elements[i], b.array->elements[i]))
                return false;
        return true;
    case Storage::Record:
        if (a.record->fieldCount != b.record->fieldCount || a.scale != b.scale)
            return false;
        for (std::uint32_t i = 0; i < a.record->fieldCount; ++i)
            if (!identical(a.record->fields[i], b.record->fields[i]))
                return false;
        return true;
    }
    return false;
}

} // namespace sqlgym::exec
