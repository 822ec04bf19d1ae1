// Text in and out for every type: PostgreSQL's typinput and typoutput, by type OID.
#pragma once

#include "value/context.h"
#include "value/datum.h"

#include <string>
#include <string_view>

namespace sqlgym::runtime {

/// True when values of the type can be read and written here (arrays: when their element type can).
bool hasTextForm(value::Oid type);

/// typinput(text, typioparam, typmod). On bad input cx.stop gets PostgreSQL's error (22P02, 22007, 22003, 22001 ...)
/// and the result is NULL. `typmod` is pg_attribute.atttypmod, -1 = none. For a domain or enum see the catalogue.
value::Datum textIn(value::Oid type, std::string_view text, std::int32_t typmod, value::Context &cx);

/// typoutput: appends PostgreSQL's text to `out`. The datum is not NULL.
void textOut(value::Oid type, const value::Datum &datum, std::string &out);

} // namespace sqlgym::runtime
