// Walking and comparing bound expressions.
#pragma once

#include "sql/bound.h"

#include <functional>

namespace sqlgym::sql {

/// Calls `visit` for each direct sub-expression (not into sublinks' queries), in evaluation order. The reference may be
/// written to, which replaces the child.
void forEachChild(Expr &expr, const std::function<void(Expr *&)> &visit);

/// Calls `visit` for every expression of a query: targets, where, join conditions, having, limits, window offsets,
/// values, functions in FROM. Not into subqueries, CTEs or sublinks.
void forEachExpr(Query &query, const std::function<void(Expr *&)> &visit);

/// Calls `visit(slot, depth)` for `slot` and everything under it, parents first, queries inside sublinks included;
/// depth counts the queries entered. A slot that `visit` writes to is not entered.
void forEachSlot(Expr *&slot, int depth, const std::function<void(Expr *&, int)> &visit);

/// What the learner wrote, without the casts that coercion put around it.
const Expr *withoutImplicitCasts(const Expr *expr);

/// Equal as PostgreSQL's equal(): the same tree but for locations. Matches grouped and ordered expressions.
bool equalExpr(const Expr *a, const Expr *b);

/// The same for whole queries, as sublinks hold them.
bool equalQuery(const Query &a, const Query &b);

} // namespace sqlgym::sql
