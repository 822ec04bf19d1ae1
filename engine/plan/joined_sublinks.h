// EXISTS and IN that PostgreSQL's planner makes joins of (pull_up_sublinks).
#pragma once

#include "plan/analysis.h"

namespace sqlgym::plan {

/// Sets SublinkExpr::isJoined in `query` and all queries inside it. To be asked before subqueries are merged and
/// anything is folded: what is written decides.
void markJoinedSublinks(sql::Query &query);

/// Compares an IN constants with columns of a subquery, in an expression that can fail? PostgreSQL takes that into the
/// subquery.
bool comparesConstants(const sql::Query &around, const sql::SublinkExpr &sublink);

/// The sublink that `qual` is, or negates; nullptr for anything else.
sql::SublinkExpr *sublinkOf(sql::Expr *qual);
bool isNegation(const sql::Expr *qual);

/// An IN or EXISTS, negated or not.
bool isJoinedSublink(sql::Expr *qual);
bool isExists(const sql::Expr *qual);

} // namespace sqlgym::plan
