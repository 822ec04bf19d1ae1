// Rows and arrays that are compared, aggregates that stand in a query further in, LIMIT, frames and sort keys that are
// computed, and changes in WITH.
#include "query_generator.h"

namespace sqlgym::parity {

using Ptr = QueryNode::Ptr;

namespace {

Ptr of(Type type, std::vector<QueryNode::Piece> pieces) { return expressionOf(type, std::move(pieces)); }

} // namespace

Ptr QueryGenerator::rowComparison(int depth, const Scope &scope)
{
    mark("row comparison");
    static const std::vector<std::string> kOperators = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
    const std::vector<Type> types{anyType(), anyType()};
    const auto row = [&](int deep) {
        return queryPart("row",
                         {"ROW(", expression(types[0], deep, scope), ", ", expression(types[1], deep, scope), ")"});
    };
    const Scope outer = chance(50) ? scope : Scope{};
    const Ptr left = row(depth - 1);
    switch (pick(7)) {
    case 0:
        return of(Type::Bool, {left, chance(60) ? " IN (" : " NOT IN (", row(0), ", ", row(0), ")"});
    case 1:
        return of(Type::Bool, {left, chance(60) ? " IN (" : " NOT IN (", select(0, outer, types, false), ")"});
    case 2:
        return of(Type::Bool,
                  {left, oneOf(kOperators), chance(50) ? "ANY (" : "ALL (", select(0, outer, types, false), ")"});
    case 3:
        m_bare = true;
        return of(Type::Bool,
                  {left, oneOf(kOperators), "(", select(0, outer, types, false), " ORDER BY 1, 2 LIMIT 1)"});
    case 4:
        return of(Type::Bool, {left, chance(50) ? " IS NULL" : " IS NOT NULL"});
    case 5:
        return of(Type::Bool, {left, chance(50) ? " IS DISTINCT FROM " : " IS NOT DISTINCT FROM ", row(0)});
    default:
        return of(Type::Bool, {left, oneOf(kOperators), row(depth - 1)});
    }
}

Ptr QueryGenerator::arrayComparison(int depth, const Scope &scope)
{
    mark("array comparison");
    static const std::vector<std::string> kSides = {" = ANY (", " = ANY (",  " <> ALL (",
                                                    " < ANY (", " >= ALL (", " = ALL ("};
    static const std::vector<std::string> kInts = {"'{0,1,30,NULL}'::int[]", "'{}'::int[]", "NULL::int[]",
                                                   "'{3,7,41,2,5,11,12,13,30,1}'::int[]", "'{x}'::text[]::int[]"};
    static const std::vector<std::string> kTexts = {"'{ada,Ulm,NULL}'::text[]", "'{}'::text[]", "NULL::text[]",
                                                    "'{one,\"\",a}'::text[]"};
    const Type type = chance(50) ? Type::Int : chance(60) ? Type::Text : anyType();
    const auto side = [&] { return expression(type, depth - 1, scope); };
    const std::string array = std::string(sqlName(type)) + "[]";
    switch (pick(5)) {
    case 0:
        if (type == Type::Int || type == Type::Text)
            return of(Type::Bool, {side(), oneOf(kSides), oneOf(type == Type::Int ? kInts : kTexts), ")"});
        break;
    case 1:
        return of(Type::Bool,
                  {side(), oneOf(kSides), "ARRAY(", select(0, chance(50) ? scope : Scope{}, {type}, chance(30)), "))"});
    case 2:
        if (m_erring > 0 && type == Type::Int)
            return of(Type::Bool, {side(), oneOf(kSides), "string_to_array(", expression(Type::Text, depth - 1, scope),
                                   ", ',')::int[])"});
        break;
    case 3:
        return of(Type::Bool, {"(ARRAY[", side(), ", ", side(), "])[", expression(Type::Int, 0, scope), "]",
                               oneOf(kSides), "ARRAY[", side(), "]::", array, ")"});
    default:
        break;
    }
    return of(Type::Bool, {side(), oneOf(kSides), "ARRAY[", side(), ", NULL, ", side(), "]::", array, ")"});
}

/// An aggregate of the query around, in a query of its own.
Ptr QueryGenerator::outerAggregate(Type type, const Scope &scope)
{
    mark("aggregate of an outer query");
    switch (pick(3)) {
    case 0:
        return of(type, {"(SELECT ", aggregate(type, scope), ")"});
    case 1:
        return of(type, {"(SELECT ", aggregate(type, scope), " FROM generate_series(1, 2) g(x) WHERE g.x = 1)"});
    default: {
        Scope own;
        const Ptr source = tableNamed(oneOf(m_playground.tables), own);
        return of(type, {"(SELECT min(", expression(type, 0, own), ") FROM ", source, " WHERE ", column(Type::Int, own),
                         chance(50) ? " < " : " = ", aggregate(Type::Int, scope), ")"});
    }
    }
}

/// What LIMIT and OFFSET may hold beside a number.
std::string QueryGenerator::computedLimit()
{
    mark("computed LIMIT");
    static const std::vector<std::string> kLimits = {
        "(2 + 1)", "(SELECT count(*) FROM nothing)", "(SELECT 2)", "(1.5)", "NULL", "length('abc')"};
    static const std::vector<std::string> kFailing = {"(1 / 0)",
                                                      "('x'::text)::int",
                                                      "(-1)",
                                                      "(SELECT max(age) / 0 FROM person)",
                                                      "(SELECT 1 / 0 FROM nothing)",
                                                      "(SELECT id FROM person)"};
    return oneOf(m_erring > 0 ? kFailing : kLimits);
}

std::string QueryGenerator::computedFrame()
{
    mark("computed frame");
    static const std::vector<std::string> kOffsets = {"(1 + 1)", "(SELECT 1)", "length('a')", "1.4"};
    static const std::vector<std::string> kFailing = {"(1 / 0)", "(-1)", "NULL::int", "(SELECT 1 / 0 FROM nothing)",
                                                      "(SELECT max(age) / 0 FROM person)"};
    const auto offset = [&] { return oneOf(m_erring > 0 && chance(60) ? kFailing : kOffsets); };
    const std::string mode = chance(60) ? " ROWS" : " GROUPS";
    return chance(50) ? mode + " BETWEEN " + offset() + " PRECEDING AND " + offset() + " FOLLOWING"
                      : mode + " " + offset() + " PRECEDING";
}

/// ORDER BY an expression, and then by all columns.
Ptr QueryGenerator::computedOrder(const Scope &scope, const std::string &columns)
{
    mark("computed sort key");
    const Ptr key = chance(60) ? expression(anyType(), 1, scope) : scalarSubquery(anyType(), 1, scope);
    return queryPart("order", {" ORDER BY coalesce(", key, ")", chance(40) ? " DESC" : "", ", " + columns});
}

/// WITH whose parts change data, before a query that sees none of it.
Ptr QueryGenerator::changingWith(bool ordered)
{
    mark("change in WITH");
    const GeneratedTable &table = oneOf(m_playground.tables);
    Scope own;
    for (const auto &each : table.columns)
        own.push_back({table.name + "." + each.name, each.type});
    const std::vector<Type> types = someTypes(2);
    GeneratedTable changed{"w", {}};
    std::string names;
    Pieces pieces;
    for (std::size_t i = 0; i < types.size(); ++i) {
        changed.columns.push_back({"c" + std::to_string(i + 1), types[i]});
        names += (i > 0 ? ", " : "") + changed.columns.back().name;
        pieces.emplace_back(i > 0 ? ", " : " RETURNING ");
        pieces.emplace_back(expression(types[i], 1, own));
    }
    Pieces change{"WITH w(" + names + ") AS (DELETE FROM " + table.name, whereClause(1, own)};
    if (chance(50)) {
        const auto &target =
            table.columns[1 + static_cast<std::size_t>(pick(static_cast<int>(table.columns.size()) - 1))];
        change = {"WITH w(" + names + ") AS (UPDATE " + table.name + " SET " + target.name + " = ",
                  expression(target.type, 1, own), whereClause(1, own)};
    }
    change.insert(change.end(), pieces.begin(), pieces.end());
    change.emplace_back(") ");
    m_ctes.push_back(changed);
    change.emplace_back(select(1, {}, someTypes(2), ordered));
    m_ctes.clear();
    return made(std::move(change), ordered);
}

/// INSERT into a table with a key.
Ptr QueryGenerator::conflictingInsertion()
{
    mark("ON CONFLICT");
    Scope row{{"person.id", Type::Int}, {"person.name", Type::Text}, {"person.age", Type::Int}};
    Pieces pieces{"INSERT INTO person (id, name, age) "};
    if (chance(50)) {
        pieces.emplace_back("VALUES ");
        for (int i = 0, rows = 1 + pick(3); i < rows; ++i)
            pieces.insert(pieces.end(), {std::string(i > 0 ? ", (" : "(") + std::to_string(5 + pick(7)) + ", ",
                                         expression(Type::Text, 1, {}), ", ", expression(Type::Int, 1, {}), ")"});
    } else {
        Scope own;
        const Ptr source = tableNamed(oneOf(m_playground.tables), own);
        pieces.insert(pieces.end(), {"SELECT ", own.front().name, ", ", expression(Type::Text, 1, own), ", ",
                                     expression(Type::Int, 1, own), " FROM ", source, whereClause(1, own)});
    }
    Scope both = row;
    for (const char *name : {"excluded.id", "excluded.age"})
        both.push_back({name, Type::Int});
    both.push_back({"excluded.name", Type::Text});
    switch (pick(4)) {
    case 0:
        break;
    case 1:
        pieces.emplace_back(" ON CONFLICT DO NOTHING");
        break;
    default:
        pieces.insert(pieces.end(), {" ON CONFLICT (id) DO UPDATE SET age = ", expression(Type::Int, 1, both),
                                     ", name = ", expression(Type::Text, 1, both)});
        if (chance(50))
            pieces.emplace_back(optionalPart("where", {" WHERE ", boolean(1, both)}));
    }
    pieces.emplace_back(returning(row));
    return made(std::move(pieces), false);
}

/// UPDATE of several columns, from one row or a subquery.
Ptr QueryGenerator::rowUpdate()
{
    mark("UPDATE of several columns");
    Scope own;
    for (const char *name : {"person.id", "person.age"})
        own.push_back({name, Type::Int});
    for (const char *name : {"person.name", "person.city"})
        own.push_back({name, Type::Text});
    Pieces pieces{"UPDATE person SET "};
    if (chance(50)) {
        m_bare = true;
        pieces.insert(pieces.end(), {"(age, name) = (", select(0, own, {Type::Int, Type::Text}, false),
                                     chance(80) ? " ORDER BY 1, 2 LIMIT 1)" : ")"});
    } else {
        pieces.insert(pieces.end(),
                      {"age = ", expression(Type::Int, 2, own), ", city = ", expression(Type::Text, 2, own)});
    }
    Scope all = own;
    if (chance(40)) {
        Scope other;
        const Ptr source = derived(1, other, {}, false);
        all.insert(all.end(), other.begin(), other.end());
        pieces.insert(pieces.end(), {" FROM ", source, " WHERE person.id = ", column(Type::Int, other)});
        if (chance(50))
            pieces.insert(pieces.end(), {" AND ", boolean(1, all)});
    } else {
        pieces.emplace_back(whereClause(2, own));
    }
    pieces.emplace_back(returning(all));
    return made(std::move(pieces), false);
}

} // namespace sqlgym::parity
