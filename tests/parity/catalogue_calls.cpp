#include "catalogue_calls.h"

#include "catalogue/type_oids.h"

#include <set>

namespace sqlgym::parity {

namespace {

namespace type = catalogue::type;
using Ptr = QueryNode::Ptr;
using Pieces = std::vector<QueryNode::Piece>;

/// Keywords that have a grammar of their own where a function's name would stand.
const std::set<std::string_view> kKeywords{"position", "overlay", "substring", "char", "time",   "timestamp",
                                           "interval", "bit",     "numeric",   "trim", "values", "varchar"};

std::string calledName(std::string_view name)
{
    return kKeywords.count(name) ? "\"" + std::string(name) + "\"" : std::string(name);
}

/// A length, a count or a step, of which a random one would fill the memory: only tamed constants stand there.
bool isSize(const std::string &symbol, std::size_t index)
{
    static const std::set<std::string_view> kSizes{
        "repeat", "lpad", "rpad", "bpchar", "varchar", "numeric_fac", "sql:lpad(text,int4)", "sql:rpad(text,int4)"};
    return (index > 0 && kSizes.count(symbol) > 0) || symbol.rfind("generate_series", 0) == 0 ||
           (index > 0 && symbol.rfind("array_fill", 0) == 0);
}

enum class Kind { Scalar, Operator, Cast, Form, Set, Aggregate, Window };

struct Subject {
    Kind kind;
    std::size_t index;
};

const std::vector<Subject> &subjects()
{
    static const std::vector<Subject> kSubjects = [] {
        std::vector<Subject> made;
        const auto add = [&made](Kind kind, std::size_t count, int times) {
            for (int n = 0; n < times; ++n) {
                for (std::size_t i = 0; i < count; ++i)
                    made.push_back({kind, i});
            }
        };
        add(Kind::Scalar, claims().scalars.size(), 1);
        add(Kind::Operator, claims().operators.size(), 1);
        add(Kind::Cast, 1, 400);
        add(Kind::Form, syntaxForms().size(), 3);
        add(Kind::Set, claims().sets.size(), 3);
        add(Kind::Aggregate, claims().aggregates.size(), 2);
        add(Kind::Window, claims().windows.size(), 3);
        return made;
    }();
    return kSubjects;
}

} // namespace

CatalogueCalls::CatalogueCalls(std::uint64_t seed)
    : m_pools(static_cast<unsigned>(seed ^ (seed >> 32))), m_values(m_pools)
{
}

std::size_t CatalogueCalls::subjectCount() { return subjects().size(); }

Ptr CatalogueCalls::query(std::size_t number)
{
    const Subject subject = subjects()[number];
    m_useColumns = chance(45);
    m_element = commonType();
    switch (subject.kind) {
    case Kind::Scalar: {
        const Row &row = *claims().scalars[subject.index];
        return scalarQuery(scalarCall(row, 1), row.result == type::kBool);
    }
    case Kind::Operator: {
        const auto &row = *claims().operators[subject.index];
        return scalarQuery(operation(row, 1), row.result == type::kBool);
    }
    case Kind::Cast:
        return scalarQuery(cast(1), false);
    case Kind::Form:
        return scalarQuery(syntaxForm(syntaxForms()[subject.index], 1), false);
    case Kind::Set:
        return setQuery(*claims().sets[subject.index]);
    case Kind::Aggregate:
        return aggregateQuery(*claims().aggregates[subject.index]);
    case Kind::Window:
        break;
    }
    return windowQuery(*claims().windows[subject.index]);
}

Oid CatalogueCalls::commonType()
{
    static const std::vector<Oid> kCommon{type::kInt4, type::kText,    type::kNumeric, type::kInt4,       type::kText,
                                          type::kDate, type::kFloat8,  type::kInt8,    type::kTimestamp,  type::kBool,
                                          type::kUuid, type::kVarchar, type::kBpchar,  type::kInterval,   type::kJsonb,
                                          type::kJson, type::kInt2,    type::kTime,    type::kTimestamptz};
    return oneOf(kCommon);
}

Oid CatalogueCalls::concrete(Oid declared)
{
    switch (declared) {
    case type::kAny:
        return chance(20) ? catalogue::findType(commonType())->array : commonType();
    case type::kAnyelement:
    case type::kAnynonarray:
    case type::kAnycompatiblenonarray:
        return m_element;
    case type::kAnycompatible: {
        const bool number = m_element == type::kInt4 || m_element == type::kNumeric;
        return number && chance(25) ? type::kInt8 : m_element;
    }
    case type::kAnyarray:
    case type::kAnycompatiblearray:
        return catalogue::findType(m_element)->array;
    default:
        return declared;
    }
}

Ptr CatalogueCalls::column(Oid oid, const Spot &spot)
{
    std::size_t number = m_columns.size();
    for (std::size_t i = 0; i < m_columns.size() && number == m_columns.size(); ++i) {
        if (m_columns[i].type == oid && chance(20))
            number = i;
    }
    if (number == m_columns.size())
        m_columns.push_back({oid, spot});
    return nodeOf("column " + std::to_string(oid), {"c" + std::to_string(number + 1)});
}

Ptr CatalogueCalls::record()
{
    Pieces pieces{"ROW("};
    for (std::size_t n = 1 + below(3), i = 0; i < n; ++i) {
        pieces.emplace_back(i ? ", " : "");
        pieces.emplace_back(argument(commonType(), {}, 0));
    }
    pieces.emplace_back(")");
    return nodeOf("record", std::move(pieces));
}

Ptr CatalogueCalls::argument(Oid declared, const Spot &spot, int depth)
{
    const Oid oid = concrete(declared);
    if (oid == type::kRecord)
        return record();
    if (!m_values.makes(oid))
        return nodeOf(oid, {"NULL::" + sqlName(oid)});
    if (isSize(spot.symbol, spot.index))
        return m_values.constant(oid, spot);
    if (m_useColumns && chance(60))
        return column(oid, spot);
    if (depth > 0 && chance(14)) {
        const auto found = claims().scalarsByResult.find(oid);
        if (found != claims().scalarsByResult.end())
            return scalarCall(*oneOf(found->second), depth - 1);
    }
    if (depth > 0 && chance(6)) {
        for (const auto &row : catalogue::casts()) {
            if (row.target == oid && row.context == catalogue::CastContext::Implicit && m_values.makes(row.source) &&
                chance(30))
                return nodeOf(oid, {argument(row.source, {}, 0)});
        }
    }
    return m_values.constant(oid, spot);
}

Pieces CatalogueCalls::argumentList(const Row &row, int depth, bool columnsOnly)
{
    const std::string symbol(row.symbol);
    std::size_t count = row.arguments.size();
    if (row.defaultCount > 0)
        count -= below(static_cast<std::size_t>(row.defaultCount) + 1);
    const bool named = row.argumentNames.size() == row.arguments.size() && row.variadic == 0 && chance(8);
    Pieces pieces;
    const auto add = [&](Oid declared, std::size_t index, const std::string &before) {
        pieces.emplace_back((pieces.empty() ? "" : ", ") + before);
        const Spot spot{symbol, index, {}};
        const Oid oid = concrete(declared);
        pieces.emplace_back(columnsOnly && m_values.makes(oid) && !isSize(symbol, index) && chance(80)
                                ? column(oid, spot)
                                : argument(oid, spot, depth));
    };
    for (std::size_t i = 0; i < count; ++i) {
        const Oid declared = row.arguments[i];
        const bool gathers = row.variadic != 0 && i + 1 == row.arguments.size();
        if (gathers && (row.variadic == type::kAny || chance(80))) {
            for (std::size_t n = (row.variadic == type::kAny ? 1 : 0) + below(4); n > 0; --n)
                add(row.variadic, i, "");
            continue;
        }
        const std::string name = named ? std::string(row.argumentNames[i]) + " => " : std::string();
        add(declared, i, gathers ? "VARIADIC " : name);
    }
    return pieces;
}

Ptr CatalogueCalls::scalarCall(const Row &row, int depth)
{
    Pieces pieces{calledName(row.name) + "("};
    for (auto &piece : argumentList(row, depth, false))
        pieces.push_back(std::move(piece));
    pieces.emplace_back(")");
    return nodeOf(concrete(row.result), std::move(pieces));
}

Ptr CatalogueCalls::operation(const catalogue::OperatorRow &row, int depth)
{
    const std::string symbol(catalogue::findFunction(row.function)->symbol);
    const std::string name(row.name);
    const auto right = argument(row.right, {symbol, row.left ? 1u : 0u, {}}, depth);
    if (row.left == 0)
        return nodeOf(concrete(row.result), {"(" + name + " ", right, ")"});
    const auto left = argument(row.left, {symbol, 0, {}}, depth);
    const Oid rightType = concrete(row.right);
    const auto *rightRow = catalogue::findType(rightType);
    if (row.result == type::kBool && rightRow && rightRow->array != 0 && m_values.makes(rightType) && chance(8)) {
        const char *quantifier = chance(60) ? " ANY (" : " ALL (";
        if (chance(50))
            return nodeOf(type::kBool, {"(", left, " " + name + quantifier, argument(rightRow->array, {}, 0), "))"});
        return nodeOf(type::kBool, {"(", left, " " + name + quantifier + "VALUES (", m_values.typed(rightType, {}),
                                    "), (", m_values.typed(rightType, {}), ")))"});
    }
    const std::string spelt = chance(2) ? "OPERATOR(pg_catalog." + name + ")" : name;
    return nodeOf(concrete(row.result), {"(", left, " " + spelt + " ", right, ")"});
}

std::string CatalogueCalls::withModifier(Oid oid)
{
    static const std::vector<std::string> kFields{
        "year",          "month",          "day",       "hour",        "year to month",
        "day to second", "hour to minute", "second(2)", "day to hour", "minute to second"};
    const auto number = [this](int from, int count) {
        return std::to_string(from + static_cast<int>(below(static_cast<std::size_t>(count))));
    };
    if (!chance(35))
        return sqlName(oid);
    switch (oid) {
    case type::kNumeric:
        return chance(30) ? "numeric(" + number(0, 12) + ")" : "numeric(" + number(1, 20) + "," + number(-3, 12) + ")";
    case type::kVarchar:
        return "varchar(" + number(0, 9) + ")";
    case type::kBpchar:
        return "char(" + number(1, 9) + ")";
    case type::kTimestamp:
    case type::kTimestamptz:
    case type::kTime:
    case type::kTimetz:
        return sqlName(oid) + "(" + number(0, 8) + ")";
    case type::kInterval:
        return chance(30) ? "interval(" + number(0, 7) + ")" : "interval " + oneOf(kFields);
    case type::kFloat8:
        return "float(" + number(0, 56) + ")";
    default:
        return sqlName(oid);
    }
}

Ptr CatalogueCalls::cast(int depth)
{
    const auto &types = claims().types;
    Oid source = chance(50) ? commonType() : oneOf(types);
    Oid target = chance(40) ? commonType() : oneOf(types);
    if (chance(60)) {
        const auto rows = catalogue::casts();
        for (int tries = 0; tries < 20; ++tries) {
            const auto &row = rows[below(rows.size())];
            if (m_values.makes(row.source) && m_values.makes(row.target)) {
                source = row.source;
                target = row.target;
                break;
            }
        }
    }
    if (!m_values.makes(source))
        source = type::kText;
    const auto inner = argument(source, {}, depth);
    const std::string name = withModifier(target);
    if (chance(20))
        return nodeOf(target, {"CAST(", inner, " AS " + name + ")"});
    // A constant of the target type, read with its modifier.
    if (chance(20) && m_values.makes(target))
        return nodeOf(target, {m_values.typed(target, {}), "::" + name});
    return nodeOf(target, {"(", inner, ")::" + name});
}

Ptr CatalogueCalls::values(std::size_t rows)
{
    Pieces pieces{"(VALUES "};
    const auto one = [this](const std::string &before) {
        Pieces cells{before + "("};
        for (const auto &each : m_columns) {
            cells.emplace_back(cells.size() > 1 ? ", " : "");
            cells.emplace_back(m_values.typed(each.type, each.spot));
        }
        cells.emplace_back(")");
        return cells;
    };
    pieces.emplace_back(nodeOf("first row", one("")));
    for (std::size_t i = 1; i < rows; ++i)
        pieces.emplace_back(nodeOf("row", one(", "), true));
    std::string names;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        names += (i ? ", c" : "c") + std::to_string(i + 1);
    pieces.emplace_back(") AS v(" + names + ")");
    return nodeOf("values", std::move(pieces));
}

Ptr CatalogueCalls::scalarQuery(const Ptr &expression, bool isBoolean)
{
    const auto query = std::make_shared<QueryNode>();
    query->sort = "query";
    query->ordered = true;
    if (m_columns.empty()) {
        query->pieces = {"SELECT ", expression};
        return query;
    }
    const std::size_t rows = 1 + below(4);
    const Ptr from = values(rows);
    if (isBoolean && chance(25))
        query->pieces = {"SELECT * FROM ", from, " WHERE ", expression};
    else if (chance(6))
        query->pieces = {"SELECT ", expression, " AS x, count(*) FROM ", from, " GROUP BY 1"};
    else if (chance(6))
        query->pieces = {"SELECT DISTINCT ", expression, " FROM ", from};
    else if (chance(6))
        query->pieces = {"SELECT ", expression, " AS x FROM ", from, " ORDER BY x", chance(50) ? " DESC" : ""};
    else
        query->pieces = {"SELECT ", expression, " FROM ", from};
    const auto &start = std::get<std::string>(query->pieces.front());
    const auto has = [&query](const char *word) {
        for (const auto &piece : query->pieces) {
            if (const auto *text = std::get_if<std::string>(&piece); text && text->find(word) != std::string::npos)
                return true;
        }
        return false;
    };
    query->ordered = !has("GROUP BY") && start.find("DISTINCT") == std::string::npos;
    return query;
}

} // namespace sqlgym::parity
