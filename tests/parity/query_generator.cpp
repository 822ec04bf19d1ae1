#include "query_generator.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace sqlgym::parity {

namespace {

using Ptr = QueryNode::Ptr;

/// "t1.age" somewhere, and not only "1.0".
bool namesAColumn(const std::string &text)
{
    for (std::size_t dot = text.find('.'); dot != std::string::npos; dot = text.find('.', dot + 1)) {
        if (dot + 1 < text.size() && std::isalpha(static_cast<unsigned char>(text[dot + 1])) != 0)
            return true;
    }
    return false;
}

/// "1, 2, 3"
std::string numbered(std::size_t count)
{
    std::string text;
    for (std::size_t i = 1; i <= count; ++i)
        text += (i > 1 ? ", " : "") + std::to_string(i);
    return text;
}

} // namespace

Ptr queryPart(std::string sort, std::vector<QueryNode::Piece> pieces)
{
    auto made = std::make_shared<QueryNode>();
    made->sort = std::move(sort);
    made->pieces = std::move(pieces);
    return made;
}

Ptr optionalPart(std::string sort, std::vector<QueryNode::Piece> pieces)
{
    auto made = std::make_shared<QueryNode>();
    made->sort = std::move(sort);
    made->pieces = std::move(pieces);
    made->optional = true;
    return made;
}

bool QueryGenerator::has(Type type) const
{
    return std::ranges::any_of(m_playground.tables, [type](const GeneratedTable &table) {
        return std::ranges::any_of(table.columns, [type](const GeneratedColumn &c) { return c.type == type; });
    });
}

Type QueryGenerator::anyType()
{
    static const std::vector<Type> kTypes = {Type::Int,  Type::Int,   Type::Text,      Type::Text,    Type::Numeric,
                                             Type::Bool, Type::Float, Type::Big,       Type::Date,    Type::Numeric,
                                             Type::Date, Type::Int,   Type::Timestamp, Type::Interval};
    Type type = oneOf(kTypes);
    while (!has(type))
        type = oneOf(kTypes);
    return type;
}

std::vector<Type> QueryGenerator::someTypes(int most)
{
    std::vector<Type> types;
    for (int count = 1 + pick(most); count > 0; --count)
        types.push_back(anyType());
    return types;
}

Ptr QueryGenerator::made(Pieces pieces, bool ordered)
{
    auto query = std::make_shared<QueryNode>(*queryPart("query", std::move(pieces)));
    query->ordered = ordered;
    return query;
}

Ptr QueryGenerator::query()
{
    m_aliases = 0;
    m_features.clear();
    m_ctes.clear();
    m_bare = false;
    m_erring = chance(30) ? 6 : 0;
    const bool ordered = chance(50);
    switch (pick(20)) {
    case 0:
    case 1:
        return setOperation(2, someTypes(2), ordered);
    case 2:
    case 3:
    case 4:
        return withQuery(2, ordered);
    case 5:
        return recursive(1, ordered);
    case 6:
        return change();
    default:
        return select(2 + pick(2), {}, someTypes(4), ordered);
    }
}

std::string QueryGenerator::orderBy(std::size_t columns)
{
    std::string text = " ORDER BY ";
    for (std::size_t i = 1; i <= columns; ++i) {
        text += (i > 1 ? ", " : "") + std::to_string(i);
        text += chance(30) ? " DESC" : "";
        text += chance(20) ? (chance(50) ? " NULLS FIRST" : " NULLS LAST") : "";
    }
    if (chance(25)) {
        mark("LIMIT");
        const int computed = m_erring > 0 ? 35 : 8;
        text += " LIMIT " + (chance(computed) ? computedLimit() : std::to_string(pick(6)));
        if (chance(40))
            text += " OFFSET " + (chance(computed) ? computedLimit() : std::to_string(pick(4)));
    } else if (chance(5)) {
        mark("WITH TIES");
        text += " FETCH FIRST " + std::to_string(1 + pick(3)) + " ROWS WITH TIES";
    }
    return text;
}

/// LIMIT where ties or no order at all decide what comes.
std::string QueryGenerator::unorderedLimit(std::size_t columns)
{
    mark("LIMIT without order");
    return (chance(50) ? " ORDER BY " + std::to_string(1 + pick(static_cast<int>(columns))) : std::string()) +
           " LIMIT " + std::to_string(1 + pick(4)) + (chance(20) ? " OFFSET 1" : "");
}

Ptr QueryGenerator::whereClause(int depth, const Scope &scope)
{
    return chance(60) ? optionalPart("where", {" WHERE ", boolean(depth, scope)}) : queryPart("nothing", {});
}

Ptr QueryGenerator::select(int depth, const Scope &outer, std::vector<Type> wanted, bool ordered)
{
    const bool bare = std::exchange(m_bare, false);
    Scope scope;
    const Ptr source = from(depth, scope, outer);
    Scope visible = scope;
    visible.insert(visible.end(), outer.begin(), outer.end());
    const Ptr where = whereClause(depth, visible);
    const int form = pick(100);
    if (form < 25)
        return grouped(source, where, scope, std::move(wanted), ordered);
    if (depth > 0 && form < 35)
        return windowed(source, where, scope, std::move(wanted), ordered);
    if (depth > 0 && form < 38 && !bare)
        return distinctOn(source, where, scope, std::move(wanted), ordered);

    const bool distinct = chance(15);
    if (distinct)
        mark("DISTINCT");
    Pieces pieces{distinct ? "SELECT DISTINCT " : "SELECT "};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i > 0)
            pieces.emplace_back(", ");
        pieces.emplace_back(expression(wanted[i], depth, visible));
    }
    pieces.insert(pieces.end(), {" FROM ", source, where});
    if (ordered && !distinct && chance(12))
        pieces.emplace_back(computedOrder(visible, numbered(wanted.size())));
    else if (ordered)
        pieces.emplace_back(orderBy(wanted.size()));
    else if (!bare && chance(m_luck ? 15 : 2))
        pieces.emplace_back(optionalPart("limit", {unorderedLimit(wanted.size())}));
    return made(std::move(pieces), ordered);
}

Ptr QueryGenerator::grouped(const Ptr &source, const Ptr &where, const Scope &scope, std::vector<Type> wanted,
                            bool ordered)
{
    mark("grouping");
    // Keys that nobody wants are grouped by all the same; what is no key is an aggregate.
    std::vector<Ptr> keys;
    Pieces pieces{"SELECT "};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i > 0)
            pieces.emplace_back(", ");
        const bool asKey = chance(45);
        const Ptr item = asKey       ? expression(wanted[i], chance(70) ? 0 : 1, scope)
                         : chance(8) ? outerAggregate(wanted[i], scope)
                                     : aggregate(wanted[i], scope);
        if (asKey && namesAColumn(item->text())) // a constant is no key
            keys.push_back(item);
        pieces.emplace_back(item);
    }
    pieces.insert(pieces.end(), {" FROM ", source, where});
    static const std::vector<std::string> kSets = {"ROLLUP (", "CUBE (", "GROUPING SETS ((), "};
    std::string close;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        std::string before = i == 0 ? " GROUP BY " : ", ";
        if (i == 0 && keys.size() < 4 && chance(15)) {
            mark("grouping sets");
            before += oneOf(kSets);
            close = ")";
        }
        pieces.emplace_back(before);
        pieces.emplace_back(keys[i]);
    }
    pieces.emplace_back(close);
    Scope grouped; // plain columns that are grouped by
    for (const Ptr &key : keys)
        for (const auto &each : scope)
            if (each.name == key->text())
                grouped.push_back(each);
    if (!grouped.empty() && chance(12)) {
        mark("subquery in HAVING");
        pieces.emplace_back(optionalPart("having", {" HAVING ", condition(1, grouped)}));
    } else if (chance(35)) {
        const Ptr left = chance(70) || keys.empty() ? aggregate(Type::Int, scope) : literal(Type::Int);
        if (!keys.empty() && chance(20))
            pieces.emplace_back(optionalPart("having", {" HAVING ", keys.front(), " IS NOT NULL"}));
        else if (!close.empty() && chance(50))
            pieces.emplace_back(
                optionalPart("having", {" HAVING grouping(", keys.front(), ") = ", chance(50) ? "0 AND " : "1 OR ",
                                        left, " < ", literal(Type::Int)}));
        else
            pieces.emplace_back(
                optionalPart("having", {" HAVING ", left, chance(50) ? " > " : " <> ", literal(Type::Int)}));
    }
    if (ordered)
        pieces.emplace_back(orderBy(wanted.size()));
    return made(std::move(pieces), ordered);
}

Ptr QueryGenerator::windowed(const Ptr &source, const Ptr &where, const Scope &scope, std::vector<Type> wanted,
                             bool ordered)
{
    mark("window");
    // By all columns of the scope a row's place is certain, but for its twins.
    std::vector<Ptr> total;
    for (const auto &each : scope)
        total.push_back(queryPart("key", {each.name}));
    Pieces pieces{"SELECT "};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i > 0)
            pieces.emplace_back(", ");
        const bool isWindow = i == 0 || chance(40);
        pieces.emplace_back(!isWindow    ? expression(wanted[i], 1, scope)
                            : chance(25) ? peerWindow(wanted[i], scope)
                                         : windowCall(wanted[i], scope, total));
    }
    pieces.insert(pieces.end(), {" FROM ", source, where});
    if (ordered)
        pieces.emplace_back(orderBy(wanted.size()));
    return made(std::move(pieces), ordered);
}

Ptr QueryGenerator::distinctOn(const Ptr &source, const Ptr &where, const Scope &scope, std::vector<Type> wanted,
                               bool ordered)
{
    mark("DISTINCT ON");
    std::vector<Ptr> keys{chance(70) ? column(anyType(), scope) : expression(anyType(), 1, scope)};
    if (chance(30))
        keys.push_back(column(anyType(), scope));
    Pieces key;
    for (const Ptr &each : keys)
        key.insert(key.end(), {key.empty() ? "" : ", ", each});
    Pieces pieces{"SELECT DISTINCT ON ("};
    pieces.insert(pieces.end(), key.begin(), key.end());
    pieces.emplace_back(") ");
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (i > 0)
            pieces.emplace_back(", ");
        pieces.emplace_back(expression(wanted[i], 1, scope));
    }
    pieces.insert(pieces.end(), {" FROM ", source, where});
    const bool all = !m_luck || chance(60);
    pieces.emplace_back(" ORDER BY ");
    pieces.insert(pieces.end(), key.begin(), key.end());
    if (all)
        pieces.emplace_back(", " + numbered(wanted.size()));
    return made(std::move(pieces), ordered && all);
}

Ptr QueryGenerator::setOperation(int depth, std::vector<Type> types, bool ordered)
{
    static const std::vector<std::string> kOperations = {" UNION ", " UNION ALL ",  " INTERSECT ",    " EXCEPT ",
                                                         " UNION ", " EXCEPT ALL ", " INTERSECT ALL "};
    mark("set operation");
    const auto side = [&]() -> Ptr {
        if (depth > 1 && chance(25)) {
            mark("nested set operation");
            return queryPart("query", {"(", setOperation(depth - 1, types, false), ")"});
        }
        const bool cut = chance(10);
        const Ptr inner = select(depth - 1, {}, types, cut);
        return queryPart("query", {"(", inner, ")"});
    };
    Pieces pieces{side()};
    for (int more = 1 + pick(2); more > 0; --more) {
        pieces.emplace_back(oneOf(kOperations));
        pieces.emplace_back(side());
    }
    if (ordered)
        pieces.emplace_back(orderBy(types.size()));
    const Ptr plain = made(std::move(pieces), ordered);
    if (ordered || !chance(20))
        return plain;
    // Its rows in the order of an expression, as only a query around it can ask for.
    mark("set operation in an order");
    std::string names;
    Scope scope;
    for (std::size_t i = 1; i <= types.size(); ++i) {
        const std::string name = "c" + std::to_string(i);
        names += (i > 1 ? ", " : "") + name;
        scope.push_back({"u." + name, types[i - 1]});
    }
    return made({"SELECT * FROM (", plain, ") u(" + names + ") ORDER BY ", expression(anyType(), 1, scope), ", ",
                 numbered(types.size())},
                false);
}

} // namespace sqlgym::parity
