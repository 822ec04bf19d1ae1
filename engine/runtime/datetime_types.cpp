// date, time, timestamp, interval as types: text, order, hash.
#include "catalogue/type_oids.h"
#include "runtime/datetime_text.h"
#include "runtime/interval_compare.h"
#include "runtime/type_table.h"
#include "value/calendar.h"

#include <cstdio>
#include <cstdlib>

namespace sqlgym::runtime {

namespace type = catalogue::type;

namespace {

int compareMicros(const Datum &a, const Datum &b) { return a.int64 < b.int64 ? -1 : a.int64 > b.int64 ? 1 : 0; }
std::uint64_t hashMicros(const Datum &datum) { return mixBits(static_cast<std::uint64_t>(datum.int64)); }

std::int64_t zoneOf(const Datum &d) { return static_cast<std::int32_t>(d.length); }
std::int64_t utcOf(const Datum &d) { return d.int64 + zoneOf(d) * value::kMicrosPerSecond; }

int compareTimetz(const Datum &a, const Datum &b)
{
    const std::int64_t x = utcOf(a), y = utcOf(b);
    if (x != y)
        return x < y ? -1 : 1;
    return zoneOf(a) < zoneOf(b) ? -1 : zoneOf(a) > zoneOf(b) ? 1 : 0;
}

void timetzOut(const Datum &d, std::string &out)
{
    appendTime(d.int64, out);
    const std::int64_t west = zoneOf(d);
    const std::int64_t seconds = std::llabs(west);
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "%c%02d", west <= 0 ? '+' : '-', static_cast<int>(seconds / 3600));
    out += buffer;
    if (seconds % 3600) {
        std::snprintf(buffer, sizeof buffer, ":%02d", static_cast<int>(seconds / 60 % 60));
        out += buffer;
    }
    if (seconds % 60) {
        std::snprintf(buffer, sizeof buffer, ":%02d", static_cast<int>(seconds % 60));
        out += buffer;
    }
}

void timestamptzOut(const Datum &d, std::string &out)
{
    std::string text;
    appendTimestamp(d.int64, text);
    if (value::isFiniteTimestamp(d.int64)) {
        // The zone stands before "BC".
        const auto at = text.rfind(" BC");
        text.insert(at == std::string::npos ? text.size() : at, "+00");
    }
    out += text;
}

} // namespace

std::span<const TypeEntry> datetimeTypes()
{
    static const TypeEntry kTypes[] = {
        {type::kDate, type::kDateArray,
         [](std::string_view text, std::int32_t, Context &cx) { return readDate(text, cx); },
         [](const Datum &d, std::string &out) { appendDate(d.int64, out); }, compareMicros, hashMicros},
        {type::kTime, 1183, readTime, [](const Datum &d, std::string &out) { appendTime(d.int64, out); }, compareMicros,
         hashMicros},
        {type::kTimetz, 1270, readTimetz, timetzOut, compareTimetz,
         [](const Datum &d) { return mixBits(static_cast<std::uint64_t>(utcOf(d))); }},
        {type::kTimestamp, type::kTimestampArray, readTimestamp,
         [](const Datum &d, std::string &out) { appendTimestamp(d.int64, out); }, compareMicros, hashMicros},
        {type::kTimestamptz, 1185, readTimestamptz, timestamptzOut, compareMicros, hashMicros},
        {type::kInterval, 1187, readInterval,
         [](const Datum &d, std::string &out) { appendInterval(*d.interval, out); }, compareIntervals, hashInterval},
    };
    return kTypes;
}

} // namespace sqlgym::runtime
