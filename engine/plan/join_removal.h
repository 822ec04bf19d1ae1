// Outer joins that nothing depends on.
#pragma once

#include "plan/analysis.h"

namespace sqlgym::plan {

/// PostgreSQL's remove_useless_result_rtes (a LEFT JOIN to one row without a table) and join_is_removable: a LEFT JOIN
/// to one item of which nothing above reads a column, and of which at most one row can match, is not carried out. What
/// its condition or the item would raise then never shows. To be asked when outer joins have been reduced; `where` are
/// the conditions above all joins.
void removeUselessJoins(sql::Query &query, const std::vector<Expr *> &where);

} // namespace sqlgym::plan
