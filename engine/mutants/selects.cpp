// DISTINCT, grouping, ORDER BY's keys, LIMIT and OFFSET.
#include "mutants/families.h"

namespace sqlgym::mutants {

namespace {

void distinct(const Finder &finder, PgQuery__SelectStmt &select)
{
    Nodes &nodes = finder.nodes;
    const bool arms = select.op != PG_QUERY__SET_OPERATION__SETOP_NONE || select.n_values_lists > 0;
    if (select.n_distinct_clause == 0) {
        if (!finder.spot.asSet && !arms && !finder.scope.rowsDiffer(select))
            finder.add("DISTINCT too many", [&select, list = nodes.list({nodes.plainDistinct()})](Edits &edits) {
                edits.set(select.n_distinct_clause, 1U);
                edits.set(select.distinct_clause, list);
            });
        return;
    }
    if (!finder.spot.asSet)
        finder.add("DISTINCT is missing", [&select](Edits &edits) { edits.set(select.n_distinct_clause, 0U); });
    for (std::size_t i = 0; i < select.n_distinct_clause && select.n_distinct_clause > 1; ++i)
        finder.add("DISTINCT ON without a column", [&select, i, &nodes](Edits &edits) {
            edits.drop(select.n_distinct_clause, select.distinct_clause, i, nodes);
        });
}

void keys(const Finder &finder, const char *what, std::size_t &count, Node **&items)
{
    for (std::size_t i = 0; i < count; ++i)
        finder.add(what,
                   [&count, &items, i, &nodes = finder.nodes](Edits &edits) { edits.drop(count, items, i, nodes); });
}

void swapped(const Finder &finder, PgQuery__SelectStmt &select)
{
    for (std::size_t i = 0; i + 1 < select.n_sort_clause; ++i) {
        std::vector<Node *> other(select.sort_clause, select.sort_clause + select.n_sort_clause);
        std::swap(other[i], other[i + 1]);
        finder.add("keys of ORDER BY in another order",
                   [&select, list = finder.nodes.list(other)](Edits &edits) { edits.set(select.sort_clause, list); });
    }
}

void limits(const Finder &finder, PgQuery__SelectStmt &select)
{
    if (select.limit_offset)
        finder.add("OFFSET is missing", [&select](Edits &edits) { edits.set(select.limit_offset, nullptr); });
    if (!select.limit_count)
        return;
    if (select.limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES)
        finder.add("WITH TIES is missing", [&select](Edits &edits) {
            edits.set(select.limit_option, PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_COUNT);
        });
    finder.add("LIMIT is missing", [&select](Edits &edits) {
        edits.set(select.limit_count, nullptr);
        edits.set(select.limit_option, select.limit_offset ? PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_COUNT
                                                           : PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT);
    });
}

} // namespace

void selects(const Finder &finder)
{
    PgQuery__SelectStmt *select = finder.spot.select;
    if (!select)
        return;
    distinct(finder, *select);
    keys(finder, "GROUP BY without a column", select->n_group_clause, select->group_clause);
    keys(finder, "ORDER BY without a key", select->n_sort_clause, select->sort_clause);
    swapped(finder, *select);
    limits(finder, *select);
}

} // namespace sqlgym::mutants
