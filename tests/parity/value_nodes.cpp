#include "value_nodes.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "claims.h"
#include "runtime/io.h"

#include <algorithm>

namespace sqlgym::parity {

namespace {

namespace type = catalogue::type;
using Ptr = QueryNode::Ptr;

constexpr std::size_t kLongText = 60;
constexpr std::size_t kChunk = 12;

/// The beginning of the next character after `at`, or `count` bytes on.
std::size_t nextCut(const std::string &text, std::size_t at, std::size_t count)
{
    std::size_t to = std::min(text.size(), at + count);
    while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80)
        ++to;
    return to;
}

Ptr quotedNode(const std::string &text)
{
    auto made = std::make_shared<QueryNode>();
    made->sort = "quoted";
    made->pieces.emplace_back("'");
    const std::size_t step = text.size() > kLongText ? kChunk : 1;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t to = nextCut(text, at, step);
        std::string part;
        for (const char c : text.substr(at, to - at))
            part += c == '\'' ? std::string("''") : std::string(1, c);
        made->pieces.emplace_back(nodeOf("character", {part}, true));
        at = to;
    }
    made->pieces.emplace_back("'");
    return made;
}

bool isReadable(Oid oid, const std::string &text)
{
    base::MemoryAccount account(std::size_t{16} << 20);
    base::Stop stop;
    base::CancelToken cancel;
    value::Session session;
    value::Arena arena(account, stop);
    value::Context cx{arena, stop, cancel, session};
    runtime::textIn(oid, text, -1, cx);
    return !stop.raised();
}

/// An unsigned or negative number without blanks, as a numeric constant is written.
bool looksLikeConstant(const std::string &text)
{
    const std::string digits = text.substr(!text.empty() && text[0] == '-');
    return !digits.empty() && digits[0] != '.' && digits.size() < 25 &&
           digits.find_first_not_of("0123456789.") == std::string::npos;
}

bool isNumber(Oid oid)
{
    return oid == type::kInt2 || oid == type::kInt4 || oid == type::kInt8 || oid == type::kNumeric ||
           oid == type::kFloat4 || oid == type::kFloat8;
}

std::string elementQuoted(const std::string &text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

} // namespace

std::string sortOf(Oid oid) { return "value " + std::to_string(oid); }

Ptr nodeOf(const std::string &sort, std::vector<QueryNode::Piece> pieces, bool optional)
{
    auto made = std::make_shared<QueryNode>();
    made->sort = sort;
    made->pieces = std::move(pieces);
    made->optional = optional;
    return made;
}

Ptr nodeOf(Oid oid, std::vector<QueryNode::Piece> pieces)
{
    auto made = std::make_shared<QueryNode>();
    made->sort = sortOf(oid);
    made->pieces = std::move(pieces);
    made->simplest = "NULL::" + sqlName(oid);
    return made;
}

bool ValueNodes::makes(Oid oid) const
{
    const auto *row = catalogue::findType(oid);
    if (row == nullptr)
        return false;
    if (m_pools.knows(std::string(row->name)))
        return true;
    return row->isTrueArray && makes(row->element);
}

std::string ValueNodes::arrayText(Oid element, int depth)
{
    std::string out = "{";
    const std::size_t count = m_pools.below(4);
    for (std::size_t i = 0; i < count; ++i) {
        out += i ? "," : "";
        if (depth > 0)
            out += arrayText(element, depth - 1);
        else
            out += chance(15) ? "NULL" : elementQuoted(draw(element, {}));
    }
    return out + "}";
}

std::string ValueNodes::draw(Oid oid, const Spot &spot)
{
    const auto *row = catalogue::findType(oid);
    std::string name(row->name);
    if (!spot.pool.empty())
        name = spot.pool;
    else if (oid == type::kText && m_pools.below(5) != 0)
        name = tests::specialPool(spot.symbol, spot.index);
    if (name.empty() || !m_pools.knows(name))
        name = std::string(row->name);
    if (m_pools.knows(name))
        return m_pools.pick(name);
    std::string text = arrayText(row->element, chance(10) ? 1 : 0);
    if (chance(6))
        text = "[" + std::to_string(static_cast<int>(m_pools.below(4)) - 2) + ":1]=" + text;
    return text;
}

tests::Argument ValueNodes::text(Oid oid, const Spot &spot)
{
    if (chance(5))
        return std::nullopt;
    const bool anything = chance(12);
    for (int tries = 0;; ++tries) {
        const auto text = tests::tamedArgument(spot.symbol, spot.index, draw(oid, spot), m_pools);
        if (anything || tries > 6 || !text || isReadable(oid, *text))
            return text;
    }
}

Ptr ValueNodes::quoted(const std::string &pool) { return quotedNode(m_pools.pick(pool)); }

Ptr ValueNodes::typed(Oid oid, const Spot &spot)
{
    const auto value = text(oid, spot);
    if (!value)
        return nodeOf(oid, {"NULL::" + sqlName(oid)});
    return nodeOf(oid, {quotedNode(*value), "::" + sqlName(oid)});
}

Ptr ValueNodes::constant(Oid oid, const Spot &spot)
{
    const auto value = text(oid, spot);
    if (!value)
        return nodeOf(oid, {chance(30) ? "NULL" : "NULL::" + sqlName(oid)});
    if (isNumber(oid) && looksLikeConstant(*value) && chance(40))
        return nodeOf(oid, {(*value)[0] == '-' ? "(" + *value + ")" : *value});
    if (oid == type::kBool && chance(60) && (*value == "t" || *value == "f"))
        return nodeOf(oid, {*value == "t" ? "true" : "false"});
    const std::size_t spelling = m_pools.below(10);
    if (spelling < 2)
        return nodeOf(oid, {quotedNode(*value)});
    if (spelling == 2)
        return nodeOf(oid, {"CAST(", quotedNode(*value), " AS " + sqlName(oid) + ")"});
    if (spelling == 3 && !catalogue::findType(oid)->isTrueArray)
        return nodeOf(oid, {sqlName(oid) + " ", quotedNode(*value)});
    return nodeOf(oid, {quotedNode(*value), "::" + sqlName(oid)});
}

} // namespace sqlgym::parity
