#include "exec/in_range.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "runtime/compare.h"

#include <cmath>
#include <limits>

namespace sqlgym::exec {

namespace type = catalogue::type;

namespace {

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
const value::IntervalValue kNoInterval{0, 0, 0};

bool isInteger(Oid t) { return t == type::kInt2 || t == type::kInt4 || t == type::kInt8; }

Oid findFunctionOf(std::string_view op, Oid left, Oid right)
{
    for (const auto *row : catalogue::operatorsNamed(op))
        if (row->left == left && row->right == right)
            return row->function;
    return 0;
}

Datum dateAsTimestamp(const Datum &date)
{
    if (date.int64 <= std::numeric_limits<std::int32_t>::min())
        return Datum::ofInt(std::numeric_limits<std::int64_t>::min());
    if (date.int64 >= std::numeric_limits<std::int32_t>::max())
        return Datum::ofInt(std::numeric_limits<std::int64_t>::max());
    return Datum::ofInt(date.int64 * kMicrosPerDay);
}

} // namespace

std::unique_ptr<InRange> InRange::make(Execution &run, Oid column, Oid offset)
{
    if (isInteger(column) && isInteger(offset)) {
        return std::unique_ptr<InRange>(new InRange(run, Kind::Integer));
    }
    if (column == type::kFloat8 && offset == type::kFloat8)
        return std::unique_ptr<InRange>(new InRange(run, Kind::Float));
    const bool timeLike = column == type::kDate || column == type::kTimestamp || column == type::kTimestamptz;
    if (!(column == type::kNumeric && offset == type::kNumeric) && !(timeLike && offset == type::kInterval))
        return nullptr;
    std::unique_ptr<InRange> range(new InRange(run, Kind::Other));
    range->m_add = makeCall(findFunctionOf("+", column, offset), {column, offset}, range->m_scratch.cx);
    range->m_subtract = makeCall(findFunctionOf("-", column, offset), {column, offset}, range->m_scratch.cx);
    range->m_dateToTimestamp = column == type::kDate;
    range->m_compare = runtime::findCompare(column == type::kDate ? type::kTimestamp : column);
    range->m_compareOffset = runtime::findCompare(offset);
    if (offset == type::kNumeric) {
        range->m_zero = Datum::ofSmallNumeric(0, 0);
    } else {
        range->m_zero = Datum::ofInt(0);
        range->m_zero.storage = value::Storage::Interval;
        range->m_zero.interval = &kNoInterval;
    }
    const bool complete = range->m_add && range->m_subtract && range->m_compare && range->m_compareOffset;
    return complete ? std::move(range) : nullptr;
}

bool InRange::checkOffset(const Datum &offset)
{
    bool bad = false;
    switch (m_kind) {
    case Kind::Integer:
        bad = offset.int64 < 0;
        break;
    case Kind::Float:
        bad = std::isnan(offset.float8) || offset.float8 < 0;
        break;
    case Kind::Other:
        bad = m_compareOffset(offset, m_zero) < 0;
        break;
    }
    if (bad)
        m_run.cx.fail("22013", "invalid preceding or following size in window function");
    return !bad;
}

bool InRange::test(const Datum &value, const Datum &base, const Datum &offset, bool subtract, bool less)
{
    if (m_kind == Kind::Integer) {
        std::int64_t limit = 0;
        const bool overflow = subtract ? __builtin_sub_overflow(base.int64, offset.int64, &limit)
                                       : __builtin_add_overflow(base.int64, offset.int64, &limit);
        if (overflow)
            return subtract ? !less : less;
        return less ? value.int64 <= limit : value.int64 >= limit;
    }
    if (m_kind == Kind::Float) {
        const double a = value.float8;
        const double b = base.float8;
        if (!std::isfinite(a) || !std::isfinite(b) || !std::isfinite(offset.float8)) {
            m_run.stop.decline("RANGE frames over infinities and NaN");
            return false;
        }
        const double limit = subtract ? b - offset.float8 : b + offset.float8;
        return less ? a <= limit : a >= limit;
    }
    m_scratch.arena.reset();
    const Datum pair[2] = {base, offset};
    const Datum limit = (subtract ? m_subtract : m_add)->call(pair, 2);
    if (m_run.stopped())
        return false;
    const int order = m_compare(m_dateToTimestamp ? dateAsTimestamp(value) : value, limit);
    return less ? order <= 0 : order >= 0;
}

} // namespace sqlgym::exec
