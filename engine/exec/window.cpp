#include "exec/window.h"

#include "exec/key_sort.h"
#include "exec/key_values.h"
#include "exec/quals.h"

#include <algorithm>
#include <numeric>

namespace sqlgym::exec {

WindowOperator::WindowOperator(Execution &run, Scope &scope, const plan::QueryPlan &plan, OperatorPtr child,
                               std::unique_ptr<RowKeeper> keeper, Code &code, Runner &runner)
    : m_run(run), m_scope(scope), m_plan(plan), m_child(std::move(child)), m_keeper(std::move(keeper)), m_scratch(run),
      m_lasting(run), m_store(run, *m_keeper)
{
    Compiler compiler(code, run, &scope, m_scratch.cx, &runner);
    for (const plan::WindowPlan &planned : plan.windows) {
        Window window;
        window.plan = &planned;
        const sql::WindowClause &clause = plan.query->windows[std::size_t(planned.window)];
        for (const auto &key : clause.partitionBy)
            window.keys.push_back(compiler.compile(plan.query->targets[std::size_t(key.target)].expr));
        for (const auto &key : clause.orderBy)
            window.keys.push_back(compiler.compile(plan.query->targets[std::size_t(key.target)].expr));
        const Oid keyType =
            clause.orderBy.empty() ? 0 : plan.query->targets[std::size_t(clause.orderBy.front().target)].expr->type;
        window.frames = std::make_unique<FrameFinder>(run, clause, planned.orderOps, keyType);
        Compiler lasting(code, run, &scope, m_lasting.cx, &runner);
        if (clause.startOffset)
            window.startOffset = lasting.compile(clause.startOffset);
        if (clause.endOffset)
            window.endOffset = lasting.compile(clause.endOffset);
        for (std::size_t i = 0; i < planned.functions.size(); ++i) {
            window.calls.push_back(
                std::make_unique<WindowCall>(run, m_lasting.cx, *planned.functions[i], planned.columns[i]));
            window.calls.back()->compile(compiler);
            window.showsOrder = window.showsOrder || window.calls.back()->showsOrder(clause);
            ++m_slots;
        }
        m_windows.push_back(std::move(window));
    }
    // From here on the functions' values are read from the window's row.
    for (const plan::WindowPlan &planned : plan.windows)
        for (std::size_t i = 0; i < planned.functions.size(); ++i)
            scope.computed[planned.functions[i]] = {plan.windowRange, planned.columns[i]};
    for (auto &target : plan.query->targets) {
        auto visit = [&](sql::Expr *&slot, int depth) {
            const auto *column = sql::as<sql::ColumnExpr>(slot);
            if (column && column->levelsUp == depth && column->range >= 0 && column->column >= 0)
                m_shown.emplace_back(column->range, column->column);
            else if (const auto found = scope.computed.find(slot);
                     found != scope.computed.end() && found->second.range == plan.groupRange)
                m_shown.emplace_back(found->second.range, found->second.column);
            return true;
        };
        plan::eachSlot(target.expr, 0, visit);
    }
}

void WindowOperator::discardAll()
{
    m_run.account.release(m_charged);
    m_charged = 0;
    std::vector<Datum>().swap(m_answers);
}

void WindowOperator::open()
{
    m_store.clear();
    discardAll();
    m_lasting.arena.reset();
    m_at = 0;
    // PostgreSQL's steps look at their offsets before they ask for rows, the topmost first.
    for (auto window = m_windows.rbegin(); window != m_windows.rend(); ++window)
        if (!window->frames->setOffset(true, window->startOffset.get()) ||
            !window->frames->setOffset(false, window->endOffset.get())) {
            m_run.noteFailure(m_plan, Step::Windows);
            return;
        }
    const std::size_t errorsBefore = m_run.errorsPassed;
    m_child->open();
    while (m_child->next())
        if (!m_store.add())
            return;
    if (m_run.stopped() || m_run.errorsPassed != errorsBefore)
        return;
    const std::size_t bytes = m_store.size() * (m_slots * sizeof(Datum) + sizeof(std::uint32_t));
    if (!m_run.charge(bytes))
        return;
    m_order.resize(m_store.size());
    std::iota(m_order.begin(), m_order.end(), 0u);
    m_charged = bytes;
    m_answers.assign(m_store.size() * m_slots, Datum::null());
    for (Window &window : m_windows)
        if (!compute(window)) {
            if (m_run.failures.empty() || m_run.failures.back().plan != &m_plan)
                m_run.noteFailure(m_plan, Step::Windows);
            return;
        }
}

void WindowOperator::findPeers(const Window &window, Partition &partition) const
{
    partition.groupOf.resize(partition.size);
    for (std::size_t i = 0; i < partition.size; ++i) {
        if (i == 0 || orderKeys(partition.orderKeys[i - 1], partition.orderKeys[i], window.plan->orderOps) != 0)
            partition.groupStart.push_back(std::uint32_t(i));
        partition.groupOf[i] = std::uint32_t(partition.groupStart.size() - 1);
    }
    partition.groupStart.push_back(std::uint32_t(partition.size));
}

/// Rows that tie and differ in what is shown: a numbering of them is left to chance.
void WindowOperator::watchTies(const Partition &partition, const std::vector<std::uint32_t> &rows)
{
    std::vector<Datum> first;
    for (std::size_t group = 0; group + 1 < partition.groupStart.size(); ++group) {
        const std::size_t begin = partition.groupStart[group];
        const std::size_t end = partition.groupStart[group + 1];
        if (end - begin < 2)
            continue;
        m_store.restore(rows[begin]);
        first.clear();
        for (const auto &[range, column] : m_shown)
            first.push_back(m_scope.rows[std::size_t(range)][column]);
        for (std::size_t i = begin + 1; i < end && m_run.proceed(); ++i) {
            m_store.restore(rows[i]);
            for (std::size_t k = 0; k < m_shown.size(); ++k)
                if (!identical(first[k], m_scope.rows[std::size_t(m_shown[k].first)][m_shown[k].second])) {
                    m_run.dependsOnOrder = true;
                    return;
                }
        }
    }
}

bool WindowOperator::compute(Window &window)
{
    const std::size_t count = m_store.size();
    if (count == 0)
        return true;
    const std::size_t partitionKeys = window.plan->partitionOps.size();
    const std::size_t width = window.keys.size();
    const std::size_t bytes = count * (sizeof(std::uint32_t) * 3 + sizeof(void *) * 2);
    if (!m_run.charge(bytes))
        return false;
    // Keys of all rows, then the rows' numbers in the order of the window.
    std::vector<const Datum *> keys(count);
    for (std::size_t i = 0; i < count; ++i) {
        standOn(std::uint32_t(i));
        auto *key = m_lasting.arena.allocateArray<Datum>(width);
        if (!key)
            return false;
        for (std::size_t k = 0; k < width; ++k)
            key[k] = value::copyDatum(window.keys[k].get(), m_lasting.arena);
        keys[i] = key;
        if (!m_run.proceed() && !m_run.passOver()) {
            m_run.noteFailure(m_plan, Step::Groups); // sorting needs all rows
            return false;
        }
    }
    // Each window sorts what the one before left, as PostgreSQL's plan does.
    auto &order = m_order;
    std::vector<plan::KeyOps> ops = window.plan->partitionOps;
    ops.insert(ops.end(), window.plan->orderOps.begin(), window.plan->orderOps.end());
    const auto valueOf = [&](std::uint32_t row, std::size_t i) -> const Datum & { return keys[row][i]; };
    if (!KeySort<std::uint32_t, decltype(valueOf)>(ops, valueOf, m_run)(order.data(), order.size()) || m_run.stopped())
        return false;
    for (std::size_t begin = 0; begin < count;) {
        std::size_t end = begin + 1;
        while (end < count && orderKeys(keys[order[begin]], keys[order[end]], window.plan->partitionOps) == 0)
            ++end;
        Partition partition;
        partition.size = end - begin;
        std::vector<std::uint32_t> rows(order.begin() + std::ptrdiff_t(begin), order.begin() + std::ptrdiff_t(end));
        for (std::uint32_t row : rows)
            partition.orderKeys.push_back(keys[row] + partitionKeys);
        findPeers(window, partition);
        if (window.showsOrder && !m_run.dependsOnOrder)
            watchTies(partition, rows);
        for (auto &call : window.calls) {
            window.frames->start(partition);
            if (!call->compute(*this, partition, rows, *window.frames)) {
                if (m_run.passOver())
                    continue;
                if (m_plan.stopsEarly) {
                    m_run.noteFailure(m_plan, Step::Windows);
                    declineError(m_run);
                }
                return false;
            }
        }
        begin = end;
    }
    m_run.account.release(bytes);
    return true;
}

bool WindowOperator::next()
{
    if (m_at >= m_store.size() || m_answers.empty() || !m_run.proceed())
        return false;
    m_store.restore(m_order[m_at]);
    m_scope.rows[std::size_t(m_plan.windowRange)] = m_answers.data() + m_order[m_at] * m_slots;
    ++m_at;
    return true;
}

} // namespace sqlgym::exec
