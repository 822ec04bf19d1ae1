#include "exec/top_rows.h"

#include "exec/key_values.h"

namespace sqlgym::exec {

bool TopRows::admits(const Datum *row, value::Arena &arena)
{
    if (m_rows.size() < m_bound)
        return true;
    const int order = compare(row, m_rows.front());
    if (order == 0 && !m_cutDiffer) {
        if (!m_cut)
            m_cut = copyRow(row, m_visible, arena);
        else
            leaveOut(row);
    }
    return order < 0;
}

/// `row` ties with the last one kept.
void TopRows::leaveOut(const Datum *row)
{
    if (!m_cut)
        m_cut = row;
    else if (!sameVisible(m_cut, row, m_visible))
        m_cutDiffer = true;
}

/// Puts `row` in the place of the top of the first `count`.
void TopRows::sink(std::size_t count, const Datum *row)
{
    std::size_t hole = 0;
    for (std::size_t child = 1; child < count; child = 2 * hole + 1) {
        if (child + 1 < count && compare(m_rows[child], m_rows[child + 1]) < 0)
            ++child;
        if (compare(row, m_rows[child]) >= 0)
            break;
        m_rows[hole] = m_rows[child];
        hole = child;
    }
    m_rows[hole] = row;
}

bool TopRows::take(const Datum *row)
{
    if (m_rows.size() < m_bound) {
        std::size_t hole = m_rows.size();
        if (!append(m_rows, row, m_run))
            return false;
        for (std::size_t parent = (hole - 1) / 2; hole > 0 && compare(row, m_rows[parent]) > 0;
             parent = (hole - 1) / 2) {
            m_rows[hole] = m_rows[parent];
            hole = parent;
        }
        m_rows[hole] = row;
        return true;
    }
    const Datum *last = m_rows.front();
    sink(m_rows.size(), row);
    if (compare(last, m_rows.front()) == 0) {
        leaveOut(last);
    } else {
        m_cut = nullptr;
        m_cutDiffer = false;
    }
    return true;
}

std::vector<const Datum *> TopRows::finish()
{
    for (std::size_t count = m_rows.size(); count > 1; --count) {
        const Datum *last = m_rows.front();
        sink(count - 1, m_rows[count - 1]);
        m_rows[count - 1] = last;
    }
    return std::move(m_rows);
}

bool TopRows::cutShows(const std::vector<const Datum *> &rows) const
{
    if (!m_cut || rows.empty())
        return false;
    for (std::size_t i = rows.size(); i > 0 && m_key.same(rows[i - 1], rows.back()); --i)
        if (!sameVisible(rows[i - 1], m_cut, m_visible))
            return true;
    return m_cutDiffer;
}

} // namespace sqlgym::exec
