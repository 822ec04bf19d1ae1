// JSON written straight into text: results may hold millions of cells.
#pragma once

#include <string>
#include <string_view>

namespace sqlgym::ctl {

/// Appends `text` as a JSON string; bytes that are no UTF-8 become U+FFFD.
void appendJsonString(std::string &out, std::string_view text);

} // namespace sqlgym::ctl
