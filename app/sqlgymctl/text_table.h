// Columns of text under each other.
#pragma once

#include <string>
#include <vector>

namespace sqlgym::ctl {

/// Each row on a line, cells padded to their column's width in characters, two blanks between; no trailing blanks.
std::string textTable(const std::vector<std::vector<std::string>> &rows);

} // namespace sqlgym::ctl
