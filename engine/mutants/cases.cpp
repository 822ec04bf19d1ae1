// The arms of CASE: left out, in another order, alone.
#include "mutants/families.h"

#include <utility>

namespace sqlgym::mutants {

void cases(const Finder &finder)
{
    Node *node = finder.spot.is(PG_QUERY__NODE__NODE_CASE_EXPR);
    if (!node)
        return;
    PgQuery__CaseExpr &expr = *node->case_expr;
    if (expr.defresult) {
        finder.add("ELSE is missing", [&expr](Edits &edits) { edits.set(expr.defresult, nullptr); });
        finder.replace("CASE gives its ELSE alone", expr.defresult);
    }
    for (std::size_t i = 0; i < expr.n_args; ++i) {
        if (expr.n_args > 1)
            finder.add("an arm of CASE is missing", [&expr, i, &nodes = finder.nodes](Edits &edits) {
                edits.drop(expr.n_args, expr.args, i, nodes);
            });
        else
            finder.replace("CASE gives its only arm always", expr.args[0]->case_when->result);
        if (i + 1 < expr.n_args) {
            std::vector<Node *> other(expr.args, expr.args + expr.n_args);
            std::swap(other[i], other[i + 1]);
            finder.add("arms of CASE in another order",
                       [&expr, list = finder.nodes.list(other)](Edits &edits) { edits.set(expr.args, list); });
        }
    }
}

} // namespace sqlgym::mutants
