// When two columns, and two cells, are the same to the grader.
#pragma once

#include "grading/decimal.h"
#include "sandbox/result_table.h"

#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::grading {

/// Types whose values are compared with each other have one family:
///   "number"  int2 int4 int8 numeric float4 float8 oid: compared as exact decimals (2 = 2.00, -0 = 0, NaN = NaN);
///             floats by the decimal they print
///   "text"    text varchar bpchar name "char" unknown: compared by bytes; a bpchar's trailing blanks do not count
///   "_" + family  arrays of those, compared by their text
///   any other type is a family of its own, compared by PostgreSQL's text: a date is not a timestamp at midnight.
std::string typeFamily(std::string_view typname);

/// The form in which a cell that is not NULL is compared: equal cells have equal forms.
std::string cellForm(std::string_view typname, std::string_view cell);

/// PostgreSQL's name of a type for people: "int4" -> "integer", "_text" -> "text[]".
std::string typeWords(std::string_view typname);

} // namespace sqlgym::grading
