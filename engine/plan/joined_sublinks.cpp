#include "plan/joined_sublinks.h"

#include "plan/join_rules.h"

#include <algorithm>
#include <utility>

namespace sqlgym::plan {

using namespace sql;

bool isNegation(const Expr *qual)
{
    const auto *boolean = as<BooleanExpr>(qual);
    return boolean && boolean->op == BooleanOp::Not;
}

SublinkExpr *sublinkOf(Expr *qual)
{
    return as<SublinkExpr>(isNegation(qual) ? as<BooleanExpr>(qual)->arguments.front() : qual);
}

bool isJoinedSublink(Expr *qual)
{
    const auto *sublink = sublinkOf(qual);
    return sublink && (sublink->sublink == SublinkKind::Exists || sublink->sublink == SublinkKind::Any);
}

bool isExists(const Expr *qual)
{
    const auto *sublink = as<SublinkExpr>(qual);
    return sublink && sublink->sublink == SublinkKind::Exists;
}

bool comparesConstants(const Query &around, const SublinkExpr &sublink)
{
    // A stable function of constants is called to estimate how many rows match.
    for (const auto &target : sublink.query->targets)
        if (target.expr->kind != ExprKind::Constant && isSameInAllRows(target.expr) && mayRaise(target.expr))
            return true;
    for (std::size_t i = 0; i < sublink.left.size(); ++i) {
        if (!mayRaise(sublink.left[i]) || !isSameInAllRows(sublink.query->targets[i].expr))
            continue;
        const RangeSet read = rangesOf(sublink.left[i]);
        for (std::size_t range = 0; range < around.range.size(); ++range)
            if ((read & rangeBit(int(range))) != 0 && around.range[range].subquery)
                return true;
    }
    return false;
}

namespace {

/// LIMIT 4, and not LIMIT 0 or less. (4 is written as an int4, and converted.)
bool leavesARow(const Expr *limit)
{
    const auto *call = as<FunctionExpr>(limit);
    const auto *constant = as<ConstantExpr>(call && call->implicitCast ? call->arguments.front() : limit);
    return constant && (constant->value.isNull || constant->value.int64 > 0);
}

/// PostgreSQL's simplify_EXISTS_query, and what it asks of the rest: only WHERE reads the query around it.
bool isSimpleExists(Query &query)
{
    if (query.setOperation || query.hasAggregates || query.hasWindows || query.having || query.offset ||
        !query.groupingSets.empty() || givesSets(query) || query.hasWith || !query.ctes.empty() || !query.where ||
        (query.limit && !leavesARow(query.limit)))
        return false;
    Expr *const where = std::exchange(query.where, nullptr);
    auto targets = std::exchange(query.targets, {}); // they go anyway
    const RangeSet rest = rangesOf(query, 1);
    query.targets = std::move(targets);
    query.where = where;
    return rest == 0 && rangesOf(where, 1) != 0 && !isVolatile(where);
}

/// `available`: the tables that may be joined with it where the condition stands.
bool becomesJoin(Expr *qual, RangeSet available)
{
    const auto *sublink = sublinkOf(qual);
    if (!sublink)
        return false;
    if (sublink->sublink == SublinkKind::Exists)
        return isSimpleExists(*sublink->query) && within(rangesOf(sublink->query->where, 1), available);
    RangeSet left = 0;
    for (Expr *expr : sublink->left)
        left |= rangesOf(expr);
    return sublink->sublink == SublinkKind::Any && !isNegation(qual) && rangesOf(*sublink->query, 1) == 0 &&
           left != 0 && within(left, available) &&
           std::ranges::none_of(sublink->left, [](Expr *expr) { return isVolatile(expr); });
}

void markIn(Expr *condition, RangeSet available)
{
    std::vector<Expr *> parts;
    splitAnd(condition, parts);
    for (Expr *part : parts)
        if (becomesJoin(part, available))
            sublinkOf(part)->isJoined = true;
}

void markIn(FromNode *node)
{
    if (!node->isJoin)
        return;
    markIn(node->left);
    markIn(node->right);
    const RangeSet left = node->join == JoinKind::Inner || node->join == JoinKind::Right ? leavesOf(node->left) : 0;
    const RangeSet right = node->join == JoinKind::Inner || node->join == JoinKind::Left ? leavesOf(node->right) : 0;
    markIn(node->condition, left | right);
}

} // namespace

void markJoinedSublinks(Query &query)
{
    auto mark = [](Query &each, int) {
        RangeSet all = 0;
        for (FromNode *item : each.from) {
            markIn(item);
            all |= leavesOf(item);
        }
        markIn(each.where, all);
    };
    eachQuery(query, 0, mark);
}

} // namespace sqlgym::plan
