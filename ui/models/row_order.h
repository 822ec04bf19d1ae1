// Sorting and filtering a result without running it again.
#pragma once

#include "base/cancel_token.h"
#include "sandbox/result_table.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sqlgym::models {

struct RowOrder {
    int column = -1; ///< -1: as they came
    bool descending = false;
    std::string filter; ///< rows with a cell that contains it, ASCII letters in any case; empty: all

    bool isNatural() const { return column < 0 && filter.empty(); }
    bool operator==(const RowOrder &) const = default;
};

/// Indexes of the rows in their new order. Numbers by value, everything else by its bytes as C.UTF-8 sorts, equal rows
/// as they came; NULLs last, and first when descending, as PostgreSQL has it. Thread-safe; a million rows take about a
/// second. Once cancelled it ends soon, with any rows in any order.
std::vector<std::uint32_t> orderedRows(const sandbox::ResultTable &table, const RowOrder &order,
                                       const base::CancelToken &cancel);

} // namespace sqlgym::models
