#include "zones/zone_table.h"

#include "zones/posix_rule.h"
#include "zones/zone_data.h"

#include <algorithm>
#include <cctype>
#include <mutex>
#include <unordered_map>

namespace sqlgym::zones {

namespace {

/// PostgreSQL's TZ_STRLEN_MAX.
constexpr std::size_t kLongestName = 255;
constexpr std::size_t kMostKept = 700;

std::string changed(std::string_view text, int (*change)(int))
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), [change](unsigned char c) { return static_cast<char>(change(c)); });
    return out;
}

const NamedZone *embedded(std::string_view lowerName)
{
    const auto names = zoneNames();
    const auto found = std::ranges::lower_bound(names, lowerName, {}, &NamedZone::lowerName);
    return found != names.end() && found->lowerName == lowerName ? &*found : nullptr;
}

Found read(const std::string &lowerName, Zone &out)
{
    if (lowerName == "gmt") {
        out.name = "GMT";
        out.types = {{}};
        out.letters = std::string("GMT") + '\0';
        out.settle();
        return Found::Yes;
    }
    if (const NamedZone *known = embedded(lowerName)) {
        out.name = known->name;
        return readZone(zoneBlock(*known), out) ? Found::Yes : Found::NotHere;
    }
    out.name = changed(lowerName, std::toupper);
    if (out.name.starts_with(':'))
        return Found::Unknown;
    // What a file could be called that is not embedded.
    if (zoneNames().empty() || lowerName == "localtime" || lowerName.starts_with("right/") ||
        lowerName.starts_with("posix/"))
        return Found::NotHere;
    if (!readPosixRule(out.name, out))
        return Found::Unknown;
    out.settle();
    return Found::Yes;
}

} // namespace

Found findZone(std::string_view name, std::shared_ptr<const Zone> &out)
{
    if (name.size() > kLongestName || name.find('\0') != std::string_view::npos)
        return Found::Unknown;
    static std::mutex mutex;
    static std::unordered_map<std::string, std::shared_ptr<const Zone>> kept;
    const std::string lower = changed(name, std::tolower);
    const std::lock_guard lock(mutex);
    if (const auto known = kept.find(lower); known != kept.end()) {
        out = known->second;
        return Found::Yes;
    }
    auto zone = std::make_shared<Zone>();
    const Found found = read(lower, *zone);
    if (found != Found::Yes)
        return found;
    if (kept.size() >= kMostKept)
        kept.clear();
    out = kept.emplace(lower, std::move(zone)).first->second;
    return Found::Yes;
}

} // namespace sqlgym::zones
