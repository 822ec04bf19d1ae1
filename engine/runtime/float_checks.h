// The range errors of float arithmetic, shared by operators, functions and aggregates.
#pragma once

#include "runtime/function.h"

#include <cmath>

namespace sqlgym::runtime {

inline Datum floatOverflow(Call &call) { return call.cx.fail("22003", "value out of range: overflow"); }

inline Datum floatUnderflow(Call &call) { return call.cx.fail("22003", "value out of range: underflow"); }

template <typename F> Datum floatProduct(Call &call, F x, F y)
{
    const F v = x * y;
    if (std::isinf(v) && !std::isinf(x) && !std::isinf(y))
        return floatOverflow(call);
    if (v == 0 && x != 0 && y != 0)
        return floatUnderflow(call);
    return Datum::ofFloat(static_cast<double>(v));
}

template <typename F> Datum floatQuotient(Call &call, F x, F y)
{
    if (y == 0 && !std::isnan(x))
        return call.cx.fail("22012", "division by zero");
    const F v = x / y;
    if (std::isinf(v) && !std::isinf(x))
        return floatOverflow(call);
    if (v == 0 && x != 0 && !std::isinf(y))
        return floatUnderflow(call);
    return Datum::ofFloat(static_cast<double>(v));
}

} // namespace sqlgym::runtime
