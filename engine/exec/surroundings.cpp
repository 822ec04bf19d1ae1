#include "exec/surroundings.h"

namespace sqlgym::exec {

namespace {

/// Longer lists are not gone through.
constexpr std::size_t kMostRows = 20'000;

} // namespace

const plan::Node *findLeaf(const plan::Node *node, int range)
{
    if (!node)
        return nullptr;
    if (node->range == range)
        return node;
    const plan::Node *found = findLeaf(node->left, range);
    return found ? found : findLeaf(node->right, range);
}

namespace {

/// Does no row come of it, as PostgreSQL knows while planning?
bool isEmptied(const plan::Node *node, int range)
{
    if (!node || (node->ranges & plan::rangeBit(range)) == 0)
        return false;
    return node->empty || isEmptied(node->left, range) || isEmptied(node->right, range);
}

} // namespace

QueryRun &Surroundings::queryOf(const plan::QueryPlan &plan)
{
    auto &query = m_queries[&plan];
    if (!query) {
        Scope *outer = plan.parent ? &queryOf(*plan.parent).scope : nullptr;
        query = std::make_unique<QueryRun>(m_runner, plan, outer);
        // What the run has computed of a CTE need not be computed again, and what has been changed must not.
        QueryBuilder(m_runner, plan, *query).buildCtes(true);
    }
    return *query;
}

Scope &Surroundings::scopeOf(const plan::QueryPlan &plan) { return queryOf(plan).scope; }

bool Surroundings::knowsAround(const plan::QueryPlan &plan) const
{
    const plan::QueryPlan *top = &plan;
    while (top->parent)
        top = top->parent;
    return top == m_runner.statement().root;
}

const Surroundings::Rows *Surroundings::rowsOf(const plan::QueryPlan &plan, int range)
{
    const auto [found, fresh] = m_items.try_emplace({&plan, range});
    Item &item = found->second;
    if (!fresh)
        return item.whole ? &item.rows : nullptr;
    const plan::Node *leaf = findLeaf(plan.source, range);
    if (!leaf) {
        item.whole = isEmptied(plan.source, range);
        return item.whole ? &item.rows : nullptr;
    }
    const sql::RangeEntry &entry = plan.query->range[std::size_t(range)];
    if (leaf->kind == plan::NodeKind::Table) {
        const auto table = m_runner.table(*entry.table);
        item.whole = table && table->rows.size() <= kMostRows;
        if (item.whole)
            item.rows.assign(table->rows.begin(), table->rows.end());
    } else if (knowsAround(plan) && !leaf->needs && !entry.selfReference &&
               (leaf->kind == plan::NodeKind::Cte || !leaf->dependsOnOuter)) {
        item.whole = read(plan, *leaf, item.rows);
    }
    return item.whole ? &item.rows : nullptr;
}

bool Surroundings::read(const plan::QueryPlan &plan, const plan::Node &leaf, Rows &rows)
{
    Execution &run = m_runner.run();
    QueryRun &query = queryOf(plan);
    OperatorPtr scan = QueryBuilder(m_runner, plan, query).buildBare(leaf);
    const std::size_t width = plan.query->range[std::size_t(leaf.range)].columns.size();
    bool whole = true;
    scan->open();
    while (whole && scan->next()) {
        const Datum *row = copyRow(query.scope.rows[std::size_t(leaf.range)], width, run.lasting);
        whole = row && rows.size() < kMostRows && append(rows, row, run);
    }
    query.scope.rows[std::size_t(leaf.range)] = run.nullRow.data();
    m_operators.push_back(std::move(scan));
    if (run.stopped())
        declineError(run);
    return whole && !run.stopped();
}

bool Surroundings::passesGate(const plan::QueryPlan &plan)
{
    if (plan.gate.empty() || !plan.parameters.empty() || !knowsAround(plan))
        return true;
    Quals quals(m_runner.code(), m_runner.run(), scopeOf(plan), m_runner, plan.gate, true);
    return quals.pass();
}

void Surroundings::readAll(const plan::QueryPlan &plan)
{
    Execution &run = m_runner.run();
    RowSourcePtr &rows = m_sources[&plan];
    if (!rows)
        rows = m_runner.build(plan, plan.parent ? &scopeOf(*plan.parent) : nullptr);
    std::size_t count = 0;
    rows->open();
    while (run.proceed() && rows->next() && ++count < kMostRows) {
    }
    if (run.stopped())
        declineError(run);
}

} // namespace sqlgym::exec
