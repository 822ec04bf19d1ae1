// Finds the rows of a list by the values of some columns, for queries that are opened again and again.
#pragma once

#include "exec/compiler.h"
#include "exec/hash_chains.h"
#include "plan/plan.h"

#include <cstdint>
#include <vector>

namespace sqlgym::exec {

/// Made from a leaf's probe (plan::Node). It finds candidates by hash: the leaf's conditions, which hold the
/// equalities too, still decide.
class RowLookup {
public:
    explicit RowLookup(Execution &run) : m_run(run), m_scratch(run), m_chains(run) {}
    ~RowLookup() { discard(m_rowOfEntry, m_run); }
    RowLookup(const RowLookup &) = delete;
    RowLookup &operator=(const RowLookup &) = delete;

    static constexpr std::size_t kFewest = 16; ///< shorter lists are read through

    void compile(Code &code, Scope &scope, Runner &runner, const std::vector<plan::HashKey> &probe);
    /// Counts an opening. True when the leaf can be looked up and has been opened often enough for that to pay.
    bool pays() { return !m_columns.empty() && (++m_opened >= kOpenings || m_built); }
    bool built() const { return m_built; }

    /// `rowAt(i)` is row `i` of `count`. False: the run has been stopped.
    template <typename RowAt> bool build(std::size_t count, RowAt rowAt)
    {
        for (std::size_t i = 0; i < count; ++i)
            if (!add(rowAt(i), std::uint32_t(i)))
                return false;
        m_empty = count == 0;
        m_built = m_chains.build();
        return m_built;
    }
    void forget();

    /// Computes what to look for from the rows outside; nothing where there is nothing to find.
    void seek();
    /// The number of the next candidate; false after the last.
    bool next(std::uint32_t &row);

private:
    static constexpr int kOpenings = 3;
    bool add(const Datum *row, std::uint32_t number);

    Execution &m_run;
    Scratch m_scratch;
    std::vector<int> m_columns;
    std::vector<Operand> m_values;
    std::vector<plan::KeyOps> m_ops;
    std::vector<Datum> m_key;
    HashChains m_chains;
    std::vector<std::uint32_t> m_rowOfEntry;
    int m_opened = 0;
    bool m_built = false;
    bool m_empty = true;
    std::uint64_t m_hash = 0;
    std::uint32_t m_entry = HashChains::kNone;
};

} // namespace sqlgym::exec
