// Time zones as queries name them: an abbreviation, a full name or a POSIX rule.
#pragma once

#include "value/context.h"
#include "zones/zone_table.h"

#include <memory>
#include <string>
#include <string_view>

namespace sqlgym::runtime {

/// Abbreviations are looked up before full names, as PostgreSQL does.
///
/// Source: PostgreSQL 15 manual, 8.5.3 Time Zones and B.2 Handling of Invalid or Ambiguous Timestamps.
struct ZoneName {
    std::shared_ptr<const zones::Zone> zone; ///< none: a fixed offset
    std::string abbreviation;                ///< in upper case: an abbreviation that `zone` explains; else empty
    std::int64_t eastSeconds = 0;

    /// Seconds east of UTC at a moment (microseconds from 2000-01-01 00:00 UTC).
    std::int64_t eastAt(std::int64_t micros) const;
    /// The same when the zone's clocks show `localMicros`. A time that clocks skip counts from before the change, one
    /// that they show twice is the later one.
    std::int64_t eastOfLocal(std::int64_t localMicros) const;
};

zones::Found findZoneName(std::string_view text, ZoneName &out);
/// The same; false, with PostgreSQL's error or a decline raised, when there is none.
bool requireZoneName(std::string_view text, ZoneName &out, value::Context &cx);

} // namespace sqlgym::runtime
