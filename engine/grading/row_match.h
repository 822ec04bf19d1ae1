// Two bags of rows matched one to one. Internal to grading.
#pragma once

#include "grading/row_codes.h"

#include <cstdint>
#include <vector>

namespace sqlgym::grading {

/// How cells of each expected column are compared.
struct CellRules {
    std::vector<bool> tolerant; ///< per column: within `tolerance`
    Decimal tolerance;
};

struct RowMatch {
    std::vector<std::int64_t> actualOf;   ///< per expected row; -1 = none
    std::vector<std::int64_t> expectedOf; ///< per actual row; -1 = none
    /// Rows without a partner that equal a row which has one: lost and added copies.
    std::vector<bool> expectedIsCopy;
    std::vector<bool> actualIsCopy;
};

bool cellsEqual(Code a, Code b, bool tolerant, const CellRules &rules, CellInterner &cells);
bool rowsEqual(const Code *a, const Code *b, const CellRules &rules, CellInterner &cells);

/// As many rows as possible are matched (with tolerance in several columns: as many as augmenting finds in groups of
/// up to a few hundred alike rows). Equal rows are matched in their order.
RowMatch matchRows(const CodeRows &expected, const CodeRows &actual, const CellRules &rules, CellInterner &cells);

/// Members of the longest non-decreasing subsequence of `values`, marked.
std::vector<bool> longestRising(const std::vector<std::int64_t> &values);

} // namespace sqlgym::grading
