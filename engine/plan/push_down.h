// Conditions on a subquery, tested inside it where PostgreSQL does so: it decides what is folded and what is computed.
#pragma once

#include "plan/analysis.h"

namespace sqlgym::plan {

/// Takes out of `quals`, all of which read only item `range` of `query` (and queries further out), those that
/// PostgreSQL moves into the item's subquery, and adds them to its WHERE or HAVING (subquery_is_pushdown_safe). Returns
/// those.
std::vector<Expr *> pushDown(sql::BoundStatement &statement, Query &query, int range, std::vector<Expr *> &quals);

/// `first` (which may be nullptr) AND `second`.
Expr *conjunction(sql::BoundStatement &statement, Expr *first, Expr *second);

/// Is `query` a chain of UNION ALL that PostgreSQL replaces by its parts?
bool isPlainUnionAll(const Query &query);

} // namespace sqlgym::plan
