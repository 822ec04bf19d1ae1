#include "plan/query_planner.h"

#include "plan/join_removal.h"
#include "plan/join_rules.h"
#include "plan/joined_sublinks.h"
#include "plan/keys.h"
#include "plan/outer_joins.h"
#include "plan/pull_up.h"
#include "plan/push_down.h"
#include "sql/expr_tools.h"

#include <algorithm>
#include <utility>

namespace sqlgym::plan {

using namespace sql;

std::unique_ptr<PlannedStatement> planQuery(BoundStatement &statement, Query &query, ConstantEvaluator &evaluator,
                                            const PlanOptions &options)
{
    auto plan = std::make_unique<PlannedStatement>();
    inlineCtes(statement, query);
    markJoinedSublinks(query);
    QueryPlanner planner(statement, *plan, evaluator, options);
    if (options.keepsRows)
        planner.keepRowsOf(query);
    plan->root = planner.planQuery(query);
    if (evaluator.context().stop.raised())
        return nullptr;
    return plan;
}

QueryPlan *QueryPlanner::planQuery(Query &query)
{
    if (failed())
        return nullptr;
    QueryPlan &plan = m_plan.queries.emplace_back();
    plan.query = &query;
    plan.parent = m_enclosing;
    m_enclosing = &plan;
    const bool planned = planSteps(plan);
    m_enclosing = plan.parent;
    return planned ? &plan : nullptr;
}

bool QueryPlanner::planSteps(QueryPlan &plan)
{
    Query &query = *plan.query;
    plan.volatileQuery = isVolatile(query);
    plan.readsWorkingTable = findsWorkingTable(query);
    planCtes(query);
    const auto heldBack = pullUpSubqueries(m_statement, query);
    if (query.range.size() > std::size_t(kMaxRanges) && !query.setOperation) {
        decline("a query over more than 60 tables");
        return false;
    }
    for (const HeldBack &held : heldBack) {
        m_heldBack.insert(query.range[std::size_t(held.range)].subquery);
        substituteSteady(m_statement, query, held);
        if (held.guarded)
            plan.guarded |= rangeBit(held.range);
    }
    if (Change *change = changeOf(query))
        planSource(plan, *change);
    preprocess(query);
    foldAppendMembers(query);
    if (failed())
        return false;
    // What is the same in all rows orders nothing; without other keys there is no sort, and LIMIT stops early.
    if (query.distinct != DistinctKind::On && !query.withTies)
        std::erase_if(query.orderBy,
                      [&](const SortKey &key) { return isSameInAllRows(query.targets[std::size_t(key.target)].expr); });
    plan.rowsAlike = std::all_of(query.targets.begin(), query.targets.end(),
                                 [](const TargetEntry &target) { return isSameInAllRows(target.expr); });
    plan.groupRange = int(query.range.size());
    plan.windowRange = plan.groupRange + 1;
    plan.setRange = plan.groupRange + 2;
    plan.keySetRange = plan.groupRange + 3;
    plan.rangeCount = plan.groupRange + 4;
    plan.grouped = query.grouped || query.hasAggregates || !query.groupBy.empty() || query.having;
    for (auto &target : query.targets)
        plan.visibleColumns += target.junk ? 0 : 1;

    std::vector<Expr *> where;
    splitAnd(query.where, where);
    splitHaving(plan, where);
    reduceJoins(plan, where);
    if (m_marksRows.count(&query) == 0)
        removeUselessJoins(query, where);
    if (query.setOperation)
        planSetOperation(plan);
    else if (query.having && !query.hasAggregates && query.groupBy.empty() && query.groupingSets.empty())
        plan.source = planFrom(plan, {}, {}); // one row by definition: PostgreSQL does not even look at FROM
    else
        plan.source = planFrom(plan, query.from, std::move(where));
    estimate(plan, plan.having);
    if (failed())
        return false;
    planGrouping(plan);
    if (plan.grouped && query.groupBy.empty() && query.groupingSets.empty() && plan.group.aggregates.empty() &&
        !query.hasAggregates)
        makeDegenerate(plan);
    planWindows(plan);
    findUsedAbove(plan);
    if (!findKeys(query.distinctKeys, query, plan.distinctOps, true) ||
        !findKeys(query.orderBy, query, plan.orderOps, false))
        return false;
    collectParameters(plan);
    // A sort, LIMIT or a grouping step above keeps it from seeing that.
    plan.empty = plan.empty && !plan.grouped && query.windows.empty() && query.distinct == DistinctKind::None &&
                 query.orderBy.empty() && !query.limit && !query.offset;
    return !failed();
}

bool QueryPlanner::findsWorkingTable(Query &query)
{
    bool found = false;
    std::unordered_set<const CteDefinition *> inside;
    auto visit = [&](Query &inner, int) {
        inside.insert(inner.ctes.begin(), inner.ctes.end());
        for (const RangeEntry &entry : inner.range)
            found = found || (entry.kind == RangeKind::Cte && inside.count(entry.cte) == 0 &&
                              (entry.selfReference || m_working.count(entry.cte)));
    };
    eachQuery(query, 0, visit);
    return found;
}

void QueryPlanner::planCtes(Query &query)
{
    for (CteDefinition *cte : query.ctes) {
        if (failed())
            return;
        CtePlan planned;
        if (!cte->recursive) {
            if (findsWorkingTable(*cte->query))
                m_working.insert(cte);
            planned.query = planQuery(*cte->query);
        } else {
            const SetOperationNode *node = cte->query->setOperation;
            if (!node || node->isLeaf || !node->right->isLeaf || !cte->query->orderBy.empty() || cte->query->limit ||
                cte->query->offset || !cte->query->ctes.empty()) {
                decline("this form of recursive query");
                return;
            }
            // The level of the definition itself is not planned: nothing reads its rows.
            const QueryPlan *outside = std::exchange(m_enclosing, nullptr);
            planned.initialIsSet = !node->left->isLeaf;
            planned.initial = planned.initialIsSet
                                  ? planQuery(*leftOf(*cte->query))
                                  : planQuery(*cte->query->range[std::size_t(node->left->range)].subquery);
            planned.recursive = planQuery(*cte->query->range[std::size_t(node->right->range)].subquery);
            m_enclosing = outside;
            for (std::size_t i = 0; !cte->unionAll && i < node->keys.size(); ++i)
                if (KeyOps ops; findKeyOps(node->keys[i], cte->columns[i].type, ops) && ops.hash)
                    planned.ops.push_back(ops);
                else
                    decline("UNION of such a type");
        }
        // It is computed anew for other rows outside: so is what reads it.
        const bool once = m_plan.queries.front().query == &query;
        for (const QueryPlan *term : {planned.query, planned.initial, planned.recursive})
            if (term && (!term->parameters.empty() || (term->volatileQuery && !once)))
                m_working.insert(cte);
        m_plan.ctes[cte] = std::move(planned);
    }
}

/// Folds what `query` holds and plans the subqueries in it, in PostgreSQL's order (subquery_planner): of several errors
/// the first one shows, and what folding cuts off is never planned.
void QueryPlanner::preprocess(Query &query)
{
    for (auto &entry : query.range)
        for (Expr *&function : entry.functions)
            m_folder.fold(function);
    for (auto &target : query.targets)
        m_folder.fold(target.expr);
    for (auto &target : query.targets)
        planSublinksOf(target.expr);
    if (const auto returning = m_returning.find(&query); returning != m_returning.end())
        foldReturning(*returning->second, query);
    const auto expression = [&](Expr *&slot) {
        if (!slot)
            return;
        m_folder.fold(slot);
        planSublinksOf(slot);
    };
    for (FromNode *node : query.from)
        preprocessJoin(node, false);
    foldCondition(query.where, &query, false);
    foldCondition(query.having, nullptr, false);
    for (auto &window : query.windows) {
        expression(window.startOffset);
        expression(window.endOffset);
    }
    expression(query.offset);
    expression(query.limit);
    if (const auto returning = m_returning.find(&query); returning != m_returning.end())
        foldConflict(*changeOf(*returning->second->query));
    for (auto &entry : query.range) {
        for (Expr *function : entry.functions)
            planSublinksOf(function);
        for (auto &row : entry.values)
            for (Expr *&cell : row)
                m_folder.fold(cell);
        for (auto &row : entry.values)
            for (Expr *&cell : row)
                planSublinksOf(cell);
    }
}

/// Of a subquery that PostgreSQL merges with the query that reads it, a column is folded where it is read.
void QueryPlanner::foldColumn(const ColumnExpr &column)
{
    const QueryPlan *plan = m_enclosing;
    for (int level = 0; plan && level < column.levelsUp; ++level)
        plan = plan->parent;
    if (!plan || column.range < 0 || column.column < 0 || std::size_t(column.range) >= plan->query->range.size())
        return;
    Query *inner = plan->query->range[std::size_t(column.range)].subquery;
    if (!inner || m_heldBack.count(inner) == 0 || !m_foldedColumns.insert({inner, column.column}).second)
        return;
    const QueryPlan *around = std::exchange(m_enclosing, nullptr);
    m_folder.foldApart(inner->targets[std::size_t(column.column)].expr);
    m_enclosing = around;
}

/// The members of a UNION ALL that PostgreSQL merges with `query`.
void QueryPlanner::foldAppendMembers(Query &query)
{
    for (RangeEntry &entry : query.range) {
        if (!entry.subquery || !isPlainUnionAll(*entry.subquery))
            continue;
        for (RangeEntry &leaf : entry.subquery->range) {
            if (!leaf.subquery || failed())
                continue;
            pullUpSubqueries(m_statement, *leaf.subquery);
            if (!isAppendMember(*leaf.subquery))
                continue;
            // Their columns are the member's, not the query's.
            const QueryPlan *around = std::exchange(m_enclosing, nullptr);
            for (auto &target : leaf.subquery->targets)
                m_folder.fold(target.expr);
            m_enclosing = around;
        }
    }
}

/// `optional`: an outer join may fill it with NULLs.
void QueryPlanner::preprocessJoin(FromNode *node, bool optional)
{
    if (!node->isJoin)
        return;
    preprocessJoin(node->left, optional || node->join == JoinKind::Right || node->join == JoinKind::Full);
    preprocessJoin(node->right, optional || node->join == JoinKind::Left || node->join == JoinKind::Full);
    foldCondition(node->condition, node->join == JoinKind::Full ? nullptr : node,
                  optional || node->join != JoinKind::Inner);
}

/// `owner`: the join or query whose condition it is, where EXISTS and IN in it may be joined.
void QueryPlanner::foldCondition(Expr *&condition, const void *owner, bool optional)
{
    if (!condition)
        return;
    if (owner)
        planJoinedSublinks(condition, owner, optional);
    m_folder.fold(condition);
    m_folder.foldCondition(condition);
    planSublinksOf(condition);
}

/// EXISTS and IN that PostgreSQL turns into joins before it folds the conditions beside them.
void QueryPlanner::planJoinedSublinks(Expr *condition, const void *owner, bool optional)
{
    std::vector<Expr *> parts;
    splitAnd(condition, parts);
    for (Expr *part : parts) {
        auto *sublink = sublinkOf(part);
        if (!sublink || !sublink->isJoined)
            continue;
        for (Expr *&left : sublink->left)
            m_folder.fold(left);
        if (sublink->sublink == SublinkKind::Any && isMergeable(*sublink->query))
            for (std::size_t i = 0; i < sublink->left.size(); ++i)
                if (comparesStrictly(*sublink, i))
                    m_compared[sublink->query].push_back(i);
        if (sublink->sublink == SublinkKind::Exists || (!optional && isMergeable(*sublink->query)))
            m_testedAbove.insert(sublink->query);
        else if (optional)
            m_maybeTestedAbove.insert(sublink->query);
        planSublinksOf(sublink);
        if (failed())
            return;
        if (comparesConstants(*m_enclosing->query, *sublink))
            return decline("a condition whose error depends on how PostgreSQL joins");
        if (!optional)
            m_withJoined.insert(m_enclosing->query);
        const auto isConstant = [](const Expr *left) { return left->kind == ExprKind::Constant; };
        if (sublink->useOr || std::ranges::any_of(sublink->left, isConstant))
            m_foldsWhenJoined.insert(m_enclosing->query);
        if (!isNegation(part))
            m_joined[owner].push_back(
                {rangesOf(part), nonNullableAround(*m_enclosing->query, m_enclosing->guarded, part)});
    }
}

void QueryPlanner::planSublinksOf(Expr *expr)
{
    if (failed() || !expr)
        return;
    eachChild(expr, [&](Expr *&child) { planSublinksOf(child); });
    auto *sublink = as<SublinkExpr>(expr);
    if (!sublink || m_plan.sublinks.count(sublink->query))
        return;
    if (sublink->sublink == SublinkKind::Exists) {
        if (sublink->query->limit)
            m_folder.fold(sublink->query->limit);
        dropExistsTargets(*sublink->query);
    }
    m_plan.sublinks[sublink->query] = planQuery(*sublink->query);
}

/// The set operation that stands left of the topmost one, as a query of its own in the same place.
Query *QueryPlanner::leftOf(const Query &query)
{
    auto *left = m_statement.make<Query>();
    const SetOperationNode *node = query.setOperation;
    left->setOperation = node->left;
    left->range.assign(query.range.begin(), query.range.begin() + node->right->range);
    left->range.push_back(query.range.back());
    for (const auto &target : query.targets) {
        auto *column = m_statement.make<ColumnExpr>(*as<ColumnExpr>(target.expr));
        column->range = int(left->range.size()) - 1;
        left->targets.push_back({column, target.name, target.junk});
    }
    return left;
}

void QueryPlanner::planSetOperation(QueryPlan &plan)
{
    plan.setOperation = planSetNode(plan, plan.query->setOperation, nullptr);
    Node *source = makeNode(NodeKind::SetOperation);
    source->range = int(plan.query->range.size()) - 1;
    source->ranges = rangeBit(source->range);
    source->rows = 1000;
    source->dependsOnOuter = true;
    plan.source = source;
}

SetOperationPlan *QueryPlanner::planSetNode(QueryPlan &plan, const SetOperationNode *node,
                                            const SetOperationPlan *parent)
{
    if (failed())
        return nullptr;
    SetOperationPlan &planned = m_plan.setOperations.emplace_back();
    planned.node = node;
    if (node->isLeaf) {
        planned.leaf = planQuery(*plan.query->range[std::size_t(node->range)].subquery);
        return &planned;
    }
    (void)parent;
    planned.left = planSetNode(plan, node->left, &planned);
    planned.right = planSetNode(plan, node->right, &planned);
    const auto &columns = plan.query->range.back().columns;
    for (std::size_t i = 0; i < node->keys.size() && !failed(); ++i) {
        KeyOps ops;
        if (!findKeyOps(node->keys[i], columns[i].type, ops) || !ops.hash) {
            decline("a set operation on a column of such a type");
            return nullptr;
        }
        planned.ops.push_back(ops);
    }
    return &planned;
}

/// HAVING without groups or aggregates: one row if it holds; FROM and WHERE are not looked at.
void QueryPlanner::makeDegenerate(QueryPlan &plan)
{
    plan.grouped = false;
    plan.source = makeNode(NodeKind::OneRow);
    plan.gate = std::move(plan.having);
    plan.having.clear();
}

void QueryPlanner::splitHaving(QueryPlan &plan, std::vector<Expr *> &where)
{
    Query &query = *plan.query;
    std::vector<Expr *> having;
    splitAnd(query.having, having);
    for (Expr *qual : having) {
        const bool stays = (!query.groupBy.empty() && !query.groupingSets.empty()) || hasAggregate(qual) ||
                           isVolatile(qual) || hasSubplan(qual);
        if (stays || query.groupBy.empty())
            plan.having.push_back(qual);
        if (!stays)
            where.push_back(qual);
    }
    orderByCost(plan.having);
}

bool QueryPlanner::findKeys(const std::vector<SortKey> &keys, const Query &query, std::vector<KeyOps> &ops, bool hashed)
{
    for (const SortKey &key : keys) {
        KeyOps found;
        const Oid type = query.targets[std::size_t(key.target)].expr->type;
        if (!findKeyOps(key, type, found) || (hashed && !found.hash)) {
            decline("sorting or grouping by such a type");
            return false;
        }
        ops.push_back(found);
    }
    return true;
}

void QueryPlanner::collectParameters(QueryPlan &plan)
{
    auto visit = [&](Expr *&slot, int depth) {
        int levels = -1;
        if (auto *column = as<ColumnExpr>(slot); column && column->range >= 0)
            levels = column->levelsUp;
        else if (auto *aggregate = as<AggregateExpr>(slot))
            levels = aggregate->levelsUp;
        if (levels <= depth)
            return true;
        // Seen from the query that holds this one, it lies so many levels out.
        const int out = levels - depth - 1;
        // An aggregate of an outer query is known by its node wherever it is read.
        Expr *copy = slot;
        if (auto *column = as<ColumnExpr>(slot)) {
            auto *outer = m_statement.make<ColumnExpr>(*column);
            outer->levelsUp = out;
            copy = outer;
        }
        const bool known = std::any_of(plan.parameters.begin(), plan.parameters.end(),
                                       [&](const Expr *parameter) { return equalExpr(parameter, copy); });
        if (!known)
            plan.parameters.push_back(copy);
        return slot->kind != ExprKind::Aggregate;
    };
    eachSlot(*plan.query, 0, visit);
}

} // namespace sqlgym::plan
