// INSERT, UPDATE and DELETE: a condition, a SET or a conflict's rule left out.
#include "mutants/families.h"

namespace sqlgym::mutants {

namespace {

void leftOut(const Finder &finder, const char *what, std::size_t &count, Node **&items)
{
    for (std::size_t i = 0; i < count && count > 1; ++i)
        finder.add(what,
                   [&count, &items, i, &nodes = finder.nodes](Edits &edits) { edits.drop(count, items, i, nodes); });
}

void where(const Finder &finder, Node *&clause)
{
    if (clause)
        finder.add("WHERE is missing", [&clause](Edits &edits) { edits.set(clause, nullptr); });
}

} // namespace

void changes(const Finder &finder)
{
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_UPDATE_STMT)) {
        leftOut(finder, "a column of SET is missing", node->update_stmt->n_target_list, node->update_stmt->target_list);
        where(finder, node->update_stmt->where_clause);
    }
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_DELETE_STMT))
        where(finder, node->delete_stmt->where_clause);
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_INSERT_STMT); node && node->insert_stmt->on_conflict_clause)
        finder.add("ON CONFLICT is missing",
                   [&insert = *node->insert_stmt](Edits &edits) { edits.set(insert.on_conflict_clause, nullptr); });
    PgQuery__OnConflictClause *conflict = finder.spot.conflict;
    if (!conflict || conflict->action != PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE)
        return;
    leftOut(finder, "a column of DO UPDATE SET is missing", conflict->n_target_list, conflict->target_list);
    where(finder, conflict->where_clause);
    finder.add("DO UPDATE -> DO NOTHING", [conflict](Edits &edits) {
        edits.set(conflict->action, PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_NOTHING);
        edits.set(conflict->n_target_list, 0U);
        edits.set(conflict->where_clause, nullptr);
    });
}

} // namespace sqlgym::mutants
