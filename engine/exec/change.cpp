#include "exec/change.h"

#include "runtime/io.h"

#include <algorithm>

namespace sqlgym::exec {

using sql::ChangeKind;

namespace {

/// Do the rows of `query` come in an order that no plan could change? They get their numbers in it.
bool orderIsKnown(const sql::Query &query, const Database &database)
{
    if (!query.orderBy.empty())
        return true;
    if (query.grouped || query.distinct != sql::DistinctKind::None || query.setOperation)
        return !query.setOperation && query.groupBy.empty() && query.distinct == sql::DistinctKind::None;
    if (query.from.empty())
        return true;
    if (query.from.size() > 1 || query.from.front()->isJoin)
        return false;
    const auto &entry = query.range[std::size_t(query.from.front()->range)];
    if (entry.kind == sql::RangeKind::Table) {
        const auto table = database.table(entry.table->name);
        return table && !table->reordered;
    }
    if (entry.kind == sql::RangeKind::Cte)
        return entry.cte->query && !entry.cte->recursive && orderIsKnown(*entry.cte->query, database);
    return entry.kind != sql::RangeKind::Subquery || orderIsKnown(*entry.subquery, database);
}

} // namespace

ChangeOperator::ChangeOperator(Execution &run, StatementChanges &changes, const sql::Change &change,
                               RowSourcePtr source, ConflictStep conflict, const Datum *&row, const Datum **sourceRow)
    : m_run(run), m_changes(changes), m_change(change), m_definition(*change.table),
      m_writer(changes.writer(m_definition)), m_source(std::move(source)), m_conflict(std::move(conflict)), m_row(row),
      m_sourceRow(sourceRow), m_scratch(run), m_expressions(run, m_scratch),
      m_tests(run, m_definition, change.checks, m_expressions)
{
    for (std::size_t i = 0; i < m_definition.columns.size(); ++i)
        if (m_definition.columns[i].identity && change.kind == ChangeKind::Insert &&
            std::find(change.columns.begin(), change.columns.end(), int(i)) == change.columns.end())
            m_numbered.push_back(i);
    m_numbered.insert(m_numbered.end(), change.numbered.begin(), change.numbered.end());
    for (const auto &[column, expr] : change.defaults)
        m_defaults.emplace_back(column, m_expressions.compile(expr));
    for (const auto &[column, expr] : change.generated)
        m_generated.emplace_back(column, m_expressions.compile(expr));
    m_values.resize(m_definition.columns.size() + 1, Datum::null());
    const bool asks = std::any_of(m_definition.columns.begin(), m_definition.columns.end(),
                                  [](const auto &column) { return !column.defaultSequences.empty(); });
    if ((asks || !m_numbered.empty()) && change.source && !orderIsKnown(*change.source, changes.database()))
        run.dependsOnOrder = true;
}

void ChangeOperator::open()
{
    m_done = false;
    if (m_source)
        m_source->open();
}

bool ChangeOperator::next()
{
    while (!m_done && m_run.proceed()) {
        const Datum *source = m_source ? m_source->next() : nullptr;
        m_done = !m_source || !source;
        if ((m_source && !source) || m_run.stopped())
            return false;
        if (m_sourceRow && source)
            *m_sourceRow = source;
        m_scratch.arena.reset();
        const bool changed = m_change.kind == ChangeKind::Insert   ? insert(source)
                             : m_change.kind == ChangeKind::Update ? update(source)
                                                                   : remove(source);
        if (changed)
            return !m_run.stopped();
    }
    return false;
}

bool ChangeOperator::fillNumbers()
{
    for (std::size_t column : m_numbered) {
        if (const Sequence *sequence = m_writer.sequence(column))
            m_values[column] = m_changes.database().next(*sequence, m_run.cx);
        else
            m_run.stop.decline("a column without its sequence");
        if (m_run.stopped())
            return false;
    }
    return true;
}

void ChangeOperator::fillDefaults()
{
    if (!fillNumbers())
        return;
    for (const auto &[column, operand] : m_defaults)
        m_values[std::size_t(column)] = operand.get();
}

/// Generated columns and tests. False: the run has been stopped.
bool ChangeOperator::finishRow()
{
    m_expressions.standOn(m_values.data());
    for (const auto &[column, operand] : m_generated)
        m_values[std::size_t(column)] = operand.get();
    return !m_run.stopped() && m_tests.pass(m_values.data());
}

bool ChangeOperator::insert(const Datum *source)
{
    std::fill(m_values.begin(), m_values.end(), Datum::null());
    for (std::size_t i = 0; source && i < m_change.columns.size(); ++i)
        m_values[std::size_t(m_change.columns[i])] = source[i];
    fillDefaults();
    if (m_run.stopped() || !finishRow())
        return false;
    if (m_change.conflict) {
        for (std::size_t key : m_change.conflict->keys) {
            const Datum *existing = m_writer.holder(m_definition.keys[key].columns, m_values.data(), &m_change);
            if (m_run.stopped())
                return false;
            if (existing)
                return m_change.conflict->update && resolve(existing);
        }
    }
    m_row = m_writer.add(m_values.data(), &m_change);
    if (!m_row)
        return false;
    m_changes.record({&m_writer, nullptr, m_row});
    return true;
}

/// DO UPDATE. False: nothing was changed, or the run has been stopped.
bool ChangeOperator::resolve(const Datum *existing)
{
    if (m_writer.lastHolderIsNew()) {
        m_run.cx.fail("21000", "ON CONFLICT DO UPDATE command cannot affect row a second time", {},
                      "Ensure that no rows proposed for insertion within the same command have duplicate constrained "
                      "values.");
        return false;
    }
    *m_conflict.existing = existing;
    *m_conflict.excluded = m_values.data();
    m_conflict.query->open();
    const Datum *set = m_conflict.query->next();
    if (!set || m_run.stopped())
        return false;
    std::vector<Datum> changed(existing, existing + m_definition.columns.size());
    for (std::size_t i = 0; i < m_change.conflict->columns.size(); ++i)
        changed[std::size_t(m_change.conflict->columns[i])] = set[i];
    std::copy(changed.begin(), changed.end(), m_values.begin());
    m_row = replace(existing);
    return m_row != nullptr;
}

/// m_values in the place of `old`.
const Datum *ChangeOperator::replace(const Datum *old)
{
    if (!finishRow())
        return nullptr;
    const Datum *now = m_writer.add(m_values.data(), &m_change, old);
    if (now)
        m_changes.record({&m_writer, old, now});
    return now;
}

/// A second match for a row. PostgreSQL changes it once, with the match it meets first: that is declined unless it
/// makes no difference.
bool ChangeOperator::isRepeated(const Datum *old, const Datum *source)
{
    if (!m_writer.isGone(old))
        return false;
    const bool readsOthers = m_change.source->targets.size() > 1 + m_change.columns.size();
    bool same = m_writer.takenBy(old) == &m_change && !readsOthers;
    const Datum *now = m_writer.replacement(old);
    std::string a, b;
    for (std::size_t i = 0; same && now && i < m_change.columns.size(); ++i) {
        const auto column = std::size_t(m_change.columns[i]);
        a.clear();
        b.clear();
        same = source[i + 1].isNull == now[column].isNull;
        if (!same || now[column].isNull)
            continue;
        runtime::textOut(m_definition.columns[column].type, source[i + 1], a);
        runtime::textOut(m_definition.columns[column].type, now[column], b);
        same = a == b;
    }
    if (!same)
        m_run.stop.decline(m_writer.takenBy(old) == &m_change ? "several matches for one row to be changed"
                                                              : "parts of a statement that change the same row");
    return true;
}

bool ChangeOperator::update(const Datum *source)
{
    const auto *old =
        reinterpret_cast<const Datum *>(source[0].int64); // NOLINT(performance-no-int-to-ptr): a row travels as a cell
    if (isRepeated(old, source))
        return false;
    std::copy(old, old + m_definition.columns.size(), m_values.begin());
    for (std::size_t i = 0; i < m_change.columns.size(); ++i)
        m_values[std::size_t(m_change.columns[i])] = source[i + 1];
    m_row = fillNumbers() ? replace(old) : nullptr;
    return m_row != nullptr;
}

bool ChangeOperator::remove(const Datum *source)
{
    const auto *old =
        reinterpret_cast<const Datum *>(source[0].int64); // NOLINT(performance-no-int-to-ptr): a row travels as a cell
    if (isRepeated(old, source))
        return false;
    m_writer.remove(old, &m_change);
    m_row = old;
    m_changes.record({&m_writer, old, nullptr});
    return !m_run.stopped();
}

} // namespace sqlgym::exec
