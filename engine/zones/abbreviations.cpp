#include "zones/abbreviations.h"

#include <algorithm>

namespace sqlgym::zones {

namespace {

constexpr Abbreviation kAbbreviations[] = {
#include "zones/generated/abbreviations.inc"
};

} // namespace

std::span<const Abbreviation> abbreviations() { return kAbbreviations; }

const Abbreviation *findAbbreviation(std::string_view lowerName)
{
    const auto all = abbreviations();
    const auto found = std::ranges::lower_bound(all, lowerName, {}, &Abbreviation::lowerName);
    return found != all.end() && found->lowerName == lowerName ? &*found : nullptr;
}

} // namespace sqlgym::zones
