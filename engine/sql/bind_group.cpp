// GROUP BY with its grouping sets.
#include "sql/binder.h"

#include "sql/expr_tools.h"

#include <algorithm>
#include <set>

namespace sqlgym::sql {

namespace {

using Sets = std::vector<std::vector<int>>;

std::vector<int> joined(std::vector<int> a, const std::vector<int> &b)
{
    for (const int key : b) {
        if (std::ranges::find(a, key) == a.end())
            a.push_back(key);
    }
    return a;
}

} // namespace

int Binder::groupKeyOf(Scope &scope, Query &query, const Node &node)
{
    const int target = findTarget(scope, query, node, Place::GroupBy, true);
    const auto found = std::ranges::find(query.groupBy, target, &SortKey::target);
    if (found != query.groupBy.end())
        return static_cast<int>(found - query.groupBy.begin());
    const auto sorted = std::ranges::find(query.orderBy, target, &SortKey::target);
    if (sorted != query.orderBy.end())
        query.groupBy.push_back(*sorted);
    else
        query.groupBy.push_back(groupKeyFor(query, target, locationOf(&node)));
    return static_cast<int>(query.groupBy.size()) - 1;
}

/// The sets one item of GROUP BY stands for, as indexes into Query::groupBy.
Sets Binder::groupingSetOf(Scope &scope, Query &query, const Node &node)
{
    if (node.node_case == PG_QUERY__NODE__NODE_GROUPING_SET) {
        const auto &set = *node.grouping_set;
        std::vector<Sets> parts;
        for (std::size_t i = 0; i < set.n_content; ++i)
            parts.push_back(groupingSetOf(scope, query, *set.content[i]));
        Sets out;
        switch (set.kind) {
        case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_EMPTY:
            return {{}};
        case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_SETS:
            for (auto &part : parts)
                out.insert(out.end(), part.begin(), part.end());
            return out;
        case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_ROLLUP:
            for (std::size_t keep = parts.size() + 1; keep > 0; --keep) {
                std::vector<int> keys;
                for (std::size_t i = 0; i + 1 < keep; ++i)
                    keys = joined(std::move(keys), parts[i].front());
                out.push_back(std::move(keys));
            }
            return out;
        case PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_CUBE:
            if (parts.size() > 12)
                fail("54011", "CUBE is limited to 12 elements", set.location);
            for (std::size_t mask = std::size_t{1} << parts.size(); mask > 0; --mask) {
                std::vector<int> keys;
                for (std::size_t i = 0; i < parts.size(); ++i) {
                    if ((mask - 1) >> i & 1)
                        keys = joined(std::move(keys), parts[i].front());
                }
                out.push_back(std::move(keys));
            }
            return out;
        default:
            decline("this form of GROUP BY");
        }
    }
    if (node.node_case == PG_QUERY__NODE__NODE_ROW_EXPR &&
        node.row_expr->row_format == PG_QUERY__COERCION_FORM__COERCE_IMPLICIT_CAST) {
        std::vector<int> keys;
        for (std::size_t i = 0; i < node.row_expr->n_args; ++i)
            keys = joined(std::move(keys), {groupKeyOf(scope, query, *node.row_expr->args[i])});
        return {keys};
    }
    return {{groupKeyOf(scope, query, node)}};
}

void Binder::bindGroupClause(Scope &scope, Query &query, const PgQuery__SelectStmt &stmt)
{
    if (stmt.n_group_clause == 0)
        return;
    query.grouped = true;
    query.groupDistinct = stmt.group_distinct;
    bool hasSets = false;
    Sets product{{}};
    for (std::size_t i = 0; i < stmt.n_group_clause; ++i) {
        const Node &node = *stmt.group_clause[i];
        hasSets = hasSets || node.node_case == PG_QUERY__NODE__NODE_GROUPING_SET;
        const Sets item = groupingSetOf(scope, query, node);
        Sets next;
        for (const auto &left : product) {
            for (const auto &right : item)
                next.push_back(joined(left, right));
        }
        if (next.size() > 4096)
            fail("54001", "too many grouping sets present (maximum 4096)");
        product = std::move(next);
    }
    if (!hasSets)
        return;
    if (query.groupDistinct) {
        std::set<std::set<int>> seen;
        Sets kept;
        for (auto &set : product) {
            if (seen.insert(std::set<int>(set.begin(), set.end())).second)
                kept.push_back(std::move(set));
        }
        product = std::move(kept);
    }
    query.groupingSets = std::move(product);
}

} // namespace sqlgym::sql
