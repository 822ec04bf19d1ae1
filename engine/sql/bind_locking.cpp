// FOR UPDATE and its like: nobody else is there to wait for, but they have rules of their own.
#include "sql/binder.h"
#include "sql/level_walker.h"

#include <algorithm>

namespace sqlgym::sql {

namespace {

std::string lockName(PgQuery__LockClauseStrength strength)
{
    switch (strength) {
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORKEYSHARE:
        return "FOR KEY SHARE";
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORSHARE:
        return "FOR SHARE";
    case PG_QUERY__LOCK_CLAUSE_STRENGTH__LCS_FORNOKEYUPDATE:
        return "FOR NO KEY UPDATE";
    default:
        return "FOR UPDATE";
    }
}

bool hasOuterJoin(const FromNode &node)
{
    return node.isJoin && (node.join != JoinKind::Inner || hasOuterJoin(*node.left) || hasOuterJoin(*node.right));
}

} // namespace

/// What may not be locked because its rows are no rows of a table.
void Binder::checkLockable(const Query &query, const std::string &lock) const
{
    const auto forbid = [&](bool holds, const char *what) {
        if (holds)
            fail("0A000", lock + " is not allowed with " + what);
    };
    forbid(query.setOperation != nullptr, "UNION/INTERSECT/EXCEPT");
    forbid(query.distinct != DistinctKind::None, "DISTINCT clause");
    forbid(!query.groupBy.empty() || !query.groupingSets.empty(), "GROUP BY clause");
    forbid(query.having != nullptr, "HAVING clause");
    forbid(query.hasAggregates, "aggregate functions");
    forbid(query.hasWindows, "window functions");
    forbid(std::ranges::any_of(query.targets,
                               [](const TargetEntry &target) {
                                   LevelWalker walker(0);
                                   walker.walk(*target.expr);
                                   return walker.setFunction != nullptr;
                               }),
           "set-returning functions in the target list");
}

void Binder::bindLocking(const PgQuery__SelectStmt &stmt, const Scope &scope)
{
    if (stmt.n_values_lists > 0)
        fail("0A000", lockName(stmt.locking_clause[0]->locking_clause->strength) + " cannot be applied to VALUES");
    if ((scope.parent && &stmt != m_lockable) || m_view || m_sources)
        decline("FOR UPDATE inside another statement");
    Query &query = *scope.query;
    query.hasAggregates = query.hasAggregates || scope.hasAggregates;
    query.hasWindows = query.hasWindows || scope.hasWindows;
    for (std::size_t i = 0; i < stmt.n_locking_clause; ++i) {
        const auto &clause = *stmt.locking_clause[i]->locking_clause;
        const std::string lock = lockName(clause.strength);
        checkLockable(query, lock);
        if (std::ranges::any_of(query.from, [](const FromNode *node) { return hasOuterJoin(*node); }))
            decline("FOR UPDATE of outer joins");
        for (const auto &entry : query.range) {
            if (entry.table && entry.table->isMaterialized)
                decline("FOR UPDATE of this");
            if (clause.n_locked_rels == 0 && entry.kind == RangeKind::Subquery && !entry.view)
                checkLockable(*entry.subquery, lock);
        }
        for (std::size_t j = 0; j < clause.n_locked_rels; ++j)
            checkLocked(*clause.locked_rels[j]->range_var, query, lock);
    }
}

void Binder::checkLocked(const PgQuery__RangeVar &relation, const Query &query, const std::string &lock) const
{
    const int at = relation.location;
    const auto has = [](const char *text) { return text && *text; };
    if (has(relation.catalogname) || has(relation.schemaname))
        fail("42601", lock + " must specify unqualified relation names", at);
    const auto entry = std::ranges::find(query.range, std::string(relation.relname), &RangeEntry::alias);
    if (entry == query.range.end())
        fail("42P01",
             "relation \"" + std::string(relation.relname) + "\" in " + lock + " clause not found in FROM clause", at);
    switch (entry->kind) {
    case RangeKind::Table:
        return;
    case RangeKind::Subquery:
        if (!entry->view)
            checkLockable(*entry->subquery, lock);
        return;
    case RangeKind::Function:
        fail("0A000", lock + " cannot be applied to a function", at);
    case RangeKind::Values:
        fail("0A000", lock + " cannot be applied to VALUES", at);
    case RangeKind::Cte:
        fail("0A000", lock + " cannot be applied to a WITH query", at);
    default:
        decline("FOR UPDATE of this");
    }
}

} // namespace sqlgym::sql
