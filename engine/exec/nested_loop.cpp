#include "exec/join.h"

namespace sqlgym::exec {

using plan::JoinType;

void NestedLoopOperator::open()
{
    m_parts.left->open();
    m_haveLeft = m_leftDone = false;
    m_at = 0;
    m_unmatched.restart();
    if (m_filled && !m_parts.keepRight) {
        m_store.clear();
        m_filled = false;
    }
}

bool NestedLoopOperator::fillRight()
{
    m_parts.right->open();
    while (m_parts.right->next())
        if (!m_store.add())
            return false;
    m_filled = true;
    m_unmatched.rightKept();
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
        if (m_leftDone)
            return m_unmatched.nextRightAlone();
        if (!m_haveLeft) {
            if (!m_parts.left->next()) {
                if (m_parts.type != JoinType::Full || m_run.stopped())
                    return false;
                if (!m_filled && !fillRight())
                    return false;
                m_leftDone = true;
                continue;
            }
            m_haveLeft = true;
            m_unmatched.beginLeft();
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
            m_unmatched.match(m_at - 1);
            return true;
        }
        m_haveLeft = false;
        if (!m_run.stopped() && m_unmatched.leftAlone())
            return true;
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
