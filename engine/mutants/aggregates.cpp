// What an aggregate counts: COUNT(*), COUNT(x) and COUNT(DISTINCT x), FILTER, SUM and AVG and so on.
#include "mutants/families.h"

#include <map>

namespace sqlgym::mutants {

namespace {

const std::map<std::string_view, std::vector<const char *>> &confusions()
{
    static const std::map<std::string_view, std::vector<const char *>> kConfusions{
        {"sum", {"avg", "max", "min", "count"}},
        {"avg", {"sum", "max", "min"}},
        {"min", {"max"}},
        {"max", {"min"}},
        {"bool_and", {"bool_or"}},
        {"bool_or", {"bool_and"}},
        {"every", {"bool_or"}},
    };
    return kConfusions;
}

void rename(const Finder &finder, PgQuery__FuncCall &call, const std::string &from, const char *to)
{
    const Node *made = finder.nodes.columnRef({to});
    finder.add(from + " -> " + to, [&call, fields = made->column_ref->fields](Edits &edits) {
        edits.set(call.n_funcname, 1U);
        edits.set(call.funcname, fields);
    });
}

void counts(const Finder &finder, PgQuery__FuncCall &call)
{
    if (!call.agg_star) {
        finder.add("COUNT(x) -> COUNT(*)", [&call](Edits &edits) {
            edits.set(call.agg_star, 1);
            edits.set(call.agg_distinct, 0);
            edits.set(call.n_args, 0U);
        });
        return;
    }
    if (!finder.spot.within)
        return;
    constexpr std::size_t kColumns = 2;
    const auto known = finder.scope.columnsOf(*finder.spot.within);
    for (std::size_t i = 0; i < std::min(kColumns, known.size()); ++i) {
        for (const bool distinct : {false, true})
            finder.add(distinct ? "COUNT(*) -> COUNT(DISTINCT x)" : "COUNT(*) -> COUNT(x)",
                       [&call, distinct, list = finder.nodes.list({finder.nodes.columnRef(known[i])})](Edits &edits) {
                           edits.set(call.agg_star, 0);
                           edits.set(call.agg_distinct, distinct ? 1 : 0);
                           edits.set(call.n_args, 1U);
                           edits.set(call.args, list);
                       });
    }
}

} // namespace

void aggregates(const Finder &finder)
{
    Node *node = finder.spot.is(PG_QUERY__NODE__NODE_FUNC_CALL);
    if (!node)
        return;
    PgQuery__FuncCall &call = *node->func_call;
    const std::string name(lastName(call.funcname, call.n_funcname));
    if (call.agg_filter)
        finder.add("FILTER is missing", [&call](Edits &edits) { edits.set(call.agg_filter, nullptr); });
    if (call.n_agg_order > 0 && !call.agg_within_group)
        finder.add("ORDER BY is missing in an aggregate", [&call](Edits &edits) { edits.set(call.n_agg_order, 0U); });
    if (name == "count")
        counts(finder, call);
    if (const auto known = confusions().find(name); known != confusions().end() && !call.agg_distinct) {
        for (const char *other : known->second)
            rename(finder, call, name, other);
    }
    const bool sums = name == "count" || name == "sum" || name == "avg" || name == "string_agg" || name == "array_agg";
    if (sums && !call.agg_star)
        finder.add(call.agg_distinct ? "DISTINCT is missing in an aggregate" : "DISTINCT in an aggregate",
                   [&call](Edits &edits) { edits.set(call.agg_distinct, call.agg_distinct ? 0 : 1); });
}

} // namespace sqlgym::mutants
