// Lays SQL out, and proves that it still means the same.
#pragma once

#include <string>
#include <string_view>

namespace sqlgym::assist {

struct Formatted {
    std::string text;    ///< as given where it was refused
    std::string refusal; ///< why it was left alone, in a sentence; empty: it was laid out
};

/// Words, their case and comments stay; only blanks and line breaks change. The result is parsed and compared with the
/// parse tree of `sql`: where they differ, where a comment would be lost, and where `sql` is not SQL, it is left alone.
Formatted format(std::string_view sql);

} // namespace sqlgym::assist
