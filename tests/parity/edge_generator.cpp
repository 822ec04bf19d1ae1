// Constants that fail, calls on edge values, and rarer forms of windows, lists and subqueries.
#include "query_generator.h"

namespace sqlgym::parity {

using Ptr = QueryNode::Ptr;

namespace {

Ptr of(Type type, std::vector<QueryNode::Piece> pieces) { return expressionOf(type, std::move(pieces)); }

} // namespace

/// Fails wherever it is computed; PostgreSQL's planner computes some of them, the others when a row asks.
Ptr QueryGenerator::constantError(Type type)
{
    mark("failing constant");
    static const std::vector<std::string> kBools = {"(1 / 0 > 0)", "('maybe'::text)::boolean", "('a' LIKE 'a\\')"};
    static const std::vector<std::string> kInts = {"(1 / 0)", "(2147483647 + 1)", "('x'::text)::int",
                                                   "(5000000000)::int", "length(substr('abc', 1, -1))"};
    static const std::vector<std::string> kBigs = {"(1::bigint / 0)", "(9223372036854775807 + 1)"};
    static const std::vector<std::string> kNumerics = {"(1.0 / 0)", "ln(0.0)", "(123.45)::numeric(3,2)",
                                                       "power(0.0, -1)"};
    static const std::vector<std::string> kFloats = {"sqrt(-1::float8)", "(1::float8 / 0)", "exp(1000::float8)"};
    static const std::vector<std::string> kTexts = {"substr('abc', 2, -1)", "chr(0)", "split_part('a', 'b', 0)"};
    static const std::vector<std::string> kDates = {"make_date(2023, 2, 29)", "(date '2024-01-31' + 2147483647)",
                                                    "('noday'::text)::date"};
    static const std::vector<std::string> kTimes = {"('notime'::text)::timestamp",
                                                    "date_trunc('moon', timestamp '2024-01-01')"};
    static const std::vector<std::string> kIntervals = {"(interval '1 day' / 0)", "('long'::text)::interval"};
    const std::vector<std::string> *kLists[] = {&kBools, &kInts,  &kBigs,  &kNumerics, &kFloats,
                                                &kTexts, &kDates, &kTimes, &kIntervals};
    return of(type, {oneOf(*kLists[static_cast<int>(type)])});
}

/// Functions of texts where their arguments end.
Ptr QueryGenerator::textEdge(int depth, const Scope &scope)
{
    mark("edge of a text function");
    const auto text = [&] { return expression(Type::Text, depth - 1, scope); };
    const auto number = [&] { return std::to_string(pick(9) - 4); };
    switch (pick(12)) {
    case 0:
        return of(Type::Text, {"split_part(", text(), ", ", literal(Type::Text), ", ", chance(90) ? "1" : "2", ")"});
    case 1:
        return of(Type::Text, {"right(", text(), ", ", number(), ")"});
    case 2:
        return of(Type::Text, {"repeat(", text(), ", ", number(), ")"});
    case 3:
        return of(Type::Text, {"translate(", text(), ", 'abU', 'xy')"});
    case 4:
        return of(Type::Text, {"overlay(", text(), " placing ", text(), " from ", std::to_string(1 + pick(3)), ")"});
    case 5:
        return of(Type::Text, {"reverse(initcap(", text(), "))"});
    case 6:
        return of(Type::Text, {"rpad(", text(), ", ", number(), ", ", literal(Type::Text), ")"});
    case 7:
        return of(Type::Text, {"concat_ws('-', ", text(), ", ", text(), ", ", text(), ")"});
    case 8:
        return of(Type::Text, {"to_char(", expression(Type::Numeric, depth - 1, scope), ", 'FM990.00')"});
    case 9:
        return of(Type::Text, {"substring(", text(), " from '[a-u]+')"});
    case 10:
        return of(Type::Text, {"regexp_replace(", text(), ", '[aeiou]', '<\\&>', 'g')"});
    default:
        return of(Type::Text, {"coalesce(nullif(btrim(", text(), ", 'a '), ''), 'none')"});
    }
}

/// Numbers that come out of dates, times and texts.
Ptr QueryGenerator::integerEdge(int depth, const Scope &scope)
{
    mark("edge of a number");
    const auto text = [&] { return expression(Type::Text, depth - 1, scope); };
    if (has(Type::Timestamp) && chance(50)) {
        static const std::vector<std::string> kFields = {"week", "isoyear", "dow",   "isodow",
                                                         "doy",  "quarter", "decade"};
        return of(Type::Int,
                  {"extract(" + oneOf(kFields) + " from ", expression(Type::Timestamp, depth - 1, scope), ")::int"});
    }
    switch (pick(4)) {
    case 0:
        return of(Type::Int, {"position(", literal(Type::Text), " in ", text(), ")"});
    case 1:
        return of(Type::Int, {"ascii(", text(), ")"});
    case 2:
        return of(Type::Int, {"octet_length(", text(), ")"});
    default:
        return of(Type::Int, {"sign(", expression(Type::Numeric, depth - 1, scope), ")::int"});
    }
}

/// Dates and times at the ends of months, years and days.
Ptr QueryGenerator::temporalEdge(Type type, int depth, const Scope &scope)
{
    mark("edge of a date");
    static const std::vector<std::string> kUnits = {"'year'", "'quarter'", "'week'", "'day'", "'hour'", "'decade'"};
    const auto moment = [&] { return expression(Type::Timestamp, depth - 1, scope); };
    if (type == Type::Interval) {
        switch (pick(3)) {
        case 0:
            return of(type, {"age(", moment(), ", ", moment(), ")"});
        case 1:
            return of(type, {"justify_hours(", expression(type, depth - 1, scope), ")"});
        default:
            return of(type, {"justify_interval(", expression(type, depth - 1, scope), " * 25)"});
        }
    }
    const Ptr cut = of(Type::Timestamp, {"date_trunc(" + oneOf(kUnits) + ", ", moment(), ")"});
    if (type == Type::Timestamp)
        return chance(50) ? cut
                          : of(type, {"(", moment(), " + interval '1 month' * ", std::to_string(pick(30) - 12), ")"});
    return chance(50) ? of(type, {"(", cut, ")::date"})
                      : of(type, {"(", expression(type, depth - 1, scope), " + interval '1 month')::date"});
}

/// A frame with offsets in the type of what the window is ordered by.
std::string QueryGenerator::rangeFrame(Type type)
{
    static const std::vector<std::string> kEnds = {"CURRENT ROW", "UNBOUNDED FOLLOWING"};
    std::string offset;
    switch (type) {
    case Type::Int:
    case Type::Big:
        offset = std::to_string(pick(12));
        break;
    case Type::Numeric:
        offset = chance(50) ? "0.5" : "10.0";
        break;
    case Type::Float:
        offset = "1.5";
        break;
    case Type::Date:
    case Type::Timestamp:
        offset = chance(50) ? "interval '1 month'" : "interval '30 days 12 hours'";
        break;
    default:
        return frame();
    }
    mark("RANGE with an offset");
    return chance(60) ? " RANGE BETWEEN " + offset + " PRECEDING AND " + oneOf(kEnds)
                      : " RANGE BETWEEN " + offset + " PRECEDING AND " + offset + " FOLLOWING";
}

/// A window function over a partition, ordered by one column that may have ties: what depends on them is not asked.
Ptr QueryGenerator::peerWindow(Type type, const Scope &scope)
{
    mark("window over peers");
    const Type keyType = anyType();
    Pieces over{" OVER ("};
    if (chance(50))
        over.insert(over.end(), {"PARTITION BY ", expression(anyType(), 0, scope), " "});
    over.insert(over.end(),
                {"ORDER BY ", column(keyType, scope), chance(30) ? " DESC" : "", chance(20) ? " NULLS FIRST" : ""});
    static const std::vector<std::string> kFrames = {
        "",
        "",
        " GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
        " GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING",
        " RANGE UNBOUNDED PRECEDING EXCLUDE TIES",
        " GROUPS CURRENT ROW EXCLUDE CURRENT ROW",
        " GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE GROUP"};
    const std::string chosen = chance(40) ? rangeFrame(keyType) : oneOf(kFrames);
    over.emplace_back(chosen.find(" ROWS ") == std::string::npos ? chosen : std::string());
    over.emplace_back(")");
    Pieces call;
    switch (type) {
    case Type::Float:
        call = {chance(50) ? "percent_rank()" : "cume_dist()"};
        break;
    case Type::Big:
        call = {chance(30) ? "rank()" : chance(50) ? "dense_rank()" : "count(*)"};
        if (chance(30))
            call = {"sum(", expression(Type::Int, 1, scope), ") FILTER (WHERE ", boolean(1, scope), ")"};
        break;
    case Type::Numeric:
        call = {"sum(", expression(type, 1, scope), ")"};
        break;
    case Type::Bool:
        call = {"bool_or(", boolean(1, scope), ")"};
        break;
    default:
        call = {chance(50) ? "min(" : "max(", expression(type, 1, scope), ")"};
        break;
    }
    call.insert(call.end(), over.begin(), over.end());
    return of(type, std::move(call));
}

/// A subquery with WITH of its own, whose part is read once or twice.
Ptr QueryGenerator::withInside(int depth, const Scope &outer, const std::vector<Type> &types)
{
    mark("WITH in a subquery");
    const std::string name = "v" + alias();
    GeneratedTable table{name, {}};
    std::string names;
    const std::vector<Type> own = someTypes(2);
    for (std::size_t i = 0; i < own.size(); ++i) {
        table.columns.push_back({"c" + std::to_string(i + 1), own[i]});
        names += (i > 0 ? ", " : "") + table.columns.back().name;
    }
    const Ptr inner = select(depth - 1, chance(30) ? outer : Scope{}, own, false);
    m_ctes.push_back(table);
    const Ptr main = select(depth - 1, outer, types, false);
    m_ctes.pop_back();
    return queryPart("query", {"WITH " + name + "(" + names + ") AS (", inner, ") ", main});
}

} // namespace sqlgym::parity
