// Moments as the seed's tables hold them: text that sorts by time.
#pragma once

#include "base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::base {

/// TIMESTAMP: "2026-03-01 09:30:00.250000", UTC.
std::string timestampText(UnixMicros at);
/// TIMESTAMPTZ: the same with "+00".
std::string timestampTzText(UnixMicros at);

/// Reads both, and PostgreSQL's own output of them with fewer or no decimals; nullopt when it is neither.
std::optional<UnixMicros> parseTimestamp(std::string_view text);

} // namespace sqlgym::base
