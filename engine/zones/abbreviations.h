// The abbreviations of time zones that PostgreSQL knows without a setting (its set "Default").
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sqlgym::zones {

/// Fixed, or dynamic: what it means depends on the moment, as `zone` used it.
struct Abbreviation {
    std::string_view lowerName;
    std::int32_t eastSeconds = 0;
    bool isDst = false;
    std::string_view zone = {}; ///< empty: fixed
};

/// nullptr: none. `lowerName` is in lower case.
const Abbreviation *findAbbreviation(std::string_view lowerName);
std::span<const Abbreviation> abbreviations();

} // namespace sqlgym::zones
