#include "catalogue/range_types.h"

namespace sqlgym::catalogue {

namespace {

constexpr RangeRow kRanges[] = {
    {3904, 23, 4451},   // int4range
    {3906, 1700, 4532}, // numrange
    {3908, 1114, 4533}, // tsrange
    {3910, 1184, 4534}, // tstzrange
    {3912, 1082, 4535}, // daterange
    {3926, 20, 4536},   // int8range
};

} // namespace

const RangeRow *findRange(Oid range)
{
    for (const RangeRow &row : kRanges) {
        if (row.range == range)
            return &row;
    }
    return nullptr;
}

const RangeRow *findMultirange(Oid multirange)
{
    for (const RangeRow &row : kRanges) {
        if (row.multirange == multirange)
            return &row;
    }
    return nullptr;
}

} // namespace sqlgym::catalogue
