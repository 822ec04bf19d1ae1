// Arrays: shape, appending, searching, comparison and containment.
#include "catalogue/type_oids.h"
#include "runtime/array_build.h"
#include "runtime/compare.h"
#include "runtime/families.h"
#include "runtime/type_table.h"

#include <algorithm>

namespace sqlgym::runtime {

namespace {

using value::ArrayValue;

constexpr int kMost = ArrayValue::kMaxDimensions;

std::span<const Datum> elementsOf(const ArrayValue &array) { return {array.elements, array.elementCount}; }

Oid elementType(Call &call, std::size_t argument) { return elementOf(call.site.argumentTypes[argument]); }

Datum tooManyElements(Call &call)
{
    return call.cx.fail("54000", "array size exceeds the maximum allowed (134217727)");
}

template <int Which> Datum bound(Call &, const Datum *a)
{
    const ArrayValue &array = *a[0].array;
    const std::int64_t dimension = a[1].int64;
    if (dimension < 1 || dimension > array.dimensionCount)
        return Datum::null();
    const int size = array.dimensions[dimension - 1];
    const int lower = array.lowerBounds[dimension - 1];
    return Datum::ofInt(Which == 0 ? size : Which < 0 ? lower : lower + size - 1);
}

Datum dimensions(Call &call, const Datum *a)
{
    const ArrayValue &array = *a[0].array;
    if (array.dimensionCount == 0)
        return Datum::null();
    std::string out;
    for (int i = 0; i < array.dimensionCount; ++i)
        out += "[" + std::to_string(array.lowerBounds[i]) + ":" +
               std::to_string(array.lowerBounds[i] + array.dimensions[i] - 1) + "]";
    return value::makeText(out, call.cx.arena);
}

/// One more element at an end of a vector (NULL counts as empty).
Datum extend(Call &call, const Datum &array, const Datum &element, Oid type, bool front)
{
    ArrayValue shape{};
    std::span<const Datum> old;
    if (!array.isNull) {
        shape = *array.array;
        old = elementsOf(shape);
    }
    if (shape.dimensionCount > 1)
        return call.cx.fail("22000", "argument must be empty or one-dimensional array");
    if (old.size() >= 134217727)
        return tooManyElements(call);
    if (shape.dimensionCount == 0) {
        shape.dimensionCount = 1;
        shape.lowerBounds[0] = 1;
    } else if (front && shape.lowerBounds[0] == INT32_MIN) {
        return call.cx.fail("22003", "integer out of range");
    }
    shape.elementType = type;
    ++shape.dimensions[0];
    if (!front && !boundsFit(shape, call.cx))
        return Datum::null();
    auto *elements = call.cx.arena.allocateArray<Datum>(old.size() + 1);
    if (!elements)
        return Datum::null();
    std::copy(old.begin(), old.end(), elements + (front ? 1 : 0));
    elements[front ? 0 : old.size()] = element;
    return makeArray(shape, {elements, old.size() + 1}, call.cx);
}

Datum append(Call &call, const Datum *a) { return extend(call, a[0], a[1], elementType(call, 0), false); }

Datum prepend(Call &call, const Datum *a) { return extend(call, a[1], a[0], elementType(call, 1), true); }

Datum incompatible(Call &call, std::string detail)
{
    return call.cx.fail("2202E", "cannot concatenate incompatible arrays", std::move(detail));
}

Datum concatenate(Call &call, const Datum *a)
{
    if (a[0].isNull || a[1].isNull)
        return a[0].isNull ? a[1] : a[0];
    const ArrayValue &x = *a[0].array;
    const ArrayValue &y = *a[1].array;
    if (x.dimensionCount == 0)
        return a[1];
    if (y.dimensionCount == 0)
        return a[0];
    const int difference = x.dimensionCount - y.dimensionCount;
    if (difference < -1 || difference > 1)
        return incompatible(call, "Arrays of " + std::to_string(x.dimensionCount) + " and " +
                                      std::to_string(y.dimensionCount) +
                                      " dimensions are not compatible for concatenation.");
    ArrayValue shape = difference >= 0 ? x : y;
    if (difference == 0) {
        shape.dimensions[0] = x.dimensions[0] + y.dimensions[0];
        for (int i = 1; i < x.dimensionCount; ++i) {
            if (x.dimensions[i] != y.dimensions[i] || x.lowerBounds[i] != y.lowerBounds[i])
                return incompatible(call,
                                    "Arrays with differing element dimensions are not compatible for concatenation.");
        }
    } else {
        const ArrayValue &outer = difference > 0 ? x : y;
        const ArrayValue &inner = difference > 0 ? y : x;
        ++shape.dimensions[0];
        for (int i = 0; i < inner.dimensionCount; ++i) {
            if (inner.dimensions[i] != outer.dimensions[i + 1] || inner.lowerBounds[i] != outer.lowerBounds[i + 1])
                return incompatible(call, "Arrays with differing dimensions are not compatible for concatenation.");
        }
    }
    const std::size_t count = std::size_t{x.elementCount} + y.elementCount;
    if (count > 134217727)
        return tooManyElements(call);
    if (!boundsFit(shape, call.cx))
        return Datum::null();
    auto *elements = call.cx.arena.allocateArray<Datum>(count);
    if (!elements)
        return Datum::null();
    std::copy_n(x.elements, x.elementCount, elements);
    std::copy_n(y.elements, y.elementCount, elements + x.elementCount);
    return makeArray(shape, {elements, count}, call.cx);
}

/// Equality of elements, NULL equal to NULL (IS NOT DISTINCT FROM).
bool same(CompareFunction compare, const Datum &a, const Datum &b)
{
    return a.isNull || b.isNull ? a.isNull == b.isNull : compare(a, b) == 0;
}

CompareFunction comparison(Call &call, Oid type)
{
    const CompareFunction compare = findCompare(type);
    if (!compare)
        call.cx.stop.decline("comparing array elements of this type");
    return compare;
}

Datum position(Call &call, const Datum *a)
{
    const bool started = call.argumentCount > 2;
    if (a[0].isNull)
        return Datum::null();
    const ArrayValue &array = *a[0].array;
    if (array.dimensionCount > 1)
        return call.cx.fail("0A000", "searching for elements in multidimensional arrays is not supported");
    if (array.dimensionCount == 0)
        return Datum::null();
    // No NULL is found where there is none, whatever the position.
    if (a[1].isNull && std::none_of(array.elements, array.elements + array.elementCount,
                                    [](const Datum &element) { return element.isNull; }))
        return Datum::null();
    if (started && a[2].isNull)
        return call.cx.fail("22004", "initial position must not be null");
    const CompareFunction compare = comparison(call, elementType(call, 0));
    if (!compare)
        return Datum::null();
    for (std::uint32_t i = 0; i < array.elementCount; ++i) {
        const std::int64_t at = std::int64_t{array.lowerBounds[0]} + i;
        if (started && at < a[2].int64)
            continue;
        if (same(compare, array.elements[i], a[1]))
            return Datum::ofInt(at);
    }
    return Datum::null();
}

Datum positions(Call &call, const Datum *a)
{
    if (a[0].isNull)
        return Datum::null();
    const ArrayValue &array = *a[0].array;
    if (array.dimensionCount > 1)
        return call.cx.fail("0A000", "searching for elements in multidimensional arrays is not supported");
    const CompareFunction compare = comparison(call, elementType(call, 0));
    if (!compare)
        return Datum::null();
    std::vector<Datum> found;
    for (std::uint32_t i = 0; i < array.elementCount; ++i) {
        if (same(compare, array.elements[i], a[1]))
            found.push_back(Datum::ofInt(std::int64_t{array.lowerBounds[0]} + i));
    }
    return makeArray(catalogue::type::kInt4, found, call.cx);
}

/// array_remove (no replacement) and array_replace.
Datum substitute(Call &call, const Datum *a, bool removing)
{
    if (a[0].isNull)
        return Datum::null();
    const ArrayValue &array = *a[0].array;
    if (removing && array.dimensionCount > 1)
        return call.cx.fail("0A000", "removing elements from multidimensional arrays is not supported");
    const CompareFunction compare = comparison(call, elementType(call, 0));
    if (!compare)
        return Datum::null();
    std::vector<Datum> kept;
    kept.reserve(array.elementCount);
    bool changed = false;
    for (const Datum &element : elementsOf(array)) {
        const bool hit = same(compare, element, a[1]);
        changed = changed || hit;
        if (!hit)
            kept.push_back(element);
        else if (!removing)
            kept.push_back(a[2]);
    }
    if (!changed)
        return a[0];
    if (kept.empty())
        return makeArray(array.elementType, {}, call.cx);
    ArrayValue shape = array;
    if (removing)
        shape.dimensions[0] = static_cast<std::int32_t>(kept.size());
    return makeArray(shape, kept, call.cx);
}

/// Contained elements: every one of `inner` (all, or any) is in `outer`; NULL is in nothing.
Datum containment(Call &call, const Datum &outer, const Datum &inner, bool all)
{
    if (outer.array->elementType != inner.array->elementType)
        return call.cx.fail("42804", "cannot compare arrays of different element types");
    const CompareFunction compare = comparison(call, inner.array->elementType);
    if (!compare)
        return Datum::null();
    std::vector<const Datum *> sorted;
    for (const Datum &d : elementsOf(*outer.array)) {
        if (!d.isNull)
            sorted.push_back(&d);
    }
    std::sort(sorted.begin(), sorted.end(), [&](const Datum *l, const Datum *r) { return compare(*l, *r) < 0; });
    for (const Datum &d : elementsOf(*inner.array)) {
        const bool found =
            !d.isNull && std::binary_search(sorted.begin(), sorted.end(), &d,
                                            [&](const Datum *l, const Datum *r) { return compare(*l, *r) < 0; });
        if (found != all)
            return Datum::ofBool(found);
    }
    return Datum::ofBool(all);
}

int threeWay(Call &call, const Datum *a)
{
    const CompareFunction compare = findCompare(call.site.argumentTypes[0]);
    if (!compare) {
        call.cx.stop.decline("comparing arrays of this type");
        return 0;
    }
    return compare(a[0], a[1]);
}

Datum trim(Call &call, const Datum *a)
{
    const ArrayValue &array = *a[0].array;
    const std::int64_t length = array.dimensionCount > 0 ? array.dimensions[0] : 0;
    if (a[1].int64 < 0 || a[1].int64 > length)
        return call.cx.fail("2202E", "number of elements to trim must be between 0 and " + std::to_string(length));
    if (a[1].int64 == length)
        return makeArray(array.elementType, {}, call.cx);
    ArrayValue shape = array;
    shape.dimensions[0] = static_cast<std::int32_t>(length - a[1].int64);
    for (int i = 0; i < shape.dimensionCount; ++i)
        shape.lowerBounds[i] = 1; // a slice counts from one
    const std::size_t kept =
        array.elementCount / static_cast<std::size_t>(length) * static_cast<std::size_t>(shape.dimensions[0]);
    return makeArray(shape, elementsOf(array).subspan(0, kept), call.cx);
}

/// A vector of integers without NULLs; false after the error.
bool checkVector(Call &call, const ArrayValue &vector)
{
    if (vector.dimensionCount > 1) {
        call.cx.fail("2202E", "wrong number of array subscripts", "Dimension array must be one dimensional.");
        return false;
    }
    for (const Datum &d : elementsOf(vector)) {
        if (d.isNull) {
            call.cx.fail("22004", "dimension values cannot be null");
            return false;
        }
    }
    return true;
}

Datum fill(Call &call, const Datum *a)
{
    const bool bounded = call.argumentCount > 2;
    if (a[1].isNull || (bounded && a[2].isNull))
        return call.cx.fail("22004", "dimension array or low bound array cannot be null");
    const ArrayValue &sizes = *a[1].array;
    if (!checkVector(call, sizes))
        return Datum::null();
    if (sizes.elementCount > static_cast<std::uint32_t>(kMost))
        return call.cx.fail("54000", "number of array dimensions (" + std::to_string(sizes.elementCount) +
                                         ") exceeds the maximum allowed (6)");
    if (bounded && !checkVector(call, *a[2].array))
        return Datum::null();
    if (bounded && a[2].array->elementCount != sizes.elementCount)
        return call.cx.fail("2202E", "wrong number of array subscripts",
                            "Low bound array has different size than dimensions array.");
    ArrayValue shape{};
    shape.elementType = call.site.argumentTypes[0];
    std::int64_t count = sizes.elementCount ? 1 : 0;
    shape.dimensionCount = static_cast<std::int32_t>(sizes.elementCount);
    for (std::uint32_t i = 0; i < sizes.elementCount; ++i) {
        shape.dimensions[i] = static_cast<std::int32_t>(sizes.elements[i].int64);
        shape.lowerBounds[i] = bounded ? static_cast<std::int32_t>(a[2].array->elements[i].int64) : 1;
        if (shape.dimensions[i] < 0)
            return tooManyElements(call);
        count *= shape.dimensions[i];
        if (count > 134217727)
            return tooManyElements(call);
    }
    if (!boundsFit(shape, call.cx))
        return Datum::null();
    if (count == 0)
        return makeArray(shape.elementType, {}, call.cx);
    auto *elements = call.cx.arena.allocateArray<Datum>(static_cast<std::size_t>(count));
    if (!elements)
        return Datum::null();
    std::fill_n(elements, count, a[0]);
    return makeArray(shape, {elements, static_cast<std::size_t>(count)}, call.cx);
}

constexpr ScalarEntry kScalars[] = {
    {"array_length", bound<0>},
    {"array_lower", bound<-1>},
    {"array_upper", bound<1>},
    {"array_dims", dimensions},
    {"array_ndims",
     [](Call &, const Datum *a) {
         return a[0].array->dimensionCount ? Datum::ofInt(a[0].array->dimensionCount) : Datum::null();
     }},
    {"array_cardinality", [](Call &, const Datum *a) { return Datum::ofInt(a[0].array->elementCount); }},
    {"array_append", append},
    {"array_prepend", prepend},
    {"array_cat", concatenate},
    {"array_position", position},
    {"array_position_start", position},
    {"array_positions", positions},
    {"array_remove", [](Call &call, const Datum *a) { return substitute(call, a, true); }},
    {"array_replace", [](Call &call, const Datum *a) { return substitute(call, a, false); }},
    {"array_fill", fill},
    {"array_fill_with_lower_bounds", fill},
    {"trim_array", trim},
    {"array_eq", [](Call &call, const Datum *a) { return Datum::ofBool(threeWay(call, a) == 0); }},
    {"array_ne", [](Call &call, const Datum *a) { return Datum::ofBool(threeWay(call, a) != 0); }},
    {"array_lt", [](Call &call, const Datum *a) { return Datum::ofBool(threeWay(call, a) < 0); }},
    {"array_le", [](Call &call, const Datum *a) { return Datum::ofBool(threeWay(call, a) <= 0); }},
    {"array_gt", [](Call &call, const Datum *a) { return Datum::ofBool(threeWay(call, a) > 0); }},
    {"array_ge", [](Call &call, const Datum *a) { return Datum::ofBool(threeWay(call, a) >= 0); }},
    {"array_larger", [](Call &call, const Datum *a) { return threeWay(call, a) > 0 ? a[0] : a[1]; }},
    {"array_smaller", [](Call &call, const Datum *a) { return threeWay(call, a) < 0 ? a[0] : a[1]; }},
    {"arraycontains", [](Call &call, const Datum *a) { return containment(call, a[0], a[1], true); }},
    {"arraycontained", [](Call &call, const Datum *a) { return containment(call, a[1], a[0], true); }},
    {"arrayoverlap", [](Call &call, const Datum *a) { return containment(call, a[0], a[1], false); }},
};

} // namespace

Family arrayFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
