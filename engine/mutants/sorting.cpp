// ASC and DESC, NULLS FIRST and LAST: in ORDER BY, windows and aggregates.
#include "mutants/families.h"

namespace sqlgym::mutants {

namespace {

// The name may be one that the list gives: ORDER BY total.
const Node *meant(const Node *key, const PgQuery__SelectStmt *within)
{
    if (!within || !isColumn(key) || key->column_ref->n_fields != 1)
        return key;
    const std::string_view name = lastName(key->column_ref->fields, 1);
    for (std::size_t i = 0; i < within->n_target_list; ++i) {
        const Node *target = within->target_list[i];
        if (target->node_case == PG_QUERY__NODE__NODE_RES_TARGET && target->res_target->name &&
            name == target->res_target->name)
            return target->res_target->val;
    }
    return key;
}

bool neverNull(const Finder &finder, const Node *key)
{
    const Node *node = meant(key, finder.spot.within);
    if (isColumn(node))
        return finder.scope.neverNull(*node->column_ref, finder.spot.within);
    return node->node_case == PG_QUERY__NODE__NODE_FUNC_CALL &&
           lastName(node->func_call->funcname, node->func_call->n_funcname) == "count";
}

} // namespace

void sorting(const Finder &finder)
{
    Node *node = finder.spot.is(PG_QUERY__NODE__NODE_SORT_BY);
    if (!node)
        return;
    PgQuery__SortBy &key = *node->sort_by;
    const bool descending = key.sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    finder.add(descending ? "DESC -> ASC" : "ASC -> DESC", [&key, descending](Edits &edits) {
        edits.set(key.sortby_dir, descending ? PG_QUERY__SORT_BY_DIR__SORTBY_ASC : PG_QUERY__SORT_BY_DIR__SORTBY_DESC);
    });
    const bool written = key.sortby_nulls != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT;
    if (!written && neverNull(finder, key.node))
        return;
    const bool first = written ? key.sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST : descending;
    finder.add(first ? "NULLS FIRST -> NULLS LAST" : "NULLS LAST -> NULLS FIRST", [&key, first](Edits &edits) {
        edits.set(key.sortby_nulls,
                  first ? PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST : PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST);
    });
    if (written && first != descending)
        finder.add("NULLS FIRST or LAST is missing", [&key](Edits &edits) {
            edits.set(key.sortby_nulls, PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT);
        });
}

} // namespace sqlgym::mutants
