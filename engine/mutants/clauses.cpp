// A condition in the wrong clause: WHERE and ON of an outer join, WHERE and HAVING.
#include "mutants/families.h"

#include <algorithm>

namespace sqlgym::mutants {

namespace {

Node *without(Nodes &nodes, std::vector<Node *> conditions, std::size_t index)
{
    conditions.erase(conditions.begin() + static_cast<std::ptrdiff_t>(index));
    return conditions.empty() ? nullptr : nodes.both(std::move(conditions));
}

Node *with(Nodes &nodes, std::vector<Node *> conditions, Node *more)
{
    conditions.push_back(more);
    return nodes.both(std::move(conditions));
}

/// Each condition of `from`, put into `to` instead. An ON must keep one.
void moved(const Finder &finder, const char *what, Node *&from, Node *&to, bool keepsOne)
{
    const std::vector<Node *> conditions = conditionsOf(from);
    for (std::size_t i = 0; i < conditions.size() && conditions.size() > (keepsOne ? 1U : 0U); ++i)
        finder.add(what, [&from, &to, left = without(finder.nodes, conditions, i),
                          joined = with(finder.nodes, conditionsOf(to), conditions[i])](Edits &edits) {
            edits.set(from, left);
            edits.set(to, joined);
        });
}

void eachOuterJoin(const Finder &finder, PgQuery__SelectStmt &select, Node *item)
{
    if (!item || item->node_case != PG_QUERY__NODE__NODE_JOIN_EXPR)
        return;
    PgQuery__JoinExpr &join = *item->join_expr;
    if (join.jointype != PG_QUERY__JOIN_TYPE__JOIN_INNER && join.quals) {
        moved(finder, "a condition of ON in WHERE", join.quals, select.where_clause, true);
        moved(finder, "a condition of WHERE in ON", select.where_clause, join.quals, false);
    }
    eachOuterJoin(finder, select, join.larg);
    eachOuterJoin(finder, select, join.rarg);
}

} // namespace

void clauses(const Finder &finder)
{
    PgQuery__SelectStmt *select = finder.spot.select;
    if (!select)
        return;
    for (std::size_t i = 0; i < select->n_from_clause; ++i)
        eachOuterJoin(finder, *select, select->from_clause[i]);
    moved(finder, "a condition of HAVING in WHERE", select->having_clause, select->where_clause, false);
    if (select->n_group_clause > 0)
        moved(finder, "a condition of WHERE in HAVING", select->where_clause, select->having_clause, false);
}

} // namespace sqlgym::mutants
