// Time zones written as a POSIX rule: "EST5EDT,M3.2.0,M11.1.0", "<+0530>-5:30", "+3".
#pragma once

#include "zones/zone.h"

#include <string_view>

namespace sqlgym::zones {

/// As PostgreSQL reads them: the name of standard time may be empty, and where daylight saving has no rule it is that
/// of the United States. False when `text` is no such rule.
///
/// Source: PostgreSQL 15 manual, B.5 POSIX Time Zone Specifications.
bool readPosixRule(std::string_view text, Zone &out);

} // namespace sqlgym::zones
