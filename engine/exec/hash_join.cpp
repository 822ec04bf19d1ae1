#include "exec/join.h"

#include "exec/key_values.h"

namespace sqlgym::exec {

using plan::JoinType;

HashJoinOperator::HashJoinOperator(Execution &run, JoinParts parts, Code &code, Scope &scope, Runner &runner,
                                   const std::vector<plan::HashKey> &keys)
    : m_run(run), m_parts(std::move(parts)), m_buildScratch(run), m_probeScratch(run), m_store(run, *m_parts.rightRows),
      m_unmatched(m_parts, m_store), m_chains(run)
{
    Compiler build(code, run, &scope, m_buildScratch.cx, &runner);
    Compiler probing(code, run, &scope, m_probeScratch.cx, &runner);
    for (const plan::HashKey &key : keys) {
        m_leftKeys.push_back(probing.compile(key.left));
        m_rightKeys.push_back(build.compile(key.right));
        m_ops.push_back(key.ops);
    }
    m_probeKey.resize(keys.size(), Datum::null());
}

void HashJoinOperator::open()
{
    m_parts.left->open();
    m_haveLeft = m_leftDone = false;
    m_unmatched.restart();
    if (m_filled && !m_parts.keepRight) {
        m_store.clear();
        m_chains.clear();
        discard(m_keys, m_run);
        m_filled = false;
    }
}

bool HashJoinOperator::fill()
{
    m_parts.right->open();
    const bool full = m_parts.type == JoinType::Full;
    std::vector<Datum> key(m_ops.size(), Datum::null());
    RowStore &store = m_store;
    while (m_parts.right->next()) {
        m_buildScratch.arena.reset();
        bool null = false;
        for (std::size_t i = 0; i < key.size(); ++i) {
            key[i] = m_rightKeys[i].get();
            null = null || key[i].isNull;
        }
        if (m_run.passOver())
            continue;
        if (m_run.stopped()) {
            declineError(m_run);
            return false;
        }
        if (null && !full)
            continue;
        if (!store.add())
            return false;
        // A NULL key matches nothing: its hash is of no consequence, matches() refuses it.
        if (!m_chains.add(null ? 0 : hashKey(key.data(), m_ops)))
            return false;
        for (const Datum &datum : key)
            if (!append(m_keys, value::copyDatum(datum, store.arena()), m_run))
                return false;
    }
    if (m_run.stopped() || !m_chains.build())
        return false;
    m_filled = true;
    m_unmatched.rightKept();
    return true;
}

bool HashJoinOperator::matches(std::uint32_t entry) const
{
    const Datum *key = m_keys.data() + entry * m_ops.size();
    for (std::size_t i = 0; i < m_ops.size(); ++i)
        if (key[i].isNull || m_ops[i].compare(key[i], m_probeKey[i]) != 0)
            return false;
    return true;
}

/// Computes the left row's key and its first candidate.
bool HashJoinOperator::probe()
{
    m_probeScratch.arena.reset();
    bool null = false;
    for (std::size_t i = 0; i < m_leftKeys.size(); ++i) {
        m_probeKey[i] = m_leftKeys[i].get();
        null = null || m_probeKey[i].isNull;
    }
    null = m_run.passOver() || null;
    if (m_run.stopped()) {
        declineError(m_run);
        return false;
    }
    m_hash = null ? 0 : hashKey(m_probeKey.data(), m_ops);
    m_entry = null ? HashChains::kNone : m_chains.first(m_hash);
    return true;
}

bool HashJoinOperator::advance()
{
    while (m_run.proceed()) {
        if (m_leftDone)
            return m_unmatched.nextRightAlone();
        if (!m_haveLeft) {
            if (!m_filled && !fill())
                return false;
            if (!m_parts.left->next()) {
                if (m_parts.type != JoinType::Full || m_run.stopped())
                    return false;
                m_leftDone = true;
                continue;
            }
            m_haveLeft = true;
            m_unmatched.beginLeft();
            if (!probe())
                return false;
        }
        while (m_entry != HashChains::kNone) {
            const std::uint32_t entry = m_entry;
            m_entry = m_chains.next(entry, m_hash);
            if (!matches(entry))
                continue;
            m_store.restore(entry);
            if (!m_run.proceed())
                return false;
            if (!m_parts.condition->pass())
                continue;
            m_unmatched.match(entry);
            return true;
        }
        m_haveLeft = false;
        if (!m_run.stopped() && m_unmatched.leftAlone())
            return true;
    }
    return false;
}

bool HashJoinOperator::next()
{
    while (advance())
        if (m_parts.quals->pass())
            return true;
    return false;
}

} // namespace sqlgym::exec
