// sum, avg, variance and standard deviation of integers and numerics: exact, with PostgreSQL's display scales.
#include "runtime/families.h"
#include "value/numeric.h"
#include "value/numeric_sum.h"

namespace sqlgym::runtime {

namespace num = value::numeric;

namespace {

/// sum and avg of int2 and int4, whose sums fit int8.
struct IntegerState {
    std::int64_t count;
    std::int64_t sum;
};

template <typename State> State &as(void *state) { return *static_cast<State *>(state); }

void nothing(Call &, void *) {}

void integerStep(Call &, void *state, const Datum *a)
{
    ++as<IntegerState>(state).count;
    as<IntegerState>(state).sum += a[0].int64;
}

bool integerInverse(Call &, void *state, const Datum *a)
{
    --as<IntegerState>(state).count;
    as<IntegerState>(state).sum -= a[0].int64;
    return true;
}

Datum integerSum(Call &, void *state)
{
    return as<IntegerState>(state).count ? Datum::ofInt(as<IntegerState>(state).sum) : Datum::null();
}

Datum integerAverage(Call &call, void *state)
{
    const auto &s = as<IntegerState>(state);
    return s.count ? num::divide(num::ofInt(s.sum), num::ofInt(s.count), call.cx) : Datum::null();
}

/// int8 and numeric. `finite` counts the summed ones; special values are counted apart, so that they can leave again.
struct NumericState {
    num::Sum sum;
    num::Sum squares;
    std::int64_t finite;
    std::int64_t nan;
    std::int64_t positive;
    std::int64_t negative;
    std::int32_t maxScale;
    std::int64_t maxScaleCount;

    std::int64_t total() const { return finite + nan + positive + negative; }
};

/// +1 or -1 to the counter of a special value; false for a finite one.
bool countSpecial(NumericState &s, const Datum &n, int by)
{
    switch (num::kindOf(n)) {
    case num::Kind::Finite:
        return false;
    case num::Kind::NaN:
        s.nan += by;
        return true;
    case num::Kind::PositiveInfinity:
        s.positive += by;
        return true;
    case num::Kind::NegativeInfinity:
        s.negative += by;
        return true;
    }
    return true;
}

void noteScale(NumericState &s, int scale)
{
    if (scale > s.maxScale) {
        s.maxScale = scale;
        s.maxScaleCount = 1;
    } else if (scale == s.maxScale) {
        ++s.maxScaleCount;
    }
}

template <bool Squares> void accumulate(Call &call, void *state, const Datum &n)
{
    auto &s = as<NumericState>(state);
    if (countSpecial(s, n, 1))
        return;
    noteScale(s, num::scaleOf(n));
    ++s.finite;
    s.sum.add(n, call.cx);
    if constexpr (Squares)
        s.squares.addProduct(n, n, call.cx);
}

template <bool Squares> void numericStep(Call &call, void *state, const Datum *a)
{
    accumulate<Squares>(call, state, a[0]);
}

template <bool Squares> void wideStep(Call &call, void *state, const Datum *a)
{
    accumulate<Squares>(call, state, num::ofInt(a[0].int64));
}

/// False when the display scale would have to shrink: the frame is summed anew then.
bool discard(Call &call, void *state, const Datum &n)
{
    auto &s = as<NumericState>(state);
    if (countSpecial(s, n, -1))
        return true;
    if (num::scaleOf(n) == s.maxScale) {
        if (s.maxScaleCount > 1 || s.maxScale == 0)
            --s.maxScaleCount;
        else if (s.finite == 1)
            s.maxScale = 0;
        else
            return false;
    }
    if (--s.finite > 0)
        return s.sum.subtract(n, call.cx);
    s.sum.reset();
    s.maxScaleCount = 0;
    return true;
}

bool numericInverse(Call &call, void *state, const Datum *a) { return discard(call, state, a[0]); }

bool wideInverse(Call &call, void *state, const Datum *a) { return discard(call, state, num::ofInt(a[0].int64)); }

/// NULL datum when every value was finite.
Datum specialResult(Call &call, const NumericState &s)
{
    if (s.nan > 0 || (s.positive > 0 && s.negative > 0))
        return num::special(num::Kind::NaN, call.cx);
    if (s.positive > 0)
        return num::special(num::Kind::PositiveInfinity, call.cx);
    if (s.negative > 0)
        return num::special(num::Kind::NegativeInfinity, call.cx);
    return Datum::null();
}

Datum numericSum(Call &call, void *state)
{
    const auto &s = as<NumericState>(state);
    if (s.total() == 0)
        return Datum::null();
    const Datum special = specialResult(call, s);
    return special.isNull ? s.sum.result(call.cx) : special;
}

Datum numericAverage(Call &call, void *state)
{
    const auto &s = as<NumericState>(state);
    if (s.total() == 0)
        return Datum::null();
    const Datum special = specialResult(call, s);
    if (!special.isNull)
        return special;
    const Datum sum = s.sum.result(call.cx);
    return sum.isNull ? sum : num::divide(sum, num::ofInt(s.finite), call.cx);
}

/// (N * sum(x^2) - sum(x)^2) / (N * (N - 1)), or over N * N for the population.
template <bool Sample, bool Root> Datum spread(Call &call, void *state)
{
    const auto &s = as<NumericState>(state);
    auto &cx = call.cx;
    if (s.total() <= (Sample ? 1 : 0))
        return Datum::null();
    if (s.total() != s.finite)
        return num::special(num::Kind::NaN, cx);
    const Datum sum = s.sum.result(cx);
    const Datum squares = s.squares.result(cx);
    if (cx.stop.raised())
        return Datum::null();
    const Datum n = num::ofInt(s.finite);
    const Datum square = num::multiply(sum, sum, cx);
    const Datum scaled = num::multiply(n, squares, cx);
    if (cx.stop.raised())
        return Datum::null();
    const Datum numerator = num::subtract(scaled, square, cx);
    if (cx.stop.raised())
        return Datum::null();
    if (num::signOf(numerator) <= 0)
        return num::ofInt(0);
    const Datum divisor = num::multiply(n, num::ofInt(Sample ? s.finite - 1 : s.finite), cx);
    const int scale = num::quotientScale(numerator, divisor);
    const Datum variance = num::divideAt(numerator, divisor, scale, cx);
    return !Root || variance.isNull ? variance : num::squareRootAt(variance, scale, cx);
}

constexpr std::size_t kSize = sizeof(NumericState);

#define SQLGYM_SPREADS(type, step)                                                                                     \
    {"variance(" type ")", kSize, true, nothing, step, spread<true, false>},                                           \
        {"var_samp(" type ")", kSize, true, nothing, step, spread<true, false>},                                       \
        {"var_pop(" type ")", kSize, true, nothing, step, spread<false, false>},                                       \
        {"stddev(" type ")", kSize, true, nothing, step, spread<true, true>},                                          \
        {"stddev_samp(" type ")", kSize, true, nothing, step, spread<true, true>},                                     \
    {                                                                                                                  \
        "stddev_pop(" type ")", kSize, true, nothing, step, spread<false, true>                                        \
    }

const AggregateFunction kAggregates[] = {
    {"sum(int2)", sizeof(IntegerState), true, nothing, integerStep, integerSum, integerInverse},
    {"sum(int4)", sizeof(IntegerState), true, nothing, integerStep, integerSum, integerInverse},
    {"avg(int2)", sizeof(IntegerState), true, nothing, integerStep, integerAverage, integerInverse},
    {"avg(int4)", sizeof(IntegerState), true, nothing, integerStep, integerAverage, integerInverse},
    {"sum(int8)", kSize, true, nothing, wideStep<false>, numericSum, wideInverse},
    {"avg(int8)", kSize, true, nothing, wideStep<false>, numericAverage, wideInverse},
    {"sum(numeric)", kSize, true, nothing, numericStep<false>, numericSum, numericInverse},
    {"avg(numeric)", kSize, true, nothing, numericStep<false>, numericAverage, numericInverse},
    SQLGYM_SPREADS("int2", wideStep<true>),
    SQLGYM_SPREADS("int4", wideStep<true>),
    SQLGYM_SPREADS("int8", wideStep<true>),
    SQLGYM_SPREADS("numeric", numericStep<true>),
};

} // namespace

Family numberAggregates() { return {{}, {}, kAggregates}; }

} // namespace sqlgym::runtime
