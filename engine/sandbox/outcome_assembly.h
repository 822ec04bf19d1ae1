// Puts an outcome together from the frames it came in, believing none of them.
#pragma once

#include "sandbox/messages.h"

#include <cstdint>
#include <optional>

namespace sqlgym::sandbox {

class OutcomeAssembly {
public:
    enum class State {
        Waiting,  ///< no frame yet
        Arriving, ///< the head is there
        MoreRows, ///< the last frame made further rows whole
        Complete, ///< outcome() is whole
        CutShort, ///< the sender stopped in the middle, because it was told to
        TooLarge, ///< more than maxResultBytes were announced
        Nonsense, ///< not the answer to this request
    };

    OutcomeAssembly(RequestId id, std::uint64_t maxResultBytes) : m_id(id), m_maxResultBytes(maxResultBytes) {}

    /// Takes the next frame. The state after Complete and what stands below it is final.
    State take(const Frame &frame);
    Outcome &outcome() { return m_head->outcome; }
    bool allRows() const { return m_head && m_head->outcome.table.flatEnds().size() == m_head->cellCount; }
    bool leaving() const { return m_head && m_head->leaving; }

private:
    State begin(std::string_view payload);
    State finish(std::string_view payload);

    RequestId m_id;
    std::uint64_t m_maxResultBytes;
    std::optional<OutcomeHead> m_head;
};

} // namespace sqlgym::sandbox
