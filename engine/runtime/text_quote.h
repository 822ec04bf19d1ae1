// Names and literals as they must be written in SQL.
#pragma once

#include <string>
#include <string_view>

namespace sqlgym::runtime {

/// In double quotes unless it is a plain lower-case name that is no keyword (quote_ident).
std::string quoteIdentifier(std::string_view text);
/// In single quotes, E'' when there is a backslash (quote_literal).
std::string quoteLiteral(std::string_view text);

} // namespace sqlgym::runtime
