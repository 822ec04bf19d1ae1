// Lengths and forms of the character types, bytea and uuid.
#pragma once

#include "value/context.h"

#include <string>
#include <string_view>

namespace sqlgym::runtime {

using value::Context;
using value::Datum;

/// varchar(n) and char(n): `typmod` is n + 4, below 4 means no limit. Too long is 22001 unless only blanks are lost or
/// the cast is explicit (then it is cut). char(n) is padded with blanks to n characters.
Datum toVarchar(std::string_view text, std::int32_t typmod, bool explicitCast, Context &cx);
Datum toBpchar(std::string_view text, std::int32_t typmod, bool explicitCast, Context &cx);

/// Without trailing blanks.
std::string_view trimBlanks(std::string_view text);
/// At most 63 bytes, cut between characters.
std::string_view clipName(std::string_view text);

/// "char": one byte; texts of more than one character lose the rest, \ooo is an octal byte.
Datum parseCharByte(std::string_view text);
void appendCharByte(std::int64_t byte, std::string &out);

Datum parseBytea(std::string_view text, Context &cx);
/// The older form, with \\ and \\ooo only.
Datum parseEscapedBytea(std::string_view text, Context &cx);
void appendBytea(std::string_view bytes, std::string &out);
/// Sixteen bytes.
Datum parseUuid(std::string_view text, Context &cx);
void appendUuid(std::string_view bytes, std::string &out);

/// Bytes of the UTF-8 character that begins with `lead`.
inline std::size_t utf8Length(char lead)
{
    const auto b = static_cast<std::uint8_t>(lead);
    return b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
}
/// Bytes taken by the first `characters` characters of `text` (all of it when it has fewer).
std::size_t utf8Prefix(std::string_view text, std::size_t characters);

} // namespace sqlgym::runtime
