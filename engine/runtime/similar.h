// SQL's SIMILAR TO patterns as regular expressions.
#pragma once

#include "value/context.h"

#include <string_view>

namespace sqlgym::runtime {

/// `escape` nullptr: the backslash. Its text: one character, or none for no escape at all.
value::Datum similarToRegex(std::string_view pattern, const value::Datum *escape, value::Context &cx);

} // namespace sqlgym::runtime
