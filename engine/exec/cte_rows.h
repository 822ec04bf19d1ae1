// The rows of a CTE, computed as far as they are asked for.
#pragma once

#include "exec/hash_chains.h"
#include "exec/operator.h"
#include "exec/scope.h"
#include "plan/plan.h"

#include <memory>
#include <vector>

namespace sqlgym::exec {

/// Rows last until reset(). A recursive CTE works in rounds: each reads the rows the last one added.
class CteRows {
public:
    CteRows(Execution &run, std::size_t columns, std::vector<plan::KeyOps> distinct)
        : m_run(run), m_arena(run.account, run.stop), m_columns(columns), m_distinct(std::move(distinct)), m_seen(run)
    {
    }
    ~CteRows() { discard(m_rows, m_run); }
    CteRows(const CteRows &) = delete;
    CteRows &operator=(const CteRows &) = delete;

    void setSource(RowSourcePtr source) { m_source = std::move(source); }
    void setRecursive(RowSourcePtr source) { m_recursive = std::move(source); }
    /// The level between the query that holds WITH and the terms of a recursive definition.
    std::unique_ptr<Scope> between;

    void reset();
    /// All rows have been computed.
    bool complete() const { return m_phase == Phase::Done; }
    /// Changes with each reset().
    unsigned generation() const { return m_generation; }
    /// Is there a row `index`? Computes as far as needed.
    bool has(std::size_t index);
    std::size_t size() const { return m_rows.size(); } ///< so far
    const Datum *row(std::size_t index) const { return m_rows[index]; }
    std::size_t workingBegin() const { return m_workingBegin; }
    std::size_t workingEnd() const { return m_workingEnd; }

private:
    bool fetch();
    bool add(const Datum *row, bool &added);

    enum class Phase { Closed, Source, Rounds, Done };
    Execution &m_run;
    value::Arena m_arena;
    std::size_t m_columns;
    std::vector<plan::KeyOps> m_distinct;
    HashChains m_seen;
    RowSourcePtr m_source;
    RowSourcePtr m_recursive;
    std::vector<const Datum *> m_rows;
    Phase m_phase = Phase::Closed;
    unsigned m_generation = 0;
    std::size_t m_workingBegin = 0;
    std::size_t m_workingEnd = 0;
};

} // namespace sqlgym::exec
