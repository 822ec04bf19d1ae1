// What one column of a result holds, counted without running anything again.
#pragma once

#include "base/cancel_token.h"
#include "sandbox/result_table.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sqlgym::session {

struct ColumnStatistics {
    struct Frequent {
        std::string value;
        std::uint64_t rows = 0;
    };

    std::uint64_t rows = 0;
    std::uint64_t nulls = 0;
    std::uint64_t distinct = 0; ///< of what is not NULL; numbers by value (2.0 is 2), everything else as printed
    /// None without values, and for types whose text does not sort as their values do.
    std::optional<std::string> smallest, largest;
    /// Of numbers: as PostgreSQL's sum() and avg() of numeric, whatever the numeric type. None without values.
    std::optional<std::string> sum, average;
    std::vector<Frequent> frequent; ///< at most kMostFrequent, the most frequent first, then as they came
    static constexpr std::size_t kMostFrequent = 5;
};

/// Of `rows` (nullptr: all) of one column. Thread-safe; a million rows take about a second. None once cancelled.
std::optional<ColumnStatistics> columnStatistics(const sandbox::ResultTable &table,
                                                 const std::vector<std::uint32_t> *rows, std::size_t column,
                                                 const base::CancelToken &cancel);

} // namespace sqlgym::session
