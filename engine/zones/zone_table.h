// Zones by name, read when first asked for.
#pragma once

#include "zones/zone.h"

#include <memory>
#include <string_view>

namespace sqlgym::zones {

enum class Found : std::uint8_t { Yes, Unknown, NotHere };

/// A zone by its full name in any case ("europe/berlin"), else as a POSIX rule ("UTC+3"). Thread-safe.
/// NotHere: PostgreSQL may know it, this program does not.
Found findZone(std::string_view name, std::shared_ptr<const Zone> &out);

} // namespace sqlgym::zones
