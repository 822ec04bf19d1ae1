// COALESCE and NULLIF left out, GREATEST and LEAST.
#include "mutants/families.h"

namespace sqlgym::mutants {

void nullHandling(const Finder &finder)
{
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_COALESCE_EXPR)) {
        PgQuery__CoalesceExpr &expr = *node->coalesce_expr;
        finder.replace("COALESCE is missing", expr.args[0]);
        finder.replace("COALESCE gives its default alone", expr.args[expr.n_args - 1]);
    }
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_A_EXPR);
        node && node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF)
        finder.replace("NULLIF is missing", node->a_expr->lexpr);
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_MIN_MAX_EXPR)) {
        PgQuery__MinMaxExpr &expr = *node->min_max_expr;
        const bool greatest = expr.op == PG_QUERY__MIN_MAX_OP__IS_GREATEST;
        finder.add(greatest ? "GREATEST -> LEAST" : "LEAST -> GREATEST", [&expr, greatest](Edits &edits) {
            edits.set(expr.op, greatest ? PG_QUERY__MIN_MAX_OP__IS_LEAST : PG_QUERY__MIN_MAX_OP__IS_GREATEST);
        });
        for (std::size_t i = 0; i < expr.n_args; ++i)
            finder.replace(greatest ? "GREATEST is missing" : "LEAST is missing", expr.args[i]);
    }
}

} // namespace sqlgym::mutants
