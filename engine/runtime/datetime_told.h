// What to_date() and to_timestamp() read, and the moment it makes.
#pragma once

#include "runtime/datetime_template.h"
#include "value/calendar.h"
#include "value/context.h"

#include <cstdint>
#include <string>

namespace sqlgym::runtime {

/// What the source told, in the template's terms. 0 stands for "not told", as in PostgreSQL.
struct Told {
    int hour = 0, pm = 0, minute = 0, second = 0, secondOfDay = 0, millisecond = 0, microsecond = 0, precision = 0;
    int weekday = 0, day = 0, dayOfYear = 0, month = 0, year = 0, bc = 0, century = 0, julian = 0;
    int weekOfYear = 0, weekOfMonth = 0, yearDigits = 0;
    int zoneSign = 0, zoneHours = 0, zoneMinutes = 0;
    bool isTwelveHour = false;
    Convention convention = Convention::Any;
};

/// What was told, as a moment. Days beyond the month are kept where PostgreSQL does not look at them.
struct Moment {
    value::CalendarTime fields;
    int precision = 0;
    std::int64_t zoneWestSeconds = 0;
};

/// False: it makes none, and `cx` says why. `source` is the text as given.
bool assemble(const Told &told, const std::string &source, Moment &out, value::Context &cx);

} // namespace sqlgym::runtime
