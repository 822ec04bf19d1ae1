// The 64-bit block of a zone file, and the rule in its footer for the time after its last change.
#include "zones/posix_rule.h"
#include "zones/zone.h"

#include <algorithm>

namespace sqlgym::zones {

namespace {

constexpr std::size_t kHeader = 44;

std::int64_t bigEndian(std::string_view data, std::size_t at, std::size_t bytes)
{
    std::uint64_t v = static_cast<signed char>(data[at]) < 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = 0; i < bytes; ++i)
        v = v << 8 | static_cast<unsigned char>(data[at + i]);
    return static_cast<std::int64_t>(v);
}

/// Appends the rule's changes after the file's last one, where the rule speaks of the file's abbreviations.
void extend(Zone &zone, std::string_view footer)
{
    Zone rule;
    if (!readPosixRule(footer, rule))
        return;
    for (LocalType &type : rule.types) {
        const std::string name = std::string(rule.abbreviation(type)) + '\0';
        const std::size_t at = std::min(zone.letters.find(name), zone.letters.size());
        if (at + name.size() > 255)
            return;
        if (at == zone.letters.size())
            zone.letters += name;
        type.abbreviation = static_cast<std::uint8_t>(at);
    }
    while (zone.times.size() > 1 && zone.typeOf.back() == zone.typeOf[zone.typeOf.size() - 2]) {
        zone.times.pop_back();
        zone.typeOf.pop_back();
    }
    // Rules repeat every 400 years: go on until the list holds a whole round. The rule's own list spans one and a year.
    constexpr std::int64_t kCycleSeconds = 146097LL * 86400;
    const auto firstType = static_cast<std::uint8_t>(zone.types.size());
    for (const std::int64_t shift : {std::int64_t{0}, kCycleSeconds}) {
        for (std::size_t i = 0; i < rule.times.size(); ++i) {
            const std::int64_t time = rule.times[i] + shift;
            if (!zone.times.empty() && time <= zone.times.back())
                continue;
            zone.times.push_back(time);
            zone.typeOf.push_back(static_cast<std::uint8_t>(firstType + rule.typeOf[i]));
        }
    }
    zone.types.insert(zone.types.end(), rule.types.begin(), rule.types.end());
}

} // namespace

bool readZone(std::string_view block, Zone &out)
{
    if (block.size() < kHeader)
        return false;
    const auto count = [&](std::size_t at) { return static_cast<std::size_t>(bigEndian(block, at, 4)); };
    const std::size_t universal = count(20), standard = count(24), times = count(32), types = count(36),
                      letters = count(40);
    const std::size_t end = kHeader + times * 9 + types * 6 + letters + standard + universal;
    if (block.size() < end || types == 0 || types > 254)
        return false;
    std::size_t at = kHeader;
    for (std::size_t i = 0; i < times; ++i, at += 8)
        out.times.push_back(bigEndian(block, at, 8));
    for (std::size_t i = 0; i < times; ++i, ++at) {
        out.typeOf.push_back(static_cast<std::uint8_t>(block[at]));
        if (out.typeOf.back() >= types)
            return false;
    }
    for (std::size_t i = 0; i < types; ++i, at += 6) {
        out.types.push_back({static_cast<std::int32_t>(bigEndian(block, at, 4)), block[at + 4] != 0,
                             static_cast<std::uint8_t>(block[at + 5])});
        if (out.types.back().abbreviation >= letters)
            return false;
    }
    out.letters = std::string(block.substr(at, letters)) + '\0';
    std::string_view footer = block.substr(end);
    if (footer.size() > 2 && footer.front() == '\n' && footer.back() == '\n')
        extend(out, footer.substr(1, footer.size() - 2));
    out.settle();
    return true;
}

} // namespace sqlgym::zones
