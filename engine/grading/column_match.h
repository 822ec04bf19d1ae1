// Which column of a learner's result stands for which expected one. Internal to grading.
#pragma once

#include "content/problem.h"
#include "sandbox/result_table.h"

#include <string>
#include <vector>

namespace sqlgym::grading {

struct ColumnMatch {
    std::vector<int> actualOf;      ///< per expected column; -1 = none
    std::vector<std::string> notes; ///< what is wrong, a sentence each; empty = the columns are right
    std::vector<int> unsettled;     ///< expected columns given an actual one only because it was left over
    bool complete() const;          ///< every expected column has an actual one
};

ColumnMatch matchColumns(const std::vector<sandbox::Column> &expected, const std::vector<sandbox::Column> &actual,
                         const content::ValidationRules &rules);

/// Notes about types for an assignment, a sentence each.
std::vector<std::string> typeNotes(const std::vector<sandbox::Column> &expected,
                                   const std::vector<sandbox::Column> &actual, const std::vector<int> &actualOf);

} // namespace sqlgym::grading
