// sum, avg, variance, correlation and regression of floats: Youngs and Cramer's updates, as PostgreSQL makes them, so
// that the same order of rows gives the same bits.
#include "runtime/families.h"
#include "runtime/float_checks.h"

#include <cmath>
#include <limits>

namespace sqlgym::runtime {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

template <typename State> State &as(void *state) { return *static_cast<State *>(state); }

void nothing(Call &, void *) {}

struct SumState {
    double sum;
    bool any;
};

template <typename F> void sumStep(Call &call, void *state, const Datum *a)
{
    auto &s = as<SumState>(state);
    if (!s.any) {
        s = {a[0].float8, true};
        return;
    }
    const F x = static_cast<F>(s.sum);
    const F y = static_cast<F>(a[0].float8);
    const F v = x + y;
    if (std::isinf(v) && !std::isinf(x) && !std::isinf(y))
        floatOverflow(call);
    s.sum = static_cast<double>(v);
}

Datum sumFinish(Call &, void *state)
{
    return as<SumState>(state).any ? Datum::ofFloat(as<SumState>(state).sum) : Datum::null();
}

/// N, sum(x) and sum((x - mean)^2).
struct Moments {
    double n;
    double sum;
    double squares;
};

void momentsStep(Call &call, void *state, const Datum *a)
{
    auto &s = as<Moments>(state);
    const double v = a[0].float8;
    const double n = s.n + 1;
    const double sum = s.sum + v;
    double squares = s.squares;
    if (s.n > 0) {
        const double d = v * n - sum;
        squares += d * d / (n * s.n);
        if (std::isinf(sum) || std::isinf(squares)) {
            if (!std::isinf(s.sum) && !std::isinf(v))
                floatOverflow(call);
            squares = kNaN;
        }
    } else if (std::isnan(v) || std::isinf(v)) {
        squares = kNaN;
    }
    s = {n, sum, squares};
}

Datum average(Call &, void *state)
{
    const auto &s = as<Moments>(state);
    return s.n > 0 ? Datum::ofFloat(s.sum / s.n) : Datum::null();
}

template <bool Sample, bool Root> Datum spread(Call &, void *state)
{
    const auto &s = as<Moments>(state);
    if (s.n <= (Sample ? 1 : 0))
        return Datum::null();
    const double variance = s.squares / (Sample ? s.n - 1 : s.n);
    return Datum::ofFloat(Root ? std::sqrt(variance) : variance);
}

struct Pairs {
    double n;
    double sumX;
    double squaresX;
    double sumY;
    double squaresY;
    double products;
};

/// The arguments come as (Y, X).
void pairsStep(Call &call, void *state, const Datum *a)
{
    auto &s = as<Pairs>(state);
    const double y = a[0].float8;
    const double x = a[1].float8;
    Pairs next{s.n + 1, s.sumX + x, s.squaresX, s.sumY + y, s.squaresY, s.products};
    if (s.n > 0) {
        const double dx = x * next.n - next.sumX;
        const double dy = y * next.n - next.sumY;
        const double scale = 1.0 / (next.n * s.n);
        next.squaresX += dx * dx * scale;
        next.squaresY += dy * dy * scale;
        next.products += dx * dy * scale;
        const bool finiteX = !std::isinf(s.sumX) && !std::isinf(x);
        const bool finiteY = !std::isinf(s.sumY) && !std::isinf(y);
        if (((std::isinf(next.sumX) || std::isinf(next.squaresX)) && finiteX) ||
            ((std::isinf(next.sumY) || std::isinf(next.squaresY)) && finiteY) ||
            (std::isinf(next.products) && finiteX && finiteY))
            floatOverflow(call);
        if (std::isinf(next.squaresX))
            next.squaresX = kNaN;
        if (std::isinf(next.squaresY))
            next.squaresY = kNaN;
        if (std::isinf(next.products))
            next.products = kNaN;
    } else {
        if (std::isnan(x) || std::isinf(x))
            next.squaresX = next.products = kNaN;
        if (std::isnan(y) || std::isinf(y))
            next.squaresY = next.products = kNaN;
    }
    s = next;
}

template <double (*F)(const Pairs &)> Datum atLeastOne(Call &, void *state)
{
    const auto &s = as<Pairs>(state);
    return s.n < 1 ? Datum::null() : Datum::ofFloat(F(s));
}

double squaresX(const Pairs &s) { return s.squaresX; }
double squaresY(const Pairs &s) { return s.squaresY; }
double products(const Pairs &s) { return s.products; }
double averageX(const Pairs &s) { return s.sumX / s.n; }
double averageY(const Pairs &s) { return s.sumY / s.n; }
double covariance(const Pairs &s) { return s.products / s.n; }

Datum sampleCovariance(Call &, void *state)
{
    const auto &s = as<Pairs>(state);
    return s.n < 2 ? Datum::null() : Datum::ofFloat(s.products / (s.n - 1));
}

Datum correlation(Call &, void *state)
{
    const auto &s = as<Pairs>(state);
    if (s.n < 1 || s.squaresX == 0 || s.squaresY == 0)
        return Datum::null();
    return Datum::ofFloat(s.products / std::sqrt(s.squaresX * s.squaresY));
}

Datum determination(Call &, void *state)
{
    const auto &s = as<Pairs>(state);
    if (s.n < 1 || s.squaresX == 0)
        return Datum::null();
    if (s.squaresY == 0)
        return Datum::ofFloat(1);
    return Datum::ofFloat((s.products * s.products) / (s.squaresX * s.squaresY));
}

Datum slope(Call &, void *state)
{
    const auto &s = as<Pairs>(state);
    return s.n < 1 || s.squaresX == 0 ? Datum::null() : Datum::ofFloat(s.products / s.squaresX);
}

Datum intercept(Call &, void *state)
{
    const auto &s = as<Pairs>(state);
    if (s.n < 1 || s.squaresX == 0)
        return Datum::null();
    return Datum::ofFloat((s.sumY - s.sumX * s.products / s.squaresX) / s.n);
}

#define SQLGYM_SPREADS(type)                                                                                           \
    {"avg(" type ")", sizeof(Moments), true, nothing, momentsStep, average},                                           \
        {"variance(" type ")", sizeof(Moments), true, nothing, momentsStep, spread<true, false>},                      \
        {"var_samp(" type ")", sizeof(Moments), true, nothing, momentsStep, spread<true, false>},                      \
        {"var_pop(" type ")", sizeof(Moments), true, nothing, momentsStep, spread<false, false>},                      \
        {"stddev(" type ")", sizeof(Moments), true, nothing, momentsStep, spread<true, true>},                         \
        {"stddev_samp(" type ")", sizeof(Moments), true, nothing, momentsStep, spread<true, true>},                    \
    {                                                                                                                  \
        "stddev_pop(" type ")", sizeof(Moments), true, nothing, momentsStep, spread<false, true>                       \
    }
#define SQLGYM_PAIRS(name, finish)                                                                                     \
    {                                                                                                                  \
        name "(float8,float8)", sizeof(Pairs), true, nothing, pairsStep, finish                                        \
    }

const AggregateFunction kAggregates[] = {
    {"sum(float4)", sizeof(SumState), true, nothing, sumStep<float>, sumFinish},
    {"sum(float8)", sizeof(SumState), true, nothing, sumStep<double>, sumFinish},
    SQLGYM_SPREADS("float4"),
    SQLGYM_SPREADS("float8"),
    SQLGYM_PAIRS("regr_sxx", atLeastOne<squaresX>),
    SQLGYM_PAIRS("regr_syy", atLeastOne<squaresY>),
    SQLGYM_PAIRS("regr_sxy", atLeastOne<products>),
    SQLGYM_PAIRS("regr_avgx", atLeastOne<averageX>),
    SQLGYM_PAIRS("regr_avgy", atLeastOne<averageY>),
    SQLGYM_PAIRS("regr_r2", determination),
    SQLGYM_PAIRS("regr_slope", slope),
    SQLGYM_PAIRS("regr_intercept", intercept),
    SQLGYM_PAIRS("covar_pop", atLeastOne<covariance>),
    SQLGYM_PAIRS("covar_samp", sampleCovariance),
    SQLGYM_PAIRS("corr", correlation),
};

} // namespace

Family floatAggregates() { return {{}, {}, kAggregates}; }

} // namespace sqlgym::runtime
