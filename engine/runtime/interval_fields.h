// The fields of an interval while its text is read.
#pragma once

#include "value/calendar.h"

#include <cmath>
#include <cstdint>
#include <string_view>

namespace sqlgym::runtime {

enum class IntervalProblem : std::uint8_t { None, Format, Range, Unsure };

/// The fields while they are gathered. Each add...() is false when it leaves the field's range.
struct IntervalFields {
    std::int64_t micros = 0;
    std::int32_t days = 0, months = 0, years = 0;

    bool addMicros(std::int64_t n, double fraction, std::int64_t unit)
    {
        std::int64_t product = 0;
        return !__builtin_mul_overflow(n, unit, &product) && !__builtin_add_overflow(micros, product, &micros) &&
               addFraction(fraction, unit);
    }
    /// A fraction of a unit, its half rounded towards zero.
    bool addFraction(double fraction, std::int64_t unit)
    {
        if (fraction == 0)
            return true;
        const double exact = fraction * static_cast<double>(unit);
        auto whole = static_cast<std::int64_t>(exact);
        const double rest = exact - static_cast<double>(whole);
        whole += rest > 0.5 ? 1 : rest < -0.5 ? -1 : 0;
        return !__builtin_add_overflow(micros, whole, &micros);
    }
    bool addDays(std::int64_t n, std::int32_t scale)
    {
        std::int32_t product = 0;
        return fits(n) && !__builtin_mul_overflow(static_cast<std::int32_t>(n), scale, &product) &&
               !__builtin_add_overflow(days, product, &days);
    }
    bool addDayFraction(double fraction, int scale)
    {
        const double exact = fraction * scale;
        const auto whole = static_cast<std::int32_t>(exact);
        return !__builtin_add_overflow(days, whole, &days) && addFraction(exact - whole, value::kMicrosPerDay);
    }
    bool addMonths(std::int64_t n)
    {
        return fits(n) && !__builtin_add_overflow(months, static_cast<std::int32_t>(n), &months);
    }
    bool addYears(std::int64_t n, double fraction, std::int32_t scale)
    {
        std::int32_t product = 0;
        const auto extra = static_cast<std::int32_t>(std::rint(fraction * scale * 12));
        return fits(n) && !__builtin_mul_overflow(static_cast<std::int32_t>(n), scale, &product) &&
               !__builtin_add_overflow(years, product, &years) && !__builtin_add_overflow(months, extra, &months);
    }
    bool negate()
    {
        if (micros == INT64_MIN || days == INT32_MIN || months == INT32_MIN || years == INT32_MIN)
            return false;
        micros = -micros;
        days = -days;
        months = -months;
        years = -years;
        return true;
    }

    static bool fits(std::int64_t n) { return n >= INT32_MIN && n <= INT32_MAX; }
};

/// ISO 8601 with designators, "P1Y2M3DT4H5M6S"; its forms without them are declined.
IntervalProblem readIsoInterval(std::string_view given, IntervalFields &out);

} // namespace sqlgym::runtime
