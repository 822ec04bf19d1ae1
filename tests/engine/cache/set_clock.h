// A clock that tests set.
#pragma once

#include "base/clock.h"

namespace sqlgym::cachetest {

class SetClock : public base::Clock {
public:
    static constexpr base::UnixMicros kSecond = 1'000'000;

    base::UnixMicros now() const override { return m_now; }
    void advance(base::UnixMicros by) { m_now += by; }

private:
    base::UnixMicros m_now = 1'772'357'400 * kSecond; // 2026-03-01 09:30:00 UTC
};

} // namespace sqlgym::cachetest
