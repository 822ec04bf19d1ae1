#include "exec/join.h"

namespace sqlgym::exec {

using plan::JoinType;

void NestedLoopOperator::open()
{
    m_parts.left->open();
    m_haveLeft = m_leftMatched = m_leftDone = false;
    m_at = 0;
    if (m_filled && !m_parts.keepRight) {
        m_store.clear();
        m_filled = false;
    }
    m_rightMatched.assign(m_rightMatched.size(), false);
}

bool NestedLoopOperator::fillRight()
{
    m_parts.right->open();
    while (m_parts.right->next())
        if (!m_store.add())
            return false;
    m_filled = true;
    if (m_parts.type == JoinType::Full)
        m_rightMatched.assign(m_store.size(), false);
    return !m_run.stopped();
}

bool NestedLoopOperator::nextRight()
{
    if (m_parts.repeatRight)
        return m_parts.right->next();
    if (m_at >= m_store.size())
        return false;
    m_store.restore(m_at++);
    return true;
}

/// The next pair that matches, or a row without a partner where the join keeps those.
bool NestedLoopOperator::advance()
{
    while (m_run.proceed()) {
        if (m_leftDone) {
            // Full: what on the right found no partner.
            while (m_at < m_store.size()) {
                if (m_rightMatched[m_at++])
                    continue;
                m_parts.leftRows->setNull();
                m_store.restore(m_at - 1);
                return true;
            }
            return false;
        }
        if (!m_haveLeft) {
            if (!m_parts.left->next()) {
                if (m_parts.type != JoinType::Full || m_run.stopped())
                    return false;
                if (!m_filled && !fillRight())
                    return false;
                m_leftDone = true;
                m_at = 0;
                continue;
            }
            m_haveLeft = true;
            m_leftMatched = false;
            m_at = 0;
            if (m_parts.repeatRight)
                m_parts.right->open();
            else if (!m_filled && !fillRight())
                return false;
        }
        while (nextRight()) {
            if (!m_run.proceed())
                return false;
            if (!m_parts.condition->pass())
                continue;
            m_leftMatched = true;
            if (m_parts.type == JoinType::Full)
                m_rightMatched[m_at - 1] = true;
            return true;
        }
        m_haveLeft = false;
        if (m_parts.type != JoinType::Inner && !m_leftMatched && !m_run.stopped()) {
            m_parts.rightRows->setNull();
            return true;
        }
    }
    return false;
}

bool NestedLoopOperator::next()
{
    while (advance())
        if (m_parts.quals->pass())
            return true;
    return false;
}

} // namespace sqlgym::exec
