#include "plan/query_planner.h"

#include "plan/keys.h"

#include <algorithm>

namespace sqlgym::plan {

using namespace sql;

bool QueryPlanner::asHashKey(Expr *qual, RangeSet left, RangeSet right, HashKey &key)
{
    auto *function = as<FunctionExpr>(qual);
    if (!function || !function->op || function->arguments.size() != 2)
        return false;
    Expr *a = function->arguments[0];
    Expr *b = function->arguments[1];
    if (!findHashOps(function->op, a->type, b->type, key.ops))
        return false;
    const RangeSet inA = rangesOf(a);
    const RangeSet inB = rangesOf(b);
    const auto fits = [&](RangeSet l, RangeSet r) {
        return l != 0 && within(l, left) && (right == 0 ? r == 0 : r != 0 && within(r, right));
    };
    if (fits(inA, inB)) {
        key.left = a;
        key.right = b;
        return true;
    }
    if (fits(inB, inA)) {
        key.left = b;
        key.right = a;
        return true;
    }
    return false;
}

Node *QueryPlanner::joinTwo(JoinType type, Node *left, Node *right, std::vector<Expr *> conditions)
{
    const bool lateral = (right->needs & left->ranges) != 0;
    Node *join = makeNode(NodeKind::NestedLoop);
    join->join = type;
    join->left = left;
    join->right = right;
    join->ranges = left->ranges | right->ranges;
    join->needs = (left->needs | right->needs) & ~join->ranges;
    join->keepRight = !right->dependsOnOuter;
    join->dependsOnOuter = left->dependsOnOuter || right->dependsOnOuter;
    join->opensAgain = left->opensAgain || right->opensAgain;
    for (Expr *condition : conditions) {
        join->dependsOnOuter = join->dependsOnOuter || readsOuter(condition) || isVolatile(condition);
        join->opensAgain = join->opensAgain || readsOuter(condition);
    }
    if (!lateral)
        for (Expr *condition : conditions) {
            HashKey key;
            if (isVolatile(condition) || !asHashKey(condition, left->ranges, right->ranges, key)) {
                join->condition.push_back(condition);
                continue;
            }
            join->keys.push_back(key);
            join->keepRight = join->keepRight && !readsOuter(key.right);
        }
    else
        join->condition = std::move(conditions);
    orderQuals(join->condition);
    if (!join->keys.empty())
        join->kind = NodeKind::HashJoin;
    join->rows = join->keys.empty() ? left->rows * right->rows * (join->condition.empty() ? 1 : 0.3)
                                    : std::max(left->rows, right->rows);
    return join;
}

Node *QueryPlanner::joinAll(std::vector<Node *> items, std::vector<Expr *> &quals)
{
    const auto connected = [&](RangeSet set, const Node *item) {
        return std::any_of(quals.begin(), quals.end(), [&](Expr *qual) {
            HashKey key;
            return asHashKey(qual, set, item->ranges, key);
        });
    };
    RangeSet all = 0;
    for (const Node *item : items)
        all |= item->ranges;
    // What an outer row singles out leads, when the others hang on it by keys: they are hashed once for all openings.
    const auto leads = [&](const Node *item) {
        return item->opensAgain && std::any_of(items.begin(), items.end(), [&](const Node *other) {
                   return other != item && !other->opensAgain && connected(item->ranges, other);
               });
    };
    std::size_t first = items.size();
    bool firstLeads = false;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if ((items[i]->needs & all) != 0)
            continue;
        const bool lead = leads(items[i]);
        if (first == items.size() || lead > firstLeads || (lead == firstLeads && items[i]->rows < items[first]->rows)) {
            first = i;
            firstLeads = lead;
        }
    }
    if (first == items.size()) {
        decline("this form of LATERAL");
        return nullptr;
    }
    Node *current = items[first];
    items.erase(items.begin() + std::ptrdiff_t(first));
    while (!items.empty()) {
        std::size_t best = items.size();
        bool bestConnected = false;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (!within(items[i]->needs & all, current->ranges))
                continue;
            const bool link = connected(current->ranges, items[i]);
            if (best == items.size() || (link && !bestConnected) ||
                (link == bestConnected && items[i]->rows < items[best]->rows)) {
                best = i;
                bestConnected = link;
            }
        }
        if (best == items.size()) {
            decline("this form of LATERAL");
            return nullptr;
        }
        Node *item = items[best];
        items.erase(items.begin() + std::ptrdiff_t(best));
        auto conditions = takeWithin(quals, current->ranges | item->ranges);
        // The smaller side is hashed (or repeated), but rather one that stays the same at each opening; what depends on
        // its neighbour must be the repeated one.
        const bool changes = item->opensAgain != current->opensAgain && bestConnected;
        const bool swap = (item->needs & all) == 0 && (changes ? item->opensAgain : item->rows > current->rows);
        current = joinTwo(JoinType::Inner, swap ? item : current, swap ? current : item, std::move(conditions));
    }
    return current;
}

} // namespace sqlgym::plan
