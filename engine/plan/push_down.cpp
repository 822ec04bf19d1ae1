#include "plan/push_down.h"

#include "plan/pull_up.h"

#include <algorithm>
#include <functional>

namespace sqlgym::plan {

using namespace sql;

namespace {

bool hasKey(const std::vector<SortKey> &keys, int target)
{
    return std::ranges::any_of(keys, [&](const SortKey &key) { return key.target == target; });
}

/// Whether a condition on this column of the query gives the same when it is tested before the query's own steps.
bool isSafeColumn(const Query &query, int column)
{
    Expr *expr = query.targets[std::size_t(column)].expr;
    if (returnsSet(expr) || isVolatile(expr))
        return false;
    if (query.distinct == DistinctKind::On && !hasKey(query.distinctKeys, column))
        return false;
    return std::ranges::all_of(query.windows,
                               [&](const WindowClause &window) { return hasKey(window.partitionBy, column); });
}

/// A column that was brought to the set operation's type: PostgreSQL does that above the query.
bool isConverted(const Expr *expr)
{
    const auto *call = as<FunctionExpr>(expr);
    const auto *relabel = as<RelabelExpr>(expr);
    const auto *convert = as<ConvertViaTextExpr>(expr);
    return (call && call->implicitCast) || (relabel && relabel->implicitCast) || (convert && convert->implicitCast);
}

bool forEachLeaf(Query &query, const SetOperationNode *node, const std::function<bool(Query &)> &f)
{
    if (node->isLeaf)
        return f(*query.range[std::size_t(node->range)].subquery);
    return forEachLeaf(query, node->left, f) && forEachLeaf(query, node->right, f);
}

bool hasExcept(const SetOperationNode *node)
{
    return !node->isLeaf && (node->op == SetOp::Except || hasExcept(node->left) || hasExcept(node->right));
}

bool takesConditions(Query &query)
{
    if (query.limit || query.offset || !query.groupingSets.empty())
        return false;
    if (!query.setOperation)
        return true;
    return !hasExcept(query.setOperation) && forEachLeaf(query, query.setOperation, takesConditions);
}

bool takesColumn(Query &query, int column)
{
    if (!query.setOperation)
        return isSafeColumn(query, column);
    return forEachLeaf(query, query.setOperation, [&](Query &leaf) {
        return !isConverted(leaf.targets[std::size_t(column)].expr) && takesColumn(leaf, column);
    });
}

bool mayMove(Query &inner, int range, Expr *qual)
{
    // What reads outer queries stays: a hash of the whole answers it faster.
    bool may = !isVolatile(qual) && !readsOuter(qual);
    auto visit = [&](Expr *&slot, int) {
        const auto *column = as<ColumnExpr>(slot);
        if (auto *sublink = as<SublinkExpr>(slot)) {
            // Without parameters it is a value to PostgreSQL.
            may = may && !readsOuter(*sublink->query) && sublink->sublink != SublinkKind::Any &&
                  sublink->sublink != SublinkKind::All;
            return false;
        }
        if (slot->kind == ExprKind::Aggregate || (column && column->range < 0))
            may = false;
        else if (column && column->levelsUp == 0 && column->range == range)
            may = may && column->column >= 0 && takesColumn(inner, column->column);
        return may;
    };
    eachSlot(qual, 0, visit);
    return may;
}

void attach(BoundStatement &statement, Query &inner, int range, Expr *qual)
{
    if (inner.setOperation) {
        forEachLeaf(inner, inner.setOperation, [&](Query &leaf) {
            // Its parameters lie one level further out: the set operation is a level of its own.
            Expr *copy = clone(statement, qual);
            auto deepen = [&](Expr *&slot, int) {
                if (slot->kind == ExprKind::Sublink)
                    return false;
                if (auto *column = as<ColumnExpr>(slot); column && column->levelsUp > 0)
                    ++column->levelsUp;
                return true;
            };
            eachSlot(copy, 0, deepen);
            attach(statement, leaf, range, copy);
            return true;
        });
        return;
    }
    Expr *moved = clone(statement, qual);
    auto replace = [&](Expr *&slot, int) {
        auto *column = as<ColumnExpr>(slot);
        if (!column)
            return slot->kind != ExprKind::Sublink;
        if (column->levelsUp > 0)
            ++column->levelsUp;
        else
            slot = clone(statement, inner.targets[std::size_t(column->column)].expr);
        return false;
    };
    eachSlot(moved, 0, replace);
    // With groups it is about them; the planner moves it on where it reads only what is grouped by.
    const bool aboveGroups =
        inner.hasAggregates || !inner.groupBy.empty() || inner.having || !inner.groupingSets.empty();
    Expr *&condition = aboveGroups ? inner.having : inner.where;
    condition = conjunction(statement, condition, moved);
}

} // namespace

Expr *conjunction(BoundStatement &statement, Expr *first, Expr *second)
{
    if (!first)
        return second;
    auto *both = statement.make<BooleanExpr>();
    both->type = second->type;
    both->arguments = {first, second};
    return both;
}

std::vector<Expr *> pushDown(BoundStatement &statement, Query &query, int range, std::vector<Expr *> &quals)
{
    Query &inner = *query.range[std::size_t(range)].subquery;
    std::vector<Expr *> moved;
    if (quals.empty() || !takesConditions(inner))
        return moved;
    std::vector<Expr *> kept;
    for (Expr *qual : quals) {
        const bool moves = mayMove(inner, range, qual);
        if (moves)
            attach(statement, inner, range, qual);
        (moves ? moved : kept).push_back(qual);
    }
    quals = std::move(kept);
    return moved;
}

bool isPlainUnionAll(const Query &query)
{
    const auto keepsTypes = [&](const SetOperationNode *leaf) {
        const auto &targets = query.range[std::size_t(leaf->range)].subquery->targets;
        return std::ranges::none_of(targets, [](const TargetEntry &target) { return isConverted(target.expr); });
    };
    const std::function<bool(const SetOperationNode *)> plain = [&](const SetOperationNode *node) {
        return (node->isLeaf && keepsTypes(node)) ||
               (!node->isLeaf && node->op == SetOp::Union && node->all && plain(node->left) && plain(node->right));
    };
    return query.setOperation && query.orderBy.empty() && !query.limit && !query.offset && query.ctes.empty() &&
           plain(query.setOperation);
}

} // namespace sqlgym::plan
