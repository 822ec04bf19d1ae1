// Errors that PostgreSQL meets whatever its plan.
#pragma once

#include "exec/runner.h"

namespace sqlgym::exec {

/// The run of a statement with several queries has ended with an error. Does PostgreSQL compute what failed, on the row
/// on which it failed, under every plan? True only where that follows from the steps alone: a select list, a group or a
/// window function over rows that no condition, LIMIT or join above can make superfluous.
bool isErrorSure(const Runner &runner);

} // namespace sqlgym::exec
