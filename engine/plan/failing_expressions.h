// Expressions that cannot be evaluated, found before anything is planned.
#pragma once

#include "plan/possible_values.h"

namespace sqlgym::plan {

/// Has the statement queries inside one another: subqueries, common table expressions, set operations?
bool hasSeveralQueries(sql::Query &query);

struct FailingExpressions {
    bool constant = false; ///< one over constants: whether PostgreSQL meets it may hang on what its planner does
    bool sure = false;     ///< such a one stands where PostgreSQL folds it whatever is around
    /// One fails on values that tables have, in a subquery that EXISTS, IN, ANY or ALL asks or that is LATERAL: on
    /// which rows it is computed hangs on the plan.
    bool inSubquery = false;
    bool fullJoinsPlanned = true; ///< all FULL JOINs are planned, and refused, whatever is around
};

FailingExpressions findFailing(sql::BoundStatement &statement, sql::Query &query, ConstantEvaluator &evaluator,
                               const ColumnValues &columnValues);

} // namespace sqlgym::plan
