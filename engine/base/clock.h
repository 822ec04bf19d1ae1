// Wall-clock time as a value that tests can set.
#pragma once

#include <chrono>
#include <cstdint>

namespace sqlgym::base {

/// Microseconds since 1970-01-01 00:00:00 UTC.
using UnixMicros = std::int64_t;

class Clock {
public:
    virtual ~Clock() = default;
    virtual UnixMicros now() const
    {
        using namespace std::chrono;
        return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
    }
};

} // namespace sqlgym::base
