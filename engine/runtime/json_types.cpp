// json and jsonb as types. A json value is its text; a jsonb value is its canonical text.
#include "catalogue/type_oids.h"
#include "runtime/json_tree.h"
#include "runtime/type_table.h"
#include "value/numeric.h"

namespace sqlgym::runtime {

namespace type = catalogue::type;
using value::Context;
using value::Datum;

namespace {

/// For order and hash, which have no run of their own.
struct Local {
    base::MemoryAccount account;
    base::Stop stop;
    base::CancelToken cancel;
    value::Session session;
    value::Arena arena{account, stop};
    Context cx{arena, stop, cancel, session};
};

Datum jsonIn(std::string_view text, std::int32_t, Context &cx)
{
    JsonNode node;
    return parseJson(text, node, cx) ? value::makeText(text, cx.arena) : Datum::null();
}

Datum jsonbIn(std::string_view text, std::int32_t, Context &cx)
{
    JsonNode node;
    std::string out;
    return parseJson(text, node, cx) && appendJsonb(node, out, cx) ? value::makeText(out, cx.arena) : Datum::null();
}

int compareJsonb(const Datum &a, const Datum &b)
{
    Local local;
    JsonNode x, y;
    parseJson(a.text(), x, local.cx);
    parseJson(b.text(), y, local.cx);
    // An empty array, and only on the outside, comes before everything.
    const bool xEmpty = x.kind == JsonNode::Kind::Array && x.items.empty();
    const bool yEmpty = y.kind == JsonNode::Kind::Array && y.items.empty();
    if (xEmpty != yEmpty)
        return xEmpty ? -1 : 1;
    return compareJson(x, y, local.cx);
}

std::uint64_t hashNode(const JsonNode &node, Context &cx)
{
    std::uint64_t h = mixBits(static_cast<std::uint64_t>(node.kind) + 1);
    if (node.kind == JsonNode::Kind::Number)
        return h ^ value::numeric::hash(value::numeric::parse(node.text, cx));
    if (node.kind == JsonNode::Kind::String)
        return h ^ hashBytes(node.text);
    for (const auto &item : node.items)
        h = mixBits(h ^ hashNode(item, cx));
    for (const auto &[name, field] : node.fields)
        h = mixBits(h ^ hashBytes(name) ^ mixBits(hashNode(field, cx)));
    return h;
}

std::uint64_t hashJsonb(const Datum &datum)
{
    Local local;
    JsonNode node;
    parseJson(datum.text(), node, local.cx);
    return hashNode(node, local.cx);
}

void textOut(const Datum &datum, std::string &out) { out += datum.text(); }

} // namespace

std::span<const TypeEntry> jsonTypes()
{
    static const TypeEntry kTypes[] = {
        {type::kJson, 199, jsonIn, textOut, nullptr, nullptr},
        {type::kJsonb, 3807, jsonbIn, textOut, compareJsonb, hashJsonb},
    };
    return kTypes;
}

} // namespace sqlgym::runtime
