#include "runtime/zone_names.h"

#include "value/calendar.h"
#include "zones/abbreviations.h"

#include <algorithm>
#include <cctype>

namespace sqlgym::runtime {

using namespace value;

namespace {

constexpr std::int64_t kEpochSeconds = kUnixToPostgresDays * 86400;

std::string changed(std::string_view text, int (*change)(int))
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [change](unsigned char c) { return static_cast<char>(change(c)); });
    return out;
}

/// `utc`: the moment that was decided on.
std::int64_t localEast(const zones::Zone &zone, std::int64_t local, std::int64_t &utc)
{
    const zones::Change change = zone.changeAfter(local - 86400);
    const std::int64_t before = local - change.before.eastSeconds, after = local - change.after.eastSeconds;
    bool isBefore = true;
    if (change.exists) {
        if (before < change.at && after < change.at)
            isBefore = true;
        else if (before > change.at && after >= change.at)
            isBefore = false;
        else // skipped, or shown twice
            isBefore = before > after;
    }
    utc = isBefore ? before : after;
    return isBefore ? change.before.eastSeconds : change.after.eastSeconds;
}

} // namespace

std::int64_t ZoneName::eastAt(std::int64_t micros) const
{
    if (!zone)
        return eastSeconds;
    if (!abbreviation.empty()) {
        if (const auto meaning = zone->meaning(abbreviation, micros / kMicrosPerSecond + kEpochSeconds))
            return meaning->eastSeconds;
    }
    return zone->at(floorDivide(micros, kMicrosPerSecond) + kEpochSeconds).eastSeconds;
}

std::int64_t ZoneName::eastOfLocal(std::int64_t localMicros) const
{
    if (!zone)
        return eastSeconds;
    std::int64_t utc = 0;
    const std::int64_t east = localEast(*zone, floorDivide(localMicros, kMicrosPerSecond) + kEpochSeconds, utc);
    if (!abbreviation.empty()) {
        if (const auto meaning = zone->meaning(abbreviation, utc))
            return meaning->eastSeconds;
    }
    return east;
}

zones::Found findZoneName(std::string_view text, ZoneName &out)
{
    const zones::Abbreviation *known = zones::findAbbreviation(changed(text, std::tolower));
    if (!known)
        return zones::findZone(text, out.zone);
    out.eastSeconds = known->eastSeconds;
    if (known->zone.empty())
        return zones::Found::Yes;
    out.abbreviation = changed(text, std::toupper);
    return zones::findZone(known->zone, out.zone) == zones::Found::Yes ? zones::Found::Yes : zones::Found::NotHere;
}

bool requireZoneName(std::string_view text, ZoneName &out, Context &cx)
{
    switch (findZoneName(text, out)) {
    case zones::Found::Yes:
        return true;
    case zones::Found::Unknown:
        cx.fail("22023", "time zone \"" + std::string(text) + "\" not recognized");
        return false;
    case zones::Found::NotHere:
        break;
    }
    cx.stop.decline("the time zone \"" + std::string(text) + "\"");
    return false;
}

} // namespace sqlgym::runtime
