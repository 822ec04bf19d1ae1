#include "runtime/array_build.h"

#include <algorithm>
#include <string>

namespace sqlgym::runtime {

value::Datum makeArray(value::Oid elementType, std::span<const value::Datum> elements, value::Context &cx)
{
    value::ArrayValue shape{};
    shape.elementType = elementType;
    if (!elements.empty()) {
        shape.dimensionCount = 1;
        shape.dimensions[0] = static_cast<std::int32_t>(elements.size());
        shape.lowerBounds[0] = 1;
    }
    return makeArray(shape, elements, cx);
}

value::Datum makeArray(const value::ArrayValue &shape, std::span<const value::Datum> elements, value::Context &cx)
{
    auto *array = static_cast<value::ArrayValue *>(cx.arena.allocate(sizeof(value::ArrayValue)));
    auto *copies = cx.arena.allocateArray<value::Datum>(elements.size());
    if (!copies)
        return value::Datum::null();
    std::copy(elements.begin(), elements.end(), copies);
    *array = shape;
    array->elementCount = static_cast<std::uint32_t>(elements.size());
    array->elements = copies;
    value::Datum d = value::Datum::ofInt(0);
    d.array = array;
    d.storage = value::Storage::Array;
    return d;
}

bool boundsFit(const value::ArrayValue &shape, value::Context &cx)
{
    for (int i = 0; i < shape.dimensionCount; ++i) {
        std::int32_t end = 0;
        if (__builtin_add_overflow(shape.lowerBounds[i], shape.dimensions[i], &end)) {
            cx.fail("54000", "array lower bound is too large: " + std::to_string(shape.lowerBounds[i]));
            return false;
        }
    }
    return true;
}

} // namespace sqlgym::runtime
