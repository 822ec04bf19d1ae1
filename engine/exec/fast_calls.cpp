#include "exec/compiler.h"

#include <cstdint>
#include <limits>
#include <string_view>

namespace sqlgym::exec {

namespace {

template <typename Operation> class FastCall final : public Evaluator {
public:
    FastCall(const Operand &left, const Operand &right, value::Context &cx) : m_left(left), m_right(right), m_cx(cx) {}
    Datum eval() override
    {
        const Datum a = m_left.get();
        const Datum b = m_right.get();
        if (a.isNull || b.isNull)
            return Datum::null();
        return Operation::apply(a, b, m_cx);
    }

private:
    Operand m_left;
    Operand m_right;
    value::Context &m_cx;
};

struct IntOrder {
    static int compare(const Datum &a, const Datum &b) { return (a.int64 > b.int64) - (a.int64 < b.int64); }
};
struct TextOrder {
    static int compare(const Datum &a, const Datum &b) { return a.text().compare(b.text()); }
};
template <typename Order> struct Equal {
    static Datum apply(const Datum &a, const Datum &b, value::Context &)
    {
        return Datum::ofBool(Order::compare(a, b) == 0);
    }
};
template <> struct Equal<TextOrder> {
    static Datum apply(const Datum &a, const Datum &b, value::Context &)
    {
        return Datum::ofBool(a.length == b.length && a.text() == b.text());
    }
};
template <typename Order> struct NotEqual {
    static Datum apply(const Datum &a, const Datum &b, value::Context &cx)
    {
        return Datum::ofBool(!Equal<Order>::apply(a, b, cx).isTrue());
    }
};
template <typename Order> struct Less {
    static Datum apply(const Datum &a, const Datum &b, value::Context &)
    {
        return Datum::ofBool(Order::compare(a, b) < 0);
    }
};
template <typename Order> struct LessEqual {
    static Datum apply(const Datum &a, const Datum &b, value::Context &)
    {
        return Datum::ofBool(Order::compare(a, b) <= 0);
    }
};
template <typename Order> struct Greater {
    static Datum apply(const Datum &a, const Datum &b, value::Context &)
    {
        return Datum::ofBool(Order::compare(a, b) > 0);
    }
};
template <typename Order> struct GreaterEqual {
    static Datum apply(const Datum &a, const Datum &b, value::Context &)
    {
        return Datum::ofBool(Order::compare(a, b) >= 0);
    }
};

enum class Arithmetic { Add, Subtract, Multiply };
template <typename Int, Arithmetic Op> struct Integer {
    static Datum apply(const Datum &a, const Datum &b, value::Context &cx)
    {
        std::int64_t result = 0;
        bool overflow = false;
        if constexpr (Op == Arithmetic::Add)
            overflow = __builtin_add_overflow(a.int64, b.int64, &result);
        else if constexpr (Op == Arithmetic::Subtract)
            overflow = __builtin_sub_overflow(a.int64, b.int64, &result);
        else
            overflow = __builtin_mul_overflow(a.int64, b.int64, &result);
        if (overflow || result < std::numeric_limits<Int>::min() || result > std::numeric_limits<Int>::max())
            return cx.fail("22003", sizeof(Int) == 8 ? "bigint out of range" : "integer out of range");
        return Datum::ofInt(result);
    }
};

using Maker = Evaluator *(*)(Code &, const Operand &, const Operand &, value::Context &);
template <typename Operation> Evaluator *make(Code &code, const Operand &a, const Operand &b, value::Context &cx)
{
    return code.make<FastCall<Operation>>(a, b, cx);
}

template <typename Order> Maker comparison(std::string_view which)
{
    if (which == "eq")
        return make<Equal<Order>>;
    if (which == "ne")
        return make<NotEqual<Order>>;
    if (which == "lt")
        return make<Less<Order>>;
    if (which == "le")
        return make<LessEqual<Order>>;
    if (which == "gt")
        return make<Greater<Order>>;
    if (which == "ge")
        return make<GreaterEqual<Order>>;
    return nullptr;
}

template <typename Int> Maker arithmetic(std::string_view which)
{
    if (which == "pl")
        return make<Integer<Int, Arithmetic::Add>>;
    if (which == "mi")
        return make<Integer<Int, Arithmetic::Subtract>>;
    if (which == "mul")
        return make<Integer<Int, Arithmetic::Multiply>>;
    return nullptr;
}

Maker findMaker(std::string_view symbol)
{
    const auto after = [&](std::string_view prefix) -> std::string_view {
        return symbol.substr(0, prefix.size()) == prefix ? symbol.substr(prefix.size()) : std::string_view();
    };
    for (std::string_view prefix :
         {"int2", "int4", "int8", "int24", "int42", "int28", "int82", "int48", "int84", "date_", "timestamp_", "bool"})
        if (Maker found = comparison<IntOrder>(after(prefix)))
            return found;
    if (symbol == "texteq" || symbol == "textne")
        return comparison<TextOrder>(after("text"));
    if (Maker found = comparison<TextOrder>(after("text_")))
        return found;
    if (Maker found = arithmetic<std::int32_t>(after("int4")))
        return found;
    for (std::string_view prefix : {"int8", "int48", "int84"})
        if (Maker found = arithmetic<std::int64_t>(after(prefix)))
            return found;
    return nullptr;
}

} // namespace

Evaluator *makeFastCall(Code &code, std::string_view symbol, const Operand &left, const Operand &right,
                        value::Context &cx)
{
    const Maker maker = findMaker(symbol);
    return maker ? maker(code, left, right, cx) : nullptr;
}

} // namespace sqlgym::exec
