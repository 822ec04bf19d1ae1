#include "exec/aggregate.h"

#include "exec/key_values.h"

#include <algorithm>

namespace sqlgym::exec {

GroupOperator::GroupOperator(Execution &run, Scope &scope, const plan::QueryPlan &plan, OperatorPtr child,
                             std::unique_ptr<RowKeeper> keeper, Code &code, Runner &runner)
    : m_run(run), m_scope(scope), m_plan(plan), m_child(std::move(child)), m_keeper(std::move(keeper)),
      m_keyScratch(run), m_argumentScratch(run), m_lasting(run)
{
    const plan::GroupPlan &group = plan.group;
    Compiler keys(code, run, &scope, m_keyScratch.cx, &runner);
    m_keys = keys.compileAll(group.keys);
    m_current.resize(m_keys.size() + 1, Datum::null());
    Compiler arguments(code, run, &scope, m_argumentScratch.cx, &runner);
    for (std::size_t i = 0; i < group.aggregates.size(); ++i) {
        m_calls.push_back(std::make_unique<AggregateCall>(run, m_lasting.cx, *group.aggregates[i], group.orderOps[i],
                                                          group.distinctOps[i]));
        m_calls.back()->compile(arguments);
        m_offsets.push_back(m_stateSize);
        m_stateSize += m_calls.back()->stateSize();
    }
    for (const auto &set : group.sets) {
        std::vector<bool> in(m_keys.size(), false);
        for (int key : set)
            in[std::size_t(key)] = true;
        m_inSet.push_back(std::move(in));
        m_chains.push_back(std::make_unique<HashChains>(run));
    }
    m_groupOfEntry.resize(group.sets.size());
    // From here on the calls' values are read from the group's row.
    for (std::size_t i = 0; i < group.aggregates.size(); ++i)
        scope.computed[group.readAs[i]] = {plan.groupRange, int(m_keys.size() + i)};
    for (const auto &[expr, index] : group.again)
        scope.computed[expr] = {plan.groupRange, int(m_keys.size()) + index};
    for (std::size_t i = 0; i < group.groupings.size(); ++i)
        scope.computed[group.groupings[i]] = {plan.groupRange, int(m_keys.size() + m_calls.size() + i)};
}

GroupOperator::~GroupOperator() { clear(); }

void GroupOperator::clear()
{
    for (const Group &group : m_groups)
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            m_calls[i]->drop(group.state + m_offsets[i]);
    discard(m_groups, m_run);
    for (auto &chains : m_chains)
        chains->clear();
    for (auto &entries : m_groupOfEntry)
        discard(entries, m_run);
    m_lasting.arena.reset();
    m_at = 0;
}

void GroupOperator::open()
{
    clear();
    m_child->open();
    fill();
}

bool GroupOperator::addGroup(std::size_t set, std::uint64_t hash)
{
    Group group{};
    group.set = std::uint32_t(set);
    auto &arena = m_lasting.arena;
    auto *keys = arena.allocateArray<Datum>(m_keys.size());
    for (std::size_t i = 0; i < m_keys.size(); ++i)
        keys[i] = m_inSet[set][i] ? value::copyDatum(m_current[i], arena) : Datum::null();
    group.keys = keys;
    group.rows = arena.allocateArray<const Datum *>(m_keeper->width());
    group.state = allocateState(arena, m_stateSize);
    if (m_run.stopped() || !group.state || !m_keeper->keep(group.rows, arena))
        return false;
    for (std::size_t i = 0; i < m_calls.size(); ++i)
        m_calls[i]->start(group.state + m_offsets[i]);
    return append(m_groups, group, m_run) && m_chains[set]->insert(hash) &&
           append(m_groupOfEntry[set], std::uint32_t(m_groups.size() - 1), m_run);
}

bool GroupOperator::stepSet(std::size_t set)
{
    const auto &ops = m_plan.group.ops;
    const auto &in = m_inSet[set];
    std::uint64_t hash = 0x51ED270B;
    for (std::size_t i = 0; i < ops.size(); ++i)
        if (in[i])
            hash = combineHash(hash, m_current[i].isNull ? 0x9E37 : ops[i].hash(m_current[i]));
    const auto same = [&](const Datum *keys) {
        for (std::size_t i = 0; i < ops.size(); ++i) {
            if (!in[i])
                continue;
            if (keys[i].isNull || m_current[i].isNull) {
                if (keys[i].isNull != m_current[i].isNull)
                    return false;
            } else if (ops[i].compare(keys[i], m_current[i]) != 0)
                return false;
        }
        return true;
    };
    std::uint32_t found = HashChains::kNone;
    for (auto entry = m_chains[set]->first(hash); entry != HashChains::kNone;
         entry = m_chains[set]->next(entry, hash)) {
        if (same(m_groups[m_groupOfEntry[set][entry]].keys)) {
            found = m_groupOfEntry[set][entry];
            break;
        }
    }
    if (found == HashChains::kNone) {
        if (!addGroup(set, hash))
            return false;
        found = std::uint32_t(m_groups.size() - 1);
    } else if (!m_run.dependsOnOrder) {
        // Equal, but spelled otherwise (1.0 and 1.00): which one shows is left to chance.
        for (std::size_t i = 0; i < ops.size(); ++i)
            if (in[i] && !identical(m_groups[found].keys[i], m_current[i]))
                m_run.dependsOnOrder = true;
    }
    m_argumentScratch.arena.reset();
    char *state = m_groups[found].state;
    for (std::size_t i = 0; i < m_calls.size(); ++i)
        m_calls[i]->step(state + m_offsets[i]);
    return !m_run.stopped();
}

/// One row was enough. Another one, first in another order, might fail.
void GroupOperator::lookFurther()
{
    m_run.cutShort = true;
    std::size_t looked = 0;
    while (!m_run.dependsOnOrder && m_child->next() && ++looked < kMostLooked) {
    }
    if (m_run.stop.reason() != base::StopReason::Error && m_run.stop.reason() != base::StopReason::Declined)
        return;
    m_run.stop.clear();
    m_run.failures.clear();
    m_run.planDecides = false;
    m_run.dependsOnOrder = true;
}

bool GroupOperator::fill()
{
    // PostgreSQL asks whether they are NULL before it reads rows, unless it finds reading them all cheaper.
    for (std::size_t i = 0; m_plan.endsAtFirstRow && i < m_calls.size(); ++i)
        m_calls[i]->tryArguments();
    if (m_plan.endsAtFirstRow && m_run.stopped()) {
        declineError(m_run);
        return false;
    }
    const std::size_t errorsBefore = m_run.errorsPassed;
    while (!m_plan.readsNoRows && m_child->next()) {
        m_keyScratch.arena.reset();
        for (std::size_t i = 0; i < m_keys.size(); ++i)
            m_current[i] = m_keys[i].get();
        if (m_run.passOver())
            continue;
        for (std::size_t set = 0; set < m_inSet.size(); ++set)
            if ((!stepSet(set) || !m_run.proceed()) && !m_run.passOver()) {
                m_run.noteFailure(m_plan, Step::Groups);
                if (m_plan.groupsMayStop || (m_plan.stopsEarly && m_plan.windows.empty()))
                    declineError(m_run);
                return false;
            }
        if (m_plan.endsAtFirstRow) {
            lookFurther();
            break;
        }
    }
    // What fails on the way to the groups hides what would fail in them.
    if (m_run.errorsPassed != errorsBefore) {
        clear();
        return false;
    }
    if (m_run.stopped() || !m_groups.empty())
        return !m_run.stopped();
    // Without rows the groups of no column are there all the same.
    for (std::size_t set = 0; set < m_inSet.size(); ++set) {
        if (std::find(m_inSet[set].begin(), m_inSet[set].end(), true) != m_inSet[set].end())
            continue;
        m_keeper->setNull();
        if (!addGroup(set, 0))
            return false;
    }
    return true;
}

/// Columns that the grouping set leaves out read as NULL.
void GroupOperator::hideColumns(const Group &group)
{
    auto &arena = m_lasting.arena;
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        const auto *column = sql::as<sql::ColumnExpr>(m_plan.group.keys[i]);
        if (m_inSet[group.set][i] || !column || column->levelsUp != 0 || column->column < 0)
            continue;
        const Datum *&row = m_scope.rows[std::size_t(column->range)];
        std::size_t width = 0;
        for (const auto &part : m_keeper->parts())
            if (part.range == column->range)
                width = part.width;
        if (row == m_run.nullRow.data() || width == 0)
            continue;
        auto *copy = arena.allocateArray<Datum>(width);
        if (!copy)
            return;
        std::copy(row, row + width, copy);
        copy[column->column] = Datum::null();
        row = copy;
    }
}

bool GroupOperator::next()
{
    if (m_at >= m_groups.size() || !m_run.proceed())
        return false;
    const Group &group = m_groups[m_at++];
    m_keeper->restore(group.rows);
    if (m_plan.group.hasSets)
        hideColumns(group);
    const auto &groupings = m_plan.group.groupings;
    auto *row = m_lasting.arena.allocateArray<Datum>(m_keys.size() + m_calls.size() + groupings.size());
    if (!row)
        return false;
    std::copy(group.keys, group.keys + m_keys.size(), row);
    for (std::size_t i = 0; i < m_calls.size(); ++i)
        row[m_keys.size() + i] = m_calls[i]->finish(group.state + m_offsets[i]);
    for (std::size_t i = 0; i < groupings.size(); ++i) {
        // One bit per argument, the first highest; set where the key is not grouped by.
        std::int64_t bits = 0;
        for (int key : groupings[i]->keys)
            bits = bits * 2 + (m_inSet[group.set][std::size_t(key)] ? 0 : 1);
        row[m_keys.size() + m_calls.size() + i] = Datum::ofInt(bits);
    }
    m_scope.rows[std::size_t(m_plan.groupRange)] = row;
    if (m_run.stop.reason() == base::StopReason::Error)
        compareErrors();
    m_run.noteFailure(m_plan, Step::Groups);
    if (m_plan.groupsMayStop)
        declineError(m_run);
    return !m_run.stopped();
}

/// A group failed. PostgreSQL finishes groups in an order of its own: if a later one here fails otherwise, which error
/// comes first is its to say.
void GroupOperator::compareErrors()
{
    const base::Stop first = m_run.stop;
    for (; m_at < m_groups.size(); ++m_at) {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            m_run.stop.clear();
            m_calls[i]->finish(m_groups[m_at].state + m_offsets[i]);
            const auto reason = m_run.stop.reason();
            if (reason == base::StopReason::None ||
                (reason == base::StopReason::Error && m_run.stop.diagnostic() == first.diagnostic()))
                continue;
            m_run.stop.clear();
            return m_run.stop.decline("errors that differ between groups");
        }
    }
    m_run.stop = first;
}

} // namespace sqlgym::exec
