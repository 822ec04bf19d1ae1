#include "plan/join_rules.h"

#include "catalogue/catalogue.h"

#include <algorithm>
#include <functional>

namespace sqlgym::plan {

using namespace sql;

namespace {

bool isEmptyRow(const Query &query, const FromNode *item)
{
    const RangeEntry *entry = item->isJoin ? nullptr : &query.range[std::size_t(item->range)];
    return entry && entry->kind == RangeKind::Values && entry->columns.empty() && entry->values.size() == 1;
}

} // namespace

void dropEmptyRows(const Query &query, std::vector<FromNode *> &items)
{
    std::erase_if(items, [&](const FromNode *item) { return isEmptyRow(query, item); });
}

bool hasTestedRow(const Query &query, const FromNode *node)
{
    if (!node->isJoin)
        return false;
    if (node->condition && node->join == JoinKind::Inner && isEmptyRow(query, node->left) &&
        isEmptyRow(query, node->right))
        return true;
    return hasTestedRow(query, node->left) || hasTestedRow(query, node->right);
}

bool isFalse(const Expr *expr)
{
    const auto *constant = as<ConstantExpr>(expr);
    return constant && !constant->value.isTrue();
}

bool isNever(const std::vector<Expr *> &conditions) { return conditions.size() == 1 && isFalse(conditions.front()); }

std::vector<Expr *> takeConstant(std::vector<Expr *> &conditions)
{
    std::vector<Expr *> taken;
    const auto isConstant = [](Expr *expr) { return rangesOf(expr) == 0; };
    std::copy_if(conditions.begin(), conditions.end(), std::back_inserter(taken), isConstant);
    std::erase_if(conditions, isConstant);
    return taken;
}

RangeSet leavesOf(const FromNode *node)
{
    return node->isJoin ? leavesOf(node->left) | leavesOf(node->right) : rangeBit(node->range);
}

bool givesSets(const Query &query)
{
    return std::ranges::any_of(query.targets, [](const TargetEntry &target) { return returnsSet(target.expr); });
}

bool readsEndsOnly(Query &query)
{
    if (!query.hasAggregates || !query.groupBy.empty() || !query.groupingSets.empty() || query.hasWindows)
        return false;
    bool only = true;
    auto visit = [&](Expr *&slot, int depth) {
        const auto *aggregate = as<AggregateExpr>(slot);
        if (!aggregate || aggregate->levelsUp != depth)
            return true;
        const auto *row = catalogue::findAggregate(aggregate->function);
        only =
            only && row && row->sortOperator != 0 && aggregate->orderBy.empty() && !aggregate->filter &&
            (aggregate->arguments.front()->kind == ExprKind::Column || isSameInAllRows(aggregate->arguments.front()));
        return false;
    };
    for (auto &target : query.targets)
        eachSlot(target.expr, 0, visit);
    if (query.having)
        eachSlot(query.having, 0, visit);
    return only;
}

bool mayFailInPlanning(const Query &query, int range)
{
    const RangeEntry &entry = query.range[std::size_t(range)];
    Query *const inner = entry.kind == RangeKind::Cte && entry.cte ? entry.cte->query : entry.subquery;
    if (!inner)
        return false;
    const std::function<bool(const FromNode *)> hasFullJoin = [&](const FromNode *node) {
        return node->isJoin && (node->join == JoinKind::Full || hasFullJoin(node->left) || hasFullJoin(node->right));
    };
    bool full = false;
    auto visit = [&](Query &each, int) { full = full || std::ranges::any_of(each.from, hasFullJoin); };
    eachQuery(*inner, 0, visit);
    return full || anyMayRaise(*inner);
}

bool readsWindow(const Query &inner, int range, const std::vector<Expr *> &quals)
{
    bool reads = false;
    auto visit = [&](Expr *&slot, int depth) {
        const auto *column = as<ColumnExpr>(slot);
        if (column && column->levelsUp == depth && column->range == range && column->column >= 0)
            reads = reads || inner.targets[std::size_t(column->column)].expr->kind == ExprKind::Window;
        return true;
    };
    for (Expr *qual : quals)
        eachSlot(qual, 0, visit);
    return reads;
}

} // namespace sqlgym::plan
