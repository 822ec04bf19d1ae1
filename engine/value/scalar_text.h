// Text of integers, floats and booleans, read and written as PostgreSQL's typinput and typoutput do.
#pragma once

#include "value/context.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sqlgym::value {

/// 22P02 and 22003 name the type: "smallint", "integer" or "bigint" (by `bits`: 16, 32, 64).
Datum parseInteger(std::string_view text, int bits, Context &cx);
Datum parseFloat8(std::string_view text, Context &cx);
Datum parseFloat4(std::string_view text, Context &cx);
/// Prefixes of true, false, yes, no, on, off; 1 and 0.
Datum parseBoolean(std::string_view text, Context &cx);
Datum parseOid(std::string_view text, Context &cx);

void appendInteger(std::int64_t v, std::string &out);
/// The shortest text that reads back as `v` (extra_float_digits = 1); exponent form below 1e-4 and from 1e15 (1e6).
void appendFloat8(double v, std::string &out);
void appendFloat4(float v, std::string &out);

/// isspace() of the C locale.
inline bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool isAsciiDigit(char c) { return c >= '0' && c <= '9'; }

} // namespace sqlgym::value
