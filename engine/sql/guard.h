// Measures SQL text before the parser sees it: libpg_query recurses over what it parsed, however flat the text looks.
#pragma once

#include <cstddef>
#include <string_view>

namespace sqlgym::sql {

/// What the text could grow into. `depth` bounds the height of the tree of any one statement: parentheses plus chained
/// operators, joins and set operations. `tokens` are of the longest statement, `allTokens` of all of them.
struct TextShape {
    std::size_t tokens = 0;
    std::size_t allTokens = 0;
    std::size_t parentheses = 0;
    std::size_t depth = 0;
};

TextShape measure(std::string_view sql);

} // namespace sqlgym::sql
