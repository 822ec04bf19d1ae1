#include "exec/scan.h"

#include "exec/key_values.h"

namespace sqlgym::exec {

void TableOperator::setProbe(Code &code, Scope &scope, Runner &runner, const std::vector<plan::HashKey> &probe)
{
    m_scratch = std::make_unique<Scratch>(m_run);
    Compiler compiler(code, m_run, &scope, m_scratch->cx, &runner);
    for (const plan::HashKey &key : probe) {
        m_columns.push_back(sql::as<sql::ColumnExpr>(key.left)->column);
        m_values.push_back(compiler.compile(key.right));
        m_ops.push_back(key.ops);
    }
}

bool TableOperator::buildIndex()
{
    std::vector<Datum> key(m_columns.size(), Datum::null());
    for (std::size_t i = 0; i < m_end; ++i) {
        bool null = false;
        for (std::size_t k = 0; k < m_columns.size(); ++k) {
            key[k] = m_table->rows[i][m_columns[k]];
            null = null || key[k].isNull;
        }
        if (null)
            continue;
        if (!m_run.proceed() || !m_chains.add(hashKey(key.data(), m_ops)) ||
            !append(m_rowOfEntry, std::uint32_t(i), m_run))
            return false;
    }
    return m_chains.build();
}

void TableOperator::open()
{
    m_at = 0;
    if (!m_indexed)
        m_end = m_table->rows.size();
    m_probing = false;
    if (m_columns.empty() || m_end < 16 || ++m_opened < 3)
        return;
    if (!m_indexed) {
        if (!buildIndex())
            return;
        m_indexed = true;
    }
    m_scratch->arena.reset();
    std::vector<Datum> key;
    bool null = false;
    for (const Operand &operand : m_values) {
        key.push_back(operand.get());
        null = null || key.back().isNull;
    }
    m_probing = true;
    m_hash = hashKey(key.data(), m_ops);
    m_entry = null ? HashChains::kNone : m_chains.first(m_hash);
}

bool TableOperator::nextProbed()
{
    while (m_entry != HashChains::kNone && m_run.proceed()) {
        m_row = m_table->rows[m_rowOfEntry[m_entry]];
        m_entry = m_chains.next(m_entry, m_hash);
        // The quals hold the probed equalities too: a hash alone proves nothing.
        if (m_quals->pass())
            return true;
    }
    return false;
}

bool TableOperator::next()
{
    if (m_probing)
        return nextProbed();
    while (m_at < m_end && m_run.proceed()) {
        m_row = m_table->rows[m_at++];
        if (m_quals->pass())
            return true;
    }
    m_sawAll = m_sawAll || m_at >= m_end;
    return false;
}

void SubqueryOperator::open()
{
    m_source->open();
    if (m_declineErrors && m_run.stopped())
        declineError(m_run);
}

bool SubqueryOperator::next()
{
    while (m_run.proceed()) {
        const Datum *row = m_source->next();
        if (!row) {
            if (m_declineErrors && m_run.stopped())
                declineError(m_run);
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
        m_row = m_buffer.data();
        if (m_quals->pass())
            return true;
    }
    return false;
}

void CteOperator::open()
{
    m_at = m_working ? m_rows.workingBegin() : 0;
    m_end = m_working ? m_rows.workingEnd() : 0;
}

bool CteOperator::next()
{
    while (m_run.proceed()) {
        if (m_working ? m_at >= m_end : !m_rows.has(m_at)) {
            if (m_declineErrors && m_run.stopped())
                declineError(m_run);
            return false;
        }
        m_row = m_rows.row(m_at++);
        if (m_quals->pass())
            return true;
    }
    return false;
}

} // namespace sqlgym::exec
