// Pairs missing rows with extra ones that are probably meant to be them. Internal to grading.
#pragma once

#include "grading/row_match.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace sqlgym::grading {

/// Pairs (expected row, actual row) of the rows that `match` left alone, copies excepted: first rows that differ in one
/// cell, then rows that share at least half of their cells, most first.
std::vector<std::pair<std::size_t, std::size_t>> pairChanged(const CodeRows &expected, const CodeRows &actual,
                                                             const RowMatch &match, const CellRules &rules,
                                                             CellInterner &cells);

} // namespace sqlgym::grading
