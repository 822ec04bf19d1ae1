// INNER, LEFT, RIGHT, FULL and CROSS JOIN taken for each other.
#include "mutants/families.h"

namespace sqlgym::mutants {

namespace {

struct Kind {
    PgQuery__JoinType type;
    const char *name;
};
constexpr Kind kKinds[] = {{PG_QUERY__JOIN_TYPE__JOIN_INNER, "INNER JOIN"},
                           {PG_QUERY__JOIN_TYPE__JOIN_LEFT, "LEFT JOIN"},
                           {PG_QUERY__JOIN_TYPE__JOIN_RIGHT, "RIGHT JOIN"},
                           {PG_QUERY__JOIN_TYPE__JOIN_FULL, "FULL JOIN"}};

const char *nameOf(PgQuery__JoinType type)
{
    for (const Kind &kind : kKinds) {
        if (kind.type == type)
            return kind.name;
    }
    return "JOIN";
}

} // namespace

void joins(const Finder &finder)
{
    Node *node = finder.spot.is(PG_QUERY__NODE__NODE_JOIN_EXPR);
    if (!node || node->join_expr->is_natural)
        return;
    PgQuery__JoinExpr &join = *node->join_expr;
    if (!join.quals && join.n_using_clause == 0) {
        finder.add("CROSS JOIN -> LEFT JOIN", [&join, always = finder.nodes.boolean(true)](Edits &edits) {
            edits.set(join.jointype, PG_QUERY__JOIN_TYPE__JOIN_LEFT);
            edits.set(join.quals, always);
        });
        return;
    }
    const std::string from = nameOf(join.jointype);
    for (const Kind &kind : kKinds) {
        if (kind.type != join.jointype)
            finder.add(from + " -> " + kind.name,
                       [&join, type = kind.type](Edits &edits) { edits.set(join.jointype, type); });
    }
    finder.add(from + " -> CROSS JOIN", [&join](Edits &edits) {
        edits.set(join.jointype, PG_QUERY__JOIN_TYPE__JOIN_INNER);
        edits.set(join.quals, nullptr);
        edits.set(join.n_using_clause, 0U);
    });
}

} // namespace sqlgym::mutants
