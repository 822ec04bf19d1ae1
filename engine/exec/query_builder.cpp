#include "exec/query_builder.h"

#include "exec/change.h"
#include "exec/function_scan.h"
#include "exec/join.h"
#include "exec/project.h"
#include "exec/scan.h"
#include "exec/set_operation.h"

namespace sqlgym::exec {

using plan::NodeKind;
using sql::RangeEntry;

RowSourcePtr Runner::build(const plan::QueryPlan &plan, Scope *outer)
{
    auto query = std::make_unique<QueryRun>(*this, plan, outer);
    QueryBuilder(*this, plan, *query).build();
    return query;
}

bool Runner::scannedAll(const plan::QueryPlan &plan, plan::RangeSet ranges) const
{
    for (const Scan &scan : m_scans)
        if (scan.plan == &plan && plan::rangeBit(scan.range) == ranges && scan.scan->sawAll())
            return true;
    return false;
}

std::unique_ptr<Quals> QueryBuilder::quals(const std::vector<sql::Expr *> &list, bool errorsDependOnPlan)
{
    return std::make_unique<Quals>(m_runner.code(), m_run, m_scope, m_runner, list, errorsDependOnPlan);
}

std::size_t QueryBuilder::widthOf(int range) const
{
    if (range == m_plan.groupRange)
        return m_plan.group.keys.size() + m_plan.group.aggregates.size() + m_plan.group.groupings.size();
    if (range >= m_plan.windowRange)
        return 0;
    return m_plan.query->range[std::size_t(range)].columns.size();
}

void QueryBuilder::build()
{
    buildCtes();
    OperatorPtr node = buildNode(*m_plan.source);
    if (!m_plan.lateQuals.empty())
        node = std::make_unique<LateFilterOperator>(m_run, m_plan, std::move(node), quals(m_plan.lateQuals, false));
    if (!m_plan.gate.empty())
        node = std::make_unique<GateOperator>(std::move(node), quals(m_plan.gate, false));
    if (m_plan.grouped) {
        // Functions that are grouped by run before; those of the select list alone run last.
        node = buildProjectSet(std::move(node), m_plan.group.keys, m_plan.keySetRange);
        node = buildGrouping(std::move(node));
    }
    if (!m_plan.windows.empty())
        node = buildWindows(std::move(node));
    std::vector<sql::Expr *> targets;
    for (const auto &target : m_plan.query->targets)
        targets.push_back(target.expr);
    node = buildProjectSet(std::move(node), targets, m_plan.setRange);
    m_query.top = buildTop(std::move(node));
}

void QueryBuilder::buildCtes(bool again)
{
    for (const sql::CteDefinition *cte : m_plan.query->ctes) {
        const auto &lasting = m_runner.lastingCtes();
        if (const auto known = lasting.find(cte); again && known != lasting.end()) {
            m_scope.ctes[cte] = known->second;
            continue;
        }
        const auto found = m_runner.statement().ctes.find(cte);
        if (found == m_runner.statement().ctes.end())
            continue;
        const plan::CtePlan &planned = found->second;
        auto rows = std::make_unique<CteRows>(m_run, cte->columns.size(), planned.ops);
        m_scope.ctes[cte] = rows.get();
        bool changes = false;
        if (planned.query) {
            rows->setSource(m_runner.build(*planned.query, &m_scope));
            const bool isChange = changeOf(*cte->query) != nullptr;
            changes = !isChange && (!planned.query->parameters.empty() || planned.query->volatileQuery ||
                                    planned.query->readsWorkingTable);
            if (isChange && m_runner.changes())
                m_runner.changes()->expect(*rows);
        } else {
            rows->between =
                std::make_unique<Scope>(cte->query, &m_scope, int(cte->query->range.size()) + 2, m_run.nullRow.data());
            rows->setSource(m_runner.build(*planned.initial, planned.initialIsSet ? &m_scope : rows->between.get()));
            rows->setRecursive(m_runner.build(*planned.recursive, rows->between.get()));
            changes = true;
        }
        if (!changes)
            m_runner.keep(cte, rows.get());
        m_query.ctes.push_back({std::move(rows), changes});
    }
}

std::unique_ptr<RowKeeper> QueryBuilder::keeperFor(plan::RangeSet ranges)
{
    auto keeper = std::make_unique<RowKeeper>(m_run, m_scope);
    for (int range = 0; range < int(m_plan.query->range.size()); ++range)
        if (ranges & plan::rangeBit(range))
            keeper->add(range, widthOf(range), m_stable[range]);
    return keeper;
}

OperatorPtr QueryBuilder::buildNode(const plan::Node &node)
{
    switch (node.kind) {
    case NodeKind::OneRow:
        return std::make_unique<OneRowOperator>(m_run, quals(node.quals, false));
    case NodeKind::NestedLoop:
    case NodeKind::HashJoin:
        return buildJoin(node);
    default:
        return buildLeaf(node);
    }
}

OperatorPtr QueryBuilder::buildTable(const plan::Node &node)
{
    const RangeEntry &entry = m_plan.query->range[std::size_t(node.range)];
    const Datum *&row = m_scope.rows[std::size_t(node.range)];
    auto table = m_runner.table(*entry.table);
    if (!table) {
        m_run.stop.decline("table " + entry.table->name);
        table = std::make_shared<Table>();
    }
    m_stable[node.range] = true;
    auto scan = std::make_unique<TableOperator>(m_run, row, std::move(table), quals(node.quals, m_plan.severalTables));
    if (!node.probe.empty())
        scan->lookup().compile(m_runner.code(), m_scope, m_runner, node.probe);
    return watched(node, std::move(scan));
}

OperatorPtr QueryBuilder::watched(const plan::Node &node, std::unique_ptr<Leaf> leaf)
{
    if (m_watching)
        m_runner.watch(m_plan, node.range, *leaf);
    return leaf;
}

OperatorPtr QueryBuilder::buildBare(const plan::Node &leaf)
{
    plan::Node bare = leaf;
    bare.quals.clear();
    bare.probe.clear();
    m_watching = false;
    return buildLeaf(bare);
}

OperatorPtr QueryBuilder::buildChange(const plan::Node &node)
{
    const sql::Change &change = *m_plan.query->range[std::size_t(node.range)].change;
    if (!m_runner.changes()) {
        m_run.stop.decline("a change of data in this place");
        return std::make_unique<OneRowOperator>(m_run, quals({}, false));
    }
    m_runner.changes()->expect(change);
    for (const auto &target : m_plan.query->targets)
        m_run.returningMayFail = m_run.returningMayFail || plan::mayRaise(target.expr);
    RowSourcePtr source = node.subplan ? m_runner.build(*node.subplan, &m_scope) : nullptr;
    ConflictStep conflict;
    if (node.conflict) {
        auto query = std::make_unique<QueryRun>(m_runner, *node.conflict, &m_scope);
        QueryBuilder(m_runner, *node.conflict, *query).build();
        conflict.existing = &query->scope.rows[0];
        conflict.excluded = &query->scope.rows[1];
        conflict.query = std::move(query);
    }
    return std::make_unique<ChangeOperator>(m_run, *m_runner.changes(), change, std::move(source), std::move(conflict),
                                            m_scope.rows[0],
                                            m_plan.query->range.size() > 1 ? &m_scope.rows[1] : nullptr);
}

OperatorPtr QueryBuilder::buildLeaf(const plan::Node &node)
{
    const RangeEntry &entry = m_plan.query->range[std::size_t(node.range)];
    const Datum *&row = m_scope.rows[std::size_t(node.range)];
    switch (node.kind) {
    case NodeKind::Table:
        return buildTable(node);
    case NodeKind::Subquery: {
        auto source = m_runner.build(*node.subplan, &m_scope);
        m_stable[node.range] = source->stable();
        const bool unsure = m_plan.severalTables || !m_plan.lateQuals.empty();
        auto subquery =
            std::make_unique<SubqueryOperator>(m_run, row, std::move(source), quals(node.quals, unsure), unsure);
        if (!node.probe.empty())
            subquery->keepRows(entry.columns.size()).compile(m_runner.code(), m_scope, m_runner, node.probe);
        return watched(node, std::move(subquery));
    }
    case NodeKind::Values: {
        auto values =
            std::make_unique<ValuesOperator>(m_run, row, quals(node.quals, m_plan.severalTables), m_plan.severalTables);
        values->compile(m_runner.code(), m_scope, m_runner, entry.values);
        return watched(node, std::move(values));
    }
    case NodeKind::Cte: {
        CteRows *rows = m_scope.findCte(entry.cte);
        if (!rows) {
            m_run.stop.decline("WITH in this place");
            return std::make_unique<OneRowOperator>(m_run, quals({}, false));
        }
        m_stable[node.range] = true;
        auto reader = std::make_unique<CteOperator>(m_run, row, *rows, entry.selfReference, quals(node.quals, true),
                                                    m_plan.severalTables || !m_plan.lateQuals.empty());
        if (!node.probe.empty())
            reader->lookup().compile(m_runner.code(), m_scope, m_runner, node.probe);
        return watched(node, std::move(reader));
    }
    case NodeKind::Function: {
        auto function = std::make_unique<FunctionOperator>(m_run, row, quals(node.quals, m_plan.severalTables),
                                                           m_plan.severalTables);
        function->compile(m_runner.code(), m_scope, m_runner, entry);
        return watched(node, std::move(function));
    }
    case NodeKind::Change:
        return buildChange(node);
    case NodeKind::Given:
        return std::make_unique<OneRowOperator>(m_run, quals(node.quals, false));
    case NodeKind::SetOperation:
        return std::make_unique<SetOperationOperator>(m_run, row, buildSetOperation(*m_plan.setOperation));
    default:
        m_run.stop.decline("this kind of FROM item");
        return std::make_unique<OneRowOperator>(m_run, quals({}, false));
    }
}

OperatorPtr QueryBuilder::buildJoin(const plan::Node &node)
{
    JoinParts parts;
    parts.type = node.join;
    parts.left = buildNode(*node.left);
    parts.right = buildNode(*node.right);
    parts.leftRows = keeperFor(node.left->ranges);
    parts.rightRows = keeperFor(node.right->ranges);
    parts.condition = quals(node.condition, true);
    parts.quals = quals(node.quals, true);
    parts.keepRight = node.keepRight;
    parts.repeatRight = (node.right->needs & node.left->ranges) != 0;
    // What is opened again for each left row forgets the rows it gave before.
    for (int range = 0; parts.repeatRight && range < int(m_plan.query->range.size()); ++range)
        if ((node.right->ranges & plan::rangeBit(range)) &&
            m_plan.query->range[std::size_t(range)].kind == sql::RangeKind::Subquery)
            m_stable[range] = false;
    if (node.kind == NodeKind::NestedLoop)
        return std::make_unique<NestedLoopOperator>(m_run, std::move(parts));
    return std::make_unique<HashJoinOperator>(m_run, std::move(parts), m_runner.code(), m_scope, m_runner, node.keys);
}

} // namespace sqlgym::exec
