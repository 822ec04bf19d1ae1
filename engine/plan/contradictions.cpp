// Conditions that contradict each other: PostgreSQL compares the constants before it reads a row.
#include "plan/query_planner.h"

#include "catalogue/catalogue.h"
#include "plan/join_rules.h"
#include "sql/expr_tools.h"

namespace sqlgym::plan {

using namespace sql;

namespace {

/// x = 1
struct Fixed {
    FunctionExpr *call = nullptr;
    Expr *expr = nullptr;
    ConstantExpr *constant = nullptr;
};

Fixed asFixed(Expr *qual)
{
    auto *call = as<FunctionExpr>(qual);
    const auto *op = call && call->op && call->arguments.size() == 2 ? catalogue::findOperator(call->op) : nullptr;
    if (!op || !op->canMerge || op->name != "=" || isVolatile(qual))
        return {};
    for (const std::size_t side : {0, 1})
        if (auto *constant = as<ConstantExpr>(call->arguments[side]);
            constant && !constant->value.isNull && rangesOf(call->arguments[1 - side]) != 0)
            return {call, call->arguments[1 - side], constant};
    return {};
}

} // namespace

/// x = 1 AND x = 2 holds for no row, and x is not computed. (Where x cannot fail, nothing shows of that.)
bool QueryPlanner::haveContradiction(const std::vector<Expr *> &quals)
{
    std::vector<Fixed> known;
    for (Expr *qual : quals) {
        const Fixed fixed = asFixed(qual);
        if (!fixed.call || !mayRaise(fixed.expr))
            continue;
        for (const Fixed &other : known) {
            if (other.call->op != fixed.call->op || !equalExpr(other.expr, fixed.expr))
                continue;
            auto *both = m_statement.make<FunctionExpr>(*fixed.call);
            both->arguments = {other.constant, fixed.constant};
            Expr *folded = both;
            m_folder.fold(folded);
            if (failed() || isFalse(folded))
                return true;
        }
        known.push_back(fixed);
    }
    return false;
}

} // namespace sqlgym::plan
