// CURRENT_DATE and its like.
#pragma once

#include "sql/bound.h"
#include "value/context.h"

namespace sqlgym::exec {

/// Constant within a run: all derive from the transaction's start, in UTC. `typmod` is the precision, -1 =
/// microseconds.
value::Datum sqlValue(sql::SqlValue which, std::int32_t typmod, value::Context &cx);

} // namespace sqlgym::exec
