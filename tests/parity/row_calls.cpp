// Functions of many rows: aggregates, window functions, sets.
#include "catalogue_calls.h"

#include "catalogue/type_oids.h"

namespace sqlgym::parity {

namespace {

namespace type = catalogue::type;
using Ptr = QueryNode::Ptr;
using Pieces = std::vector<QueryNode::Piece>;

} // namespace

Ptr CatalogueCalls::setQuery(const Row &row)
{
    const auto query = std::make_shared<QueryNode>();
    query->sort = "query";
    query->ordered = true;
    Pieces call{std::string(row.name) + "("};
    for (auto &piece : argumentList(row, 0, false))
        call.push_back(std::move(piece));
    call.emplace_back(")");
    const Ptr made = nodeOf("set", std::move(call));
    if (!m_columns.empty()) {
        const Ptr from = values(1 + below(3));
        if (chance(50))
            query->pieces = {"SELECT ", made, " FROM ", from};
        else
            query->pieces = {"SELECT * FROM ", from, chance(50) ? " CROSS JOIN LATERAL " : ", ", made, " AS s"};
    } else if (chance(40)) {
        query->pieces = {"SELECT ", made, chance(30) ? ", 1 AS n" : ""};
    } else {
        query->pieces = {"SELECT * FROM ", made, chance(30) ? " WITH ORDINALITY" : ""};
    }
    return query;
}

Ptr CatalogueCalls::aggregateCall(const Row &row)
{
    const auto *aggregate = catalogue::findAggregate(row.oid);
    Pieces pieces{std::string(row.name) + "("};
    const bool within = aggregate->kind != 'n';
    if (row.arguments.empty()) {
        pieces.emplace_back(within ? "" : "*");
    } else if (!within) {
        pieces.emplace_back(nodeOf("distinct", {chance(15) ? "DISTINCT " : ""}, true));
        for (auto &piece : argumentList(row, 0, true))
            pieces.push_back(std::move(piece));
        if (!m_columns.empty() && chance(30))
            pieces.emplace_back(nodeOf("order",
                                       {" ORDER BY c" + std::to_string(1 + below(m_columns.size())) +
                                        oneOf<std::string>({"", " DESC", " NULLS FIRST", " DESC NULLS LAST"})},
                                       true));
    } else if (aggregate->kind == 'h') {
        pieces.emplace_back(m_values.typed(m_element, {}));
    } else if (aggregate->directArguments > 0) {
        static const std::vector<std::string> kFractions{"0.5", "0", "1", "0.25", "0.9", "NULL", "1.5", "-0.1"};
        pieces.emplace_back(chance(80) || row.arguments[0] != catalogue::type::kFloat8Array
                                ? oneOf(kFractions)
                                : std::string("ARRAY[0.5, 0, NULL, 1]"));
    }
    pieces.emplace_back(")");
    if (within) {
        pieces.emplace_back(" WITHIN GROUP (ORDER BY ");
        const Oid declared = row.arguments.empty() ? type::kAnyelement : row.arguments.back();
        const Oid ordered = aggregate->kind == 'h' ? m_element : concrete(declared);
        pieces.emplace_back(column(ordered, {}));
        pieces.emplace_back(chance(25) ? " DESC)" : ")");
    }
    if (!m_columns.empty() && chance(15))
        pieces.emplace_back(nodeOf("filter",
                                   {" FILTER (WHERE c" + std::to_string(1 + below(m_columns.size())) +
                                    (chance(70) ? " IS NOT NULL)" : " IS NULL)")},
                                   true));
    return nodeOf("aggregate", std::move(pieces));
}

Ptr CatalogueCalls::aggregateQuery(const Row &row)
{
    const bool window = chance(30);
    if (window)
        return windowQuery(row);
    const auto query = std::make_shared<QueryNode>();
    query->sort = "query";
    const Ptr call = aggregateCall(row);
    const bool grouped = chance(35);
    const std::string group = "c" + std::to_string(m_columns.size() + 1);
    if (grouped || m_columns.empty())
        m_columns.push_back({type::kInt4, {{}, 0, "small"}});
    const Ptr from = values(1 + below(8));
    query->pieces = {grouped ? "SELECT " + group + ", " : "SELECT ", call, " FROM ", from};
    if (chance(8))
        query->pieces.emplace_back(nodeOf("where", {" WHERE false"}, true));
    if (grouped)
        query->pieces.emplace_back(" GROUP BY " + group);
    return query;
}

std::string CatalogueCalls::frame()
{
    const std::string unit = oneOf<std::string>({"ROWS", "RANGE", "GROUPS"});
    const auto bound = [&](bool start) {
        switch (below(4)) {
        case 0:
            return std::string(start ? "UNBOUNDED PRECEDING" : "UNBOUNDED FOLLOWING");
        case 1:
            return std::string("CURRENT ROW");
        case 2:
            return std::to_string(below(3)) + " PRECEDING";
        default:
            return std::to_string(below(3)) + " FOLLOWING";
        }
    };
    std::string text = " " + unit + " BETWEEN " + bound(true) + " AND " + bound(false);
    if (chance(30))
        text += " EXCLUDE " + oneOf<std::string>({"CURRENT ROW", "GROUP", "TIES", "NO OTHERS"});
    return text;
}

Ptr CatalogueCalls::windowQuery(const Row &row)
{
    const auto query = std::make_shared<QueryNode>();
    query->sort = "query";
    Ptr call;
    if (row.kind == 'a') {
        call = aggregateCall(row);
    } else {
        Pieces pieces{std::string(row.name) + "("};
        for (std::size_t i = 0; i < row.arguments.size(); ++i) {
            pieces.emplace_back(i ? ", " : "");
            const Oid oid = concrete(row.arguments[i]);
            pieces.emplace_back(i == 0 && oid != type::kInt4 ? column(oid, {})
                                                             : m_values.constant(oid, {{}, 1, i ? "small" : ""}));
        }
        pieces.emplace_back(")");
        call = nodeOf("window function", std::move(pieces));
    }
    const std::string order = "c" + std::to_string(m_columns.size() + 1);
    const std::string part = "c" + std::to_string(m_columns.size() + 2);
    m_columns.push_back({type::kInt4, {{}, 0, chance(30) ? "small" : "int4"}});
    m_columns.push_back({type::kInt4, {{}, 0, "small"}});
    std::string over = " OVER (";
    if (chance(35))
        over += "PARTITION BY " + part + " ";
    over += "ORDER BY " + order + (chance(25) ? " DESC" : "");
    const Ptr framed = nodeOf("frame", {chance(55) ? frame() : std::string()}, true);
    const Ptr from = values(1 + below(8));
    query->pieces = {"SELECT " + order + ", ", call, over, framed, ") FROM ", from};
    return query;
}

} // namespace sqlgym::parity
