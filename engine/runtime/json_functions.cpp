// Looking into json and jsonb: -> ->> #> #>> @> ? and the functions that unfold arrays and objects.
#include "runtime/families.h"

#include "catalogue/type_oids.h"
#include "runtime/compare.h"
#include "runtime/json_tree.h"
#include "value/numeric.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>

namespace sqlgym::runtime {

using value::Context;
using Kind = JsonNode::Kind;

namespace {

/// A part of a document as json or jsonb: the source of a jsonb part is canonical already.
Datum part(const JsonNode *node, Context &cx) { return node ? value::makeText(node->source, cx.arena) : Datum::null(); }
/// As text: strings without quotes, null as NULL.
Datum partText(const JsonNode *node, Context &cx)
{
    if (!node || node->kind == Kind::Null)
        return Datum::null();
    return value::makeText(node->kind == Kind::String ? std::string_view(node->text) : node->source, cx.arena);
}
using Show = Datum (*)(const JsonNode *, Context &);

const JsonNode *itemAt(const JsonNode &node, std::int64_t index)
{
    if (node.kind != Kind::Array)
        return nullptr;
    const auto count = static_cast<std::int64_t>(node.items.size());
    const std::int64_t at = index < 0 ? index + count : index;
    return at >= 0 && at < count ? &node.items[static_cast<std::size_t>(at)] : nullptr;
}

template <Show S> Datum field(Call &call, const Datum *a)
{
    JsonNode node;
    return parseJson(a[0].text(), node, call.cx) ? S(node.find(a[1].text()), call.cx) : Datum::null();
}
template <Show S> Datum element(Call &call, const Datum *a)
{
    JsonNode node;
    return parseJson(a[0].text(), node, call.cx) ? S(itemAt(node, a[1].int64), call.cx) : Datum::null();
}

/// A bare jsonb value is an array of one to ->.
template <Show S> Datum elementb(Call &call, const Datum *a)
{
    JsonNode node;
    if (!parseJson(a[0].text(), node, call.cx))
        return Datum::null();
    const bool isBare = !node.isContainer() && (a[1].int64 == 0 || a[1].int64 == -1);
    return S(isBare ? &node : itemAt(node, a[1].int64), call.cx);
}

template <Show S> Datum path(Call &call, const Datum *a)
{
    JsonNode root;
    if (!parseJson(a[0].text(), root, call.cx))
        return Datum::null();
    const value::ArrayValue &steps = *a[1].array;
    const JsonNode *node = &root;
    for (std::uint32_t i = 0; i < steps.elementCount; ++i) {
        if (steps.elements[i].isNull)
            return Datum::null();
    }
    for (std::uint32_t i = 0; i < steps.elementCount && node; ++i) {
        const std::string step(steps.elements[i].text());
        if (node->kind == Kind::Object) {
            node = node->find(step);
        } else {
            char *end = nullptr;
            errno = 0;
            const long index = std::strtol(step.c_str(), &end, 10);
            const bool isIndex =
                !step.empty() && *end == '\0' && errno == 0 && index >= INT32_MIN && index <= INT32_MAX;
            node = isIndex ? itemAt(*node, index) : nullptr;
        }
    }
    return S(node, call.cx);
}

Datum typeName(Call &call, const Datum *a)
{
    JsonNode node;
    if (!parseJson(a[0].text(), node, call.cx))
        return Datum::null();
    static constexpr std::string_view kNames[] = {"null", "string", "number", "boolean", "boolean", "array", "object"};
    return Datum::ofText(kNames[static_cast<int>(node.kind)]);
}

Datum arrayLength(Call &call, const Datum *a)
{
    JsonNode node;
    if (!parseJson(a[0].text(), node, call.cx))
        return Datum::null();
    if (node.kind != Kind::Array)
        return call.cx.fail("22023", node.kind == Kind::Object ? "cannot get array length of a non-array"
                                                               : "cannot get array length of a scalar");
    return Datum::ofInt(static_cast<std::int64_t>(node.items.size()));
}

bool same(const JsonNode &a, const JsonNode &b, Context &cx) { return compareJson(a, b, cx) == 0; }

bool contains(const JsonNode &a, const JsonNode &b, Context &cx)
{
    if (cx.poll())
        return false;
    if (a.kind == Kind::Object && b.kind == Kind::Object) {
        return std::ranges::all_of(b.fields, [&](const auto &wanted) {
            const JsonNode *found = a.find(wanted.first);
            return found && contains(*found, wanted.second, cx);
        });
    }
    if (a.kind == Kind::Array && b.kind == Kind::Array) {
        return std::ranges::all_of(b.items, [&](const JsonNode &wanted) {
            return std::ranges::any_of(a.items, [&](const JsonNode &item) { return contains(item, wanted, cx); });
        });
    }
    return !a.isContainer() && !b.isContainer() && same(a, b, cx);
}

/// On the outside an array also contains a bare value.
Datum containsTop(const Datum &a, const Datum &b, Context &cx)
{
    JsonNode x, y;
    if (!parseJson(a.text(), x, cx) || !parseJson(b.text(), y, cx))
        return Datum::null();
    const bool found = x.kind == Kind::Array && !y.isContainer()
                           ? std::ranges::any_of(x.items, [&](const JsonNode &item) { return contains(item, y, cx); })
                           : contains(x, y, cx);
    return Datum::ofBool(found);
}

bool hasKey(const JsonNode &node, std::string_view key)
{
    const auto isKey = [&](const JsonNode &item) { return item.kind == Kind::String && item.text == key; };
    return node.kind == Kind::Object  ? node.find(key) != nullptr
           : node.kind == Kind::Array ? std::ranges::any_of(node.items, isKey)
                                      : isKey(node);
}
Datum exists(Call &call, const Datum *a)
{
    JsonNode node;
    return parseJson(a[0].text(), node, call.cx) ? Datum::ofBool(hasKey(node, a[1].text())) : Datum::null();
}
template <bool All> Datum existsMany(Call &call, const Datum *a)
{
    JsonNode node;
    if (!parseJson(a[0].text(), node, call.cx))
        return Datum::null();
    const value::ArrayValue &keys = *a[1].array;
    for (std::uint32_t i = 0; i < keys.elementCount; ++i) {
        if (!keys.elements[i].isNull && hasKey(node, keys.elements[i].text()) != All)
            return Datum::ofBool(!All);
    }
    return Datum::ofBool(All);
}

template <int Which> Datum compare(Call &, const Datum *a)
{
    static const CompareFunction kCompare = findCompare(catalogue::type::kJsonb);
    return comparison<Which>(kCompare(a[0], a[1]));
}

constexpr ScalarEntry kScalars[] = {
    {"json_object_field", field<part>},
    {"json_object_field_text", field<partText>},
    {"json_array_element", element<part>},
    {"json_array_element_text", element<partText>},
    {"json_extract_path", path<part>},
    {"json_extract_path_text", path<partText>},
    {"jsonb_object_field", field<part>},
    {"jsonb_object_field_text", field<partText>},
    {"jsonb_array_element", elementb<part>},
    {"jsonb_array_element_text", elementb<partText>},
    {"jsonb_extract_path", path<part>},
    {"jsonb_extract_path_text", path<partText>},
    {"json_typeof", typeName},
    {"jsonb_typeof", typeName},
    {"json_array_length", arrayLength},
    {"jsonb_array_length", arrayLength},
    {"jsonb_contains", [](Call &call, const Datum *a) { return containsTop(a[0], a[1], call.cx); }},
    {"jsonb_contained", [](Call &call, const Datum *a) { return containsTop(a[1], a[0], call.cx); }},
    {"jsonb_exists", exists},
    {"jsonb_exists_any", existsMany<false>},
    {"jsonb_exists_all", existsMany<true>},
    {"jsonb_eq", compare<0>},
    {"jsonb_ne", compare<1>},
    {"jsonb_lt", compare<2>},
    {"jsonb_le", compare<3>},
    {"jsonb_gt", compare<4>},
    {"jsonb_ge", compare<5>},
};

/// The rows of a document, in the arena.
struct Rows {
    Datum *cells;
    std::size_t count, next;
};

/// `width` cells a row, laid down by `fill`.
template <typename Fill> void *open(Call &call, std::size_t count, std::size_t width, Fill fill)
{
    auto *rows = static_cast<Rows *>(call.cx.arena.allocate(sizeof(Rows)));
    *rows = {call.cx.arena.allocateArray<Datum>(count * width), 0, 0};
    if (!rows->cells)
        return rows;
    rows->count = count;
    for (std::size_t i = 0; i < count && !call.cx.stop.raised(); ++i)
        fill(i, rows->cells + i * width);
    return rows;
}

/// The function's name stands in most refusals; json and jsonb word them differently.
enum class Name : std::uint8_t {
    JsonElements,
    JsonElementsText,
    JsonbElements,
    JsonbElementsText,
    JsonEach,
    JsonEachText,
    JsonbEach,
    JsonbEachText,
    JsonKeys,
    JsonbKeys,
};
constexpr const char *kNames[] = {
    "json_array_elements", "json_array_elements_text", "jsonb_array_elements", "jsonb_array_elements_text",
    "json_each",           "json_each_text",           "jsonb_each",           "jsonb_each_text",
    "json_object_keys",    "jsonb_object_keys",
};

/// Reads the document; another kind of it than `wanted` is refused.
JsonNode openAs(Kind wanted, Name name, Call &call, const Datum *a)
{
    JsonNode node;
    if (!parseJson(a[0].text(), node, call.cx) || node.kind == wanted)
        return node;
    const std::string function = kNames[static_cast<int>(name)];
    const bool isArray = node.kind == Kind::Array, isObject = node.kind == Kind::Object;
    std::string message;
    switch (name) {
    case Name::JsonElements:
    case Name::JsonElementsText:
        message = "cannot call " + function + (isObject ? " on a non-array" : " on a scalar");
        break;
    case Name::JsonbElements:
    case Name::JsonbElementsText:
        message = isObject ? "cannot extract elements from an object" : "cannot extract elements from a scalar";
        break;
    case Name::JsonEach:
    case Name::JsonEachText:
        message = isArray ? "cannot deconstruct an array as an object" : "cannot deconstruct a scalar";
        break;
    case Name::JsonbEach:
    case Name::JsonbEachText:
        message = "cannot call " + function + " on a non-object";
        break;
    case Name::JsonKeys:
    case Name::JsonbKeys:
        message = "cannot call " + function + (isArray ? " on an array" : " on a scalar");
        break;
    }
    call.cx.stop.error("22023", std::move(message));
    return {};
}

template <Show S, Name N> void *elements(Call &call, const Datum *a)
{
    const JsonNode node = openAs(Kind::Array, N, call, a);
    return open(call, node.items.size(), 1,
                [&](std::size_t i, Datum *cells) { cells[0] = S(&node.items[i], call.cx); });
}

template <Show S, Name N> void *each(Call &call, const Datum *a)
{
    const JsonNode node = openAs(Kind::Object, N, call, a);
    return open(call, node.fields.size(), 2, [&](std::size_t i, Datum *cells) {
        cells[0] = value::makeText(node.fields[i].first, call.cx.arena);
        cells[1] = S(&node.fields[i].second, call.cx);
    });
}

template <Name N> void *keys(Call &call, const Datum *a)
{
    const JsonNode node = openAs(Kind::Object, N, call, a);
    return open(call, node.fields.size(), 1,
                [&](std::size_t i, Datum *cells) { cells[0] = value::makeText(node.fields[i].first, call.cx.arena); });
}

template <std::size_t Width> bool next(Call &, void *state, Datum *columns)
{
    auto &rows = *static_cast<Rows *>(state);
    if (rows.next == rows.count)
        return false;
    std::copy_n(rows.cells + rows.next++ * Width, Width, columns);
    return true;
}

constexpr SetFunction kSets[] = {
    {"json_array_elements", elements<part, Name::JsonElements>, next<1>},
    {"json_array_elements_text", elements<partText, Name::JsonElementsText>, next<1>},
    {"jsonb_array_elements", elements<part, Name::JsonbElements>, next<1>},
    {"jsonb_array_elements_text", elements<partText, Name::JsonbElementsText>, next<1>},
    {"json_each", each<part, Name::JsonEach>, next<2>},
    {"json_each_text", each<partText, Name::JsonEachText>, next<2>},
    {"jsonb_each", each<part, Name::JsonbEach>, next<2>},
    {"jsonb_each_text", each<partText, Name::JsonbEachText>, next<2>},
    {"json_object_keys", keys<Name::JsonKeys>, next<1>},
    {"jsonb_object_keys", keys<Name::JsonbKeys>, next<1>},
};

} // namespace

Family jsonFamily() { return {kScalars, kSets, {}}; }

} // namespace sqlgym::runtime
