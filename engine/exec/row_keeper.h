// Keeps rows of several range entries for later: as pointers where the rows last, as copies where they do not.
#pragma once

#include "exec/scope.h"

#include <vector>

namespace sqlgym::exec {

/// Knows for some ranges of a query how wide their rows are and whether they outlive the step that made them.
class RowKeeper {
public:
    RowKeeper(Execution &run, Scope &scope) : m_run(run), m_scope(scope) {}

    void add(int range, std::size_t width, bool stable) { m_parts.push_back({range, width, stable}); }
    /// Pointers per kept row.
    std::size_t width() const { return m_parts.size(); }

    /// Stores the current rows into `into` (width() pointers); copies live in `arena`. False over the memory limit.
    bool keep(const Datum **into, value::Arena &arena) const
    {
        for (const Part &part : m_parts) {
            const Datum *row = m_scope.rows[std::size_t(part.range)];
            if (!part.stable && row != m_run.nullRow.data()) {
                row = copyRow(row, part.width, arena);
                if (!row)
                    return false;
            }
            *into++ = row;
        }
        return !m_run.stopped();
    }
    void restore(const Datum *const *from) const
    {
        for (const Part &part : m_parts)
            m_scope.rows[std::size_t(part.range)] = *from++;
    }
    void setNull() const
    {
        for (const Part &part : m_parts)
            m_scope.rows[std::size_t(part.range)] = m_run.nullRow.data();
    }

    struct Part {
        int range;
        std::size_t width;
        bool stable;
    };
    const std::vector<Part> &parts() const { return m_parts; }

private:
    Execution &m_run;
    Scope &m_scope;
    std::vector<Part> m_parts;
};

/// Kept rows, one after the other, charged to the run.
class RowStore {
public:
    RowStore(Execution &run, const RowKeeper &keeper) : m_run(run), m_keeper(keeper), m_arena(run.account, run.stop) {}
    ~RowStore() { clear(); }
    RowStore(const RowStore &) = delete;
    RowStore &operator=(const RowStore &) = delete;

    bool add()
    {
        for (std::size_t i = 0; i < m_keeper.width(); ++i)
            if (!append<const Datum *>(m_pointers, nullptr, m_run))
                return false;
        ++m_count;
        return m_keeper.keep(m_pointers.data() + (m_count - 1) * m_keeper.width(), m_arena);
    }
    std::size_t size() const { return m_count; }
    const Datum *const *at(std::size_t index) const { return m_pointers.data() + index * m_keeper.width(); }
    void restore(std::size_t index) const { m_keeper.restore(at(index)); }
    value::Arena &arena() { return m_arena; }
    void clear()
    {
        discard(m_pointers, m_run);
        m_arena.reset();
        m_count = 0;
    }

private:
    Execution &m_run;
    const RowKeeper &m_keeper;
    value::Arena m_arena;
    std::vector<const Datum *> m_pointers;
    std::size_t m_count = 0;
};

} // namespace sqlgym::exec
