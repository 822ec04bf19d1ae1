#include "sandbox/outcome_assembly.h"

#include <algorithm>

namespace sqlgym::sandbox {

namespace {

/// Memory taken on a stranger's word.
constexpr std::uint64_t kReserve = 8u << 20;

} // namespace

OutcomeAssembly::State OutcomeAssembly::begin(std::string_view payload)
{
    m_head = decodeOutcomeHead(payload);
    if (!m_head || m_head->id != m_id)
        return State::Nonsense;
    const auto most = m_maxResultBytes;
    if (m_head->byteCount > most || m_head->cellCount > most / sizeof(std::uint64_t) ||
        m_head->byteCount + m_head->cellCount * sizeof(std::uint64_t) > most)
        return State::TooLarge;
    auto &table = outcome().table;
    if (!table.columns.empty())
        table.reserve(std::min(m_head->cellCount, kReserve) / table.columns.size(),
                      std::min(m_head->byteCount, kReserve));
    return State::Arriving;
}

OutcomeAssembly::State OutcomeAssembly::finish(std::string_view payload)
{
    const auto end = decodeOutcomeEnd(payload);
    if (!end || end->id != m_id)
        return State::Nonsense;
    if (!end->complete)
        return State::CutShort;
    const auto &table = outcome().table;
    constexpr std::uint64_t kOffset = ~(std::uint64_t{1} << 63);
    const std::uint64_t used = table.flatEnds().empty() ? 0 : table.flatEnds().back() & kOffset;
    const bool whole = used == m_head->byteCount && table.flatEnds().size() == m_head->cellCount &&
                       table.flatBytes().size() == m_head->byteCount;
    return whole ? State::Complete : State::Nonsense;
}

OutcomeAssembly::State OutcomeAssembly::take(const Frame &frame)
{
    if (!m_head)
        return frame.type == FrameType::OutcomeHead ? begin(frame.payload) : State::Nonsense;
    auto &table = outcome().table;
    if (frame.type == FrameType::OutcomeEnd)
        return finish(frame.payload);
    if (frame.type == FrameType::OutcomeBytes) {
        if (frame.payload.size() > m_head->byteCount - table.flatBytes().size())
            return State::Nonsense;
        table.appendFlatBytes(frame.payload);
        return State::Arriving;
    }
    if (frame.type != FrameType::OutcomeEnds)
        return State::Nonsense;
    const auto ends = decodeEnds(frame.payload);
    const bool fits = ends && ends->size() <= m_head->cellCount - table.flatEnds().size() && !table.columns.empty() &&
                      ends->size() % table.columns.size() == 0;
    return fits && table.appendFlatEnds(*ends) ? State::MoreRows : State::Nonsense;
}

} // namespace sqlgym::sandbox
