#include "exec/sql_value.h"

namespace sqlgym::exec {

using value::Datum;

namespace {

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

std::int64_t rounded(std::int64_t micros, std::int32_t precision)
{
    if (precision < 0 || precision >= 6)
        return micros;
    std::int64_t unit = 1;
    for (int i = precision; i < 6; ++i)
        unit *= 10;
    return micros >= 0 ? (micros + unit / 2) / unit * unit : -((-micros + unit / 2) / unit * unit);
}

} // namespace

Datum sqlValue(sql::SqlValue which, std::int32_t typmod, value::Context &cx)
{
    using sql::SqlValue;
    const std::int64_t now = cx.session.transactionTimestamp;
    const std::int64_t day = now >= 0 ? now / kMicrosPerDay : -((-now + kMicrosPerDay - 1) / kMicrosPerDay);
    switch (which) {
    case SqlValue::CurrentDate:
        return Datum::ofInt(day);
    case SqlValue::CurrentTime:
    case SqlValue::LocalTime:
        return Datum::ofInt(rounded(now - day * kMicrosPerDay, typmod));
    case SqlValue::CurrentTimestamp:
    case SqlValue::LocalTimestamp:
        return Datum::ofInt(rounded(now, typmod));
    case SqlValue::CurrentSchema:
        return Datum::ofText("public");
    default:
        cx.stop.decline("current_user and current_catalog");
        return Datum::null();
    }
}

} // namespace sqlgym::exec
