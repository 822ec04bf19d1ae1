// Changing jsonb: ||, -, #-, jsonb_set, jsonb_insert; json_strip_nulls, jsonb_pretty and the casts to numbers and
// boolean.
//
// Source: PostgreSQL 15 manual, 9.16 JSON Functions and Operators.
#include "runtime/families.h"

#include "runtime/json_tree.h"
#include "value/numeric.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>

namespace sqlgym::runtime {

using value::Context;
using Kind = JsonNode::Kind;

namespace {

Datum written(const JsonNode &node, Context &cx)
{
    std::string out;
    return appendJsonb(node, out, cx) && !cx.stop.raised() ? value::makeText(out, cx.arena) : Datum::null();
}

JsonNode asArray(JsonNode node)
{
    if (node.kind == Kind::Array)
        return node;
    JsonNode array;
    array.kind = Kind::Array;
    array.items.push_back(std::move(node));
    return array;
}

Datum concatenate(Call &call, const Datum *a)
{
    JsonNode x, y;
    if (!parseJson(a[0].text(), x, call.cx) || !parseJson(a[1].text(), y, call.cx))
        return Datum::null();
    if (x.kind == Kind::Object && y.kind == Kind::Object) {
        std::ranges::move(y.fields, std::back_inserter(x.fields)); // the last of equal keys counts
    } else {
        x = asArray(std::move(x));
        y = asArray(std::move(y));
        std::ranges::move(y.items, std::back_inserter(x.items));
    }
    return written(x, call.cx);
}

/// False, with the error raised, when `document` is no array or object.
bool openContainer(const Datum &document, const char *message, JsonNode &out, Context &cx)
{
    if (!parseJson(document.text(), out, cx))
        return false;
    if (out.isContainer())
        return true;
    cx.fail("22023", message);
    return false;
}

void removeKey(JsonNode &node, std::string_view key)
{
    std::erase_if(node.fields, [&](const auto &field) { return field.first == key; });
    std::erase_if(node.items, [&](const JsonNode &item) { return item.kind == Kind::String && item.text == key; });
}

Datum deleteKey(Call &call, const Datum *a)
{
    JsonNode node;
    if (!openContainer(a[0], "cannot delete from scalar", node, call.cx))
        return Datum::null();
    removeKey(node, a[1].text());
    return written(node, call.cx);
}

bool isOneList(const value::ArrayValue &array, Context &cx)
{
    if (array.dimensionCount > 1)
        cx.fail("2202E", "wrong number of array subscripts");
    return array.dimensionCount <= 1;
}

Datum deleteKeys(Call &call, const Datum *a)
{
    JsonNode node;
    const value::ArrayValue &keys = *a[1].array;
    if (!isOneList(keys, call.cx) || !openContainer(a[0], "cannot delete from scalar", node, call.cx))
        return Datum::null();
    for (std::uint32_t i = 0; i < keys.elementCount; ++i) {
        if (!keys.elements[i].isNull)
            removeKey(node, keys.elements[i].text());
    }
    return written(node, call.cx);
}

Datum deleteIndex(Call &call, const Datum *a)
{
    JsonNode node;
    if (!openContainer(a[0], "cannot delete from scalar", node, call.cx))
        return Datum::null();
    if (node.kind == Kind::Object)
        return call.cx.fail("22023", "cannot delete from object using integer index");
    const auto count = static_cast<std::int64_t>(node.items.size());
    const std::int64_t at = a[1].int64 < 0 ? a[1].int64 + count : a[1].int64;
    if (at >= 0 && at < count)
        node.items.erase(node.items.begin() + at);
    return written(node, call.cx);
}

enum class Change : std::uint8_t { Delete, Replace, Create, InsertBefore, InsertAfter };

/// Walks down a path and changes what lies at its end.
class PathChange {
public:
    PathChange(const value::ArrayValue &path, const JsonNode *value, Change change, Context &cx)
        : m_path(path), m_value(value), m_change(change), m_cx(cx)
    {
    }

    void apply(JsonNode &node, std::uint32_t level)
    {
        if (m_path.elements[level].isNull) {
            m_cx.fail("22004", "path element at position " + std::to_string(level + 1) + " is null");
            return;
        }
        if (node.kind == Kind::Object)
            inObject(node, level);
        else if (node.kind == Kind::Array)
            inArray(node, level);
    }

private:
    bool isLast(std::uint32_t level) const { return level + 1 == m_path.elementCount; }
    bool inserts() const { return m_change == Change::InsertBefore || m_change == Change::InsertAfter; }

    void inObject(JsonNode &node, std::uint32_t level)
    {
        const std::string key(m_path.elements[level].text());
        const auto found = std::ranges::find_if(node.fields, [&](const auto &field) { return field.first == key; });
        if (found == node.fields.end()) {
            if (isLast(level) && (inserts() || m_change == Change::Create))
                node.fields.emplace_back(key, *m_value);
            return;
        }
        if (!isLast(level))
            return apply(found->second, level + 1);
        if (inserts())
            m_cx.fail("22023", "cannot replace existing key", {},
                      "Try using the function jsonb_set to replace key value.");
        else if (m_change == Change::Delete)
            node.fields.erase(found);
        else
            found->second = *m_value;
    }

    bool index(std::uint32_t level, long &out)
    {
        const std::string step(m_path.elements[level].text());
        char *end = nullptr;
        errno = 0;
        out = std::strtol(step.c_str(), &end, 10);
        if (end != step.c_str() && *end == '\0' && errno == 0 && out >= INT32_MIN && out <= INT32_MAX)
            return true;
        m_cx.fail("22P02",
                  "path element at position " + std::to_string(level + 1) + " is not an integer: \"" + step + "\"");
        return false;
    }

    void inArray(JsonNode &node, std::uint32_t level)
    {
        long at = 0;
        if (!index(level, at))
            return;
        const auto count = static_cast<long>(node.items.size());
        at = at < 0 ? at + count : at;
        const bool isThere = at >= 0 && at < count;
        const auto place = node.items.begin() + std::clamp(at, 0L, count);
        if (!isLast(level)) {
            if (isThere)
                apply(*place, level + 1);
            return;
        }
        if (!isThere) {
            // Beyond an end: there.
            if (inserts() || m_change == Change::Create)
                node.items.insert(place, *m_value);
            return;
        }
        switch (m_change) {
        case Change::Delete:
            node.items.erase(place);
            break;
        case Change::Replace:
        case Change::Create:
            *place = *m_value;
            break;
        case Change::InsertBefore:
            node.items.insert(place, *m_value);
            break;
        case Change::InsertAfter:
            node.items.insert(place + 1, *m_value);
            break;
        }
    }

    const value::ArrayValue &m_path;
    const JsonNode *m_value;
    Change m_change;
    Context &m_cx;
};

Datum changePath(const Datum &document, const Datum &path, const Datum *value, Change change, Context &cx)
{
    JsonNode node, part;
    const char *refusal = change == Change::Delete ? "cannot delete path in scalar" : "cannot set path in scalar";
    if (!isOneList(*path.array, cx) || !openContainer(document, refusal, node, cx) ||
        (value && !parseJson(value->text(), part, cx)))
        return Datum::null();
    const bool isEmpty = node.items.empty() && node.fields.empty();
    if (path.array->elementCount == 0 || (isEmpty && (change == Change::Delete || change == Change::Replace)))
        return document;
    PathChange(*path.array, &part, change, cx).apply(node, 0);
    return cx.stop.raised() ? Datum::null() : written(node, cx);
}

Datum deletePath(Call &call, const Datum *a) { return changePath(a[0], a[1], nullptr, Change::Delete, call.cx); }
Datum set(Call &call, const Datum *a)
{
    return changePath(a[0], a[1], &a[2], a[3].isTrue() ? Change::Create : Change::Replace, call.cx);
}
Datum insert(Call &call, const Datum *a)
{
    return changePath(a[0], a[1], &a[2], a[3].isTrue() ? Change::InsertAfter : Change::InsertBefore, call.cx);
}

/// jsonb_set, where a NULL as the new value means what the last argument says.
Datum setLax(Call &call, const Datum *a)
{
    if (a[0].isNull || a[1].isNull || a[3].isNull)
        return Datum::null();
    const std::string_view treatment = a[4].isNull ? std::string_view() : a[4].text();
    const bool known = treatment == "delete_key" || treatment == "return_target" || treatment == "use_json_null" ||
                       treatment == "raise_exception";
    if (a[4].isNull || (a[2].isNull && !known))
        return call.cx.fail("22023", "null_value_treatment must be \"delete_key\", \"return_target\", "
                                     "\"use_json_null\", or \"raise_exception\"");
    if (!a[2].isNull)
        return set(call, a);
    if (treatment == "raise_exception")
        return call.cx.fail(
            "22004", "JSON value must not be null",
            "Exception was raised because null_value_treatment is \"raise_exception\".",
            "To avoid, either change the null_value_treatment argument or ensure that an SQL NULL is not passed.");
    if (treatment == "return_target")
        return a[0];
    if (treatment == "delete_key")
        return deletePath(call, a);
    const Datum arguments[] = {a[0], a[1], Datum::ofText("null"), a[3]};
    return set(call, arguments);
}

void stripNulls(JsonNode &node)
{
    std::erase_if(node.fields, [](const auto &field) { return field.second.kind == Kind::Null; });
    for (auto &[name, field] : node.fields)
        stripNulls(field);
    for (auto &item : node.items)
        stripNulls(item);
}

/// Without blanks, in the order of the text.
void appendCompact(const JsonNode &node, std::string &out)
{
    const char *separator = "";
    if (node.kind == Kind::Array) {
        out += '[';
        for (const auto &item : node.items) {
            out += separator;
            appendCompact(item, out);
            separator = ",";
        }
        out += ']';
    } else if (node.kind == Kind::Object) {
        out += '{';
        for (const auto &[name, field] : node.fields) {
            out += separator;
            appendJsonString(name, out);
            out += ':';
            appendCompact(field, out);
            separator = ",";
        }
        out += '}';
    } else if (node.kind == Kind::String) {
        appendJsonString(node.text, out);
    } else {
        out += node.source;
    }
}

template <bool Binary> Datum strip(Call &call, const Datum *a)
{
    JsonNode node;
    if (!parseJson(a[0].text(), node, call.cx))
        return Datum::null();
    stripNulls(node);
    if (Binary)
        return written(node, call.cx);
    std::string out;
    appendCompact(node, out);
    return value::makeText(out, call.cx.arena);
}

void appendPretty(const JsonNode &node, std::size_t level, std::string &out)
{
    if (!node.isContainer()) {
        out += node.source;
        return;
    }
    const bool isArray = node.kind == Kind::Array;
    const char *separator = "";
    const auto line = [&](std::size_t depth) { out += '\n' + std::string(depth * 4, ' '); };
    out += isArray ? '[' : '{';
    for (const auto &item : node.items) {
        out += separator;
        line(level + 1);
        appendPretty(item, level + 1, out);
        separator = ",";
    }
    for (const auto &[name, field] : node.fields) {
        out += separator;
        line(level + 1);
        appendJsonString(name, out);
        out += ": ";
        appendPretty(field, level + 1, out);
        separator = ",";
    }
    line(level);
    out += isArray ? ']' : '}';
}

Datum pretty(Call &call, const Datum *a)
{
    JsonNode node;
    if (!parseJson(a[0].text(), node, call.cx))
        return Datum::null();
    std::string out;
    appendPretty(node, 0, out);
    return value::makeText(out, call.cx.arena);
}

/// The number in a document that is one.
Datum number(const Datum &document, const char *typeName, Kind wanted, JsonNode &node, Context &cx)
{
    if (!parseJson(document.text(), node, cx))
        return Datum::null();
    const bool isBoolean = node.kind == Kind::True || node.kind == Kind::False;
    if (node.kind == wanted || (isBoolean && wanted == Kind::True))
        return isBoolean ? Datum::ofBool(node.kind == Kind::True) : value::numeric::parse(node.text, cx);
    static constexpr const char *kNames[] = {"null", "string", "numeric", "boolean", "boolean", "array", "object"};
    return cx.fail("22023",
                   std::string("cannot cast jsonb ") + kNames[static_cast<int>(node.kind)] + " to type " + typeName);
}

template <Datum (*Convert)(const Datum &, Context &)> Datum toNumber(Call &call, const Datum &a, const char *typeName)
{
    JsonNode node;
    const Datum n = number(a, typeName, Kind::Number, node, call.cx);
    return n.isNull ? n : Convert(n, call.cx);
}

namespace num = value::numeric;

constexpr ScalarEntry kScalars[] = {
    {"jsonb_concat", concatenate},
    {"jsonb_delete", deleteKey},
    {"jsonb_delete_array", deleteKeys},
    {"jsonb_delete_idx", deleteIndex},
    {"jsonb_delete_path", deletePath},
    {"jsonb_set", set},
    {"jsonb_set_lax", setLax},
    {"jsonb_insert", insert},
    {"jsonb_strip_nulls", strip<true>},
    {"json_strip_nulls", strip<false>},
    {"jsonb_pretty", pretty},
    {"jsonb_bool",
     [](Call &call, const Datum *a) {
         JsonNode node;
         return number(a[0], "boolean", Kind::True, node, call.cx);
     }},
    {"jsonb_numeric",
     [](Call &call, const Datum *a) {
         JsonNode node;
         return number(a[0], "numeric", Kind::Number, node, call.cx);
     }},
    {"jsonb_int2", [](Call &call, const Datum *a) { return toNumber<num::toInt2>(call, a[0], "smallint"); }},
    {"jsonb_int4", [](Call &call, const Datum *a) { return toNumber<num::toInt4>(call, a[0], "integer"); }},
    {"jsonb_int8", [](Call &call, const Datum *a) { return toNumber<num::toInt8>(call, a[0], "bigint"); }},
    {"jsonb_float4", [](Call &call, const Datum *a) { return toNumber<num::toFloat4>(call, a[0], "real"); }},
    {"jsonb_float8",
     [](Call &call, const Datum *a) { return toNumber<num::toFloat8>(call, a[0], "double precision"); }},
};

} // namespace

Family jsonEditFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
