#include "exec/project.h"

namespace sqlgym::exec {

void ProjectSource::compile(Code &code, Scope &scope, Runner &runner, const std::vector<sql::TargetEntry> &targets)
{
    Compiler compiler(code, m_run, &scope, m_scratch.cx, &runner);
    for (const auto &target : targets)
        m_targets.push_back(compiler.compile(target.expr));
    m_row.resize(m_targets.size() + 1, Datum::null());
}

const Datum *ProjectSource::next()
{
    do {
        if (!m_child->next())
            return nullptr;
        m_scratch.arena.reset();
        for (std::size_t i = 0; i < m_targets.size(); ++i)
            m_row[i] = m_targets[i].get();
        if (!m_run.stopped())
            return m_row.data();
    } while (m_run.passOver());
    m_run.noteFailure(m_plan, Step::Targets);
    if (m_declineErrors)
        declineError(m_run);
    return nullptr;
}

void GateOperator::open()
{
    m_passed = m_quals->pass();
    if (m_passed)
        m_child->open();
}

bool LateFilterOperator::next()
{
    while (m_child->next()) {
        if (m_quals->passInAnyOrder())
            return true;
        m_run.noteFailure(m_plan, Step::LateConditions);
    }
    return false;
}

bool FilterOperator::next()
{
    while (m_child->next()) {
        if (m_quals->pass())
            return true;
        if (m_plan.having.size() == 1)
            m_run.noteFailure(m_plan, Step::Groups);
    }
    return false;
}

} // namespace sqlgym::exec
