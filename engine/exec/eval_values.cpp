#include "exec/eval_values.h"

#include "runtime/array_build.h"
#include "runtime/io.h"

#include <algorithm>
#include <cstring>

namespace sqlgym::exec {

using value::ArrayValue;
using value::RecordValue;
using value::Storage;

Datum FunctionEvaluator::eval()
{
    bool null = false;
    for (std::size_t i = 0; i < m_arguments.size(); ++i) {
        m_values[i] = m_arguments[i].get();
        null = null || m_values[i].isNull;
    }
    if ((null && m_strict) || m_stop.raised())
        return Datum::null();
    return m_call->call(m_values.data(), m_values.size());
}

Datum ArrayOperatorEvaluator::eval()
{
    const Datum left = m_left.get();
    const Datum array = m_array.get();
    if (array.isNull || (left.isNull && m_strict && array.array->elementCount > 0))
        return Datum::null();
    bool unknown = false;
    for (std::uint32_t i = 0; i < array.array->elementCount; ++i) {
        const Datum pair[2] = {left, array.array->elements[i]};
        if (!m_run.proceed())
            return Datum::null();
        const Datum answer = m_strict && (pair[0].isNull || pair[1].isNull) ? Datum::null() : m_call->call(pair, 2);
        if (answer.isNull)
            unknown = true;
        else if (answer.isTrue() == m_any)
            return Datum::ofBool(m_any);
    }
    return unknown ? Datum::null() : Datum::ofBool(!m_any);
}

InListEvaluator::InListEvaluator(Operand left, const ArrayValue &array, const plan::KeyOps &ops)
    : m_left(left), m_ops(ops)
{
    for (std::uint32_t i = 0; i < array.elementCount; ++i) {
        if (array.elements[i].isNull)
            m_hasNull = true;
        else
            m_elements.emplace(m_ops.hash(array.elements[i]), array.elements[i]);
    }
}

Datum InListEvaluator::eval()
{
    const Datum left = m_left.get();
    if (left.isNull)
        return left;
    const auto [begin, end] = m_elements.equal_range(m_ops.hash(left));
    for (auto at = begin; at != end; ++at)
        if (m_ops.compare(left, at->second) == 0)
            return Datum::ofBool(true);
    return m_hasNull ? Datum::null() : Datum::ofBool(false);
}

Datum ArrayEvaluator::eval()
{
    if (m_nested)
        return evalNested();
    auto *array = static_cast<ArrayValue *>(m_cx.arena.allocate(sizeof(ArrayValue)));
    auto *elements = m_cx.arena.allocateArray<Datum>(m_elements.size());
    if (!elements)
        return Datum::null();
    for (std::size_t i = 0; i < m_elements.size(); ++i)
        elements[i] = m_elements[i].get();
    *array = ArrayValue{};
    array->elementType = m_elementType;
    array->elementCount = std::uint32_t(m_elements.size());
    array->dimensionCount = m_elements.empty() ? 0 : 1;
    array->dimensions[0] = std::int32_t(m_elements.size());
    array->lowerBounds[0] = 1;
    array->elements = elements;
    Datum datum = Datum::ofInt(0);
    datum.storage = Storage::Array;
    datum.array = array;
    return datum;
}

Datum ArrayEvaluator::evalNested()
{
    std::vector<const ArrayValue *> parts;
    std::size_t total = 0;
    bool hasEmpty = false;
    for (const Operand &operand : m_elements) {
        const Datum part = operand.get();
        if (m_cx.stop.raised())
            return Datum::null();
        if (part.isNull || part.array->dimensionCount == 0) {
            hasEmpty = true;
            continue;
        }
        parts.push_back(part.array);
        total += part.array->elementCount;
    }
    if (parts.empty())
        return runtime::makeArray(m_elementType, {}, m_cx);
    const ArrayValue &first = *parts.front();
    if (first.dimensionCount >= ArrayValue::kMaxDimensions)
        return m_cx.fail("54000", "number of array dimensions (" + std::to_string(first.dimensionCount + 1) +
                                      ") exceeds the maximum allowed (6)");
    const auto differs = [&first](const ArrayValue *part) {
        const std::size_t bytes = sizeof(std::int32_t) * std::size_t(first.dimensionCount);
        return part->dimensionCount != first.dimensionCount ||
               std::memcmp(part->dimensions, first.dimensions, bytes) != 0 ||
               std::memcmp(part->lowerBounds, first.lowerBounds, bytes) != 0;
    };
    if (hasEmpty || std::ranges::any_of(parts, differs))
        return m_cx.fail("2202E", "multidimensional arrays must have array expressions with matching dimensions");
    auto *array = static_cast<ArrayValue *>(m_cx.arena.allocate(sizeof(ArrayValue)));
    auto *elements = m_cx.arena.allocateArray<Datum>(total);
    if (!elements)
        return Datum::null();
    *array = first;
    array->dimensionCount = first.dimensionCount + 1;
    array->dimensions[0] = std::int32_t(parts.size());
    array->lowerBounds[0] = 1;
    for (int i = 0; i < first.dimensionCount; ++i) {
        array->dimensions[i + 1] = first.dimensions[i];
        array->lowerBounds[i + 1] = first.lowerBounds[i];
    }
    std::size_t at = 0;
    for (const ArrayValue *part : parts)
        for (std::uint32_t i = 0; i < part->elementCount; ++i)
            elements[at++] = part->elements[i];
    array->elementCount = std::uint32_t(total);
    array->elements = elements;
    Datum datum = Datum::ofInt(0);
    datum.storage = Storage::Array;
    datum.array = array;
    return datum;
}

namespace {

Datum makeRecord(Oid type, const std::vector<Oid> &types, const std::vector<std::string_view> &names,
                 const Datum *fields, value::Context &cx)
{
    auto *record = static_cast<RecordValue *>(cx.arena.allocate(sizeof(RecordValue)));
    record->type = type;
    record->fieldCount = std::uint32_t(types.size());
    record->fieldTypes = types.data();
    record->fields = fields;
    record->fieldNames = names.empty() ? nullptr : names.data();
    Datum datum = Datum::ofInt(0);
    datum.storage = Storage::Record;
    datum.record = record;
    return datum;
}

} // namespace

RowEvaluator::RowEvaluator(std::vector<Operand> fields, std::vector<Oid> types, std::vector<std::string> names,
                           Oid type, value::Context &cx)
    : m_fields(std::move(fields)), m_types(std::move(types)), m_names(std::move(names)), m_type(type), m_cx(cx)
{
    if (m_names.size() == m_types.size())
        m_nameViews.assign(m_names.begin(), m_names.end());
}

Datum RowEvaluator::eval()
{
    auto *fields = m_cx.arena.allocateArray<Datum>(m_fields.size());
    if (!fields)
        return Datum::null();
    for (std::size_t i = 0; i < m_fields.size(); ++i)
        fields[i] = m_fields[i].get();
    return makeRecord(m_type, m_types, m_nameViews, fields, m_cx);
}

WholeRowEvaluator::WholeRowEvaluator(const Datum *const *row, const Datum *nullRow, std::vector<Oid> types,
                                     std::vector<std::string> names, Oid type, value::Context &cx)
    : m_row(row), m_nullRow(nullRow), m_types(std::move(types)), m_names(std::move(names)),
      m_nameViews(m_names.begin(), m_names.end()), m_type(type), m_cx(cx)
{
}

Datum WholeRowEvaluator::eval()
{
    if (*m_row == m_nullRow)
        return Datum::null();
    return makeRecord(m_type, m_types, m_nameViews, *m_row, m_cx);
}

Datum FieldEvaluator::eval()
{
    const Datum record = m_argument.get();
    if (record.isNull || std::uint32_t(m_field) >= record.record->fieldCount)
        return Datum::null();
    return record.record->fields[m_field];
}

Datum SubscriptEvaluator::eval()
{
    const Datum datum = m_array.get();
    bool null = datum.isNull;
    std::vector<std::int64_t> subscripts;
    for (const Operand &operand : m_subscripts) {
        const Datum subscript = operand.get();
        null = null || subscript.isNull;
        subscripts.push_back(subscript.int64);
    }
    if (null || std::size_t(datum.array->dimensionCount) != subscripts.size())
        return Datum::null();
    std::size_t index = 0;
    for (std::size_t i = 0; i < subscripts.size(); ++i) {
        const std::int64_t at = subscripts[i] - datum.array->lowerBounds[i];
        if (at < 0 || at >= datum.array->dimensions[i])
            return Datum::null();
        index = index * std::size_t(datum.array->dimensions[i]) + std::size_t(at);
    }
    return datum.array->elements[index];
}

Datum VariadicEvaluator::eval()
{
    const std::size_t fixed = m_arguments.size() - 1;
    m_values.clear();
    for (const Operand &operand : m_arguments)
        m_values.push_back(operand.get());
    const Datum last = m_values.back();
    if (m_cx.stop.raised() || (last.isNull && !m_nullIsNone))
        return Datum::null();
    m_values.pop_back();
    m_types.resize(fixed);
    if (!last.isNull) {
        const value::ArrayValue &array = *last.array;
        m_values.insert(m_values.end(), array.elements, array.elements + array.elementCount);
        m_types.insert(m_types.end(), array.elementCount, array.elementType);
    }
    m_values.push_back(Datum::null()); // never an empty list
    m_site.argumentTypes = m_types;
    runtime::Call call{m_cx, m_site, m_types.size()};
    return m_function(call, m_values.data());
}

Datum FixedSubscriptEvaluator::eval()
{
    const Datum datum = m_container.get();
    bool null = datum.isNull || m_subscripts.size() != 1;
    std::int64_t index = 0;
    for (const Operand &operand : m_subscripts) {
        const Datum subscript = operand.get();
        null = null || subscript.isNull;
        index = subscript.int64;
    }
    if (null || index < 0 || std::size_t(index) >= datum.length / m_elementBytes)
        return Datum::null();
    const std::string_view element = datum.text().substr(std::size_t(index) * m_elementBytes, m_elementBytes);
    if (m_elementBytes > sizeof(double))
        return Datum::ofText(element);
    double number = 0;
    std::memcpy(&number, element.data(), sizeof number);
    return Datum::ofFloat(number);
}

Datum SliceEvaluator::eval()
{
    const Datum datum = m_array.get();
    bool null = datum.isNull;
    std::vector<std::optional<std::int64_t>> lower, upper;
    for (const auto &[from, to] : {std::pair(&m_lower, &lower), std::pair(&m_upper, &upper)}) {
        for (const auto &operand : *from) {
            const Datum bound = operand ? operand->get() : Datum::ofInt(0);
            null = null || bound.isNull;
            to->push_back(operand ? std::optional(bound.int64) : std::nullopt);
        }
    }
    if (null || m_cx.stop.raised())
        return Datum::null();
    const ArrayValue &array = *datum.array;
    ArrayValue shape = array;
    std::int64_t first[ArrayValue::kMaxDimensions] = {};
    const auto dimensions = std::size_t(array.dimensionCount);
    if (dimensions == 0 || dimensions < lower.size())
        return runtime::makeArray(array.elementType, {}, m_cx);
    std::size_t count = 1;
    for (std::size_t i = 0; i < dimensions; ++i) {
        const std::int64_t begin = array.lowerBounds[i];
        const std::int64_t end = begin + array.dimensions[i] - 1;
        const std::int64_t from = i < lower.size() && lower[i] ? std::max(*lower[i], begin) : begin;
        const std::int64_t to = i < upper.size() && upper[i] ? std::min(*upper[i], end) : end;
        if (from > to)
            return runtime::makeArray(array.elementType, {}, m_cx);
        first[i] = from - begin;
        shape.dimensions[i] = std::int32_t(to - from + 1);
        shape.lowerBounds[i] = 1;
        count *= std::size_t(shape.dimensions[i]);
    }
    std::vector<Datum> elements;
    elements.reserve(count);
    for (std::size_t n = 0; n < count; ++n) {
        // The n-th element of the slice, row-major, as an index into the whole array.
        std::size_t rest = n, index = 0, stride = 1;
        for (std::size_t i = dimensions; i-- > 0;) {
            const auto width = std::size_t(shape.dimensions[i]);
            index += (std::size_t(first[i]) + rest % width) * stride;
            rest /= width;
            stride *= std::size_t(array.dimensions[i]);
        }
        elements.push_back(array.elements[index]);
    }
    return runtime::makeArray(shape, elements, m_cx);
}

Datum ConvertEvaluator::eval()
{
    const Datum from = m_argument.get();
    if (from.isNull || m_cx.stop.raised())
        return Datum::null();
    m_text.clear();
    runtime::textOut(m_from, from, m_text);
    return runtime::textIn(m_to, m_text, -1, m_cx);
}

Datum ArrayConvertEvaluator::eval()
{
    const Datum from = argument.get();
    if (from.isNull || m_cx.stop.raised())
        return Datum::null();
    auto *array = static_cast<ArrayValue *>(m_cx.arena.allocate(sizeof(ArrayValue)));
    auto *elements = m_cx.arena.allocateArray<Datum>(from.array->elementCount);
    if (!elements)
        return Datum::null();
    *array = *from.array;
    array->elementType = m_elementType;
    for (std::uint32_t i = 0; i < array->elementCount; ++i) {
        input = from.array->elements[i];
        elements[i] = element.get();
    }
    array->elements = elements;
    Datum datum = from;
    datum.array = array;
    return datum;
}

} // namespace sqlgym::exec
