// Questions about an expression that planning turns on.
#pragma once

#include "plan/walk.h"

#include <cstdint>
#include <vector>

namespace sqlgym::plan {

/// The range entries of one query, as bits.
using RangeSet = std::uint64_t;
inline constexpr int kMaxRanges = 60;
/// The leaves of a long set operation share the last bit: nothing joins them.
inline RangeSet rangeBit(int range) { return RangeSet{1} << (range < 63 ? range : 63); }

/// Range entries of the query `levels` levels out that `expr` reads (0 = the query that holds the expression).
RangeSet rangesOf(Expr *expr, int levels = 0);
RangeSet rangesOf(Query &query, int levels);

inline bool within(RangeSet inner, RangeSet outer) { return (inner & ~outer) == 0; }
/// Takes the quals that read only `ranges` out of `quals`, in order. Volatile ones stay for the top.
std::vector<Expr *> takeWithin(std::vector<Expr *> &quals, RangeSet ranges);

/// Reads rows of a query further out than the one that holds it.
bool readsOuter(Expr *expr);
bool readsOuter(Query &query);

/// Calls a volatile function, at any depth.
bool isVolatile(Expr *expr);
bool isVolatile(Query &query);

/// Not the same at each call: volatile or stable functions, sublinks, columns, anything but constants in the end.
bool hasSublink(Expr *expr);
/// A sublink that PostgreSQL asks again and again. Others are computed once, a parameter to the query that holds them.
bool hasSubplan(Expr *expr);
/// An aggregate or window of the query that holds `expr`.
bool hasAggregate(Expr *expr);
bool hasWindow(Expr *expr);
bool returnsSet(Expr *expr);

/// Can evaluating it raise an error? False only for what is known to be safe: comparisons, boolean logic, tests.
bool mayRaise(Expr *expr);
bool anyMayRaise(Query &query);
/// A LIKE whose pattern ends in a backslash: it fails on some values only, which may stand in the planner's statistics.
bool hasFailingPattern(Query &query);

/// Does it read nothing but constants and outer rows, and call nothing volatile?
bool isSameInAllRows(Expr *expr);

/// PostgreSQL's cost_qual_eval: pg_proc.procost of every call, summed, in cpu_operator_cost units.
double cost(Expr *expr);
/// Of what runs a subquery again and again: beyond any plain expression, but for tiny tables.
inline constexpr double kScanCost = 1e6;

/// Compares with each row of a subquery that reads nothing from outside and may be small: PostgreSQL's price for it
/// hangs on its estimates.
bool hasUnsurePrice(Expr *expr);

/// The arguments of an AND (flattened), or `expr` itself; nothing for nullptr or TRUE.
void splitAnd(Expr *expr, std::vector<Expr *> &into);

/// PostgreSQL's order_qual_clauses: cheap ones first, otherwise as written, but for equalities, which the planner hands
/// out after all others.
void orderQuals(std::vector<Expr *> &quals);
/// Is `first` tested before `second` where both are conditions of one step, `first` written before it?
bool testedBefore(Expr *first, Expr *second);
/// The same where equalities have no such place (HAVING).
void orderByCost(std::vector<Expr *> &quals);

} // namespace sqlgym::plan
