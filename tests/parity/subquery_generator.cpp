// Subqueries in expressions: scalar, EXISTS, IN, ANY and ALL, most of them correlated.
#include "query_generator.h"

namespace sqlgym::parity {

using Ptr = QueryNode::Ptr;

Ptr QueryGenerator::condition(int depth, const Scope &scope)
{
    static const std::vector<std::string> kComparisons = {" = ANY (", " < ANY (", " >= ALL (", " <> ALL (",
                                                          " IN (",    " IN (",    " NOT IN ("};
    const bool correlated = chance(60);
    const Scope outer = correlated ? scope : Scope{};
    mark(correlated ? "correlated subquery" : "subquery");
    const int inside = depth > 1 && chance(40) ? 1 : 0;
    if (chance(45)) {
        return expressionOf(Type::Bool, {chance(70) ? "EXISTS (" : "NOT EXISTS (",
                                         select(inside, outer, {chance(50) ? Type::Int : anyType()}, false), ")"});
    }
    const Type type = anyType();
    return expressionOf(Type::Bool, {"(", expression(type, depth - 1, scope), oneOf(kComparisons),
                                     select(inside, outer, {type}, chance(10)), "))"});
}

Ptr QueryGenerator::scalarSubquery(Type type, int depth, const Scope &scope)
{
    const bool correlated = chance(60);
    const Scope outer = correlated ? scope : Scope{};
    mark(correlated ? "correlated scalar subquery" : "scalar subquery");
    Scope own;
    switch (pick(10)) {
    case 0:
        if (m_erring > 0) // more than one row is an error
            return expressionOf(type, {"(", select(0, outer, {type}, false), ")"});
        break;
    case 1:
    case 2:
    case 3: {
        const Ptr source = from(depth > 1 ? 1 : 0, own, outer);
        Scope all = own;
        all.insert(all.end(), outer.begin(), outer.end());
        const Ptr item = aggregate(type, own);
        return expressionOf(type, {"(SELECT ", item, " FROM ", source, whereClause(1, all), ")"});
    }
    default:
        break;
    }
    m_bare = true;
    return expressionOf(type, {"(", select(0, outer, {type}, false), " ORDER BY 1 LIMIT 1)"});
}

} // namespace sqlgym::parity
