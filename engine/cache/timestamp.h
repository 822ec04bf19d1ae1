// Moments as the seed's tables hold them: text that sorts by time.
#pragma once

#include "base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::cache {

/// TIMESTAMP: "2026-03-01 09:30:00.250000", UTC.
std::string timestampText(base::UnixMicros at);
/// TIMESTAMPTZ: the same with "+00".
std::string timestampTzText(base::UnixMicros at);

/// Reads both, and PostgreSQL's own output of them with fewer or no decimals; nullopt when it is neither.
std::optional<base::UnixMicros> parseTimestamp(std::string_view text);

} // namespace sqlgym::cache
