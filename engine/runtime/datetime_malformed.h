// Which texts PostgreSQL certainly refuses as dates, though they cannot be read here.
#pragma once

#include "runtime/datetime_reading.h"

#include <string_view>

namespace sqlgym::runtime {

/// Of a date or timestamp that readWords() is unsure about: Format, Range or RangeOfDay where PostgreSQL certainly
/// raises that error, else Unsure.
/// Source: PostgreSQL 15 manual, B.1 Date/Time Input Interpretation: the first field that makes no sense decides.
Problem certainProblem(std::string_view text);

} // namespace sqlgym::runtime
