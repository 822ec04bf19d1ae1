#include "plan/pull_up.h"

#include <unordered_map>
#include <unordered_set>

namespace sqlgym::plan {

using namespace sql;

namespace {

/// Adds `by` to what reaches beyond `depth` levels: the tree moves that many levels further in.
void sink(Query &query, int by)
{
    if (by == 0)
        return;
    std::unordered_set<Expr *> seen;
    auto visit = [&](Expr *&slot, int depth) {
        if (!seen.insert(slot).second)
            return false;
        if (auto *column = as<ColumnExpr>(slot); column && column->range >= 0 && column->levelsUp > depth)
            column->levelsUp += by;
        else if (auto *aggregate = as<AggregateExpr>(slot); aggregate && aggregate->levelsUp > depth)
            aggregate->levelsUp += by;
        return true;
    };
    eachSlot(query, 0, visit);
}

} // namespace

void inlineCtes(BoundStatement &statement, Query &query)
{
    struct Use {
        RangeEntry *entry;
        int depth;
    };
    struct Owner {
        int depth;
        std::vector<Use> uses;
    };
    std::unordered_map<const CteDefinition *, Owner> owners;
    std::vector<CteDefinition *> order;
    std::unordered_set<const RangeEntry *> seen; // the tree holds some queries twice: a = x OR a = y for a IN (x, y)
    auto collect = [&](Query &inner, int depth) {
        inner.hasWith = inner.hasWith || !inner.ctes.empty();
        for (CteDefinition *cte : inner.ctes)
            if (owners.emplace(cte, Owner{depth, {}}).second)
                order.push_back(cte);
        for (RangeEntry &entry : inner.range)
            if (entry.kind == RangeKind::Cte && entry.cte && seen.insert(&entry).second)
                if (auto owner = owners.find(entry.cte); owner != owners.end())
                    owner->second.uses.push_back({&entry, depth});
    };
    eachQuery(query, 0, collect);
    constexpr int kMaterialized = 1;
    constexpr int kNotMaterialized = 2;
    for (CteDefinition *cte : order) {
        const Owner &owner = owners.at(cte);
        // What is written counts: a select list that is grouped by names its CTEs twice, and stands once.
        const bool once = !owner.uses.empty() && cte->references == 1 && cte->materialized != kMaterialized;
        const bool always = cte->materialized == kNotMaterialized && !owner.uses.empty();
        if ((!once && !always) || cte->recursive || isVolatile(*cte->query) || changeOf(*cte->query))
            continue;
        for (std::size_t i = owner.uses.size(); i-- > 0;) {
            const Use &use = owner.uses[i];
            use.entry->kind = RangeKind::Subquery;
            use.entry->subquery = i == 0 ? cte->query : clone(statement, *cte->query);
            use.entry->cte = nullptr;
            // Its definition lies one level inside the owner; its use one level inside the query that uses it.
            sink(*use.entry->subquery, use.depth - owner.depth);
        }
        cte->references = 0;
    }
    auto drop = [](Query &inner, int) {
        std::erase_if(inner.ctes,
                      [](const CteDefinition *cte) { return cte->references == 0 && !changeOf(*cte->query); });
    };
    eachQuery(query, 0, drop);
}

} // namespace sqlgym::plan
