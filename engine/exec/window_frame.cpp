#include "exec/window_frame.h"

#include <algorithm>

namespace sqlgym::exec {

using sql::FrameBound;
using sql::FrameExclusion;
using sql::FrameMode;

FrameFinder::FrameFinder(Execution &run, const sql::WindowClause &clause, std::vector<plan::KeyOps> orderOps,
                         Oid keyType)
    : m_run(run), m_clause(clause), m_ops(std::move(orderOps))
{
    m_mode = clause.hasFrame ? clause.mode : FrameMode::Range;
    if (!clause.hasFrame || m_mode != FrameMode::Range)
        return;
    const auto make = [&](const sql::Expr *offset) -> std::unique_ptr<InRange> {
        auto range = offset ? InRange::make(run, keyType, offset->type) : nullptr;
        if (offset && !range)
            run.stop.decline("RANGE frames with an offset of such a type");
        return range;
    };
    m_startRange = make(clause.startOffset);
    m_endRange = make(clause.endOffset);
}

bool FrameFinder::checkOffset(const Datum &offset, bool isStart)
{
    const std::string which = isStart ? "frame starting offset" : "frame ending offset";
    if (offset.isNull) {
        m_run.cx.fail("22004", which + " must not be null");
        return false;
    }
    if (m_mode != FrameMode::Range && offset.int64 < 0) {
        m_run.cx.fail("22013", which + " must not be negative");
        return false;
    }
    return true;
}

bool FrameFinder::checkDistance(bool isStart)
{
    bool &checked = isStart ? m_startChecked : m_endChecked;
    if (!checked)
        checked = isStart ? m_startRange->checkOffset(m_startOffset) : m_endRange->checkOffset(m_endOffset);
    return checked;
}

bool FrameFinder::setOffset(bool isStart, const Datum &value)
{
    if (!(isStart ? m_clause.startOffset : m_clause.endOffset))
        return true;
    if (m_run.stopped() || !checkOffset(value, isStart))
        return false;
    (isStart ? m_startOffset : m_endOffset) = value;
    (isStart ? m_startChecked : m_endChecked) = false;
    return true;
}

void FrameFinder::start(const Partition &partition)
{
    m_partition = &partition;
    m_head = m_tail = 0;
}

bool FrameFinder::wholePartition() const
{
    if (!m_clause.hasFrame)
        return m_clause.orderBy.empty();
    if (m_clause.exclusion != FrameExclusion::None || m_clause.start != FrameBound::UnboundedPreceding)
        return false;
    return m_clause.end == FrameBound::UnboundedFollowing ||
           (m_clause.end == FrameBound::CurrentRow && m_mode != FrameMode::Rows && m_clause.orderBy.empty());
}

std::size_t FrameFinder::rangeBegin(std::size_t row, bool preceding)
{
    const bool descending = m_ops.front().descending;
    const Datum &current = m_partition->orderKeys[row][0];
    while (m_head < m_partition->size && !m_run.stopped()) {
        const Datum &head = m_partition->orderKeys[m_head][0];
        if (head.isNull || current.isNull) {
            if (m_ops.front().nullsFirst ? (!head.isNull || current.isNull) : (head.isNull || !current.isNull))
                break;
        } else if (!checkDistance(true) ||
                   m_startRange->test(head, current, m_startOffset, preceding != descending, descending))
            break;
        ++m_head;
    }
    return m_head;
}

std::size_t FrameFinder::rangeEnd(std::size_t row, bool preceding)
{
    const bool descending = m_ops.front().descending;
    const Datum &current = m_partition->orderKeys[row][0];
    while (m_tail < m_partition->size && !m_run.stopped()) {
        const Datum &tail = m_partition->orderKeys[m_tail][0];
        if (tail.isNull || current.isNull) {
            if (m_ops.front().nullsFirst ? !tail.isNull : !current.isNull)
                break;
        } else if (!m_endRange->test(tail, current, m_endOffset, preceding != descending, !descending))
            break;
        ++m_tail;
    }
    return m_tail;
}

std::size_t FrameFinder::beginOf(std::size_t row)
{
    const Partition &p = *m_partition;
    if (!m_clause.hasFrame || m_clause.start == FrameBound::UnboundedPreceding)
        return 0;
    if (m_clause.start == FrameBound::CurrentRow)
        return m_mode == FrameMode::Rows ? row : p.peerBegin(row);
    const bool preceding = m_clause.start == FrameBound::OffsetPreceding;
    if (m_mode == FrameMode::Range)
        return rangeBegin(row, preceding);
    const auto offset = std::uint64_t(m_startOffset.int64);
    if (m_mode == FrameMode::Rows) {
        if (preceding)
            return offset > row ? 0 : row - offset;
        return offset >= p.size - row ? p.size : row + offset;
    }
    const std::size_t groups = p.groupStart.size() - 1;
    const std::size_t group = p.groupOf[row];
    if (preceding)
        return offset > group ? 0 : p.groupStart[group - offset];
    return offset >= groups - group ? p.size : p.groupStart[group + offset];
}

std::size_t FrameFinder::endOf(std::size_t row)
{
    const Partition &p = *m_partition;
    if (!m_clause.hasFrame)
        return p.peerEnd(row);
    switch (m_clause.end) {
    case FrameBound::UnboundedFollowing:
        return p.size;
    case FrameBound::UnboundedPreceding:
        return 0;
    case FrameBound::CurrentRow:
        return m_mode == FrameMode::Rows ? row + 1 : p.peerEnd(row);
    default:
        break;
    }
    const bool preceding = m_clause.end == FrameBound::OffsetPreceding;
    if (m_mode == FrameMode::Range)
        return rangeEnd(row, preceding);
    const auto offset = std::uint64_t(m_endOffset.int64);
    if (m_mode == FrameMode::Rows) {
        if (preceding)
            return offset > row ? 0 : row - offset + 1;
        return offset >= p.size - row ? p.size : row + offset + 1;
    }
    const std::size_t groups = p.groupStart.size() - 1;
    const std::size_t group = p.groupOf[row];
    if (preceding)
        return offset > group ? 0 : p.groupStart[group - offset + 1];
    return offset >= groups - group ? p.size : p.groupStart[group + offset + 1];
}

Frame FrameFinder::frame(std::size_t row)
{
    Frame frame;
    frame.begin = beginOf(row);
    frame.end = std::max(frame.begin, endOf(row));
    if (!m_clause.hasFrame || m_clause.exclusion == FrameExclusion::None)
        return frame;
    if (m_clause.exclusion == FrameExclusion::CurrentRow) {
        frame.excludeBegin = row;
        frame.excludeEnd = row + 1;
        return frame;
    }
    frame.excludeBegin = m_partition->peerBegin(row);
    frame.excludeEnd = m_partition->peerEnd(row);
    if (m_clause.exclusion == FrameExclusion::Ties)
        frame.keep = row;
    return frame;
}

} // namespace sqlgym::exec
