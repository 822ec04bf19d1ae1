// Evaluators that make and take apart values: calls, arrays, rows, conversions through text.
#pragma once

#include "exec/compiler.h"
#include "runtime/compare.h"
#include "runtime/relabel.h"

#include <optional>
#include <string>

namespace sqlgym::exec {

/// A function call; NULL arguments of a strict one are not passed on.
class FunctionEvaluator final : public Evaluator {
public:
    FunctionEvaluator(std::unique_ptr<CallEvaluator> call, bool strict, std::vector<Operand> arguments,
                      const base::Stop &stop)
        : m_call(std::move(call)), m_arguments(std::move(arguments)), m_values(m_arguments.size(), Datum::null()),
          m_stop(stop), m_strict(strict)
    {
    }
    Datum eval() override;

private:
    std::unique_ptr<CallEvaluator> m_call;
    std::vector<Operand> m_arguments;
    std::vector<Datum> m_values;
    const base::Stop &m_stop;
    bool m_strict;
};

/// f(..., VARIADIC array) where the function takes arguments of any type: the elements are its last arguments.
class VariadicEvaluator final : public Evaluator {
public:
    /// `nullIsNone`: a NULL array counts as no arguments; else it makes the result NULL.
    VariadicEvaluator(runtime::ScalarFunction function, std::vector<Oid> types, Oid result,
                      std::vector<Operand> arguments, value::Context &cx, bool nullIsNone)
        : m_function(function), m_types(std::move(types)), m_arguments(std::move(arguments)), m_cx(cx),
          m_nullIsNone(nullIsNone)
    {
        m_site.resultType = result;
    }
    ~VariadicEvaluator() override
    {
        if (m_site.release && m_site.memory)
            m_site.release(m_site.memory);
    }
    Datum eval() override;

private:
    runtime::ScalarFunction m_function;
    std::vector<Oid> m_types;
    std::vector<Operand> m_arguments;
    value::Context &m_cx;
    bool m_nullIsNone;
    runtime::CallSite m_site;
    std::vector<Datum> m_values;
};

/// A value as one of another type of the same bits, where the datum differs all the same.
class RelabelEvaluator final : public Evaluator {
public:
    RelabelEvaluator(Operand argument, Oid type) : m_argument(argument), m_type(type) {}
    Datum eval() override { return runtime::relabelled(m_argument.get(), m_type); }

private:
    Operand m_argument;
    Oid m_type;
};

/// left op ANY/ALL (array).
class ArrayOperatorEvaluator final : public Evaluator {
public:
    ArrayOperatorEvaluator(Operand left, Operand array, std::unique_ptr<CallEvaluator> call, bool strict, bool any,
                           Execution &run)
        : m_left(left), m_array(array), m_call(std::move(call)), m_strict(strict), m_any(any), m_run(run)
    {
    }
    Datum eval() override;

private:
    Operand m_left;
    Operand m_array;
    std::unique_ptr<CallEvaluator> m_call;
    bool m_strict;
    bool m_any;
    Execution &m_run;
};

/// left = ANY (long constant array), through a hash of the elements.
class InListEvaluator final : public Evaluator {
public:
    InListEvaluator(Operand left, const value::ArrayValue &array, const plan::KeyOps &ops);
    Datum eval() override;

private:
    Operand m_left;
    plan::KeyOps m_ops;
    bool m_hasNull = false;
    std::unordered_multimap<std::uint64_t, Datum> m_elements;
};

class ArrayEvaluator final : public Evaluator {
public:
    ArrayEvaluator(std::vector<Operand> elements, Oid elementType, bool nested, value::Context &cx)
        : m_elements(std::move(elements)), m_elementType(elementType), m_nested(nested), m_cx(cx)
    {
    }
    Datum eval() override;

private:
    Datum evalNested();

    std::vector<Operand> m_elements;
    Oid m_elementType;
    bool m_nested;
    value::Context &m_cx;
};

/// ROW(...): names are the statement's.
class RowEvaluator final : public Evaluator {
public:
    RowEvaluator(std::vector<Operand> fields, std::vector<Oid> types, std::vector<std::string> names, Oid type,
                 value::Context &cx);
    Datum eval() override;

private:
    std::vector<Operand> m_fields;
    std::vector<Oid> m_types;
    std::vector<std::string> m_names;
    std::vector<std::string_view> m_nameViews;
    Oid m_type;
    value::Context &m_cx;
};

/// Which row of a table the query stands on: its address.
class RowIdentityEvaluator final : public Evaluator {
public:
    explicit RowIdentityEvaluator(const Datum *const *row) : m_row(row) {}
    Datum eval() override { return Datum::ofInt(static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(*m_row))); }

private:
    const Datum *const *m_row;
};

/// The whole row of a range entry; NULL where an outer join found none.
class WholeRowEvaluator final : public Evaluator {
public:
    WholeRowEvaluator(const Datum *const *row, const Datum *nullRow, std::vector<Oid> types,
                      std::vector<std::string> names, Oid type, value::Context &cx);
    Datum eval() override;

private:
    const Datum *const *m_row;
    const Datum *m_nullRow;
    std::vector<Oid> m_types;
    std::vector<std::string> m_names;
    std::vector<std::string_view> m_nameViews;
    Oid m_type;
    value::Context &m_cx;
};

class FieldEvaluator final : public Evaluator {
public:
    FieldEvaluator(Operand argument, int field) : m_argument(argument), m_field(field) {}
    Datum eval() override;

private:
    Operand m_argument;
    int m_field;
};

/// array[i][j]: NULL outside the bounds.
class SubscriptEvaluator final : public Evaluator {
public:
    SubscriptEvaluator(Operand array, std::vector<Operand> subscripts)
        : m_array(array), m_subscripts(std::move(subscripts))
    {
    }
    Datum eval() override;

private:
    Operand m_array;
    std::vector<Operand> m_subscripts;
};

/// point[0], box[1]: numbers or points that lie one after another; NULL outside.
class FixedSubscriptEvaluator final : public Evaluator {
public:
    /// `elementBytes`: 8 for a number, more for a point.
    FixedSubscriptEvaluator(Operand container, std::vector<Operand> subscripts, std::size_t elementBytes)
        : m_container(container), m_subscripts(std::move(subscripts)), m_elementBytes(elementBytes)
    {
    }
    Datum eval() override;

private:
    Operand m_container;
    std::vector<Operand> m_subscripts;
    std::size_t m_elementBytes;
};

/// array[lower:upper]...: clipped to the array, counted from 1 in the result; '{}' where nothing is left.
class SliceEvaluator final : public Evaluator {
public:
    SliceEvaluator(Operand array, std::vector<std::optional<Operand>> lower, std::vector<std::optional<Operand>> upper,
                   value::Context &cx)
        : m_array(array), m_lower(std::move(lower)), m_upper(std::move(upper)), m_cx(cx)
    {
    }
    Datum eval() override;

private:
    Operand m_array;
    std::vector<std::optional<Operand>> m_lower, m_upper; ///< nothing: the array's own bound
    value::Context &m_cx;
};

/// typoutput, then typinput.
class ConvertEvaluator final : public Evaluator {
public:
    ConvertEvaluator(Operand argument, Oid from, Oid to, value::Context &cx)
        : m_argument(argument), m_from(from), m_to(to), m_cx(cx)
    {
    }
    Datum eval() override;

private:
    Operand m_argument;
    Oid m_from;
    Oid m_to;
    value::Context &m_cx;
    std::string m_text;
};

/// Element by element; conditions as in CaseEvaluator.
class ArrayConvertEvaluator final : public Evaluator {
public:
    explicit ArrayConvertEvaluator(Oid elementType, value::Context &cx) : m_elementType(elementType), m_cx(cx) {}
    Datum eval() override;

    Operand argument;
    Datum input = Datum::null();
    Operand element;

private:
    Oid m_elementType;
    value::Context &m_cx;
};

} // namespace sqlgym::exec
