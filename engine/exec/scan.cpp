#include "exec/scan.h"

namespace sqlgym::exec {

void TableOperator::open()
{
    m_at = 0;
    if (!m_lookup.built())
        m_end = m_table->rows.size();
    m_finding = m_end >= RowLookup::kFewest && m_lookup.pays() &&
                (m_lookup.built() || m_lookup.build(m_end, [&](std::size_t i) { return m_table->rows[i]; }));
    if (m_finding)
        m_lookup.seek();
}

bool TableOperator::nextFound()
{
    for (std::uint32_t row = 0; m_lookup.next(row) && m_run.proceed();) {
        m_row = m_table->rows[row];
        if (m_quals->pass())
            return true;
    }
    return false;
}

bool TableOperator::next()
{
    if (m_finding)
        return nextFound();
    while (m_at < m_end && m_run.proceed()) {
        m_row = m_table->rows[m_at++];
        if (m_quals->pass())
            return true;
    }
    m_sawAll = m_sawAll || m_at >= m_end;
    return false;
}

/// Computes all rows once more and keeps them.
bool SubqueryOperator::keep()
{
    m_source->open();
    while (const Datum *row = m_run.stopped() ? nullptr : m_source->next()) {
        row = copyRow(row, m_width, m_arena);
        if (!row || !append(m_kept, row, m_run))
            break;
    }
    if (m_run.stopped()) {
        declineError(m_run);
        return false;
    }
    return m_lookup.build(m_kept.size(), [&](std::size_t i) { return m_kept[i]; });
}

void SubqueryOperator::open()
{
    // Not before all rows have been needed once: they may fail, or have no end.
    if (m_lookup.pays() && (m_lookup.built() || (m_sawAll && keep()))) {
        m_lookup.seek();
        return;
    }
    if (m_run.stopped())
        return;
    m_source->open();
    if (m_declineErrors && m_run.stopped())
        declineError(m_run);
}

bool SubqueryOperator::next()
{
    while (m_run.proceed()) {
        const Datum *row = nullptr;
        if (m_lookup.built()) {
            std::uint32_t found = 0;
            row = m_lookup.next(found) ? m_kept[found] : nullptr;
        } else {
            row = m_source->next();
            m_sawAll = m_sawAll || (!row && !m_run.stopped());
        }
        if (!row) {
            if (m_declineErrors && m_run.stopped())
                declineError(m_run);
            m_sawAll = m_sawAll || !m_run.stopped();
            return false;
        }
        m_row = row;
        if (m_quals->pass())
            return true;
    }
    return false;
}

void ValuesOperator::compile(Code &code, Scope &scope, Runner &runner,
                             const std::vector<std::vector<sql::Expr *>> &rows)
{
    Compiler compiler(code, m_run, &scope, m_scratch.cx, &runner);
    m_rows.reserve(rows.size());
    for (const auto &row : rows) {
        if (!m_run.charge(row.size() * sizeof(Operand)))
            return;
        m_rows.push_back(compiler.compileAll(row));
    }
    m_buffer.resize(rows.empty() ? 0 : rows.front().size(), Datum::null());
}

bool ValuesOperator::next()
{
    while (m_at < m_rows.size() && m_run.proceed()) {
        m_scratch.arena.reset();
        const auto &row = m_rows[m_at++];
        for (std::size_t i = 0; i < row.size(); ++i)
            m_buffer[i] = row[i].get();
        if (m_run.stopped() && m_declineErrors)
            declineError(m_run);
        m_row = m_buffer.data();
        if (m_quals->pass())
            return true;
    }
    m_sawAll = m_sawAll || !m_run.stopped();
    return false;
}

bool CteOperator::find()
{
    if (!m_rows.complete())
        return false; // PostgreSQL may never need the rest, which may have no end
    if (m_lookup.built() && m_generation == m_rows.generation())
        return true;
    m_lookup.forget();
    m_generation = m_rows.generation();
    return m_lookup.build(m_rows.size(), [&](std::size_t i) { return m_rows.row(i); });
}

void CteOperator::open()
{
    m_at = m_working ? m_rows.workingBegin() : 0;
    m_end = m_working ? m_rows.workingEnd() : 0;
    m_finding = !m_working && m_lookup.pays() && find();
    if (m_finding)
        m_lookup.seek();
}

bool CteOperator::next()
{
    while (m_run.proceed()) {
        std::uint32_t found = 0;
        const bool more = m_finding ? m_lookup.next(found) : m_working ? m_at < m_end : m_rows.has(m_at);
        if (!more) {
            if (m_declineErrors && m_run.stopped())
                declineError(m_run);
            m_sawAll = m_sawAll || !m_run.stopped();
            return false;
        }
        m_row = m_rows.row(m_finding ? found : m_at++);
        if (m_quals->pass())
            return true;
    }
    return false;
}

} // namespace sqlgym::exec
