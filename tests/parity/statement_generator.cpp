// WITH, recursive queries, INSERT, UPDATE and DELETE.
#include "query_generator.h"

namespace sqlgym::parity {

using Ptr = QueryNode::Ptr;

Ptr QueryGenerator::withQuery(int depth, bool ordered)
{
    mark("WITH");
    static const std::vector<std::string> kForms = {" AS (", " AS (", " AS MATERIALIZED (", " AS NOT MATERIALIZED ("};
    Pieces pieces{"WITH "};
    for (int i = 0, count = 1 + pick(3); i < count; ++i) {
        const std::vector<Type> types = someTypes(3);
        GeneratedTable table{"w" + std::to_string(i + 1), {}};
        std::string names;
        for (std::size_t k = 0; k < types.size(); ++k) {
            table.columns.push_back({"c" + std::to_string(k + 1), types[k]});
            names += (k > 0 ? ", " : "") + table.columns.back().name;
        }
        const std::string form = oneOf(kForms);
        if (form.find("MATERIALIZED") != std::string::npos)
            mark("MATERIALIZED");
        const Ptr inner = chance(85) ? select(depth - 1, {}, types, false) : setOperation(depth - 1, types, false);
        pieces.insert(pieces.end(), {(i > 0 ? ", " : "") + table.name + "(" + names + ")" + form, inner, ")"});
        m_ctes.push_back(std::move(table));
    }
    pieces.emplace_back(" ");
    const auto wanted = someTypes(3);
    pieces.emplace_back(chance(85) ? select(depth, {}, wanted, ordered) : setOperation(depth, wanted, ordered));
    m_ctes.clear();
    return made(std::move(pieces), ordered);
}

Ptr QueryGenerator::recursive(int depth, bool ordered)
{
    mark("recursive");
    const Type type = anyType();
    const Scope step{{"r.n", Type::Int}, {"r.v", type}};
    Scope joint = step;
    const bool joins = chance(40);
    const Ptr other = joins ? tableNamed(oneOf(m_playground.tables), joint) : queryPart("nothing", {});
    Scope start;
    const Ptr base = tableNamed(oneOf(m_playground.tables), start);
    const auto cast = std::string(")::") + sqlName(type);
    Pieces pieces{"WITH RECURSIVE r(n, v) AS (SELECT 1, ("};
    pieces.insert(pieces.end(), {expression(type, 1, start), cast + " FROM ", base, whereClause(1, start)});
    pieces.emplace_back(chance(60) ? " UNION " : " UNION ALL ");
    pieces.insert(pieces.end(), {"SELECT r.n + 1, (", expression(type, 1, joint), cast + " FROM r"});
    if (joins)
        pieces.insert(pieces.end(),
                      {" JOIN ", other, " ON ", column(Type::Int, joint), " = ", column(Type::Int, joint)});
    pieces.emplace_back(" WHERE r.n < " + std::to_string(2 + pick(3)));
    if (chance(30))
        pieces.insert(pieces.end(), {" AND ", boolean(1, joint)});
    pieces.emplace_back(") ");
    m_ctes.push_back({"r", {{"n", Type::Int}, {"v", type}}});
    pieces.emplace_back(select(depth, {}, someTypes(3), ordered));
    m_ctes.clear();
    return made(std::move(pieces), ordered);
}

Ptr QueryGenerator::change()
{
    switch (pick(6)) {
    case 0:
        return insertion();
    case 1:
        return update();
    case 2:
        return conflictingInsertion();
    case 3:
        return rowUpdate();
    case 4:
        return changingWith(chance(50));
    default:
        return deletion();
    }
}

Ptr QueryGenerator::returning(const Scope &scope)
{
    if (chance(30))
        return queryPart("nothing", {""});
    Pieces pieces{" RETURNING "};
    const auto types = someTypes(3);
    for (std::size_t i = 0; i < types.size(); ++i) {
        pieces.emplace_back(i > 0 ? ", " : "");
        pieces.emplace_back(expression(types[i], 1, scope));
    }
    return optionalPart("returning", std::move(pieces));
}

Ptr QueryGenerator::insertion()
{
    mark("INSERT");
    const Scope added{{"nothing.id", Type::Int}, {"nothing.word", Type::Text}, {"nothing.amount", Type::Numeric}};
    const Ptr rows = select(1, {}, {Type::Int, Type::Text, Type::Numeric}, chance(20));
    return made({"INSERT INTO nothing ", rows, returning(added)}, false);
}

Ptr QueryGenerator::update()
{
    mark("UPDATE");
    const GeneratedTable &table = oneOf(m_playground.tables);
    Scope own;
    for (const auto &each : table.columns)
        own.push_back({table.name + "." + each.name, each.type});
    Scope all = own;
    Pieces pieces{"UPDATE " + table.name + " SET "};
    const bool from = chance(25);
    const Ptr other = from ? tableNamed(oneOf(m_playground.tables), all) : queryPart("nothing", {});
    const auto &target = table.columns[1 + static_cast<std::size_t>(pick(static_cast<int>(table.columns.size()) - 1))];
    pieces.insert(pieces.end(), {target.name + " = ", expression(target.type, 2, all)});
    if (from) {
        mark("UPDATE FROM");
        pieces.insert(pieces.end(),
                      {" FROM ", other, " WHERE ", column(Type::Int, own), " = ", column(Type::Int, all)});
    } else
        pieces.emplace_back(whereClause(2, own));
    pieces.emplace_back(returning(all));
    return made(std::move(pieces), false);
}

Ptr QueryGenerator::deletion()
{
    mark("DELETE");
    const GeneratedTable &table = oneOf(m_playground.tables);
    Scope own;
    for (const auto &each : table.columns)
        own.push_back({table.name + "." + each.name, each.type});
    Scope all = own;
    Pieces pieces{"DELETE FROM " + table.name};
    if (chance(25)) {
        mark("DELETE USING");
        const Ptr other = tableNamed(oneOf(m_playground.tables), all);
        pieces.insert(pieces.end(),
                      {" USING ", other, " WHERE ", column(Type::Int, own), " = ", column(Type::Int, all)});
    } else
        pieces.emplace_back(whereClause(2, own));
    pieces.emplace_back(returning(all));
    return made(std::move(pieces), false);
}

} // namespace sqlgym::parity
