#include "plan/query_planner.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "plan/join_rules.h"
#include "plan/joined_sublinks.h"
#include "plan/keys.h"
#include "plan/pull_up.h"
#include "plan/push_down.h"

#include <algorithm>

namespace sqlgym::plan {

using namespace sql;

namespace {

void addQuals(Node &node, const std::vector<Expr *> &quals)
{
    for (Expr *qual : quals) {
        const RangeSet beside = rangesOf(qual) & ~node.ranges; // of a lateral table that was merged
        node.needs |= beside;
        node.dependsOnOuter = node.dependsOnOuter || beside != 0 || readsOuter(qual) || isVolatile(qual);
        node.opensAgain = node.opensAgain || beside != 0 || readsOuter(qual);
        node.quals.push_back(qual);
    }
    orderQuals(node.quals);
    // What reads no column is tested before any row is read.
    std::stable_partition(node.quals.begin(), node.quals.end(),
                          [](Expr *qual) { return rangesOf(qual) == 0 && !isVolatile(qual); });
}

} // namespace

Node *QueryPlanner::makeNode(NodeKind kind)
{
    Node &node = m_plan.nodes.emplace_back();
    node.kind = kind;
    return &node;
}

void QueryPlanner::flatten(QueryPlan &plan, FromNode *node, std::vector<FromNode *> &items, std::vector<Expr *> &quals)
{
    if (!node->isJoin || node->join != JoinKind::Inner) {
        items.push_back(node);
        return;
    }
    flatten(plan, node->left, items, quals);
    flatten(plan, node->right, items, quals);
    splitAnd(node->condition, quals);
}

/// What reads no column, on an inner join that no outer join makes optional, is tested above all joins.
void QueryPlanner::liftGates(FromNode *node, std::vector<Expr *> &gates)
{
    if (!node->isJoin || node->join == JoinKind::Full)
        return;
    if (node->join != JoinKind::Right)
        liftGates(node->left, gates);
    if (node->join != JoinKind::Left)
        liftGates(node->right, gates);
    if (node->join != JoinKind::Inner)
        return;
    std::vector<Expr *> conditions;
    splitAnd(node->condition, conditions);
    node->condition = nullptr;
    for (Expr *condition : conditions) {
        if (rangesOf(condition) == 0 && !isVolatile(condition))
            gates.push_back(condition);
        else
            node->condition = conjunction(m_statement, node->condition, condition);
    }
}

/// May what stands around `plan`, or an IN in it, reduce its outer joins, or decide whether its items are planned?
bool QueryPlanner::isUnsure(const QueryPlan &plan) const
{
    if (m_heldBack.count(plan.query) || m_maybeTestedAbove.count(plan.query) || m_foldsWhenJoined.count(plan.query))
        return true;
    // (A condition of a joined EXISTS on its left side alone goes into the subqueries there.)
    for (const QueryPlan *around = plan.parent; around; around = around->parent)
        if (m_withJoined.count(around->query))
            return true;
    return false;
}

Node *QueryPlanner::planFrom(QueryPlan &plan, const std::vector<FromNode *> &from, std::vector<Expr *> where)
{
    std::vector<FromNode *> items;
    std::vector<Expr *> quals;
    const bool joinsRow = std::ranges::any_of(from, [&](FromNode *node) { return hasTestedRow(*plan.query, node); });
    for (FromNode *node : from)
        liftGates(node, quals);
    for (Expr *gate : quals) // It stays in the tree: what asks later what the query reads shall find it.
        plan.query->where = conjunction(m_statement, plan.query->where, gate);
    for (FromNode *node : from)
        flatten(plan, node, items, quals);
    quals.insert(quals.end(), where.begin(), where.end());
    if (haveContradiction(quals))
        quals.push_back(makeFalse());
    if (failed())
        return nullptr;

    const Query &query = *plan.query;
    const bool isRoot = &plan == &m_plan.queries.front();
    // Under LIMIT an index may give the order, and the rest is never read.
    const bool needsAll = !query.limit && !readsEndsOnly(*plan.query);
    if (m_options.failLate && isRoot && needsAll) {
        const auto fails = [](Expr *qual) {
            return rangesOf(qual) != 0 && mayRaise(qual) && !isVolatile(qual) &&
                   (!isJoinedSublink(qual) || qual->kind == ExprKind::Sublink) && !isExists(qual);
        };
        std::copy_if(quals.begin(), quals.end(), std::back_inserter(plan.lateQuals), fails);
        std::erase_if(quals, fails);
        orderQuals(plan.lateQuals);
    }
    // Quals without columns of this query decide once whether anything runs at all.
    std::vector<Expr *> rest;
    for (Expr *qual : quals) {
        if (rangesOf(qual) == 0 && !isVolatile(qual))
            plan.gate.push_back(qual);
        else
            rest.push_back(qual);
    }
    // Above tables they stay in the order in which they are written, whatever they cost: they count as tested once.
    dropEmptyRows(*plan.query, items);
    if (items.empty())
        orderByCost(plan.gate);
    const bool single = items.size() == 1 && m_withJoined.count(plan.query) == 0 && !joinsRow;
    plan.onlyItem = single ? items.front() : nullptr;
    plan.severalTables = items.size() > 1 || (items.size() == 1 && items.front()->isJoin);
    const bool never = std::any_of(plan.gate.begin(), plan.gate.end(), isFalse);
    // (Beside other conditions on one item it is only a test before that item is read.)
    if (never && !single)
        std::erase_if(plan.gate, [](const Expr *qual) { return !isFalse(qual); });
    plan.empty = never && (!single || quals.size() == 1 || items.front()->isJoin) &&
                 (!items.empty() || isMergeable(*plan.query));
    plan.severalTables = plan.severalTables || std::any_of(quals.begin(), quals.end(), isJoinedSublink) ||
                         (quals.size() > 1 && std::any_of(quals.begin(), quals.end(),
                                                          [](Expr *qual) { return cost(qual) >= kScanCost; })) ||
                         readsEndsOnly(*plan.query);
    Node *root = nullptr;
    // A single item under a condition that is never true is not planned at all.
    const bool above = m_testedAbove.count(plan.query) > 0;
    const bool unsure = isUnsure(plan);
    const bool unplanned =
        never && quals.size() == 1 && single && !items.front()->isJoin && !above && !hasSublink(quals.front());
    if (unplanned && unsure && mayFailInPlanning(query, items.front()->range)) {
        decline("a condition that is never true over a subquery that can fail");
        return nullptr;
    }
    if (items.empty() || unplanned) {
        root = makeNode(NodeKind::OneRow);
    } else {
        planSubqueries(plan, items, rest);
        std::vector<Node *> nodes;
        bool empty = false;
        for (FromNode *item : items) {
            if (failed())
                return nullptr;
            nodes.push_back(planItem(plan, item, rest));
            empty = empty || (nodes.back() && nodes.back()->empty);
        }
        // (What stands around a query that PostgreSQL merges may change that.)
        if ((plan.topJoinFails || plan.fullJoinFails) && (unsure || !isFullJoinPlain(plan)))
            decline("FULL JOIN on such a condition");
        // A condition that is never true empties the join that it stands over, and no other.
        if (!failed() && (plan.fullJoinFails || (plan.topJoinFails && (!never || above))))
            m_stop.error("0A000", "FULL JOIN is only supported with merge-joinable or hash-joinable join conditions");
        if (failed())
            return nullptr;
        estimate(plan, rest);
        markJoined(quals);
        markJoined(plan.lateQuals);
        if (empty || std::any_of(quals.begin(), quals.end(), [&](Expr *qual) { return findsNone(qual); })) {
            plan.outerConditions.clear();
            plan.gate.clear();
            plan.empty = true;
            return makeEmpty(~RangeSet{0});
        }
        root = joinAll(std::move(nodes), rest);
        if (failed())
            return nullptr;
    }
    plan.innerQuals = quals;
    plan.qualsMayRaise = std::any_of(quals.begin(), quals.end(), mayRaise);
    addQuals(*root, rest);
    return root;
}

Node *QueryPlanner::planItem(QueryPlan &plan, FromNode *item, std::vector<Expr *> &quals)
{
    if (item->isJoin && item->join != JoinKind::Inner)
        return planOuterJoin(plan, item, quals);
    if (item->isJoin)
        return planInnerJoin(plan, item, quals);
    auto own = takeWithin(quals, rangeBit(item->range));
    if (isNever(own))
        return makeEmpty(rangeBit(item->range));
    const RangeEntry &entry = plan.query->range[std::size_t(item->range)];
    Node *leaf = nullptr;
    if (entry.kind == RangeKind::Subquery) {
        const auto &planned = m_subqueries.at({&plan, item->range});
        leaf = planned.leaf;
        own = planned.quals;
    } else {
        leaf = planLeaf(plan, item->range);
    }
    if (failed())
        return nullptr;
    if (leaf->kind == NodeKind::Subquery) {
        if (leaf->subplan->empty && (own.empty() || !isMergeable(*entry.subquery)))
            return makeEmpty(leaf->ranges);
        leaf->subplan->stopsEarly = readsWindow(*entry.subquery, item->range, own) ||
                                    std::any_of(own.begin(), own.end(), [](Expr *qual) { return readsOuter(qual); });
    }
    finishLeaf(plan, leaf, std::move(own));
    return leaf;
}

/// An inner join below an outer one.
Node *QueryPlanner::planInnerJoin(QueryPlan &plan, FromNode *item, std::vector<Expr *> &quals)
{
    InnerJoin join = takeInnerJoin(plan, item, quals);
    const auto conditions = join.own;
    std::vector<Node *> nodes;
    RangeSet all = 0;
    bool empty = join.never;
    for (FromNode *inner : join.items) {
        join.addFalse(inner);
        nodes.push_back(planItem(plan, inner, join.own));
        if (failed())
            return nullptr;
        all |= nodes.back()->ranges;
        empty = empty || nodes.back()->empty;
    }
    estimate(plan, conditions);
    if (empty)
        return makeEmpty(all);
    rememberConditions(plan, conditions);
    Node *joined = joinAll(std::move(nodes), join.own);
    if (joined)
        addQuals(*joined, join.own);
    return joined;
}

/// A step without rows.
Node *QueryPlanner::makeEmpty(RangeSet ranges)
{
    Node *node = makeNode(NodeKind::OneRow);
    node->ranges = ranges;
    node->empty = true;
    node->quals.push_back(makeFalse());
    return node;
}

Expr *QueryPlanner::makeFalse()
{
    auto *never = m_statement.make<ConstantExpr>();
    never->type = catalogue::type::kBool;
    never->value = value::Datum::ofBool(false);
    return never;
}

void QueryPlanner::rememberConditions(QueryPlan &plan, const std::vector<Expr *> &conditions)
{
    if (std::any_of(conditions.begin(), conditions.end(), mayRaise))
        plan.outerConditions.push_back(conditions);
    markJoined(conditions);
}

/// An IN over a plain subquery that never has a row: joined, it leaves nothing.
bool QueryPlanner::findsNone(Expr *qual)
{
    const auto *sublink = as<SublinkExpr>(qual);
    const auto planned = sublink ? m_plan.sublinks.find(sublink->query) : m_plan.sublinks.end();
    return planned != m_plan.sublinks.end() && planned->second && sublink->sublink == SublinkKind::Any &&
           planned->second->joined && planned->second->empty;
}

void QueryPlanner::markJoined(const std::vector<Expr *> &quals)
{
    for (Expr *qual : quals) {
        const auto *sublink = sublinkOf(qual);
        const auto planned = sublink ? m_plan.sublinks.find(sublink->query) : m_plan.sublinks.end();
        if (planned == m_plan.sublinks.end() || !planned->second)
            continue;
        planned->second->joined = sublink->isJoined;
    }
}

Node *QueryPlanner::planOuterJoin(QueryPlan &plan, FromNode *item, std::vector<Expr *> &quals)
{
    FromNode *leftItem = item->left;
    FromNode *rightItem = item->right;
    if (item->join == JoinKind::Right)
        std::swap(leftItem, rightItem);
    const bool full = item->join == JoinKind::Full;
    std::vector<Expr *> conditions;
    splitAnd(item->condition, conditions);
    const auto written = conditions;
    const auto constant = takeConstant(conditions);
    std::vector<Expr *> none;
    // The preserved side may be filtered early by the quals above; the optional side by the join's own condition.
    Node *left = planItem(plan, leftItem, full ? none : quals);
    Node *right = failed() ? nullptr : planItem(plan, rightItem, full ? none : conditions);
    if (failed())
        return nullptr;
    const RangeSet ranges = left->ranges | right->ranges;
    plan.nullable |= right->ranges | (full ? left->ranges : 0);
    auto above = takeWithin(quals, ranges);
    if (left->empty && (!full || right->empty))
        return makeEmpty(ranges);
    if (full && m_emptied.count(item) == 0 && !canJoinFully(left->ranges, right->ranges, written)) {
        // (Below a condition that is never true nothing is joined.)
        (item == plan.onlyItem ? plan.topJoinFails : plan.fullJoinFails) = true;
    }
    estimate(plan, written);
    estimate(plan, above);
    if (!right->empty)
        rememberConditions(plan, written);
    conditions.insert(conditions.end(), constant.begin(), constant.end());
    Node *join = joinTwo(full ? JoinType::Full : JoinType::Left, left, right, std::move(conditions));
    if (!join)
        return nullptr;
    join->rows = full ? left->rows + right->rows : std::max(left->rows, 1.0);
    addQuals(*join, above);
    return join;
}

Node *QueryPlanner::planLeaf(QueryPlan &plan, int range)
{
    RangeEntry &entry = plan.query->range[std::size_t(range)];
    Node *leaf = nullptr;
    const auto outside = [&](RangeSet reads, bool deeper) {
        leaf->needs = reads;
        leaf->dependsOnOuter = deeper || reads != 0;
    };
    const auto expressions = [&](auto &&each) {
        RangeSet reads = 0;
        bool deeper = false;
        each([&](Expr *expr) {
            reads |= rangesOf(expr);
            deeper = deeper || readsOuter(expr) || isVolatile(expr);
        });
        outside(reads, deeper);
    };
    switch (entry.kind) {
    case RangeKind::Table:
        leaf = makeNode(NodeKind::Table);
        leaf->rows = std::max(m_options.tableSize(*entry.table), 1.0);
        break;
    case RangeKind::Subquery: {
        leaf = makeNode(NodeKind::Subquery);
        if (m_marksRows.count(plan.query) == 0)
            dropUnusedColumns(m_statement, *plan.query, range,
                              [this](const Expr *expr) { return m_pushedDown.count(expr) > 0; });
        leaf->subplan = planQuery(*entry.subquery);
        if (!leaf->subplan)
            return nullptr;
        leaf->subplan->early = isMergeable(*entry.subquery);
        RangeSet reads = 0;
        for (Expr *parameter : leaf->subplan->parameters)
            if (auto *column = as<ColumnExpr>(parameter); column && column->levelsUp == 0)
                reads |= rangeBit(column->range);
        outside(reads,
                !leaf->subplan->parameters.empty() || leaf->subplan->volatileQuery || leaf->subplan->readsWorkingTable);
        leaf->opensAgain = leaf->subplan->readsWorkingTable;
        leaf->rows = leaf->subplan->grouped ? 100 : 1000;
        break;
    }
    case RangeKind::Function:
        leaf = makeNode(NodeKind::Function);
        expressions([&](auto &&see) {
            for (Expr *function : entry.functions)
                see(function);
        });
        leaf->rows = 100;
        break;
    case RangeKind::Values:
        leaf = makeNode(NodeKind::Values);
        expressions([&](auto &&see) {
            for (auto &row : entry.values)
                for (Expr *cell : row)
                    if (cell->kind != ExprKind::Constant)
                        see(cell);
        });
        leaf->rows = double(entry.values.size());
        break;
    case RangeKind::Cte:
        leaf = makeNode(NodeKind::Cte);
        leaf->rows = 1000;
        leaf->dependsOnOuter = true;
        leaf->opensAgain = entry.selfReference;
        break;
    case RangeKind::SetOperation:
        decline("this form of set operation");
        return nullptr;
    case RangeKind::Change:
    case RangeKind::Given:
        return planRows(plan, range);
    }
    leaf->range = range;
    leaf->ranges = rangeBit(range);
    return leaf;
}

double QueryPlanner::estimateLeaf(QueryPlan &plan, const Node &leaf, const std::vector<Expr *> &quals)
{
    double rows = leaf.rows;
    const RangeEntry &entry = plan.query->range[std::size_t(leaf.range)];
    for (Expr *qual : quals) {
        const auto *function = as<FunctionExpr>(qual);
        const auto *op = function && function->op ? catalogue::findOperator(function->op) : nullptr;
        if (!op || op->name != "=") {
            rows *= 0.4;
            continue;
        }
        double factor = 0.1;
        for (Expr *side : function->arguments)
            if (const auto *column = as<ColumnExpr>(side); column && entry.table)
                for (const KeyDefinition &key : entry.table->keys)
                    if (key.columns.size() == 1 && key.columns.front() == column->column)
                        factor = 1 / std::max(leaf.rows, 1.0);
        rows *= factor;
    }
    return std::max(rows, 1.0);
}

void QueryPlanner::finishLeaf(QueryPlan &plan, Node *leaf, std::vector<Expr *> quals)
{
    leaf->rows = estimateLeaf(plan, *leaf, quals);
    orderQuals(quals);
    // column = value from outside: found through a hash of the table when it is asked again and again. What stands
    // before it is then not tested on the rows that the hash passes over, and the value is computed even when nothing
    // would have come so far: neither must be able to fail.
    const bool lasts = leaf->kind == NodeKind::Table || (leaf->kind == NodeKind::Cte && !leaf->opensAgain) ||
                       (leaf->kind == NodeKind::Subquery && !leaf->dependsOnOuter);
    for (std::size_t i = 0; lasts && i < quals.size(); ++i) {
        HashKey key;
        if (asHashKey(quals[i], leaf->ranges, 0, key) && key.left->kind == ExprKind::Column &&
            as<ColumnExpr>(key.left)->column >= 0 && key.right->kind != ExprKind::Constant && !hasSublink(key.right) &&
            (i == 0 || !mayRaise(key.right)))
            leaf->probe.push_back(key);
        else if (mayRaise(quals[i]) || isVolatile(quals[i]) || hasSublink(quals[i]))
            break;
    }
    addQuals(*leaf, quals);
}

} // namespace sqlgym::plan
