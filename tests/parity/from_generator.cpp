// FROM: tables, joins, lists, derived and lateral tables, VALUES and functions.
#include "query_generator.h"

namespace sqlgym::parity {

using Ptr = QueryNode::Ptr;

namespace {

std::string columnNames(std::size_t count)
{
    std::string names;
    for (std::size_t i = 1; i <= count; ++i)
        names += (i > 1 ? ", c" : "c") + std::to_string(i);
    return names;
}

} // namespace

const GeneratedTable &QueryGenerator::anyTable()
{
    return !m_ctes.empty() && chance(60) ? oneOf(m_ctes) : oneOf(m_playground.tables);
}

Ptr QueryGenerator::tableNamed(const GeneratedTable &table, Scope &scope)
{
    const std::string name = alias();
    for (const auto &each : table.columns)
        scope.push_back({name + "." + each.name, each.type});
    return queryPart("from", {table.name + " " + name});
}

Ptr QueryGenerator::derived(int depth, Scope &scope, const Scope &outer, bool lateral)
{
    mark(lateral ? "lateral" : "derived table");
    const std::string name = alias();
    const std::vector<Type> types = someTypes(3);
    Ptr inner;
    if (depth > 1 && chance(10))
        inner = withInside(depth - 1, lateral ? outer : Scope{}, types);
    else if (!lateral && chance(15))
        inner = setOperation(depth - 1, types, chance(30));
    else
        inner = select(depth - 1, lateral ? outer : Scope{}, types, chance(25));
    for (std::size_t i = 0; i < types.size(); ++i)
        scope.push_back({name + ".c" + std::to_string(i + 1), types[i]});
    return queryPart("from",
                     {lateral ? "LATERAL (" : "(", inner, ") AS " + name + "(" + columnNames(types.size()) + ")"});
}

/// Rows of no table.
Ptr QueryGenerator::rowSource(Scope &scope, const Scope &outer)
{
    const std::string name = alias();
    if (chance(60)) {
        mark("VALUES");
        const std::vector<Type> types = someTypes(2);
        Pieces pieces{"(VALUES "};
        for (int row = 0, rows = 1 + pick(3); row < rows; ++row) {
            for (std::size_t i = 0; i < types.size(); ++i) {
                pieces.emplace_back(i > 0 ? ", " : row > 0 ? ", (" : "(");
                pieces.emplace_back(expression(types[i], 0, {}));
            }
            pieces.emplace_back(")");
        }
        for (std::size_t i = 0; i < types.size(); ++i)
            scope.push_back({name + ".c" + std::to_string(i + 1), types[i]});
        pieces.emplace_back(") AS " + name + "(" + columnNames(types.size()) + ")");
        return queryPart("from", std::move(pieces));
    }
    mark("function in FROM");
    const Ptr last =
        outer.empty() || chance(50) ? queryPart("int", {std::to_string(pick(4))}) : column(Type::Int, outer);
    scope.push_back({name + ".c1", Type::Int});
    return queryPart("from", {"generate_series(1, least(", last, ", 4)) AS " + name + "(c1)"});
}

Ptr QueryGenerator::joined(int depth, Scope &scope, const Scope &outer)
{
    static const std::vector<std::string> kJoins = {" JOIN ",      " LEFT JOIN ", " RIGHT JOIN ",
                                                    " FULL JOIN ", " LEFT JOIN ", " JOIN "};
    mark("join");
    const Ptr left = from(depth - 1, scope, outer);
    if (chance(8)) {
        Scope visible = scope;
        visible.insert(visible.end(), outer.begin(), outer.end());
        const Ptr right = derived(depth - 1, scope, visible, true);
        return queryPart("from", {left, chance(50) ? " LEFT JOIN " : " JOIN ", right, " ON ",
                                  chance(50) ? queryPart("bool", {"true"}) : boolean(1, scope)});
    }
    const std::string join = oneOf(kJoins);
    const bool inner = join == " JOIN ";
    const int kind = pick(20);
    Ptr right;
    if (kind < 13)
        right = tableNamed(anyTable(), scope);
    else if (kind < 16)
        right = derived(depth - 1, scope, {}, false);
    else if (kind < 17)
        right = rowSource(scope, {});
    else
        right = queryPart("from", {"(", joined(depth - 1 > 0 ? depth - 1 : 0, scope, {}), ")"});
    if (inner && chance(20))
        return queryPart("from", {left, " CROSS JOIN ", right});
    if (join == " FULL JOIN ")
        mark("FULL JOIN");
    // An equality of integers on both sides, as people join; sometimes anything.
    const Ptr equal = queryPart("bool", {column(Type::Int, scope), " = ", column(Type::Int, scope)});
    const int form = pick(20);
    Ptr condition = equal;
    if (join != " FULL JOIN " && form < 5) // FULL JOIN takes only what can be merged or hashed
        condition = queryPart("bool", {equal, " AND ", boolean(1, scope)});
    else if (join != " FULL JOIN " && form == 5)
        condition = boolean(1, scope);
    return queryPart("from", {left, join, right, " ON ", condition});
}

Ptr QueryGenerator::listed(int depth, Scope &scope, const Scope &outer)
{
    mark("list in FROM");
    Pieces pieces{from(depth - 1, scope, outer)};
    for (int more = 1 + pick(2); more > 0; --more) {
        Scope visible = scope;
        visible.insert(visible.end(), outer.begin(), outer.end());
        pieces.emplace_back(", ");
        const int kind = pick(10);
        if (kind < 2)
            pieces.emplace_back(derived(depth - 1, scope, visible, true));
        else if (kind < 4)
            pieces.emplace_back(rowSource(scope, visible));
        else
            pieces.emplace_back(tableNamed(anyTable(), scope));
    }
    return queryPart("from", std::move(pieces));
}

Ptr QueryGenerator::from(int depth, Scope &scope, const Scope &outer)
{
    const int kind = pick(20);
    if (depth > 0 && kind < 6)
        return joined(depth, scope, outer);
    if (depth > 0 && kind < 9)
        return derived(depth, scope, {}, false);
    if (depth > 0 && kind == 9 && outer.empty())
        return listed(depth, scope, outer);
    if (kind == 10)
        return rowSource(scope, outer);
    return tableNamed(anyTable(), scope);
}

} // namespace sqlgym::parity
