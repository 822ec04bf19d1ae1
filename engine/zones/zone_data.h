// The zones that were embedded when building.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sqlgym::zones {

struct NamedZone {
    std::string_view lowerName; ///< "europe/berlin"
    std::string_view name;      ///< "Europe/Berlin"
    std::uint32_t offset = 0, size = 0;
};

/// Sorted by lowerName; empty where the machine that built this had none.
std::span<const NamedZone> zoneNames();
/// The 64-bit block of a zone file with its footer (RFC 8536, 3.2 and 3.3).
std::string_view zoneBlock(const NamedZone &zone);

} // namespace sqlgym::zones
