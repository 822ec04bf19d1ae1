// Bytes, characters and UTF-16 units of one text: the only place where one becomes another.
#pragma once

#include <cstddef>
#include <string_view>

namespace sqlgym::base {

/// PostgreSQL's error position (characters from 1) of the byte `byteOffset` (from 0) in UTF-8 `text`.
int characterPosition(std::string_view text, std::size_t byteOffset);

/// The byte offset (from 0) of PostgreSQL's `position` (characters from 1); text.size() when it lies behind the end.
std::size_t byteOffset(std::string_view text, int position);

/// UTF-16 code units in the first `byteCount` bytes of UTF-8 `text`: where Qt puts it.
std::size_t utf16Length(std::string_view text, std::size_t byteCount);

/// True when `text` is valid UTF-8 (no surrogates, no overlong forms, at most U+10FFFF).
bool isValidUtf8(std::string_view text);

/// Number of characters (code points) of valid UTF-8.
std::size_t characterCount(std::string_view text);

} // namespace sqlgym::base
