// AND and OR, conditions that are missing or turned round, WHERE and HAVING left out.
#include "mutants/families.h"

namespace sqlgym::mutants {

namespace {

void connective(const Finder &finder, PgQuery__BoolExpr &expr)
{
    if (expr.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) {
        finder.replace("NOT is missing", expr.args[0]);
        return;
    }
    const bool both = expr.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    finder.add(both ? "AND -> OR" : "OR -> AND", [&expr, both](Edits &edits) {
        edits.set(expr.boolop, both ? PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR : PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR);
    });
    const std::string what = both ? "a condition of AND is missing" : "a condition of OR is missing";
    for (std::size_t i = 0; i < expr.n_args; ++i) {
        if (expr.n_args == 2)
            finder.replace(what, expr.args[1 - i]);
        else
            finder.add(what, [&expr, i, &nodes = finder.nodes](Edits &edits) {
                edits.drop(expr.n_args, expr.args, i, nodes);
            });
        // What is turned round by a mutation of its own is left to that.
        if (expr.args[i]->node_case != PG_QUERY__NODE__NODE_BOOL_EXPR)
            finder.turnRound("a condition is turned round", expr.args[i]);
    }
}

void leftOut(const Finder &finder, const char *what, Node *&clause)
{
    if (clause)
        finder.add(what, [&clause](Edits &edits) { edits.set(clause, nullptr); });
}

} // namespace

void logic(const Finder &finder)
{
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_BOOL_EXPR))
        connective(finder, *node->bool_expr);
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_NULL_TEST)) {
        const bool is = node->null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL;
        finder.add(is ? "IS NULL -> IS NOT NULL" : "IS NOT NULL -> IS NULL",
                   [&test = *node->null_test, is](Edits &edits) {
                       edits.set(test.nulltesttype,
                                 is ? PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL : PG_QUERY__NULL_TEST_TYPE__IS_NULL);
                   });
    }
    if (finder.spot.select) {
        leftOut(finder, "WHERE is missing", finder.spot.select->where_clause);
        leftOut(finder, "HAVING is missing", finder.spot.select->having_clause);
        if (Node *where = finder.spot.select->where_clause; where && where->node_case != PG_QUERY__NODE__NODE_BOOL_EXPR)
            finder.turnRound("WHERE is turned round", finder.spot.select->where_clause);
    }
}

} // namespace sqlgym::mutants
