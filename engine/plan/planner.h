// Bound tree -> plan.
#pragma once

#include "plan/fold.h"
#include "plan/plan.h"

#include <functional>
#include <memory>

namespace sqlgym::plan {

/// Estimated rows of a table, for join order.
using TableSize = std::function<double(const sql::TableDefinition &)>;

struct PlanOptions {
    TableSize tableSize;
    /// Conditions that can fail are tested last, on rows for which all others hold: an error that shows even then shows
    /// under every plan of PostgreSQL's.
    bool failLate = false;
    /// The query is what an UPDATE or DELETE reads: no column of its items goes unread.
    bool keepsRows = false;
};

/// Plans `query`, rewriting its expressions in place. nullptr when planning fails: an error (a constant expression that
/// cannot be evaluated, as in PostgreSQL) or a decline, both in the evaluator's stop slot.
std::unique_ptr<PlannedStatement> planQuery(sql::BoundStatement &statement, sql::Query &query,
                                            ConstantEvaluator &evaluator, const PlanOptions &options);

} // namespace sqlgym::plan
