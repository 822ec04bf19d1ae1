// count, min, max, bool_and, bool_or, bit_and, bit_or, bit_xor, string_agg and array_agg.
#include "catalogue/type_oids.h"
#include "runtime/array_build.h"
#include "runtime/compare.h"
#include "runtime/families.h"

#include <algorithm>
#include <functional>

namespace sqlgym::runtime {

namespace {

template <typename State> State &as(void *state) { return *static_cast<State *>(state); }

void nothing(Call &, void *) {}

void countStep(Call &, void *state, const Datum *) { ++as<std::int64_t>(state); }
Datum countFinish(Call &, void *state) { return Datum::ofInt(as<std::int64_t>(state)); }
bool countInverse(Call &, void *state, const Datum *)
{
    --as<std::int64_t>(state);
    return true;
}

/// The greatest or least value so far, copied; texts reuse their buffer.
struct ExtremeState {
    Datum value;
    CompareFunction compare;
    char *buffer;
    std::uint32_t capacity;
    bool any;
    bool keepOnTie; ///< which of two spellings stays: the first for char(n), the last for everything else
};

void extremeBegin(Call &call, void *state)
{
    auto &s = as<ExtremeState>(state);
    const Oid type = call.site.argumentTypes.empty() ? 0 : call.site.argumentTypes[0];
    s.compare = findCompare(type);
    s.keepOnTie = type == catalogue::type::kBpchar;
    if (!s.compare)
        call.cx.stop.decline("min and max of this type");
}

void keep(Call &call, ExtremeState &s, const Datum &datum)
{
    if (datum.storage != value::Storage::Bytes) {
        s.value = value::copyDatum(datum, call.cx.arena);
        return;
    }
    if (datum.length > s.capacity || !s.buffer) {
        s.capacity = std::max(datum.length, s.capacity * 2);
        s.buffer = static_cast<char *>(call.cx.arena.allocate(s.capacity));
        if (!s.buffer) {
            s.capacity = 0;
            return;
        }
    }
    std::copy_n(datum.bytes, datum.length, s.buffer);
    s.value = datum; // with an enum's place among its labels
    s.value.bytes = s.buffer;
}

template <bool Max> void extremeStep(Call &call, void *state, const Datum *a)
{
    auto &s = as<ExtremeState>(state);
    if (!s.compare)
        return;
    if (s.any) {
        const int c = Max ? s.compare(a[0], s.value) : s.compare(s.value, a[0]);
        if (c < 0 || (c == 0 && s.keepOnTie))
            return;
    }
    s.any = true;
    keep(call, s, a[0]);
}

Datum extremeFinish(Call &call, void *state)
{
    const auto &s = as<ExtremeState>(state);
    return s.any ? value::copyDatum(s.value, call.cx.arena) : Datum::null();
}

struct BooleanState {
    std::int64_t all;
    std::int64_t yes;
};

void booleanStep(Call &, void *state, const Datum *a)
{
    ++as<BooleanState>(state).all;
    as<BooleanState>(state).yes += a[0].int64 != 0;
}

bool booleanInverse(Call &, void *state, const Datum *a)
{
    --as<BooleanState>(state).all;
    as<BooleanState>(state).yes -= a[0].int64 != 0;
    return true;
}

Datum everyFinish(Call &, void *state)
{
    const auto &s = as<BooleanState>(state);
    return s.all ? Datum::ofBool(s.all == s.yes) : Datum::null();
}

Datum anyFinish(Call &, void *state)
{
    const auto &s = as<BooleanState>(state);
    return s.all ? Datum::ofBool(s.yes > 0) : Datum::null();
}

struct BitState {
    std::int64_t bits;
    bool any;
};

template <typename Combine> void bitStep(Call &, void *state, const Datum *a)
{
    auto &s = as<BitState>(state);
    s = {s.any ? Combine()(s.bits, a[0].int64) : a[0].int64, true};
}

Datum bitFinish(Call &, void *state)
{
    return as<BitState>(state).any ? Datum::ofInt(as<BitState>(state).bits) : Datum::null();
}

struct TextState {
    char *bytes;
    std::size_t length;
    std::size_t capacity;
    bool any;
};

bool append(Call &call, TextState &s, std::string_view text)
{
    if (s.length + text.size() > s.capacity) {
        const std::size_t capacity = std::max<std::size_t>({s.length + text.size(), s.capacity * 2, 64});
        if (capacity > 0x3fffffff) {
            call.cx.stop.stop(base::StopReason::MemoryLimit);
            return false;
        }
        auto *bytes = static_cast<char *>(call.cx.arena.allocate(capacity));
        if (!bytes)
            return false;
        std::copy_n(s.bytes, s.length, bytes);
        s.bytes = bytes;
        s.capacity = capacity;
    }
    std::copy(text.begin(), text.end(), s.bytes + s.length);
    s.length += text.size();
    return true;
}

/// NULL values are left out; the first one's delimiter is not used.
void joinStep(Call &call, void *state, const Datum *a)
{
    auto &s = as<TextState>(state);
    if (a[0].isNull)
        return;
    if (s.any && !a[1].isNull && !append(call, s, a[1].text()))
        return;
    s.any = true;
    append(call, s, a[0].text());
}

Datum joinFinish(Call &call, void *state)
{
    const auto &s = as<TextState>(state);
    return s.any ? value::makeText({s.bytes, s.length}, call.cx.arena) : Datum::null();
}

struct CollectState {
    Datum *elements;
    std::uint32_t count;
    std::uint32_t capacity;
    value::ArrayValue shape; ///< of array inputs: what all must look like
};

bool collect(Call &call, CollectState &s, const Datum &datum)
{
    if (s.count == s.capacity) {
        const std::uint32_t capacity = std::max<std::uint32_t>(8, s.capacity * 2);
        auto *elements = capacity > (1u << 27) ? nullptr : call.cx.arena.allocateArray<Datum>(capacity);
        if (!elements) {
            call.cx.stop.stop(base::StopReason::MemoryLimit);
            return false;
        }
        std::copy_n(s.elements, s.count, elements);
        s.elements = elements;
        s.capacity = capacity;
    }
    s.elements[s.count++] = value::copyDatum(datum, call.cx.arena);
    return true;
}

void collectStep(Call &call, void *state, const Datum *a) { collect(call, as<CollectState>(state), a[0]); }

Datum collectFinish(Call &call, void *state)
{
    const auto &s = as<CollectState>(state);
    if (s.count == 0)
        return Datum::null();
    return makeArray(call.site.argumentTypes[0], std::span<const Datum>(s.elements, s.count), call.cx);
}

void stackStep(Call &call, void *state, const Datum *a)
{
    auto &s = as<CollectState>(state);
    if (a[0].isNull) {
        call.cx.fail("22004", "cannot accumulate null arrays");
        return;
    }
    const value::ArrayValue &in = *a[0].array;
    if (s.shape.dimensionCount == 0) {
        if (in.dimensionCount == 0) {
            call.cx.fail("2202E", "cannot accumulate empty arrays");
            return;
        }
        if (in.dimensionCount + 1 > value::ArrayValue::kMaxDimensions) {
            call.cx.fail("54000", "number of array dimensions (" + std::to_string(in.dimensionCount + 1) +
                                      ") exceeds the maximum allowed (6)");
            return;
        }
        s.shape.elementType = in.elementType;
        s.shape.dimensionCount = in.dimensionCount + 1;
        s.shape.lowerBounds[0] = 1;
        for (int i = 0; i < in.dimensionCount; ++i) {
            s.shape.dimensions[i + 1] = in.dimensions[i];
            s.shape.lowerBounds[i + 1] = in.lowerBounds[i];
        }
    } else {
        bool alike = in.dimensionCount + 1 == s.shape.dimensionCount;
        for (int i = 0; alike && i < in.dimensionCount; ++i)
            alike = in.dimensions[i] == s.shape.dimensions[i + 1] && in.lowerBounds[i] == s.shape.lowerBounds[i + 1];
        if (!alike) {
            call.cx.fail("2202E", "cannot accumulate arrays of different dimensionality");
            return;
        }
    }
    ++s.shape.dimensions[0];
    for (std::uint32_t i = 0; i < in.elementCount; ++i) {
        if (!collect(call, s, in.elements[i]))
            return;
    }
}

Datum stackFinish(Call &call, void *state)
{
    const auto &s = as<CollectState>(state);
    if (s.shape.dimensionCount == 0)
        return Datum::null();
    return makeArray(s.shape, std::span<const Datum>(s.elements, s.count), call.cx);
}

#define SQLGYM_EXTREMES(type)                                                                                          \
    {"max(" type ")", sizeof(ExtremeState), true, extremeBegin, extremeStep<true>, extremeFinish},                     \
    {                                                                                                                  \
        "min(" type ")", sizeof(ExtremeState), true, extremeBegin, extremeStep<false>, extremeFinish                   \
    }
#define SQLGYM_BITS(type)                                                                                              \
    {"bit_and(" type ")", sizeof(BitState), true, nothing, bitStep<std::bit_and<>>, bitFinish},                        \
        {"bit_or(" type ")", sizeof(BitState), true, nothing, bitStep<std::bit_or<>>, bitFinish},                      \
    {                                                                                                                  \
        "bit_xor(" type ")", sizeof(BitState), true, nothing, bitStep<std::bit_xor<>>, bitFinish                       \
    }

const AggregateFunction kAggregates[] = {
    {"count(*)", sizeof(std::int64_t), false, nothing, countStep, countFinish, countInverse},
    {"count(any)", sizeof(std::int64_t), true, nothing, countStep, countFinish, countInverse},
    {"regr_count(float8,float8)", sizeof(std::int64_t), true, nothing, countStep, countFinish, countInverse},
    SQLGYM_EXTREMES("int2"),
    SQLGYM_EXTREMES("int4"),
    SQLGYM_EXTREMES("int8"),
    SQLGYM_EXTREMES("oid"),
    SQLGYM_EXTREMES("float4"),
    SQLGYM_EXTREMES("float8"),
    SQLGYM_EXTREMES("numeric"),
    SQLGYM_EXTREMES("text"),
    SQLGYM_EXTREMES("bpchar"),
    SQLGYM_EXTREMES("date"),
    SQLGYM_EXTREMES("time"),
    SQLGYM_EXTREMES("timetz"),
    SQLGYM_EXTREMES("timestamp"),
    SQLGYM_EXTREMES("timestamptz"),
    SQLGYM_EXTREMES("interval"),
    SQLGYM_EXTREMES("anyarray"),
    SQLGYM_EXTREMES("anyenum"),
    {"bool_and(bool)", sizeof(BooleanState), true, nothing, booleanStep, everyFinish, booleanInverse},
    {"every(bool)", sizeof(BooleanState), true, nothing, booleanStep, everyFinish, booleanInverse},
    {"bool_or(bool)", sizeof(BooleanState), true, nothing, booleanStep, anyFinish, booleanInverse},
    SQLGYM_BITS("int2"),
    SQLGYM_BITS("int4"),
    SQLGYM_BITS("int8"),
    {"string_agg(text,text)", sizeof(TextState), false, nothing, joinStep, joinFinish},
    {"string_agg(bytea,bytea)", sizeof(TextState), false, nothing, joinStep, joinFinish},
    {"array_agg(anynonarray)", sizeof(CollectState), false, nothing, collectStep, collectFinish},
    {"array_agg(anyarray)", sizeof(CollectState), false, nothing, stackStep, stackFinish},
};

} // namespace

Family generalAggregates() { return {{}, {}, kAggregates}; }

} // namespace sqlgym::runtime
