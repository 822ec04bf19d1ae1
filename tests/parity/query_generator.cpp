#include "query_generator.h"

#include <algorithm>
#include <cctype>

namespace sqlgym::parity {

namespace {

using Ptr = QueryNode::Ptr;

Ptr node(std::string sort, std::vector<QueryNode::Piece> pieces)
{
    auto made = std::make_shared<QueryNode>();
    made->sort = std::move(sort);
    made->pieces = std::move(pieces);
    return made;
}

Ptr optional(std::string sort, std::vector<QueryNode::Piece> pieces)
{
    auto made = std::make_shared<QueryNode>();
    made->sort = std::move(sort);
    made->pieces = std::move(pieces);
    made->optional = true;
    return made;
}

/// "t1.age" somewhere, and not only "1.0".
bool namesAColumn(const std::string &text)
{
    for (std::size_t dot = text.find('.'); dot != std::string::npos; dot = text.find('.', dot + 1)) {
        if (dot + 1 < text.size() && std::isalpha(static_cast<unsigned char>(text[dot + 1])) != 0)
            return true;
    }
    return false;
}

Ptr nothing() { return node("nothing", {}); }

} // namespace

bool QueryGenerator::has(Type type) const
{
    return std::ranges::any_of(m_playground.tables, [type](const GeneratedTable &table) {
        return std::ranges::any_of(table.columns, [type](const GeneratedColumn &c) { return c.type == type; });
    });
}

Type QueryGenerator::anyType()
{
    static const std::vector<Type> kTypes = {Type::Int,     Type::Int,  Type::Text,    Type::Text,
                                             Type::Numeric, Type::Bool, Type::Numeric, Type::Float,
                                             Type::Big,     Type::Date, Type::Date,    Type::Timestamp};
    Type type = oneOf(kTypes);
    while (!has(type))
        type = oneOf(kTypes);
    return type;
}

Ptr QueryGenerator::query()
{
    m_aliases = 0;
    const int kind = pick(10);
    if (kind == 0)
        return setOperation(2, chance(60));
    if (kind == 1)
        return withQuery(2);
    std::vector<Type> wanted;
    for (int count = 1 + pick(4); count > 0; --count)
        wanted.push_back(anyType());
    return select(2 + pick(2), {}, wanted, chance(50));
}

Ptr QueryGenerator::tableNamed(const GeneratedTable &table, Scope &scope)
{
    const std::string name = alias();
    for (const auto &each : table.columns)
        scope.push_back({name + "." + each.name, each.type});
    return node("from", {table.name + " " + name});
}

Ptr QueryGenerator::derived(int depth, Scope &scope)
{
    std::vector<Type> types;
    std::string names;
    const std::string name = alias();
    for (int count = 1 + pick(3); count > 0; --count) {
        types.push_back(anyType());
        const std::string column = "c" + std::to_string(types.size());
        names += names.empty() ? "" : ", ";
        names += column;
        scope.push_back({name + "." + column, types.back()});
    }
    return node("from", {"(", select(depth - 1, {}, types, false), ") AS " + name + "(" + names + ")"});
}

Ptr QueryGenerator::joined(int depth, Scope &scope)
{
    static const std::vector<std::string> kJoins = {" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ", " JOIN "};
    const Ptr left = from(depth - 1, scope, {});
    const Ptr right = chance(80) ? tableNamed(oneOf(m_playground.tables), scope) : derived(depth - 1, scope);
    if (chance(12))
        return node("from", {left, " CROSS JOIN ", right});
    // An equality of integers on both sides, as people join; sometimes anything.
    const std::string join = oneOf(kJoins);
    const Ptr equal = node("bool", {column(Type::Int, scope), " = ", column(Type::Int, scope)});
    const bool plain = join == " FULL JOIN " || chance(75); // FULL JOIN takes only what can be merged or hashed
    const Ptr condition = plain ? equal : node("bool", {equal, " AND ", boolean(1, scope)});
    return node("from", {left, join, right, " ON ", condition});
}

Ptr QueryGenerator::from(int depth, Scope &scope, const Scope &)
{
    const int kind = pick(10);
    if (depth > 0 && kind < 3)
        return joined(depth, scope);
    if (depth > 0 && kind == 3)
        return derived(depth, scope);
    return tableNamed(oneOf(m_playground.tables), scope);
}

std::string QueryGenerator::orderBy(std::size_t columns)
{
    std::string text = " ORDER BY ";
    for (std::size_t i = 1; i <= columns; ++i) {
        text += (i > 1 ? ", " : "") + std::to_string(i);
        text += chance(30) ? " DESC" : "";
        text += chance(20) ? (chance(50) ? " NULLS FIRST" : " NULLS LAST") : "";
    }
    if (chance(25))
        text += " LIMIT " + std::to_string(pick(6)) + (chance(40) ? " OFFSET " + std::to_string(pick(4)) : "");
    return text;
}

Ptr QueryGenerator::select(int depth, const Scope &outer, std::vector<Type> wanted, bool ordered)
{
    Scope scope;
    const Ptr source = from(depth, scope, outer);
    scope.insert(scope.end(), outer.begin(), outer.end());
    const Ptr where = chance(60) ? optional("where", {" WHERE ", boolean(depth, scope)}) : nothing();
    if (outer.empty() && chance(30))
        return grouped(source, where, scope, std::move(wanted), ordered);

    std::vector<QueryNode::Piece> pieces{chance(15) ? "SELECT DISTINCT " : "SELECT "};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i > 0)
            pieces.emplace_back(", ");
        pieces.emplace_back(expression(wanted[i], depth, scope));
    }
    pieces.insert(pieces.end(), {" FROM ", source, where});
    if (ordered)
        pieces.emplace_back(orderBy(wanted.size()));
    auto made = std::make_shared<QueryNode>(*node("query", std::move(pieces)));
    made->ordered = ordered;
    return made;
}

Ptr QueryGenerator::grouped(const Ptr &source, const Ptr &where, const Scope &scope, std::vector<Type> wanted,
                            bool ordered)
{
    // Keys that nobody wants are grouped by all the same; what is no key is an aggregate.
    std::vector<Ptr> keys;
    std::vector<QueryNode::Piece> pieces{"SELECT "};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i > 0)
            pieces.emplace_back(", ");
        const bool asKey = chance(45);
        const Ptr item = asKey ? expression(wanted[i], chance(70) ? 0 : 1, scope) : aggregate(wanted[i], scope);
        if (asKey && namesAColumn(item->text())) // a constant is no key
            keys.push_back(item);
        pieces.emplace_back(item);
    }
    pieces.insert(pieces.end(), {" FROM ", source, where});
    for (std::size_t i = 0; i < keys.size(); ++i) {
        pieces.emplace_back(i == 0 ? " GROUP BY " : ", ");
        pieces.emplace_back(keys[i]);
    }
    if (chance(35))
        pieces.emplace_back(optional(
            "having", {" HAVING ", aggregate(Type::Int, scope), chance(50) ? " > " : " <> ", literal(Type::Int)}));
    if (ordered)
        pieces.emplace_back(orderBy(wanted.size()));
    auto made = std::make_shared<QueryNode>(*node("query", std::move(pieces)));
    made->ordered = ordered;
    return made;
}

Ptr QueryGenerator::setOperation(int depth, bool ordered)
{
    static const std::vector<std::string> kOperations = {" UNION ", " UNION ALL ",  " INTERSECT ",    " EXCEPT ",
                                                         " UNION ", " EXCEPT ALL ", " INTERSECT ALL "};
    std::vector<Type> types;
    for (int count = 1 + pick(2); count > 0; --count)
        types.push_back(anyType());
    std::vector<QueryNode::Piece> pieces{select(depth - 1, {}, types, false)};
    for (int more = 1 + pick(2); more > 0; --more) {
        pieces.emplace_back(oneOf(kOperations));
        pieces.emplace_back(select(depth - 1, {}, types, false));
    }
    if (ordered)
        pieces.emplace_back(orderBy(types.size()));
    auto made = std::make_shared<QueryNode>(*node("query", std::move(pieces)));
    made->ordered = ordered;
    return made;
}

Ptr QueryGenerator::withQuery(int depth)
{
    const std::vector<Type> types = {anyType(), Type::Int};
    const Ptr inner = select(depth, {}, types, false);
    Scope scope{{"w.c1", types[0]}, {"w.c2", Type::Int}};
    std::string other;
    if (chance(40)) {
        scope.insert(scope.end(), {{"v.c1", types[0]}, {"v.c2", Type::Int}});
        other = " JOIN w v ON v.c2 = w.c2";
    }
    return node("query", {"WITH w(c1, c2) AS (", inner, ") SELECT ", expression(types[0], 1, scope), ", ",
                          expression(anyType(), 1, scope), " FROM w" + other,
                          optional("where", {" WHERE ", boolean(1, scope)})});
}

} // namespace sqlgym::parity
