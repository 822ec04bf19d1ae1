// What the reader of dates and times made of a text.
#pragma once

#include "runtime/zone_names.h"
#include "value/calendar.h"

#include <cstdint>
#include <string_view>

namespace sqlgym::runtime {

using value::CalendarTime;

enum class Problem : std::uint8_t { None, Format, Range, RangeOfDay, Zone, Unsure };

struct Reading {
    CalendarTime fields;
    bool hasDate = false;
    bool hasTime = false;
    bool hasZone = false;
    bool hasName = false;   ///< of a month or a day of the week
    bool sawDate = false;   ///< or what should be one: digits without a colon
    bool dateFirst = false; ///< and nothing before it
    std::int64_t zoneWestSeconds = 0;
    ZoneName zone; ///< where hasNamedZone
    bool hasNamedZone = false;
    bool isInfinite = false, isNegative = false, isNow = false, isEpoch = false;
    int dayShift = 0;
    bool isToday = false;
    Problem problem = Problem::None;
};

Reading readWords(std::string_view text);

} // namespace sqlgym::runtime
