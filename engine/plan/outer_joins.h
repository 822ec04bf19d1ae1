// Outer joins that a condition above them turns into plainer ones.
#pragma once

#include "plan/analysis.h"

namespace sqlgym::plan {

/// PostgreSQL's reduce_outer_joins: where a condition cannot hold for a row that an outer join filled with NULLs, the
/// join need not keep such rows. Decides speed, and whether a FULL JOIN can be done at
/// all. `where` are the conditions above all joins. False when that turns on what
/// PostgreSQL knows about a subquery's columns.
bool reduceOuterJoins(sql::Query &query, const std::vector<sql::Expr *> &where);

} // namespace sqlgym::plan
