// Calls of aggregates and window functions, and expressions that raise errors on some rows.
#include "query_generator.h"

namespace sqlgym::parity {

using Ptr = QueryNode::Ptr;

namespace {

Ptr of(Type type, std::vector<QueryNode::Piece> pieces) { return expressionOf(type, std::move(pieces)); }

} // namespace

Ptr QueryGenerator::aggregate(Type type, const Scope &scope)
{
    mark("aggregate");
    const auto of1 = [&](Type inner) { return expression(inner, 1, scope); };
    const std::string distinct = chance(15) ? "DISTINCT " : "";
    switch (type) {
    case Type::Bool:
        return of(type, {chance(50) ? "bool_and(" : "bool_or(", boolean(1, scope), ")"});
    case Type::Big:
        switch (pick(3)) {
        case 0:
            return of(type, {"count(*)"});
        case 1:
            return of(type, {"count(" + distinct, of1(anyType()), ")"});
        default:
            return of(type, {"sum(" + distinct, of1(Type::Int), ")"});
        }
    case Type::Numeric:
        switch (pick(3)) {
        case 0:
            return of(type, {"avg(" + distinct, of1(chance(50) ? Type::Int : Type::Numeric), ")"});
        case 1:
            return of(type, {"sum(" + distinct, of1(Type::Numeric), ")"});
        default:
            break;
        }
        break;
    case Type::Int:
        if (chance(40))
            return of(type, {"count(", of1(anyType()), ")::int"});
        break;
    case Type::Float:
        if (m_luck && chance(50))
            return of(type, {chance(50) ? "sum(" : "avg(", of1(type), ")"});
        break;
    case Type::Text:
        if (chance(m_luck ? 40 : 10)) {
            mark("string_agg");
            const Ptr item = of1(type);
            return of(type,
                      {"string_agg(" + distinct, item, ", ','",
                       distinct.empty() && chance(m_luck ? 30 : 10) ? Ptr(queryPart("nothing", {""}))
                                                                    : Ptr(queryPart("order", {" ORDER BY ", item})),
                       ")"});
        }
        break;
    default:
        break;
    }
    return of(type, {chance(50) ? "min(" : "max(", of1(type), ")"});
}

std::string QueryGenerator::frame()
{
    if (chance(m_erring > 0 ? 35 : 10))
        return computedFrame();
    static const std::vector<std::string> kFrames = {" ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
                                                     " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING",
                                                     " ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING",
                                                     " GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW",
                                                     " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                                                     " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"};
    static const std::vector<std::string> kExclusions = {
        "", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE TIES", " EXCLUDE GROUP"};
    return oneOf(kFrames) + oneOf(kExclusions);
}

Ptr QueryGenerator::windowCall(Type type, const Scope &scope, const std::vector<Ptr> &total)
{
    Pieces over{" OVER ("};
    if (chance(50))
        over.insert(over.end(), {"PARTITION BY ", expression(anyType(), chance(80) ? 0 : 1, scope), " "});
    const bool tied = chance(m_luck ? 40 : 5);
    over.emplace_back("ORDER BY ");
    over.emplace_back(expression(anyType(), chance(80) ? 0 : 1, scope));
    over.emplace_back(chance(30) ? " DESC" : "");
    for (const Ptr &key : tied ? std::vector<Ptr>{} : total)
        over.insert(over.end(), {", ", key});
    Pieces call;
    const auto one = [&] { return expression(type, 1, scope); };
    switch (pick(6)) {
    case 0:
        if (type == Type::Big)
            call = {oneOf(std::vector<std::string>{"row_number()", "rank()", "dense_rank()"})};
        break;
    case 1:
        call = {chance(50) ? "lag(" : "lead(", one(), chance(50) ? ")" : ", 2)"};
        break;
    case 2:
        call = {chance(50) ? "first_value(" : "last_value(", one(), ")"};
        break;
    case 3:
        call = {"nth_value(", one(), ", 2)"};
        break;
    default:
        break;
    }
    if (call.empty() && type == Type::Int) {
        call = {"ntile(2)"};
    } else if (call.empty()) {
        const Ptr inner = aggregate(type, scope);
        // What the grammar adds to an aggregate has no place in a window.
        const std::string text = inner->text();
        const bool fits = text.find("DISTINCT ") == std::string::npos && text.find("string_agg") == std::string::npos;
        if (fits)
            call = {inner};
        else
            call = {"max(", one(), ")"};
    }
    if (chance(30)) {
        mark("frame");
        over.emplace_back(frame());
    }
    over.emplace_back(")");
    call.insert(call.end(), over.begin(), over.end());
    return of(type, std::move(call));
}

/// Fails on some rows, or on all.
Ptr QueryGenerator::erring(Type type, int depth, const Scope &scope)
{
    mark("erring expression");
    if (chance(25))
        return constantError(type);
    const auto operand = [&](Type kind) {
        return depth > 0 && chance(30) ? expression(kind, depth - 1, scope) : column(kind, scope);
    };
    const auto divided = [&] {
        return of(type, {"(", operand(type), " / ", chance(20) ? literal(type) : operand(type), ")"});
    };
    switch (type) {
    case Type::Bool:
        switch (pick(3)) {
        case 0:
            return of(type, {"(", operand(Type::Text), ")::boolean"});
        case 1:
            return of(type, {"(", operand(Type::Text), " LIKE '%\\')"});
        default:
            return of(type, {"(1 / ", operand(Type::Int), " > 0)"});
        }
    case Type::Int:
        switch (pick(4)) {
        case 0:
            return of(type, {"(", operand(Type::Text), ")::int"});
        case 1:
            return of(type, {"(2147483600 + ", operand(Type::Int), ")"});
        case 2:
            return of(type, {"(", operand(Type::Big), ")::int"});
        default:
            return divided();
        }
    case Type::Big:
    case Type::Numeric:
        return chance(30) && type == Type::Numeric ? of(type, {"ln(", operand(type), ")"}) : divided();
    case Type::Float:
        return chance(30) ? of(type, {"sqrt(", operand(type), ")"}) : divided();
    case Type::Text:
        return of(type, {"substr(", operand(type), ", 1, ", operand(Type::Int), ")"});
    case Type::Date:
        return chance(50) ? of(type, {"(", operand(Type::Text), ")::date"})
                          : of(type, {"(", operand(type), " + 2147483647)"});
    case Type::Timestamp:
        return of(type, {"(", operand(Type::Text), ")::timestamp"});
    case Type::Interval:
        return of(type, {"(", operand(type), " / 0)"});
    }
    return literal(type);
}

} // namespace sqlgym::parity
