// Short ways to write rules and results of one cell in tests.
#pragma once

#include "content/problem.h"
#include "tables.h"

namespace sqlgym::tests {

inline content::ValidationRules ordered(content::RowOrder order, std::vector<content::OrderKey> keys = {})
{
    content::ValidationRules rules;
    rules.rowOrder = order;
    rules.orderBy = std::move(keys);
    return rules;
}

inline content::ValidationRules tolerant(double tolerance)
{
    content::ValidationRules rules;
    rules.tolerance = tolerance;
    return rules;
}

inline sandbox::ResultTable one(const std::string &type, const Cell &cell) { return table({{"x", type}}, {{cell}}); }

} // namespace sqlgym::tests
