#include "exec/set_operation.h"

#include <algorithm>

namespace sqlgym::exec {

void AppendSource::open()
{
    m_inRight = false;
    m_left->open();
}

const Datum *AppendSource::next()
{
    if (!m_inRight) {
        if (const Datum *row = m_left->next())
            return row;
        m_inRight = true;
        m_right->open();
    }
    return m_right->next();
}

bool CountingSource::count(RowSource &side, bool isLeft)
{
    side.open();
    while (const Datum *row = side.next()) {
        if (!m_run.proceed())
            return false;
        const std::uint64_t hash = m_key.hash(row);
        auto entry = m_chains.first(hash);
        while (entry != HashChains::kNone && !m_key.same(m_rows[entry].row, row))
            entry = m_chains.next(entry, hash);
        if (entry == HashChains::kNone) {
            if (!isLeft)
                continue;
            const Datum *copy = copyRow(row, m_key.columns.size(), m_arena);
            if (!copy || !m_chains.insert(hash) || !append(m_rows, Counted{copy, 0, 0}, m_run))
                return false;
            entry = std::uint32_t(m_rows.size() - 1);
        } else if ((isLeft || !m_except) && !sameVisible(m_rows[entry].row, row, m_key.columns.size()))
            m_run.dependsOnOrder = true; // equal, but spelled otherwise: which one shows is left to chance
        ++(isLeft ? m_rows[entry].left : m_rows[entry].right);
    }
    return !m_run.stopped();
}

void CountingSource::open()
{
    m_rows.clear();
    m_chains.clear();
    m_arena.reset();
    m_at = 0;
    m_repeat = 0;
    if (count(*m_left, true))
        count(*m_right, false);
    else if (m_rightFails && m_run.stop.reason() == base::StopReason::Error) {
        m_run.stop.clear();
        m_run.stop.decline("INTERSECT of two queries that can fail");
    }
}

const Datum *CountingSource::next()
{
    if (m_repeat > 0) {
        --m_repeat;
        return m_rows[m_at - 1].row;
    }
    while (m_at < m_rows.size() && m_run.proceed()) {
        const Counted &counted = m_rows[m_at++];
        std::uint64_t times = 0;
        if (m_except)
            times = counted.left > counted.right ? counted.left - counted.right : 0;
        else
            times = std::min(counted.left, counted.right);
        if (!m_all)
            times = m_except ? (counted.right == 0 ? 1 : 0) : std::min<std::uint64_t>(times, 1);
        if (times == 0)
            continue;
        m_repeat = times - 1;
        return counted.row;
    }
    return nullptr;
}

} // namespace sqlgym::exec
