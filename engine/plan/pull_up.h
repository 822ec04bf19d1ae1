// Merges subqueries in FROM into their parents, as PostgreSQL's planner does: it decides what is evaluated after which
// filter, and so which errors can appear.
#pragma once

#include "plan/analysis.h"

#include <functional>
#include <vector>

namespace sqlgym::plan {

/// Turns the references to CTEs that PostgreSQL inlines into plain subqueries, in `query` and all queries inside it.
void inlineCtes(sql::BoundStatement &statement, sql::Query &query);

/// Has `query` nothing but FROM, WHERE and a select list?
bool isMergeable(sql::Query &query);

/// A range entry that stays apart here, though PostgreSQL merges it: what it computes is folded with the expressions
/// of the query around it.
struct HeldBack {
    int range;
    bool guarded;        ///< PostgreSQL computes its columns below an outer join or grouping sets (PlaceHolderVar)
    sql::FromNode *join; ///< guarded by: the outer join, in and below which they are not; nullptr: none
};

/// Merges what can be merged into `query`, innermost first; returns what is held back.
std::vector<HeldBack> pullUpSubqueries(sql::BoundStatement &statement, sql::Query &query);

/// Puts what reads no column, among a held back subquery's columns, where PostgreSQL has it before it folds.
void substituteSteady(sql::BoundStatement &statement, sql::Query &query, const HeldBack &held);

/// A leaf of a plain UNION ALL that PostgreSQL merges: its select list is folded whole.
bool isAppendMember(sql::Query &leaf);

/// A deep copy; sublinks share their query with the original.
sql::Expr *clone(sql::BoundStatement &statement, const sql::Expr *expr);
/// A deep copy that shares no expression and no query with the original, but common table expressions from outside.
sql::Query *clone(sql::BoundStatement &statement, const sql::Query &query);

/// Replaces the columns of range entry `range` that nothing reads by NULL, where PostgreSQL drops them.
/// Conditions that `isGone` answers for read nothing any more.
void dropUnusedColumns(sql::BoundStatement &statement, sql::Query &query, int range,
                       const std::function<bool(const sql::Expr *)> &isGone);

/// EXISTS looks at no column: its select list goes, as PostgreSQL drops it.
void dropExistsTargets(sql::Query &query);

} // namespace sqlgym::plan
