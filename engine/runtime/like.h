// LIKE, without exponential cases.
#pragma once

#include <string_view>

namespace sqlgym::runtime {

enum class LikeResult { Yes, No, BadEscape };

/// `pattern` with \ as escape. BadEscape when the match reaches an escape that ends the pattern (22025).
/// `singleBytes`: '_' is one byte (bytea), not one character.
LikeResult matchLike(std::string_view text, std::string_view pattern, bool singleBytes = false);

} // namespace sqlgym::runtime
