// Another column of the same table and type, in the place of each.
#include "mutants/families.h"

namespace sqlgym::mutants {

namespace {

constexpr std::size_t kOthers = 2;

std::vector<std::string> pathOf(const PgQuery__ColumnRef &ref)
{
    std::vector<std::string> path;
    for (std::size_t i = 0; i < ref.n_fields; ++i) {
        if (ref.fields[i]->node_case != PG_QUERY__NODE__NODE_STRING)
            return {};
        path.emplace_back(ref.fields[i]->string->sval);
    }
    return path;
}

} // namespace

void columns(const Finder &finder)
{
    if (!isColumn(finder.spot.slot ? *finder.spot.slot : nullptr))
        return;
    const PgQuery__ColumnRef &ref = *(*finder.spot.slot)->column_ref;
    std::vector<std::string> path = pathOf(ref);
    if (path.empty())
        return;
    const std::string name = path.back();
    const std::vector<std::string> siblings = finder.scope.siblings(ref, finder.spot.within);
    for (std::size_t i = 0; i < siblings.size() && i < kOthers; ++i) {
        path.back() = siblings[i];
        finder.replace(name + " -> " + siblings[i], finder.nodes.columnRef(path));
    }
}

} // namespace sqlgym::mutants
