// A piece of a statement's text.
#pragma once

#include <cstdint>

namespace sqlgym::base {

/// Half-open range of bytes in the UTF-8 text of a statement. Characters and UTF-16 units are made at the edges
/// (see text_position.h).
struct SourceSpan {
    std::uint32_t byteBegin = 0;
    std::uint32_t byteEnd = 0;

    bool operator==(const SourceSpan &) const = default;
};

} // namespace sqlgym::base
