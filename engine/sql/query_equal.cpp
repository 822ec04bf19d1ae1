// Whether two subqueries are the same query: matches those in GROUP BY, DISTINCT and ORDER BY lists.
#include "sql/expr_tools.h"

#include <algorithm>

namespace sqlgym::sql {

namespace {

template <typename T, typename F> bool all(const std::vector<T> &a, const std::vector<T> &b, F &&same)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool sameExprs(const std::vector<Expr *> &a, const std::vector<Expr *> &b)
{
    return all(a, b, [](const Expr *x, const Expr *y) { return equalExpr(x, y); });
}

bool sameKeys(const std::vector<SortKey> &a, const std::vector<SortKey> &b)
{
    return all(a, b, [](const SortKey &x, const SortKey &y) {
        return x.target == y.target && x.less == y.less && x.equal == y.equal && x.descending == y.descending &&
               x.nullsFirst == y.nullsFirst;
    });
}

bool sameFrom(const FromNode *a, const FromNode *b)
{
    if (a->isJoin != b->isJoin || a->range != b->range)
        return false;
    return !a->isJoin || (a->join == b->join && equalExpr(a->condition, b->condition) && sameFrom(a->left, b->left) &&
                          sameFrom(a->right, b->right));
}

/// CTEs are the same only as the same definition: those a subquery brings itself count as different.
bool sameEntry(const RangeEntry &a, const RangeEntry &b)
{
    return a.kind == b.kind && a.alias == b.alias && a.lateral == b.lateral && a.table == b.table && a.cte == b.cte &&
           a.ordinality == b.ordinality && a.selfReference == b.selfReference && sameExprs(a.functions, b.functions) &&
           all(a.values, b.values, sameExprs) && (a.subquery == nullptr) == (b.subquery == nullptr) &&
           (!a.subquery || equalQuery(*a.subquery, *b.subquery));
}

bool sameWindow(const WindowClause &a, const WindowClause &b)
{
    return sameKeys(a.partitionBy, b.partitionBy) && sameKeys(a.orderBy, b.orderBy) && a.hasFrame == b.hasFrame &&
           a.mode == b.mode && a.start == b.start && a.end == b.end && a.exclusion == b.exclusion &&
           equalExpr(a.startOffset, b.startOffset) && equalExpr(a.endOffset, b.endOffset);
}

bool sameSets(const SetOperationNode *a, const SetOperationNode *b)
{
    if (!a || !b)
        return a == b;
    if (a->isLeaf || b->isLeaf)
        return a->isLeaf == b->isLeaf && a->range == b->range;
    return a->op == b->op && a->all == b->all && sameSets(a->left, b->left) && sameSets(a->right, b->right);
}

} // namespace

bool equalQuery(const Query &a, const Query &b)
{
    const auto sameTarget = [](const TargetEntry &x, const TargetEntry &y) {
        return x.junk == y.junk && x.name == y.name && equalExpr(x.expr, y.expr);
    };
    return &a == &b ||
           (a.ctes.empty() && b.ctes.empty() && all(a.range, b.range, sameEntry) && all(a.from, b.from, sameFrom) &&
            all(a.targets, b.targets, sameTarget) && equalExpr(a.where, b.where) && sameKeys(a.groupBy, b.groupBy) &&
            a.grouped == b.grouped && a.groupingSets == b.groupingSets && equalExpr(a.having, b.having) &&
            all(a.windows, b.windows, sameWindow) && a.distinct == b.distinct &&
            sameKeys(a.distinctKeys, b.distinctKeys) && sameKeys(a.orderBy, b.orderBy) && equalExpr(a.limit, b.limit) &&
            equalExpr(a.offset, b.offset) && a.withTies == b.withTies && sameSets(a.setOperation, b.setOperation));
}

} // namespace sqlgym::sql
