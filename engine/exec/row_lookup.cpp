#include "exec/row_lookup.h"

#include "exec/key_values.h"

namespace sqlgym::exec {

void RowLookup::compile(Code &code, Scope &scope, Runner &runner, const std::vector<plan::HashKey> &probe)
{
    Compiler compiler(code, m_run, &scope, m_scratch.cx, &runner);
    for (const plan::HashKey &key : probe) {
        m_columns.push_back(sql::as<sql::ColumnExpr>(key.left)->column);
        m_values.push_back(compiler.compile(key.right));
        m_ops.push_back(key.ops);
    }
    m_key.resize(m_columns.size(), Datum::null());
}

bool RowLookup::add(const Datum *row, std::uint32_t number)
{
    for (std::size_t k = 0; k < m_columns.size(); ++k) {
        m_key[k] = row[m_columns[k]];
        if (m_key[k].isNull)
            return m_run.proceed();
    }
    return m_run.proceed() && m_chains.add(hashKey(m_key.data(), m_ops)) && append(m_rowOfEntry, number, m_run);
}

void RowLookup::forget()
{
    m_chains.clear();
    discard(m_rowOfEntry, m_run);
    m_built = false;
}

void RowLookup::seek()
{
    m_entry = HashChains::kNone;
    if (m_empty)
        return;
    m_scratch.arena.reset();
    bool null = false;
    for (std::size_t k = 0; k < m_values.size(); ++k) {
        m_key[k] = m_values[k].get();
        null = null || m_key[k].isNull;
    }
    m_hash = null ? 0 : hashKey(m_key.data(), m_ops);
    m_entry = null ? HashChains::kNone : m_chains.first(m_hash);
}

bool RowLookup::next(std::uint32_t &row)
{
    if (m_entry == HashChains::kNone)
        return false;
    row = m_rowOfEntry[m_entry];
    m_entry = m_chains.next(m_entry, m_hash);
    return true;
}

} // namespace sqlgym::exec
