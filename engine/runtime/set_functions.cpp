// generate_series, unnest and generate_subscripts.
#include "runtime/families.h"
#include "value/numeric.h"

namespace sqlgym::runtime {

namespace num = value::numeric;

namespace {

struct IntegerSeries {
    std::int64_t next;
    std::int64_t last;
    std::int64_t step;
    bool done;
};

template <int Bits> void *openIntegers(Call &call, const Datum *a)
{
    auto *s = static_cast<IntegerSeries *>(call.cx.arena.allocate(sizeof(IntegerSeries)));
    *s = {a[0].int64, a[1].int64, call.argumentCount > 2 ? a[2].int64 : 1, false};
    if (s->step == 0) {
        call.cx.fail("22023", "step size cannot equal zero");
        s->done = true;
    }
    return s;
}

template <int Bits> bool nextInteger(Call &, void *state, Datum *columns)
{
    auto *s = static_cast<IntegerSeries *>(state);
    if (s->done || (s->step > 0 ? s->next > s->last : s->next < s->last))
        return false;
    columns[0] = Datum::ofInt(s->next);
    // Past the type's own bounds the series ends.
    s->done = __builtin_add_overflow(s->next, s->step, &s->next) ||
              (Bits == 32 && (s->next > INT32_MAX || s->next < INT32_MIN));
    return true;
}

/// All three are finite.
struct NumericSeries {
    Datum next;
    Datum last;
    Datum step;
    bool rising;
    bool done;
};

bool checkFinite(Call &call, const Datum &n, const char *what)
{
    if (num::kindOf(n) == num::Kind::Finite)
        return true;
    const char *kind = num::kindOf(n) == num::Kind::NaN ? "NaN" : "infinity";
    call.cx.fail("22023", std::string(what) + " cannot be " + kind);
    return false;
}

void *openNumerics(Call &call, const Datum *a)
{
    auto *s = static_cast<NumericSeries *>(call.cx.arena.allocate(sizeof(NumericSeries)));
    s->done = true;
    if (!checkFinite(call, a[0], "start value") || !checkFinite(call, a[1], "stop value"))
        return s;
    s->step = num::ofInt(1);
    if (call.argumentCount > 2) {
        if (!checkFinite(call, a[2], "step size"))
            return s;
        s->step = a[2];
    }
    const int sign = num::signOf(s->step);
    if (sign == 0) {
        call.cx.fail("22023", "step size cannot equal zero");
        return s;
    }
    s->next = a[0];
    s->last = a[1];
    s->rising = sign > 0;
    s->done = false;
    return s;
}

bool nextNumeric(Call &call, void *state, Datum *columns)
{
    auto *s = static_cast<NumericSeries *>(state);
    if (s->done)
        return false;
    const int c = num::compare(s->next, s->last);
    if (s->rising ? c > 0 : c < 0)
        return false;
    columns[0] = s->next;
    // A next value beyond numeric's range is beyond the last one too: the end, not an error.
    base::Stop beyond;
    value::Context probe{call.cx.arena, beyond, call.cx.cancel, call.cx.session};
    s->next = num::add(s->next, s->step, probe);
    s->done = s->next.isNull;
    return true;
}

struct ElementState {
    const value::ArrayValue *array;
    std::uint32_t next;
};

void *openElements(Call &call, const Datum *a)
{
    auto *s = static_cast<ElementState *>(call.cx.arena.allocate(sizeof(ElementState)));
    *s = {a[0].array, 0};
    return s;
}

bool nextElement(Call &, void *state, Datum *columns)
{
    auto *s = static_cast<ElementState *>(state);
    if (s->next >= s->array->elementCount)
        return false;
    columns[0] = s->array->elements[s->next++];
    return true;
}

void *openSubscripts(Call &call, const Datum *a)
{
    auto *s = static_cast<IntegerSeries *>(call.cx.arena.allocate(sizeof(IntegerSeries)));
    *s = {0, 0, 1, true};
    const value::ArrayValue &array = *a[0].array;
    const std::int64_t dimension = a[1].int64;
    if (dimension < 1 || dimension > array.dimensionCount)
        return s;
    s->next = array.lowerBounds[dimension - 1];
    s->last = s->next + array.dimensions[dimension - 1] - 1;
    s->done = false;
    if (call.argumentCount > 2 && a[2].isTrue()) {
        std::swap(s->next, s->last);
        s->step = -1;
    }
    return s;
}

const SetFunction kSets[] = {
    {"generate_series_int4", openIntegers<32>, nextInteger<32>},
    {"generate_series_step_int4", openIntegers<32>, nextInteger<32>},
    {"generate_series_int8", openIntegers<64>, nextInteger<64>},
    {"generate_series_step_int8", openIntegers<64>, nextInteger<64>},
    {"generate_series_numeric", openNumerics, nextNumeric},
    {"generate_series_step_numeric", openNumerics, nextNumeric},
    {"array_unnest", openElements, nextElement},
    {"generate_subscripts", openSubscripts, nextInteger<64>},
    {"generate_subscripts_nodir", openSubscripts, nextInteger<64>},
};

} // namespace

Family setFamily() { return {{}, kSets, {}}; }

} // namespace sqlgym::runtime
