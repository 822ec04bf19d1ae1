// UNION, UNION ALL, INTERSECT and EXCEPT taken for each other, their arms left out or in the other order.
#include "mutants/families.h"

namespace sqlgym::mutants {

void setOperations(const Finder &finder)
{
    PgQuery__SelectStmt *select = finder.spot.select;
    if (!select || select->op == PG_QUERY__SET_OPERATION__SETOP_NONE)
        return;
    struct Kind {
        PgQuery__SetOperation op;
        bool all;
        const char *name;
    };
    static constexpr Kind kKinds[] = {{PG_QUERY__SET_OPERATION__SETOP_UNION, false, "UNION"},
                                      {PG_QUERY__SET_OPERATION__SETOP_UNION, true, "UNION ALL"},
                                      {PG_QUERY__SET_OPERATION__SETOP_INTERSECT, false, "INTERSECT"},
                                      {PG_QUERY__SET_OPERATION__SETOP_EXCEPT, false, "EXCEPT"},
                                      {PG_QUERY__SET_OPERATION__SETOP_EXCEPT, true, "EXCEPT ALL"}};
    for (const Kind &kind : kKinds) {
        if (kind.op != select->op || kind.all != (select->all != 0))
            finder.add(std::string("set operation -> ") + kind.name, [select, kind](Edits &edits) {
                edits.set(select->op, kind.op);
                edits.set(select->all, kind.all ? 1 : 0);
            });
    }
    if (select->op == PG_QUERY__SET_OPERATION__SETOP_EXCEPT)
        finder.add("EXCEPT the other way round", [select](Edits &edits) {
            auto *left = select->larg;
            edits.set(select->larg, select->rarg);
            edits.set(select->rarg, left);
        });
    // An arm alone: what nothing is left of is a set operation with itself.
    for (const bool left : {true, false})
        finder.add(left ? "the first arm is missing" : "the second arm is missing", [select, left](Edits &edits) {
            auto *kept = left ? select->rarg : select->larg;
            edits.set(select->op, PG_QUERY__SET_OPERATION__SETOP_UNION);
            edits.set(select->all, 0);
            edits.set(select->larg, kept);
            edits.set(select->rarg, kept);
        });
}

} // namespace sqlgym::mutants
