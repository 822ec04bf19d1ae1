// CSV as PostgreSQL's COPY writes it: a value without quotes that is empty is NULL, "" is the empty string.
#pragma once

#include "base/result.h"
#include "content/problem.h"

#include <string_view>
#include <vector>

namespace sqlgym::content {

/// A file of rows: values parted by ',', lines by a line feed (or CR LF), quotes doubled within quotes. A value in
/// quotes may hold line breaks. The last line may end without one; an empty line is one NULL.
struct Csv {
    std::vector<Row> rows;  ///< as they stand, the header too
    std::vector<int> lines; ///< where each begins, from 1
};

/// Errors: content/bad_csv  "line 7: ..."
base::Result<Csv> parseCsv(std::string_view text);

} // namespace sqlgym::content
