// Making json and jsonb: to_json, row_to_json, json_build_*, json_agg and their like.
#include "runtime/families.h"

#include "catalogue/range_types.h"
#include "catalogue/type_oids.h"
#include "runtime/io.h"
#include "runtime/json_tree.h"
#include "runtime/type_table.h"
#include "value/calendar.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <string>

namespace sqlgym::runtime {

namespace type = catalogue::type;
using value::Context;
using value::Storage;

namespace {

bool isNumberType(Oid t)
{
    return t == type::kInt2 || t == type::kInt4 || t == type::kInt8 || t == type::kFloat4 || t == type::kFloat8 ||
           t == type::kNumeric;
}
bool isRange(Oid t) { return catalogue::findRange(t) || catalogue::findMultirange(t); }
bool isStructure(Oid t, const Datum &d)
{
    return !isRange(t) && (d.storage == Storage::Array || d.storage == Storage::Record);
}

/// A moment as ISO 8601 writes it: a T between date and time, the zone with minutes.
std::string momentText(Oid t, const Datum &d)
{
    std::string text;
    textOut(t, d, text);
    if (t == type::kDate || !value::isFiniteTimestamp(d.int64))
        return text;
    text[text.find(' ')] = 'T';
    if (t == type::kTimestamptz) {
        const auto zone = text.rfind("+00");
        text.insert(zone + 3, ":00");
    }
    return text;
}

void append(Oid t, const Datum &d, std::string &out, Context &cx);

void appendItems(const value::ArrayValue &array, std::int32_t dimension, std::uint32_t &at, std::string &out,
                 Context &cx, const char *separator = ",")
{
    out += '[';
    for (std::int32_t i = 0; i < array.dimensions[dimension]; ++i) {
        if (i > 0)
            out += separator;
        if (dimension + 1 < array.dimensionCount)
            appendItems(array, dimension + 1, at, out, cx);
        else
            append(array.elementType, array.elements[at++], out, cx);
    }
    out += ']';
}

void appendRow(const value::RecordValue &record, std::string &out, Context &cx, const char *separator = ",")
{
    out += '{';
    for (std::uint32_t i = 0; i < record.fieldCount; ++i) {
        if (i > 0)
            out += separator;
        appendJsonString(record.fieldNames ? std::string(record.fieldNames[i]) : "f" + std::to_string(i + 1), out);
        out += ':';
        append(record.fieldTypes[i], record.fields[i], out, cx);
    }
    out += '}';
}

void append(Oid t, const Datum &d, std::string &out, Context &cx)
{
    if (cx.poll())
        return;
    if (d.isNull) {
        out += "null";
    } else if (isRange(t)) {
        std::string text;
        textOut(t, d, text);
        appendJsonString(text, out);
    } else if (d.storage == Storage::Array) {
        std::uint32_t at = 0;
        if (d.array->dimensionCount == 0)
            out += "[]";
        else
            appendItems(*d.array, 0, at, out, cx);
    } else if (d.storage == Storage::Record) {
        appendRow(*d.record, out, cx);
    } else if (t == type::kBool) {
        out += d.int64 ? "true" : "false";
    } else if (t == type::kJson || t == type::kJsonb) {
        out += d.text();
    } else if (t == type::kDate || t == type::kTimestamp || t == type::kTimestamptz) {
        appendJsonString(momentText(t, d), out);
    } else {
        std::string text;
        textOut(t, d, text);
        if (isNumberType(t) && value::isAsciiDigit(text.back()))
            out += text;
        else
            appendJsonString(text, out);
    }
}

/// A key: any scalar, as a string.
bool appendKey(Oid t, const Datum &d, std::string &out, Context &cx)
{
    if (isStructure(t, d) || t == type::kJson || t == type::kJsonb) {
        cx.stop.error("22023", "key value must be scalar, not array, composite, or json");
        return false;
    }
    std::string text;
    append(t, d, text, cx);
    if (!text.empty() && text[0] == '"')
        out += text;
    else
        appendJsonString(text, out);
    return true;
}

template <bool Binary> Datum finished(std::string_view text, Context &cx)
{
    if (cx.stop.raised())
        return Datum::null();
    return Binary ? textIn(type::kJsonb, text, -1, cx) : value::makeText(text, cx.arena);
}

template <bool Binary> Datum toJson(Call &call, const Datum *a)
{
    std::string out;
    append(call.site.argumentTypes[0], a[0], out, call.cx);
    return finished<Binary>(out, call.cx);
}

/// array_to_json() and row_to_json() with a line for each element of the outermost level.
Datum toJsonLines(Call &call, const Datum *a)
{
    if (!a[1].isTrue() || (a[0].storage == Storage::Array && a[0].array->dimensionCount == 0))
        return toJson<false>(call, a);
    std::string out;
    std::uint32_t at = 0;
    if (a[0].storage == Storage::Array)
        appendItems(*a[0].array, 0, at, out, call.cx, ",\n ");
    else
        appendRow(*a[0].record, out, call.cx, ",\n ");
    return finished<false>(out, call.cx);
}

template <bool Binary> Datum buildArray(Call &call, const Datum *a)
{
    std::string out = "[";
    for (std::size_t i = 0; i < call.argumentCount; ++i) {
        if (i > 0)
            out += ", ";
        append(call.site.argumentTypes[i], a[i], out, call.cx);
    }
    return finished<Binary>(out + "]", call.cx);
}

template <bool Binary> Datum buildObject(Call &call, const Datum *a)
{
    const std::string name = Binary ? "jsonb_build_object()" : "json_build_object()";
    if (call.argumentCount % 2 != 0)
        return call.cx.fail("22023", "argument list must have even number of elements", {},
                            "The arguments of " + name + " must consist of alternating keys and values.");
    std::string out = "{";
    for (std::size_t i = 0; i < call.argumentCount; i += 2) {
        if (i > 0)
            out += ", ";
        if (a[i].isNull) {
            const std::string position = "argument " + std::to_string(i + 1);
            return Binary ? call.cx.fail("22023", position + ": key must not be null")
                          : call.cx.fail("22023", position + " cannot be null", {}, "Object keys should be text.");
        }
        if (!appendKey(call.site.argumentTypes[i], a[i], out, call.cx))
            return Datum::null();
        out += " : ";
        append(call.site.argumentTypes[i + 1], a[i + 1], out, call.cx);
    }
    return finished<Binary>(out + "}", call.cx);
}

Datum emptyArray(Call &, const Datum *) { return Datum::ofText("[]"); }
Datum emptyObject(Call &, const Datum *) { return Datum::ofText("{}"); }

constexpr ScalarEntry kScalars[] = {
    {"to_json", toJson<false>},
    {"to_jsonb", toJson<true>},
    {"row_to_json", toJson<false>},
    {"array_to_json", toJson<false>},
    {"row_to_json_pretty", toJsonLines},
    {"array_to_json_pretty", toJsonLines},
    {"json_build_array", buildArray<false>},
    {"jsonb_build_array", buildArray<true>},
    {"json_build_array_noargs", emptyArray},
    {"jsonb_build_array_noargs", emptyArray},
    {"json_build_object", buildObject<false>},
    {"jsonb_build_object", buildObject<true>},
    {"json_build_object_noargs", emptyObject},
    {"jsonb_build_object_noargs", emptyObject},
};

/// What a group has gathered, without the closing bracket.
struct Gathered {
    char *bytes;
    std::size_t length, capacity;
};

void begin(Call &, void *state) { *static_cast<Gathered *>(state) = {}; }

void extend(Gathered &s, std::string_view text, Context &cx)
{
    if (s.length + text.size() > s.capacity) {
        const std::size_t capacity = std::max<std::size_t>({s.length + text.size(), s.capacity * 2, 64});
        auto *bytes = capacity > 0x3fffffff ? nullptr : static_cast<char *>(cx.arena.allocate(capacity));
        if (!bytes)
            return cx.stop.stop(base::StopReason::MemoryLimit);
        std::copy_n(s.bytes, s.length, bytes);
        s.bytes = bytes;
        s.capacity = capacity;
    }
    std::copy(text.begin(), text.end(), s.bytes + s.length);
    s.length += text.size();
}

void itemStep(Call &call, void *state, const Datum *a)
{
    auto &s = *static_cast<Gathered *>(state);
    std::string text = s.length == 0 ? "[" : ", ";
    if (s.length != 0 && !a[0].isNull && isStructure(call.site.argumentTypes[0], a[0]))
        text += "\n ";
    append(call.site.argumentTypes[0], a[0], text, call.cx);
    extend(s, text, call.cx);
}

void fieldStep(Call &call, void *state, const Datum *a)
{
    auto &s = *static_cast<Gathered *>(state);
    if (a[0].isNull) {
        call.cx.stop.error("22023", "field name must not be null");
        return;
    }
    std::string text = s.length == 0 ? "{ " : ", ";
    if (!appendKey(call.site.argumentTypes[0], a[0], text, call.cx))
        return;
    text += " : ";
    append(call.site.argumentTypes[1], a[1], text, call.cx);
    extend(s, text, call.cx);
}

template <bool Binary, bool Object> Datum finish(Call &call, void *state)
{
    const auto &s = *static_cast<Gathered *>(state);
    if (s.length == 0)
        return Datum::null();
    std::string text(s.bytes, s.length);
    return finished<Binary>(text + (Object ? " }" : "]"), call.cx);
}

constexpr AggregateFunction kAggregates[] = {
    {"json_agg(anyelement)", sizeof(Gathered), false, begin, itemStep, finish<false, false>},
    {"jsonb_agg(anyelement)", sizeof(Gathered), false, begin, itemStep, finish<true, false>},
    {"json_object_agg(any,any)", sizeof(Gathered), false, begin, fieldStep, finish<false, true>},
    {"jsonb_object_agg(any,any)", sizeof(Gathered), false, begin, fieldStep, finish<true, true>},
};

} // namespace

Family jsonBuildFamily() { return {kScalars, {}, kAggregates}; }

} // namespace sqlgym::runtime
