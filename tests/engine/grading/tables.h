// Short ways to write results in tests.
#pragma once

#include "sandbox/result_table.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace sqlgym::tests {

using Cell = std::optional<std::string>;
using Rows = std::vector<std::vector<Cell>>;
inline const Cell null;

inline sandbox::ResultTable table(std::initializer_list<sandbox::Column> columns, const Rows &rows)
{
    sandbox::ResultTable out;
    out.columns.assign(columns);
    for (const auto &row : rows) {
        if (out.columns.empty())
            out.appendEmptyRow();
        for (const Cell &cell : row)
            out.append(cell ? std::optional<std::string_view>(*cell) : std::nullopt);
    }
    return out;
}

} // namespace sqlgym::tests
