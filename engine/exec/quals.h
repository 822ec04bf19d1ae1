// Conditions tested on the current row.
#pragma once

#include "exec/eval_logic.h"

#include <algorithm>

namespace sqlgym::exec {

/// An error that another plan of PostgreSQL's might not meet becomes a decline.
inline void declineError(Execution &run)
{
    if (run.stop.reason() != base::StopReason::Error)
        return;
    const std::string message = run.stop.diagnostic().message;
    if (run.surveying)
        run.errorsSeen.insert(run.stop.diagnostic().sqlstate);
    run.stop.clear();
    run.planDecides = true;
    run.stop.decline("a condition whose error depends on how PostgreSQL joins (" + message + ")");
}

/// True when all conditions are true, tested in order; stops at the first that is not.
class Quals {
public:
    Quals(Code &code, Execution &run, Scope &scope, Runner &runner, const std::vector<sql::Expr *> &list,
          bool errorsDependOnPlan)
        : m_run(run), m_scratch(run),
          m_declineErrors(errorsDependOnPlan ||
                          (list.size() > 1 && std::any_of(list.begin(), list.end(), plan::hasUnsurePrice)))
    {
        Compiler compiler(code, run, &scope, m_scratch.cx, &runner);
        m_conditions = compiler.compileAll(list);
        noneTellsNull(m_conditions);
    }

    bool empty() const { return m_conditions.empty(); }
    bool pass()
    {
        if (m_conditions.empty())
            return true;
        m_scratch.arena.reset();
        const bool all = allTrue(m_conditions);
        if (!m_run.stopped())
            return all;
        if (m_run.passOver())
            return false;
        if (m_declineErrors)
            declineError(m_run);
        return false;
    }

    /// The same in no order: where one is not true the row is out, though another one fails.
    bool passInAnyOrder()
    {
        m_scratch.arena.reset();
        bool all = true;
        base::Stop failure;
        for (const Operand &condition : m_conditions) {
            const bool isTrue = condition.get().isTrue();
            if (m_run.stop.reason() != base::StopReason::Error) {
                all = all && isTrue;
                continue;
            }
            if (!failure.raised())
                failure = m_run.stop;
            m_run.stop.clear();
        }
        if (all && failure.raised() && !m_run.stopped())
            m_run.stop = failure;
        return all && !m_run.stopped();
    }

private:
    Execution &m_run;
    Scratch m_scratch;
    std::vector<Operand> m_conditions;
    bool m_declineErrors;
};

} // namespace sqlgym::exec
