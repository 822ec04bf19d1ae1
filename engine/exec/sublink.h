// Subqueries inside expressions.
#pragma once

#include "exec/compiler.h"
#include "exec/hash_chains.h"
#include "exec/operator.h"
#include "plan/plan.h"

#include <unordered_map>

namespace sqlgym::exec {

/// What every kind needs: the query, what it reads from outside, and the answers already known for that.
class SublinkBase : public Evaluator {
public:
    SublinkBase(Execution &run, const plan::QueryPlan &plan, RowSourcePtr query, std::vector<Operand> parameters)
        : m_run(run), m_plan(plan), m_query(std::move(query)), m_parameters(std::move(parameters)), m_known(run),
          m_arena(run.account, run.stop)
    {
    }
    ~SublinkBase() override
    {
        discard(m_keys, m_run);
        discard(m_answers, m_run);
    }
    Datum eval() final;

protected:
    /// Runs the query for the current parameters. The result may live until the next call.
    virtual Datum compute() = 0;

    Execution &m_run;
    const plan::QueryPlan &m_plan;
    RowSourcePtr m_query;

private:
    std::vector<Operand> m_parameters;
    HashChains m_known;
    value::Arena m_arena;
    std::vector<Datum> m_keys;
    std::vector<Datum> m_answers;
    std::vector<Datum> m_current;
    std::uint64_t m_hits = 0;
    bool m_once = false;
};

/// The one value of the one row; NULL when there is none.
class ScalarSublink final : public SublinkBase {
public:
    using SublinkBase::SublinkBase;

private:
    Datum compute() override;
    std::unique_ptr<Scratch> m_scratch;
};

class ExistsSublink final : public SublinkBase {
public:
    using SublinkBase::SublinkBase;

private:
    Datum compute() override;
};

/// ARRAY(SELECT ...).
class ArraySublink final : public SublinkBase {
public:
    ArraySublink(Execution &run, const plan::QueryPlan &plan, RowSourcePtr query, std::vector<Operand> parameters,
                 Oid elementType)
        : SublinkBase(run, plan, std::move(query), std::move(parameters)), m_elementType(elementType)
    {
    }

private:
    Datum compute() override;
    Oid m_elementType;
    std::unique_ptr<Scratch> m_scratch;
};

/// left op ANY/ALL (SELECT ...). Rows of a query without parameters are kept; with '=' found through a hash.
class ComparedSublink final : public Evaluator {
public:
    ComparedSublink(Execution &run, const plan::QueryPlan &plan, RowSourcePtr query, bool any, bool useOr)
        : m_run(run), m_plan(plan), m_query(std::move(query)), m_any(any), m_useOr(useOr), m_scratch(run),
          m_arena(run.account, run.stop), m_chains(run)
    {
    }
    ~ComparedSublink() override
    {
        discard(m_rows, m_run);
        discard(m_partial, m_run);
        discard(m_rowOfEntry, m_run);
    }
    Datum eval() override;
    void onlyTruthCounts() override { m_onlyTruth = true; }

    const Datum *const *currentRow() const { return &m_row; }
    value::Context &context() { return m_scratch.cx; }
    std::vector<Operand> left;
    std::vector<Operand> right;
    std::vector<std::unique_ptr<CallEvaluator>> comparisons;
    std::vector<bool> strict;
    std::vector<plan::KeyOps> hashOps; ///< one per column when a hash can answer

private:
    bool fill();
    /// The left side's values, each computed when a comparison comes to it.
    class LeftSide {
    public:
        explicit LeftSide(const std::vector<Operand> &operands)
            : m_operands(operands), m_values(operands.size(), Datum::null()), m_known(operands.size(), false)
        {
        }
        const Datum &at(std::size_t index)
        {
            if (!m_known[index])
                m_values[index] = m_operands[index].get();
            m_known[index] = true;
            return m_values[index];
        }

    private:
        const std::vector<Operand> &m_operands;
        std::vector<Datum> m_values;
        std::vector<bool> m_known;
    };
    /// NULL = unknown.
    Datum compare(LeftSide &leftSide, const Datum *rightValues);
    Datum overAll(LeftSide &leftSide);
    Datum overPartial(LeftSide &leftSide);
    bool readLeft(LeftSide &leftSide, std::vector<Datum> &values, bool &null);
    Datum evalAnew();

    Execution &m_run;
    const plan::QueryPlan &m_plan;
    RowSourcePtr m_query;
    bool m_any;
    bool m_useOr;
    bool m_onlyTruth = false;
    Scratch m_scratch;
    value::Arena m_arena;
    const Datum *m_row = nullptr;
    bool m_filled = false;
    std::vector<const Datum *> m_rows;
    std::vector<const Datum *> m_partial; ///< rows with a NULL in them
    HashChains m_chains;
    std::vector<std::uint32_t> m_rowOfEntry;
};

} // namespace sqlgym::exec
