#include "exec/cte_rows.h"

#include "exec/key_values.h"

namespace sqlgym::exec {

void CteRows::reset()
{
    discard(m_rows, m_run);
    m_seen.clear();
    m_arena.reset();
    m_phase = Phase::Closed;
    ++m_generation;
    m_workingBegin = m_workingEnd = 0;
}

bool CteRows::add(const Datum *row, bool &added)
{
    added = false;
    if (!m_distinct.empty()) {
        const std::uint64_t hash = hashKey(row, m_distinct);
        for (auto entry = m_seen.first(hash); entry != HashChains::kNone; entry = m_seen.next(entry, hash))
            if (sameKey(m_rows[entry], row, m_distinct)) {
                // Equal, but spelled otherwise: which one stays is left to chance.
                for (std::size_t i = 0; i < m_columns; ++i)
                    m_run.dependsOnOrder = m_run.dependsOnOrder || !identical(m_rows[entry][i], row[i]);
                return true;
            }
        if (!m_seen.insert(hash))
            return false;
    }
    const Datum *copy = copyRow(row, m_columns, m_arena);
    added = copy && append(m_rows, copy, m_run);
    return added && m_run.proceed();
}

bool CteRows::fetch()
{
    if (m_phase == Phase::Closed) {
        m_phase = Phase::Source;
        m_source->open();
    }
    while (m_run.proceed()) {
        bool added = false;
        if (m_phase == Phase::Source || m_phase == Phase::Rounds) {
            const Datum *row = m_phase == Phase::Source ? m_source->next() : m_recursive->next();
            if (row) {
                if (!add(row, added))
                    return false;
                if (added)
                    return true;
                continue;
            }
            if (m_run.stopped())
                return false;
            // A round is over: the next one reads what it added. There is one at least.
            const bool first = m_phase == Phase::Source;
            m_workingBegin = m_phase == Phase::Source ? 0 : m_workingEnd;
            m_workingEnd = m_rows.size();
            if (!m_recursive || (m_workingBegin == m_workingEnd && !first)) {
                m_phase = Phase::Done;
                return false;
            }
            m_phase = Phase::Rounds;
            m_recursive->open();
            continue;
        }
        return false;
    }
    return false;
}

bool CteRows::has(std::size_t index)
{
    while (index >= m_rows.size())
        if (m_phase == Phase::Done || !fetch())
            return false;
    return true;
}

} // namespace sqlgym::exec
