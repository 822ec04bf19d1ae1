#include "exec/query_builder.h"

#include "exec/aggregate.h"
#include "exec/function_scan.h"
#include "exec/project.h"
#include "exec/set_operation.h"
#include "exec/sort.h"
#include "exec/window.h"

namespace sqlgym::exec {

OperatorPtr QueryBuilder::buildGrouping(OperatorPtr child)
{
    // What the steps above read of the group's first row; all ranges where a grouping set may hide columns.
    auto keeper = keeperFor(m_plan.usedAbove & m_plan.source->ranges);
    OperatorPtr node = std::make_unique<GroupOperator>(m_run, m_scope, m_plan, std::move(child), std::move(keeper),
                                                       m_runner.code(), m_runner);
    for (int range = 0; range < int(m_plan.query->range.size()); ++range)
        m_stable[range] = true;
    m_stable[m_plan.groupRange] = true;
    if (!m_plan.having.empty())
        node = std::make_unique<FilterOperator>(m_run, m_plan, std::move(node),
                                                quals(m_plan.having, m_plan.groupsMayStop));
    return node;
}

OperatorPtr QueryBuilder::buildWindows(OperatorPtr child)
{
    auto keeper = keeperFor(m_plan.usedAbove & m_plan.source->ranges);
    if (m_plan.grouped)
        keeper->add(m_plan.groupRange, widthOf(m_plan.groupRange), true);
    return std::make_unique<WindowOperator>(m_run, m_scope, m_plan, std::move(child), std::move(keeper),
                                            m_runner.code(), m_runner);
}

OperatorPtr QueryBuilder::buildProjectSet(OperatorPtr child, const std::vector<sql::Expr *> &list, int range)
{
    std::vector<sql::FunctionExpr *> calls;
    bool nested = false;
    for (sql::Expr *expr : list) {
        auto visit = [&](sql::Expr *&slot, int depth) {
            auto *call = sql::as<sql::FunctionExpr>(slot);
            if (depth > 0 || !call || !call->returnsSet)
                return depth == 0;
            for (sql::Expr *argument : call->arguments)
                nested = nested || plan::returnsSet(argument);
            calls.push_back(call);
            return false;
        };
        plan::eachSlot(expr, 0, visit);
    }
    if (calls.empty())
        return child;
    if (nested)
        m_run.stop.decline("set-returning functions inside one another");
    auto node = std::make_unique<ProjectSetOperator>(m_run, m_scope, range, std::move(child));
    node->compile(m_runner.code(), m_runner, calls);
    return node;
}

namespace {

bool canFail(const plan::SetOperationPlan &node)
{
    return node.leaf ? plan::anyMayRaise(*node.leaf->query) : canFail(*node.left) || canFail(*node.right);
}

} // namespace

RowSourcePtr QueryBuilder::buildSetOperation(const plan::SetOperationPlan &node)
{
    if (node.leaf)
        return m_runner.build(*node.leaf, &m_scope);
    RowSourcePtr left = buildSetOperation(*node.left);
    RowSourcePtr right = buildSetOperation(*node.right);
    RowKey key;
    for (std::size_t i = 0; i < node.ops.size(); ++i) {
        key.columns.push_back(int(i));
        key.ops.push_back(node.ops[i]);
    }
    if (node.node->op != sql::SetOp::Union)
        return std::make_unique<CountingSource>(m_run, std::move(left), std::move(right), std::move(key), *node.node,
                                                node.node->op == sql::SetOp::Intersect && canFail(*node.right));
    RowSourcePtr both = std::make_unique<AppendSource>(std::move(left), std::move(right));
    if (node.node->all)
        return both;
    const std::size_t width = key.columns.size();
    return std::make_unique<DistinctSource>(m_run, std::move(both), std::move(key), RowKey{}, width, width);
}

/// RETURNING over a change with other tables: which of several matches a row is changed with is left to chance.
bool QueryBuilder::returnsFromSeveral() const
{
    const sql::Change *change = changeOf(*m_plan.query);
    return change && change->kind != sql::ChangeKind::Insert && change->source && change->source->range.size() > 1;
}

RowSourcePtr QueryBuilder::buildTop(OperatorPtr child)
{
    const sql::Query &query = *m_plan.query;
    const std::size_t width = query.targets.size();
    const std::size_t visible = m_plan.visibleColumns;
    // A condition of a join may fail before a select list does, or LIMIT end the run.
    const bool unsure =
        m_plan.severalTables && !m_plan.grouped && (m_plan.qualsMayRaise || (query.limit && query.orderBy.empty()));
    auto project = std::make_unique<ProjectSource>(m_run, m_plan, std::move(child),
                                                   unsure || m_plan.groupsMayStop || returnsFromSeveral());
    project->compile(m_runner.code(), m_scope, m_runner, query.targets);
    RowSourcePtr top = std::move(project);
    const RowKey order = RowKey::of(query.orderBy, m_plan.orderOps);
    const RowKey distinct = RowKey::of(query.distinctKeys, m_plan.distinctOps);
    if (query.distinct == sql::DistinctKind::All)
        top = std::make_unique<DistinctSource>(m_run, std::move(top), distinct, RowKey{}, width, visible);
    SortSource *sorted = nullptr;
    if (!query.orderBy.empty()) {
        auto sort =
            std::make_unique<SortSource>(m_run, std::move(top), order, width, visible, m_scope.outer == nullptr);
        sorted = sort.get();
        top = std::move(sort);
    }
    if (query.distinct == sql::DistinctKind::On) {
        top = std::make_unique<DistinctSource>(m_run, std::move(top), distinct, order, width, visible);
        sorted = nullptr;
    }
    if (query.limit || query.offset) {
        auto limit = std::make_unique<LimitSource>(m_run, std::move(top), sorted, query.withTies);
        limit->compile(m_runner.code(), m_scope, m_runner, m_plan);
        top = std::move(limit);
    }
    return top;
}

} // namespace sqlgym::exec
