// Intervals in order: months count 30 days, days 24 hours.
#pragma once

#include "runtime/type_table.h"
#include "value/calendar.h"
#include "value/int128.h"

namespace sqlgym::runtime {

inline value::Int128 spanOf(const value::IntervalValue &v)
{
    const std::int64_t days = std::int64_t{v.months} * 30 + v.days;
    return value::Int128{days} * value::kMicrosPerDay + v.microseconds;
}

inline int compareIntervals(const value::Datum &a, const value::Datum &b)
{
    const auto x = spanOf(*a.interval), y = spanOf(*b.interval);
    return x < y ? -1 : x > y ? 1 : 0;
}

inline std::uint64_t hashInterval(const value::Datum &datum)
{
    const auto span = spanOf(*datum.interval);
    return mixBits(static_cast<std::uint64_t>(span) ^ static_cast<std::uint64_t>(span >> 64));
}

} // namespace sqlgym::runtime
