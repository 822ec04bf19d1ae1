// Where line breaks and blanks go. Knows words, not meaning: format() checks what comes out.
#pragma once

#include <string>
#include <string_view>

namespace sqlgym::assist {

/// A clause a line; lists, conditions and subqueries that do not fit into kLineWidth columns are broken into lines of
/// their own, four columns in.
std::string layOut(std::string_view sql);

inline constexpr std::size_t kLineWidth = 88;

} // namespace sqlgym::assist
