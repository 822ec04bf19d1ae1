// json_object and jsonb_object: an object from arrays of text.
#include "runtime/families.h"

#include "catalogue/type_oids.h"
#include "runtime/io.h"
#include "runtime/json_tree.h"

namespace sqlgym::runtime {

using value::Context;

namespace {

template <bool Binary> Datum finished(const std::string &text, Context &cx)
{
    if (cx.stop.raised())
        return Datum::null();
    return Binary ? textIn(catalogue::type::kJsonb, text, -1, cx) : value::makeText(text, cx.arena);
}

bool appendPair(const Datum &key, const Datum &value, std::string &out, Context &cx)
{
    if (key.isNull) {
        cx.fail("22004", "null value not allowed for object key");
        return false;
    }
    if (out.size() > 1)
        out += ", ";
    appendJsonString(key.text(), out);
    out += " : ";
    if (value.isNull)
        out += "null";
    else
        appendJsonString(value.text(), out);
    return true;
}

/// Keys and values in turn, or in two columns.
template <bool Binary> Datum fromOne(Call &call, const Datum *a)
{
    const value::ArrayValue &array = *a[0].array;
    if (array.dimensionCount == 1 && array.elementCount % 2 != 0)
        return call.cx.fail("2202E", "array must have even number of elements");
    if (array.dimensionCount == 2 && array.dimensions[1] != 2)
        return call.cx.fail("2202E", "array must have two columns");
    if (array.dimensionCount > 2)
        return call.cx.fail("2202E", "wrong number of array subscripts");
    std::string out = "{";
    for (std::uint32_t i = 0; i + 1 < array.elementCount; i += 2) {
        if (!appendPair(array.elements[i], array.elements[i + 1], out, call.cx))
            return Datum::null();
    }
    return finished<Binary>(out + "}", call.cx);
}

template <bool Binary> Datum fromTwo(Call &call, const Datum *a)
{
    const value::ArrayValue &keys = *a[0].array, &values = *a[1].array;
    if (keys.dimensionCount > 1 || keys.dimensionCount != values.dimensionCount)
        return call.cx.fail("2202E", "wrong number of array subscripts");
    if (keys.elementCount != values.elementCount)
        return call.cx.fail("2202E", "mismatched array dimensions");
    std::string out = "{";
    for (std::uint32_t i = 0; i < keys.elementCount; ++i) {
        if (!appendPair(keys.elements[i], values.elements[i], out, call.cx))
            return Datum::null();
    }
    return finished<Binary>(out + "}", call.cx);
}

constexpr ScalarEntry kScalars[] = {
    {"json_object", fromOne<false>},
    {"jsonb_object", fromOne<true>},
    {"json_object_two_arg", fromTwo<false>},
    {"jsonb_object_two_arg", fromTwo<true>},
};

} // namespace

Family jsonObjectFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
