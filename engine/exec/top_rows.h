// The first rows of an order, without sorting the others.
#pragma once

#include "exec/sort.h"

#include <cstddef>
#include <vector>

namespace sqlgym::exec {

/// Keeps `bound` rows in a heap whose top is the last of them. Among equals it keeps those, and leaves them in the
/// order, that PostgreSQL's bounded sort does: rows come in the same order into a heap of the same shape.
/// Source: PostgreSQL 15, tuplesort.c, on how it takes rows in and out (a row that equals the top is left out).
class TopRows {
public:
    TopRows(Execution &run, const RowKey &key, std::size_t bound, std::size_t visible)
        : m_run(run), m_key(key), m_bound(bound), m_visible(visible)
    {
    }

    /// Would take() keep it? To be asked before a row is copied; what is left out and ties is copied into `arena`.
    bool admits(const Datum *row, value::Arena &arena);
    /// False over the memory limit.
    bool take(const Datum *row);
    /// Sorted, charged as append() does; to be called once, at the end.
    std::vector<const Datum *> finish();

    /// Do the last of `rows`, which finish() gave, and rows left out tie, and would a reader see which were kept?
    bool cutShows(const std::vector<const Datum *> &rows) const;

private:
    int compare(const Datum *a, const Datum *b) { return m_run.proceed() ? m_key.compare(a, b) : 0; }
    void sink(std::size_t count, const Datum *row);
    void leaveOut(const Datum *row);

    Execution &m_run;
    const RowKey &m_key;
    std::size_t m_bound;
    std::size_t m_visible;
    std::vector<const Datum *> m_rows; ///< no parent comes before its children
    const Datum *m_cut = nullptr;      ///< one of those left out that tie with the last row kept
    bool m_cutDiffer = false;          ///< they differ among themselves
};

} // namespace sqlgym::exec
