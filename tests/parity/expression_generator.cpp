// The expressions of QueryGenerator: each returns SQL of the type it is asked for.
#include "query_generator.h"

namespace sqlgym::parity {

using Ptr = QueryNode::Ptr;

const char *sqlName(Type type)
{
    constexpr const char *kNames[] = {"boolean", "int",  "bigint",    "numeric", "float8",
                                      "text",    "date", "timestamp", "interval"};
    return kNames[static_cast<int>(type)];
}

Ptr expressionOf(Type type, std::vector<QueryNode::Piece> pieces)
{
    constexpr const char *kSimplest[] = {"true",
                                         "1",
                                         "1::bigint",
                                         "1.0",
                                         "1::float8",
                                         "'a'::text",
                                         "'2024-01-01'::date",
                                         "'2024-01-01'::timestamp",
                                         "'1 day'::interval"};
    auto made = std::make_shared<QueryNode>();
    made->sort = type == Type::Bool ? "bool" : sqlName(type);
    made->simplest = kSimplest[static_cast<int>(type)];
    made->pieces = std::move(pieces);
    return made;
}

namespace {

Ptr of(Type type, std::vector<QueryNode::Piece> pieces) { return expressionOf(type, std::move(pieces)); }

} // namespace

Ptr QueryGenerator::literal(Type type)
{
    static const std::vector<std::string> kInts = {"0", "1", "2", "3", "-1", "30", "41", "7", "100", "2147483647"};
    static const std::vector<std::string> kNumerics = {"0.0",  "1.70",  "1.7",    "10.00",
                                                       "-3.5", "0.001", "99.999", "2.50"};
    static const std::vector<std::string> kFloats = {"0.5::float8", "1.25::float8", "-2::float8", "0::float8"};
    static const std::vector<std::string> kTexts = {"'ada'", "'Ulm'", "''", "'one'", "'a'", "'ada '", "'%a%'", "'10'"};
    static const std::vector<std::string> kDates = {"date '2024-02-29'", "date '2024-01-31'", "date '1999-12-31'"};
    static const std::vector<std::string> kTimes = {"timestamp '2024-02-29 00:00'", "timestamp '2024-01-01'"};
    static const std::vector<std::string> kIntervals = {"interval '1 day'", "interval '1 month -3 hours'",
                                                        "interval '0'", "interval '24:00'"};
    if (chance(6))
        return of(type, {std::string("NULL::") + sqlName(type)});
    switch (type) {
    case Type::Bool:
        return of(type, {chance(50) ? "true" : "false"});
    case Type::Int:
        return of(type, {oneOf(kInts)});
    case Type::Big:
        return of(type, {"5000000000"});
    case Type::Numeric:
        return of(type, {oneOf(kNumerics)});
    case Type::Float:
        return of(type, {oneOf(kFloats)});
    case Type::Text:
        return of(type, {oneOf(kTexts) + "::text"});
    case Type::Date:
        return of(type, {oneOf(kDates)});
    case Type::Interval:
        return of(type, {oneOf(kIntervals)});
    case Type::Timestamp:
        break;
    }
    return of(Type::Timestamp, {oneOf(kTimes)});
}

Ptr QueryGenerator::column(Type type, const Scope &scope)
{
    std::vector<std::string> fitting;
    for (const auto &each : scope) {
        if (each.type == type)
            fitting.push_back(each.name);
    }
    return fitting.empty() ? literal(type) : of(type, {oneOf(fitting)});
}

Ptr QueryGenerator::expression(Type type, int depth, const Scope &scope)
{
    if (m_erring > 0 && chance(m_erring))
        return erring(type, depth, scope);
    if (depth <= 0 || chance(30))
        return chance(85) ? column(type, scope) : literal(type);
    if (chance(8)) {
        switch (type) {
        case Type::Text:
            return textEdge(depth, scope);
        case Type::Int:
            return integerEdge(depth, scope);
        case Type::Date:
        case Type::Timestamp:
        case Type::Interval:
            return temporalEdge(type, depth, scope);
        default:
            break;
        }
    }
    if (chance(15))
        return anyKind(type, depth, scope);
    switch (type) {
    case Type::Bool:
        return boolean(depth, scope);
    case Type::Int:
    case Type::Big:
        return integer(type, depth, scope);
    case Type::Numeric:
        return numeric(depth, scope);
    case Type::Float:
        return floating(depth, scope);
    case Type::Text:
        return textual(depth, scope);
    case Type::Date:
    case Type::Timestamp:
    case Type::Interval:
        break;
    }
    return temporal(type, depth, scope);
}

Ptr QueryGenerator::anyKind(Type type, int depth, const Scope &scope)
{
    const auto sub = [&] { return expression(type, depth - 1, scope); };
    switch (pick(5)) {
    case 0:
        return of(type, {"coalesce(", sub(), ", ", sub(), ")"});
    case 1:
        return of(type, {"nullif(", sub(), ", ", sub(), ")"});
    case 2:
        return of(type, {"CASE WHEN ", boolean(depth - 1, scope), " THEN ", sub(), " ELSE ", sub(), " END"});
    case 3:
        return of(type, {"CASE WHEN ", boolean(depth - 1, scope), " THEN ", sub(), " END"});
    default:
        return scalarSubquery(type, depth, scope);
    }
}

Ptr QueryGenerator::comparison(int depth, const Scope &scope)
{
    static const std::vector<std::string> kOperators = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
    const Type type = anyType();
    const auto side = [&] { return expression(type, depth - 1, scope); };
    switch (pick(depth > 0 ? 10 : 8)) {
    case 8:
        return rowComparison(depth, scope);
    case 9:
        return arrayComparison(depth, scope);
    case 0:
        return of(Type::Bool, {side(), " BETWEEN ", side(), " AND ", side()});
    case 1:
        return of(Type::Bool, {side(), chance(70) ? " IN (" : " NOT IN (", side(), ", ", side(), ")"});
    case 2:
        return of(Type::Bool, {side(), chance(50) ? " IS NULL" : " IS NOT NULL"});
    case 3:
        return of(Type::Bool, {side(), chance(50) ? " IS DISTINCT FROM " : " IS NOT DISTINCT FROM ", side()});
    case 4:
        return of(Type::Bool, {side(), chance(50) ? " = ANY (ARRAY[" : " <> ALL (ARRAY[", side(), ", ", side(), "])"});
    case 5:
        // Numbers of different kinds meet in PostgreSQL's own ways.
        return of(Type::Bool, {expression(Type::Int, depth - 1, scope), oneOf(kOperators),
                               expression(chance(50) ? Type::Numeric : Type::Float, depth - 1, scope)});
    default:
        break;
    }
    return of(Type::Bool, {side(), oneOf(kOperators), side()});
}

Ptr QueryGenerator::boolean(int depth, const Scope &scope)
{
    if (depth <= 0)
        return chance(60) ? comparison(0, scope) : column(Type::Bool, scope);
    switch (pick(9)) {
    case 0:
    case 1:
        return of(Type::Bool, {"(", boolean(depth - 1, scope), " AND ", boolean(depth - 1, scope), ")"});
    case 2:
        return of(Type::Bool, {"(", boolean(depth - 1, scope), " OR ", boolean(depth - 1, scope), ")"});
    case 3:
        return of(Type::Bool, {"NOT (", boolean(depth - 1, scope), ")"});
    case 4:
        return of(Type::Bool, {"(", boolean(depth - 1, scope), ")", chance(50) ? " IS TRUE" : " IS NOT FALSE"});
    case 5:
        return condition(depth, scope);
    case 6:
        return of(Type::Bool, {expression(Type::Text, depth - 1, scope), chance(80) ? " LIKE " : " NOT LIKE ",
                               literal(Type::Text)});
    default:
        return comparison(depth, scope);
    }
}

Ptr QueryGenerator::integer(Type type, int depth, const Scope &scope)
{
    static const std::vector<std::string> kOperators = {" + ", " - ", " * ", " + ", " - "};
    const auto side = [&] { return expression(type, depth - 1, scope); };
    switch (pick(10)) {
    case 0:
        return of(type, {"(", side(), chance(70) ? " / " : " % ", literal(type), ")"});
    case 1:
        return of(type, {"abs(", side(), ")"});
    case 2:
        return of(type, {"(-", side(), ")"});
    case 3:
        if (type == Type::Int)
            return of(type, {"length(", expression(Type::Text, depth - 1, scope), ")"});
        return of(type, {expression(Type::Int, depth - 1, scope), "::bigint"});
    case 4:
        return of(type, {"(", expression(Type::Numeric, depth - 1, scope), ")::", sqlName(type)});
    case 5:
        if (type == Type::Int)
            return of(type, {"(", expression(Type::Bool, depth - 1, scope), ")::int"});
        break;
    case 6:
        if (type == Type::Int && has(Type::Date))
            return of(type, {"(", expression(Type::Date, depth - 1, scope), " - ", literal(Type::Date), ")"});
        break;
    default:
        break;
    }
    return of(type, {"(", side(), oneOf(kOperators), side(), ")"});
}

Ptr QueryGenerator::numeric(int depth, const Scope &scope)
{
    static const std::vector<std::string> kOperators = {" + ", " - ", " * ", " * "};
    const auto side = [&] { return expression(Type::Numeric, depth - 1, scope); };
    switch (pick(10)) {
    case 0:
        return of(Type::Numeric, {"(", side(), " / ", literal(Type::Numeric), ")"});
    case 1:
        return of(Type::Numeric, {"round(", side(), ", ", std::to_string(pick(4)), ")"});
    case 2:
        return of(Type::Numeric, {chance(50) ? "trunc(" : "abs(", side(), ")"});
    case 3:
        return of(Type::Numeric, {"(", expression(Type::Int, depth - 1, scope), " * ", side(), ")"});
    case 4:
        return of(Type::Numeric, {"(", expression(Type::Int, depth - 1, scope), ")::numeric"});
    case 5:
        return of(Type::Numeric, {chance(50) ? "floor(" : "ceil(", side(), ")"});
    case 6:
        if (has(Type::Timestamp))
            return of(Type::Numeric, {chance(50) ? "extract(year from " : "extract(epoch from ",
                                      expression(Type::Timestamp, depth - 1, scope), ")"});
        break;
    default:
        break;
    }
    return of(Type::Numeric, {"(", side(), oneOf(kOperators), side(), ")"});
}

Ptr QueryGenerator::floating(int depth, const Scope &scope)
{
    static const std::vector<std::string> kOperators = {" + ", " - ", " * ", " / "};
    const auto side = [&] { return expression(Type::Float, depth - 1, scope); };
    switch (pick(5)) {
    case 0:
        return of(Type::Float, {"(", expression(Type::Int, depth - 1, scope), ")::float8"});
    case 1:
        return of(Type::Float, {chance(50) ? "round(" : "abs(", side(), ")"});
    case 2:
        return of(Type::Float, {"(-", side(), ")"});
    default:
        return of(Type::Float, {"(", side(), oneOf(kOperators), side(), ")"});
    }
}

Ptr QueryGenerator::textual(int depth, const Scope &scope)
{
    const auto side = [&] { return expression(Type::Text, depth - 1, scope); };
    switch (pick(12)) {
    case 0:
        return of(Type::Text, {"upper(", side(), ")"});
    case 1:
        return of(Type::Text, {"lower(", side(), ")"});
    case 2:
        return of(Type::Text, {"substr(", side(), ", ", std::to_string(pick(3)), ", ", std::to_string(pick(4)), ")"});
    case 3:
        return of(Type::Text, {"trim(", side(), ")"});
    case 4:
        return of(Type::Text, {"(", expression(anyType(), depth - 1, scope), ")::text"});
    case 5:
        return of(Type::Text, {"left(", side(), ", ", std::to_string(pick(5) - 1), ")"});
    case 6:
        return of(Type::Text, {"replace(", side(), ", 'a', 'oo')"});
    case 7:
        return of(Type::Text, {"concat(", side(), ", '-', ", expression(Type::Int, depth - 1, scope), ")"});
    case 8:
        return of(Type::Text, {"lpad(", side(), ", ", std::to_string(pick(5)), ", 'xy')"});
    case 9:
        if (has(Type::Date))
            return of(Type::Text, {"to_char(", expression(Type::Date, depth - 1, scope), ", 'YYYY-MM')"});
        break;
    default:
        break;
    }
    return of(Type::Text, {"(", side(), " || ", side(), ")"});
}

Ptr QueryGenerator::temporal(Type type, int depth, const Scope &scope)
{
    const auto side = [&] { return expression(type, depth - 1, scope); };
    if (type == Type::Date) {
        switch (pick(3)) {
        case 0:
            return of(type, {"(", side(), chance(50) ? " + " : " - ", std::to_string(pick(40)), ")"});
        case 1:
            return of(type, {"(", expression(Type::Timestamp, depth - 1, scope), ")::date"});
        default:
            return of(type, {chance(50) ? "greatest(" : "least(", side(), ", ", side(), ")"});
        }
    }
    if (type == Type::Interval) {
        switch (pick(3)) {
        case 0:
            return of(type, {"(", side(), " * ", std::to_string(pick(4)), ")"});
        case 1:
            return of(type, {"(", expression(Type::Timestamp, depth - 1, scope), " - ", literal(Type::Timestamp), ")"});
        default:
            return of(type, {"(", side(), chance(50) ? " + " : " - ", side(), ")"});
        }
    }
    switch (pick(3)) {
    case 0:
        return of(type, {"(", side(), chance(50) ? " + " : " - ", expression(Type::Interval, depth - 1, scope), ")"});
    case 1:
        return of(type, {"date_trunc('month', ", side(), ")"});
    default:
        return of(type, {"(", expression(Type::Date, depth - 1, scope), ")::timestamp"});
    }
}

} // namespace sqlgym::parity
