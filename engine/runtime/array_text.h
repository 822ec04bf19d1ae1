// '{1,2,NULL}' and '(1,"a b")': arrays and rows as text.
#pragma once

#include "value/context.h"

#include <string>
#include <string_view>

namespace sqlgym::runtime {

/// array_in: 22P02 "malformed array literal" with PostgreSQL's detail, or the element type's own error.
value::Datum parseArray(value::Oid elementType, std::string_view text, std::int32_t typmod, value::Context &cx);
void appendArray(const value::ArrayValue &array, std::string &out);
void appendRecord(const value::RecordValue &record, std::string &out);

} // namespace sqlgym::runtime
