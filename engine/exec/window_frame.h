// Partitions, peers and frames: which rows a window function sees.
#pragma once

#include "exec/evaluator.h"
#include "exec/in_range.h"
#include "plan/plan.h"
#include "sql/bound.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace sqlgym::exec {

/// The rows of one partition in window order, by position from 0.
struct Partition {
    std::size_t size = 0;
    std::vector<std::uint32_t> groupOf;    ///< peer group of each row
    std::vector<std::uint32_t> groupStart; ///< first row of each group, then `size`
    std::vector<const Datum *> orderKeys;  ///< per row

    std::size_t peerBegin(std::size_t row) const { return groupStart[groupOf[row]]; }
    std::size_t peerEnd(std::size_t row) const { return groupStart[groupOf[row] + 1]; }
};

/// Half-open; `exclude*` is the part inside that EXCLUDE leaves out, `keep` the row inside that which stays.
struct Frame {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t excludeBegin = 0;
    std::size_t excludeEnd = 0;
    std::size_t keep = SIZE_MAX;

    bool holds(std::size_t row) const
    {
        return row >= begin && row < end && (row < excludeBegin || row >= excludeEnd || row == keep);
    }
    bool excludes() const { return excludeEnd > excludeBegin; }
    bool keepsOne() const { return keep != SIZE_MAX; }
};

/// Computes frames row by row, first to last; start() begins a partition.
class FrameFinder {
public:
    FrameFinder(Execution &run, const sql::WindowClause &clause, std::vector<plan::KeyOps> orderOps, Oid keyType);

    /// Offsets are constant within a query: evaluated once, where there is one. False: the run has been stopped.
    bool setOffset(bool isStart, const Datum &value);
    void start(const Partition &partition);
    Frame frame(std::size_t row);
    /// The same for all rows of a partition.
    bool wholePartition() const;
    bool startsAtFirst() const { return m_clause.start == sql::FrameBound::UnboundedPreceding || !m_clause.hasFrame; }

private:
    std::size_t beginOf(std::size_t row);
    std::size_t endOf(std::size_t row);
    std::size_t rangeBegin(std::size_t row, bool preceding);
    std::size_t rangeEnd(std::size_t row, bool preceding);
    bool checkOffset(const Datum &offset, bool isStart);
    /// Of RANGE: PostgreSQL looks at the distance where it first compares rows by it.
    bool checkDistance(bool isStart);

    Execution &m_run;
    const sql::WindowClause &m_clause;
    std::vector<plan::KeyOps> m_ops;
    std::unique_ptr<InRange> m_startRange;
    std::unique_ptr<InRange> m_endRange;
    const Partition *m_partition = nullptr;
    sql::FrameMode m_mode = sql::FrameMode::Range;
    Datum m_startOffset = Datum::null();
    Datum m_endOffset = Datum::null();
    bool m_startChecked = false;
    bool m_endChecked = false;
    std::size_t m_head = 0;
    std::size_t m_tail = 0;
};

} // namespace sqlgym::exec
