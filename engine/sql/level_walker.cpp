#include "sql/level_walker.h"

#include "sql/expr_tools.h"

namespace sqlgym::sql {

void LevelWalker::walkQuery(const Query &query)
{
    ++m_depth;
    auto &mutableQuery = const_cast<Query &>(query);
    forEachExpr(mutableQuery, [this](Expr *&expr) { walk(*expr); });
    for (const auto &entry : query.range) {
        if (entry.kind == RangeKind::Subquery && entry.subquery)
            walkQuery(*entry.subquery);
    }
    for (const auto *cte : query.ctes) {
        if (cte->query)
            walkQuery(*cte->query);
    }
    --m_depth;
}

void LevelWalker::walk(const Expr &expr)
{
    if (const auto *column = as<ColumnExpr>(&expr)) {
        const int level = column->range < 0 ? -1 : column->levelsUp - m_depth;
        if (level >= 0 && (columnLevel < 0 || level < columnLevel))
            columnLevel = level;
        return;
    }
    if (const auto *call = as<AggregateExpr>(&expr)) {
        const int level = call->levelsUp - m_depth;
        if (level >= 0 && (aggregateLevel < 0 || level < aggregateLevel)) {
            aggregateLevel = level;
            aggregate = call;
        }
    }
    if (m_depth == 0 && expr.kind == ExprKind::Window && !window)
        window = &expr;
    if (const auto *call = as<FunctionExpr>(&expr); call && m_depth == 0 && call->returnsSet && !setFunction)
        setFunction = call;
    forEachChild(const_cast<Expr &>(expr), [this](Expr *&child) { walk(*child); });
    if (const auto *link = as<SublinkExpr>(&expr); link && link->query)
        walkQuery(*link->query);
}

} // namespace sqlgym::sql
