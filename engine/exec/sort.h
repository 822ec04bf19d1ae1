// ORDER BY, DISTINCT and LIMIT over the rows of the select list.
#pragma once

#include "exec/compiler.h"
#include "exec/hash_chains.h"
#include "exec/operator.h"
#include "exec/quals.h"

#include <vector>

namespace sqlgym::exec {

/// Which columns of a row make a key, and how they compare.
struct RowKey {
    std::vector<int> columns;
    std::vector<plan::KeyOps> ops;

    static RowKey of(const std::vector<sql::SortKey> &keys, const std::vector<plan::KeyOps> &ops)
    {
        RowKey key;
        for (const auto &sortKey : keys)
            key.columns.push_back(sortKey.target);
        key.ops = ops;
        return key;
    }
    int compare(const Datum *a, const Datum *b) const;
    bool same(const Datum *a, const Datum *b) const { return compare(a, b) == 0; }
    std::uint64_t hash(const Datum *row) const;
    /// Equal, and spelled alike (1.0 and 1.00 are not).
    bool identicalIn(const Datum *a, const Datum *b) const;
};

/// Sorts rows that outlive the call, stably. Polls the run's cancel token; charges what sorting takes.
bool sortRows(std::vector<const Datum *> &rows, const RowKey &key, Execution &run);

/// Would a reader see the difference between two rows of a result?
bool sameVisible(const Datum *a, const Datum *b, std::size_t visibleColumns);

class SortSource final : public RowSource {
public:
    /// `watchTies`: the order of rows that tie but spell their keys differently is left to chance, and seen.
    SortSource(Execution &run, RowSourcePtr child, RowKey key, std::size_t width, std::size_t visible, bool watchTies)
        : m_run(run), m_child(std::move(child)), m_key(std::move(key)), m_width(width), m_visible(visible),
          m_watchTies(watchTies), m_arena(run.account, run.stop)
    {
    }
    ~SortSource() override { discard(m_rows, m_run); }
    /// Only the first `rows` will be asked for; 0 = all. Holds for the next open().
    void setBound(std::uint64_t rows) { m_bound = rows; }
    void open() override;
    const Datum *next() override { return m_at < m_rows.size() && m_run.proceed() ? m_rows[m_at++] : nullptr; }
    bool stable() const override { return true; }

    const std::vector<const Datum *> &rows() const { return m_rows; }
    const RowKey &key() const { return m_key; }
    std::size_t visible() const { return m_visible; }
    /// Rows beyond the bound tie with the last one and differ from it, or among themselves.
    bool cutShows() const { return m_cutShows; }

private:
    void openBounded();
    Execution &m_run;
    RowSourcePtr m_child;
    RowKey m_key;
    std::size_t m_width;
    std::size_t m_visible;
    bool m_watchTies;
    value::Arena m_arena;
    std::vector<const Datum *> m_rows;
    std::size_t m_at = 0;
    std::uint64_t m_bound = 0;
    bool m_cutShows = false;
};

/// DISTINCT: the first row of each key, in the order they come. With ON, `order` is what the rows are sorted by: rows
/// that tie there but differ make the answer depend on chance.
class DistinctSource final : public RowSource {
public:
    DistinctSource(Execution &run, RowSourcePtr child, RowKey key, RowKey order, std::size_t width, std::size_t visible)
        : m_run(run), m_child(std::move(child)), m_key(std::move(key)), m_order(std::move(order)), m_width(width),
          m_visible(visible), m_arena(run.account, run.stop), m_chains(run)
    {
    }
    ~DistinctSource() override { discard(m_rows, m_run); }
    void open() override;
    const Datum *next() override;
    bool stable() const override { return true; }

private:
    Execution &m_run;
    RowSourcePtr m_child;
    RowKey m_key;
    RowKey m_order;
    std::size_t m_width;
    std::size_t m_visible;
    value::Arena m_arena;
    HashChains m_chains;
    std::vector<const Datum *> m_rows;
};

/// LIMIT and OFFSET. `sorted` is the step below when that is the sort itself.
class LimitSource final : public RowSource {
public:
    LimitSource(Execution &run, RowSourcePtr child, SortSource *sorted, bool withTies)
        : m_run(run), m_child(std::move(child)), m_sorted(sorted), m_withTies(withTies), m_scratch(run)
    {
    }
    void compile(Code &code, Scope &scope, Runner &runner, const plan::QueryPlan &plan);
    void open() override;
    const Datum *next() override;
    bool stable() const override { return m_child->stable(); }

private:
    void openSorted();
    bool tiesDiffer(std::size_t boundary) const;
    bool showsChance();

    Execution &m_run;
    RowSourcePtr m_child;
    SortSource *m_sorted;
    bool m_withTies;
    const plan::QueryPlan *m_plan = nullptr;
    Scratch m_scratch;
    bool m_hasLimit = false;
    bool m_hasOffset = false;
    bool m_ordered = false;
    bool m_alike = false; ///< the select list is the same in all rows
    Operand m_limit;
    Operand m_offset;
    std::uint64_t m_left = 0;
    std::uint64_t m_skip = 0;
    bool m_skipped = false;
    bool m_given = false;
    bool m_ended = false;
};

} // namespace sqlgym::exec
