// What PostgreSQL's planner decides about joins, as far as errors follow from it.
#pragma once

#include "plan/plan.h"

namespace sqlgym::plan {

/// FULL JOIN takes conditions that can all be merged (or are constants), or one at least that can be hashed.
bool canJoinFully(const Node &left, const Node &right, const std::vector<Expr *> &conditions);

/// IN and EXISTS, which PostgreSQL joins.
bool isJoinedSublink(Expr *qual);
bool isExists(const Expr *qual);
/// Before anything is folded: does PostgreSQL join this one, whose condition reads tables on both sides?
bool becomesJoin(Expr *qual);

/// Only min() and max() of plain columns or constants, which PostgreSQL may take from the end of an index.
bool readsEndsOnly(Query &query);

/// Is one of `quals` about a column of item `range`, a query with windows, that is a window function?
bool readsWindow(const Query &inner, int range, const std::vector<Expr *> &quals);

} // namespace sqlgym::plan
