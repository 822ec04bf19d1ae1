#include "zones/zone_data.h"

#include <iterator>

namespace sqlgym::zones {

namespace {

#include "zones/zone_data.inc"

} // namespace

std::span<const NamedZone> zoneNames() { return {kNames, std::size(kNames) - 1}; }

std::string_view zoneBlock(const NamedZone &zone)
{
    return {reinterpret_cast<const char *>(kWords) + zone.offset, zone.size};
}

} // namespace sqlgym::zones
