// Building texts from any type's values.
#pragma once

#include "runtime/function.h"

#include <string>
#include <string_view>

namespace sqlgym::runtime {

/// value::text: as the cast gives it, which for boolean and char(n) is not the type's output.
std::string castToText(Oid argumentType, const Datum &datum);

/// NULL (memory limit raised) when it does not fit.
Datum concatenate(std::string_view a, std::string_view b, value::Context &cx);

/// Characters `start` (from 1, may lie before it) up to but without `end`.
std::string_view substringView(std::string_view text, std::int64_t start, std::int64_t end);

} // namespace sqlgym::runtime
