// What PostgreSQL's planner decides about joins, as far as errors follow from it.
#pragma once

#include "plan/plan.h"

namespace sqlgym::plan {

/// Rows without columns, where subqueries without FROM stood, add nothing to an inner join.
void dropEmptyRows(const Query &query, std::vector<sql::FromNode *> &items);

/// But for one that has a condition of its own: PostgreSQL joins it.
bool hasTestedRow(const Query &query, const sql::FromNode *node);

bool isFalse(const Expr *expr);
/// Where a constant is the only condition on an item, PostgreSQL sees that nothing comes of it.
bool isNever(const std::vector<Expr *> &conditions);

RangeSet leavesOf(const sql::FromNode *node);

/// Takes out what reads no column: of an outer join it is tested where the join is, not on one side.
std::vector<Expr *> takeConstant(std::vector<Expr *> &conditions);

/// FULL JOIN takes conditions that can all be merged (or are constants), or one at least that can be hashed.
bool canJoinFully(RangeSet left, RangeSet right, const std::vector<Expr *> &conditions);

/// IN and EXISTS, which PostgreSQL joins.
bool isJoinedSublink(Expr *qual);
bool isExists(const Expr *qual);
/// Before anything is folded: does PostgreSQL join this one, whose condition reads tables on both sides?
bool becomesJoin(Expr *qual);

/// Do conditions make two of `keys` equal, or one a constant? With grouping sets PostgreSQL 15 takes that for true of
/// the groups as well, and sorts by one of them alone, or by none.
bool makesKeysEqual(const Query &query, const std::vector<sql::Expr *> &keys);

/// Is there a set-returning function in the select list?
bool givesSets(const Query &query);

/// Only min(), max() and their like of plain columns or constants, which PostgreSQL may take from the end of an index.
bool readsEndsOnly(Query &query);

/// Can a subquery or common table expression in FROM fail while it is planned? (Said rather too often.)
bool mayFailInPlanning(const Query &query, int range);

/// Is one of `quals` about a column of item `range`, a query with windows, that is a window function?
bool readsWindow(const Query &inner, int range, const std::vector<Expr *> &quals);

} // namespace sqlgym::plan
