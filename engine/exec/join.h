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

class NestedLoopOperator final : public Operator {
public:
    NestedLoopOperator(Execution &run, JoinParts parts)
        : m_run(run), m_parts(std::move(parts)), m_store(run, *m_parts.rightRows)
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
    std::vector<bool> m_rightMatched; ///< Full
    bool m_filled = false;
    bool m_haveLeft = false;
    bool m_leftMatched = false;
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
    HashChains m_chains;
    std::vector<Datum> m_keys; ///< of the kept rows
    std::vector<Datum> m_probeKey;
    std::vector<bool> m_rightMatched; ///< Full
    bool m_filled = false;
    bool m_haveLeft = false;
    bool m_leftMatched = false;
    bool m_leftDone = false;
    std::uint64_t m_hash = 0;
    std::uint32_t m_entry = HashChains::kNone;
    std::size_t m_rest = 0;
};

} // namespace sqlgym::exec
