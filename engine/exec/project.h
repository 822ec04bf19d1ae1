// The select list.
#pragma once

#include "exec/compiler.h"
#include "exec/operator.h"
#include "exec/quals.h"

namespace sqlgym::exec {

/// One value per target, junk included.
class ProjectSource final : public RowSource {
public:
    /// `declineErrors`: which rows are computed depends on PostgreSQL's plan.
    ProjectSource(Execution &run, const plan::QueryPlan &plan, OperatorPtr child, bool declineErrors)
        : m_run(run), m_plan(plan), m_child(std::move(child)), m_scratch(run), m_declineErrors(declineErrors)
    {
    }
    void compile(Code &code, Scope &scope, Runner &runner, const std::vector<sql::TargetEntry> &targets);
    void open() override { m_child->open(); }
    const Datum *next() override;

private:
    Execution &m_run;
    const plan::QueryPlan &m_plan;
    OperatorPtr m_child;
    Scratch m_scratch;
    std::vector<Operand> m_targets;
    std::vector<Datum> m_row;
    bool m_declineErrors;
};

/// Lets rows through only when conditions that read none of them hold; they are tested once, when it opens.
class GateOperator final : public Operator {
public:
    GateOperator(OperatorPtr child, std::unique_ptr<Quals> quals) : m_child(std::move(child)), m_quals(std::move(quals))
    {
    }
    void open() override;
    bool next() override { return m_passed && m_child->next(); }

private:
    OperatorPtr m_child;
    std::unique_ptr<Quals> m_quals;
    bool m_passed = false;
};

/// HAVING.
class FilterOperator final : public Operator {
public:
    FilterOperator(Execution &run, const plan::QueryPlan &plan, OperatorPtr child, std::unique_ptr<Quals> quals)
        : m_run(run), m_plan(plan), m_child(std::move(child)), m_quals(std::move(quals))
    {
    }
    void open() override { m_child->open(); }
    bool next() override;

private:
    Execution &m_run;
    const plan::QueryPlan &m_plan;
    OperatorPtr m_child;
    std::unique_ptr<Quals> m_quals;
};

/// Conditions that can fail, on rows for which all others hold.
class LateFilterOperator final : public Operator {
public:
    LateFilterOperator(Execution &run, const plan::QueryPlan &plan, OperatorPtr child, std::unique_ptr<Quals> quals)
        : m_run(run), m_plan(plan), m_child(std::move(child)), m_quals(std::move(quals))
    {
    }
    void open() override { m_child->open(); }
    bool next() override;

private:
    Execution &m_run;
    const plan::QueryPlan &m_plan;
    OperatorPtr m_child;
    std::unique_ptr<Quals> m_quals;
};

} // namespace sqlgym::exec
