// What people look for in a dialect, each with a statement that uses it.
#pragma once

#include <span>

namespace sqlgym::dialect {

struct Probe {
    const char *topic;
    const char *name; ///< as the page shows it
    const char *sample;
    const char *why = nullptr; ///< the reason, should the engine decline it; nullptr: it is not written yet
};

/// Topic by topic, in the page's order.
std::span<const Probe> probes();

} // namespace sqlgym::dialect
