#include "runtime/interval_fields.h"

#include <cstdlib>
#include <string>

namespace sqlgym::runtime {

using namespace value;

IntervalProblem readIsoInterval(std::string_view given, IntervalFields &out)
{
    const std::string text(given);
    if (text.size() < 2 || text[0] != 'P')
        return IntervalProblem::Format;
    bool isDate = true;
    for (const char *at = text.c_str() + 1; *at;) {
        if (*at == 'T') {
            isDate = false;
            ++at;
            continue;
        }
        char *end = nullptr;
        const double v = std::strtod(at, &end);
        if (end == at)
            return IntervalProblem::Format;
        if (!(v >= -1e15 && v <= 1e15))
            return IntervalProblem::Range;
        const double whole = std::trunc(v);
        const auto n = static_cast<std::int64_t>(whole);
        const double fraction = v - whole;
        const char unit = *end;
        if (unit == '\0' || unit == '-' || unit == ':' || unit == 'T')
            return IntervalProblem::Unsure;
        at = end + 1;
        bool fits = true;
        if (isDate && unit == 'Y')
            fits = out.addYears(n, fraction, 1);
        else if (isDate && unit == 'M')
            fits = out.addMonths(n) && out.addDayFraction(fraction, 30);
        else if (isDate && unit == 'W')
            fits = out.addDays(n, 7) && out.addDayFraction(fraction, 7);
        else if (isDate && unit == 'D')
            fits = out.addDays(n, 1) && out.addFraction(fraction, kMicrosPerDay);
        else if (!isDate && (unit == 'H' || unit == 'M' || unit == 'S'))
            fits = out.addMicros(n, fraction,
                                 unit == 'H'   ? kMicrosPerHour
                                 : unit == 'M' ? kMicrosPerMinute
                                               : kMicrosPerSecond);
        else
            return IntervalProblem::Format;
        if (!fits)
            return IntervalProblem::Range;
    }
    return IntervalProblem::None;
}

} // namespace sqlgym::runtime
