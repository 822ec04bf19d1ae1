// UNION, INTERSECT, EXCEPT.
#pragma once

#include "exec/hash_chains.h"
#include "exec/operator.h"
#include "exec/quals.h"
#include "exec/sort.h"

#include <memory>
#include <vector>

namespace sqlgym::exec {

/// UNION ALL: the rows of one, then those of the other.
class AppendSource final : public RowSource {
public:
    AppendSource(RowSourcePtr left, RowSourcePtr right) : m_left(std::move(left)), m_right(std::move(right)) {}
    void open() override;
    const Datum *next() override;
    bool stable() const override { return m_left->stable() && m_right->stable(); }

private:
    RowSourcePtr m_left;
    RowSourcePtr m_right;
    bool m_inRight = false;
};

/// INTERSECT and EXCEPT, with or without ALL: counts each distinct row on both sides.
class CountingSource final : public RowSource {
public:
    /// `rightFails`: the right side can fail, and PostgreSQL may read it first.
    CountingSource(Execution &run, RowSourcePtr left, RowSourcePtr right, RowKey key, const sql::SetOperationNode &node,
                   bool rightFails)
        : m_run(run), m_left(std::move(left)), m_right(std::move(right)), m_key(std::move(key)),
          m_except(node.op == sql::SetOp::Except), m_all(node.all), m_rightFails(rightFails),
          m_arena(run.account, run.stop), m_chains(run)
    {
    }
    ~CountingSource() override { discard(m_rows, m_run); }
    void open() override;
    const Datum *next() override;
    bool stable() const override { return true; }

private:
    struct Counted {
        const Datum *row;
        std::uint64_t left;
        std::uint64_t right;
    };
    bool count(RowSource &side, bool isLeft);

    Execution &m_run;
    RowSourcePtr m_left;
    RowSourcePtr m_right;
    RowKey m_key;
    bool m_except;
    bool m_all;
    bool m_rightFails;
    value::Arena m_arena;
    HashChains m_chains;
    std::vector<Counted> m_rows;
    std::size_t m_at = 0;
    std::uint64_t m_repeat = 0;
};

/// Puts the result of a set operation where the query's targets read it.
class SetOperationOperator final : public Operator {
public:
    SetOperationOperator(Execution &run, const Datum *&row, RowSourcePtr source)
        : m_run(run), m_row(row), m_source(std::move(source))
    {
    }
    void open() override { m_source->open(); }
    bool next() override
    {
        const Datum *row = m_run.proceed() ? m_source->next() : nullptr;
        m_row = row ? row : m_row;
        return row != nullptr;
    }

private:
    Execution &m_run;
    const Datum *&m_row;
    RowSourcePtr m_source;
};

} // namespace sqlgym::exec
