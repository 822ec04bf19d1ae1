// How a query goes about its problem, in words, and what it comes down to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::insight {

struct Approach {
    bool readable = false; ///< it parsed, and is not beyond measure
    std::string words;     ///< "NOT EXISTS", "LEFT JOIN … IS NULL, GROUP BY", "one plain SELECT"; never empty
    std::vector<std::string> plain; ///< plainWords(); empty if not readable
};

/// Any text; what does not parse is named "not SQL that PostgreSQL reads".
Approach approachOf(std::string_view sql);

} // namespace sqlgym::insight
