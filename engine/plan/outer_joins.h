// Outer joins that a condition above them turns into plainer ones.
#pragma once

#include "plan/analysis.h"

#include <unordered_map>

namespace sqlgym::plan {

/// An EXISTS or IN that PostgreSQL joins: the tables around it that it reads, and those that must not be NULL for it.
struct JoinedSublink {
    RangeSet reads;
    RangeSet nonNullable;
};
/// By the sql::FromNode, or the sql::Query, in whose condition they stand.
using JoinedSublinks = std::unordered_map<const void *, std::vector<JoinedSublink>>;

/// Tables of `query` for which `qual`, an EXISTS or IN in it, does not hold where they are NULL.
RangeSet nonNullableAround(const sql::Query &query, RangeSet guarded, sql::Expr *qual);
/// Is a NULL in this column of an IN never equal to anything?
bool comparesStrictly(const sql::SublinkExpr &sublink, std::size_t column);

/// PostgreSQL's reduce_outer_joins: where a condition cannot hold for a row that an outer join filled with NULLs, the
/// join need not keep such rows. Decides speed, and whether a FULL JOIN can be done at
/// all. `where` are the conditions above all joins, `compared` columns that are compared with something outside,
/// `guarded` the subqueries that HeldBack is about.
void reduceOuterJoins(sql::Query &query, const std::vector<sql::Expr *> &where,
                      const std::vector<sql::Expr *> &compared, RangeSet guarded, const JoinedSublinks &joined);

} // namespace sqlgym::plan
