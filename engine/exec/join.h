// Joins: two sides whose row pointers stand side by side.
#pragma once

#include "exec/hash_chains.h"
#include "exec/operator.h"
#include "exec/quals.h"
#include "exec/row_keeper.h"
#include "plan/plan.h"

#include <memory>
#include <vector>

namespace sqlgym::exec {

/// What both joins are made of. `condition` decides whether two rows match, `quals` filter what comes out.
struct JoinParts {
    plan::JoinType type;
    OperatorPtr left;
    OperatorPtr right;
    std::unique_ptr<RowKeeper> leftRows;
    std::unique_ptr<RowKeeper> rightRows;
    std::unique_ptr<Quals> condition;
    std::unique_ptr<Quals> quals;
    bool keepRight = false;   ///< the right side is the same at each opening
    bool repeatRight = false; ///< nested loop: the right side depends on the left row (LATERAL)
};

/// What outer joins add: left rows without a partner and, for FULL, the kept right rows that found none.
class Unmatched {
public:
    Unmatched(const JoinParts &parts, const RowStore &store) : m_parts(parts), m_store(store) {}

    /// The join begins; which right rows match is forgotten.
    void restart()
    {
        m_leftMatched = false;
        m_rest = 0;
        m_rightMatched.assign(m_rightMatched.size(), false);
    }
    /// The right rows are all in the store.
    void rightKept()
    {
        if (m_parts.type == plan::JoinType::Full)
            m_rightMatched.assign(m_store.size(), false);
    }
    void beginLeft() { m_leftMatched = false; }
    void match(std::size_t right)
    {
        m_leftMatched = true;
        if (m_parts.type == plan::JoinType::Full)
            m_rightMatched[right] = true;
    }
    /// Has the left row no partner, and does the join keep it? It then stands beside a missing right row.
    bool leftAlone() const
    {
        if (m_parts.type == plan::JoinType::Inner || m_leftMatched)
            return false;
        m_parts.rightRows->setNull();
        return true;
    }
    /// Stands on the next right row that found no partner, beside a missing left row. To be asked when the left side is
    /// done; only FULL joins have any.
    bool nextRightAlone()
    {
        while (m_rest < m_rightMatched.size() && m_rightMatched[m_rest])
            ++m_rest;
        if (m_rest >= m_rightMatched.size())
            return false;
        m_parts.leftRows->setNull();
        m_store.restore(m_rest++);
        return true;
    }

private:
    const JoinParts &m_parts;
    const RowStore &m_store;
    std::vector<bool> m_rightMatched; ///< FULL
    bool m_leftMatched = false;
    std::size_t m_rest = 0;
};

class NestedLoopOperator final : public Operator {
public:
    NestedLoopOperator(Execution &run, JoinParts parts)
        : m_run(run), m_parts(std::move(parts)), m_store(run, *m_parts.rightRows), m_unmatched(m_parts, m_store)
    {
    }
    void open() override;
    bool next() override;

private:
    bool advance();
    bool nextRight();
    bool fillRight();

    Execution &m_run;
    JoinParts m_parts;
    RowStore m_store;
    Unmatched m_unmatched;
    bool m_filled = false;
    bool m_haveLeft = false;
    bool m_leftDone = false;
    std::size_t m_at = 0;
};

/// The right side is hashed, the left one probes.
class HashJoinOperator final : public Operator {
public:
    HashJoinOperator(Execution &run, JoinParts parts, Code &code, Scope &scope, Runner &runner,
                     const std::vector<plan::HashKey> &keys);
    ~HashJoinOperator() override { discard(m_keys, m_run); }
    void open() override;
    bool next() override;

private:
    bool fill();
    bool advance();
    bool probe();
    bool matches(std::uint32_t entry) const;

    Execution &m_run;
    JoinParts m_parts;
    Scratch m_buildScratch;
    Scratch m_probeScratch;
    std::vector<Operand> m_leftKeys;
    std::vector<Operand> m_rightKeys;
    std::vector<plan::KeyOps> m_ops;
    RowStore m_store;
    Unmatched m_unmatched;
    HashChains m_chains;
    std::vector<Datum> m_keys; ///< of the kept rows
    std::vector<Datum> m_probeKey;
    bool m_filled = false;
    bool m_haveLeft = false;
    bool m_leftDone = false;
    std::uint64_t m_hash = 0;
    std::uint32_t m_entry = HashChains::kNone;
};

} // namespace sqlgym::exec
