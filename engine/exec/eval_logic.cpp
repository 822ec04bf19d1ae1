#include "exec/eval_logic.h"

namespace sqlgym::exec {

Datum AndEvaluator::eval()
{
    bool unknown = false;
    for (const Operand &argument : m_arguments) {
        const Datum value = argument.get();
        if (value.isNull)
            unknown = true;
        else if (!value.isTrue())
            return value;
    }
    return unknown ? Datum::null() : Datum::ofBool(true);
}

Datum OrEvaluator::eval()
{
    bool unknown = false;
    for (const Operand &argument : m_arguments) {
        const Datum value = argument.get();
        if (value.isNull)
            unknown = true;
        else if (value.isTrue())
            return value;
    }
    return unknown ? Datum::null() : Datum::ofBool(false);
}

Datum NotEvaluator::eval()
{
    const Datum value = m_argument.get();
    return value.isNull ? value : Datum::ofBool(!value.isTrue());
}

Datum NullTestEvaluator::eval()
{
    const Datum value = m_argument.get();
    if (!m_ofRow || value.isNull)
        return Datum::ofBool(value.isNull != m_isNot);
    // IS NULL: all fields are; IS NOT NULL: none is. Neither may hold.
    for (std::uint32_t i = 0; i < value.record->fieldCount; ++i)
        if (value.record->fields[i].isNull == m_isNot)
            return Datum::ofBool(false);
    return Datum::ofBool(true);
}

Datum BooleanTestEvaluator::eval()
{
    using sql::BooleanTest;
    const Datum value = m_argument.get();
    switch (m_test) {
    case BooleanTest::IsTrue:
        return Datum::ofBool(value.isTrue());
    case BooleanTest::IsNotTrue:
        return Datum::ofBool(!value.isTrue());
    case BooleanTest::IsFalse:
        return Datum::ofBool(!value.isNull && !value.isTrue());
    case BooleanTest::IsNotFalse:
        return Datum::ofBool(value.isNull || value.isTrue());
    case BooleanTest::IsUnknown:
        return Datum::ofBool(value.isNull);
    case BooleanTest::IsNotUnknown:
        return Datum::ofBool(!value.isNull);
    }
    return Datum::null();
}

Datum CaseEvaluator::eval()
{
    if (hasInput)
        input = inputOperand.get();
    for (const auto &[condition, result] : branches)
        if (condition.get().isTrue())
            return result.get();
    return otherwise.get();
}

Datum CoalesceEvaluator::eval()
{
    for (const Operand &argument : m_arguments)
        if (const Datum value = argument.get(); !value.isNull)
            return value;
    return Datum::null();
}

Datum MinMaxEvaluator::eval()
{
    Datum best = Datum::null();
    for (const Operand &argument : m_arguments) {
        const Datum value = argument.get();
        if (value.isNull)
            continue;
        if (best.isNull) {
            best = value;
            continue;
        }
        const int order = m_compare(best, value);
        if (m_greatest ? order < 0 : order > 0)
            best = value;
    }
    return best;
}

Datum NullIfEvaluator::eval()
{
    const Datum pair[2] = {m_left.get(), m_right.get()};
    if (pair[0].isNull || pair[1].isNull)
        return pair[0];
    return m_equal->call(pair, 2).isTrue() ? Datum::null() : pair[0];
}

Datum DistinctEvaluator::eval()
{
    const Datum pair[2] = {m_left.get(), m_right.get()};
    bool distinct = false;
    if (pair[0].isNull || pair[1].isNull)
        distinct = pair[0].isNull != pair[1].isNull;
    else
        distinct = !m_equal->call(pair, 2).isTrue();
    return Datum::ofBool(distinct != m_isNot);
}

Datum RowCompareEvaluator::eval()
{
    using sql::RowCompareOp;
    int order = 0;
    for (std::size_t i = 0; i < m_left.size() && order == 0; ++i) {
        const Datum a = m_left[i].get();
        const Datum b = m_right[i].get();
        if (a.isNull || b.isNull)
            return Datum::null();
        order = m_compare[i](a, b);
    }
    switch (m_op) {
    case RowCompareOp::Less:
        return Datum::ofBool(order < 0);
    case RowCompareOp::LessEqual:
        return Datum::ofBool(order <= 0);
    case RowCompareOp::GreaterEqual:
        return Datum::ofBool(order >= 0);
    case RowCompareOp::Greater:
        return Datum::ofBool(order > 0);
    }
    return Datum::null();
}

} // namespace sqlgym::exec
