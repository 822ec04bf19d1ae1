// How long somebody worked, from when they did something.
#pragma once

#include "base/clock.h"

#include <optional>

namespace sqlgym::progress {

/// The time between two acts counts when it is short: who does nothing for longer was away.
class WorkTime {
public:
    static constexpr base::UnixMicros kIdleAfter = 120'000'000;

    void act(base::UnixMicros at)
    {
        const base::UnixMicros since = m_last ? at - *m_last : 0;
        if (since > 0 && since <= kIdleAfter)
            m_worked += since;
        m_last = at;
    }
    int seconds() const { return static_cast<int>(m_worked / 1'000'000); }
    /// Whole seconds; what is left of one stays.
    int take()
    {
        const int whole = seconds();
        m_worked -= whole * base::UnixMicros{1'000'000};
        return whole;
    }
    /// What comes next does not follow on what was.
    void stop()
    {
        m_last.reset();
        m_worked = 0;
    }

private:
    std::optional<base::UnixMicros> m_last;
    base::UnixMicros m_worked = 0;
};

} // namespace sqlgym::progress
