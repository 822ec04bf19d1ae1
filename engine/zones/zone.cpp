#include "zones/zone.h"

#include <algorithm>

namespace sqlgym::zones {

namespace {

/// 400 Gregorian years.
constexpr std::int64_t kCycleSeconds = 146097LL * 86400;

std::uint8_t firstStandard(const std::vector<LocalType> &types)
{
    const auto found = std::ranges::find_if(types, [](const LocalType &t) { return !t.isDst; });
    return found == types.end() ? 0 : static_cast<std::uint8_t>(found - types.begin());
}

} // namespace

void Zone::settle()
{
    const auto same = [this](std::size_t i, std::size_t j) {
        const LocalType &a = types[typeOf[i]], &b = types[typeOf[j]];
        return a.eastSeconds == b.eastSeconds && a.isDst == b.isDst && abbreviation(a) == abbreviation(b);
    };
    for (std::size_t i = 1; i < times.size(); ++i) {
        repeatsBackwards = repeatsBackwards || (times[i] - times[0] == kCycleSeconds && same(i, 0));
        const std::size_t last = times.size() - 1;
        repeatsForwards = repeatsForwards || (times[last] - times[i - 1] == kCycleSeconds && same(last, i - 1));
    }
    // Before the first change: the type that no change leads to, else the standard one closest before the first.
    if (std::ranges::find(typeOf, 0) == typeOf.end()) {
        m_default = 0;
        return;
    }
    if (!typeOf.empty() && types[typeOf[0]].isDst) {
        for (std::size_t i = typeOf[0]; i-- > 0;) {
            if (!types[i].isDst) {
                m_default = static_cast<std::uint8_t>(i);
                return;
            }
        }
    }
    m_default = firstStandard(types);
}

std::size_t Zone::changesUpTo(std::int64_t time) const
{
    return static_cast<std::size_t>(std::ranges::upper_bound(times, time) - times.begin());
}

/// What to add so that a time outside the list falls into it.
std::int64_t Zone::repeatedBy(std::int64_t time) const
{
    if (repeatsBackwards && time < times.front())
        return ((times.front() - time - 1) / kCycleSeconds + 1) * kCycleSeconds;
    if (repeatsForwards && time > times.back())
        return -((time - times.back() - 1) / kCycleSeconds + 1) * kCycleSeconds;
    return 0;
}

LocalType Zone::at(std::int64_t time) const
{
    const std::size_t changes = changesUpTo(time + repeatedBy(time));
    return types[changes ? typeOf[changes - 1] : m_default];
}

Change Zone::changeAfter(std::int64_t time) const
{
    Change change;
    if (times.empty()) {
        change.before = types[firstStandard(types)];
        return change;
    }
    const std::int64_t shift = repeatedBy(time);
    const std::size_t changes = changesUpTo(time + shift);
    change.before = types[changes ? typeOf[changes - 1] : firstStandard(types)];
    change.exists = changes < times.size();
    if (change.exists) {
        change.after = types[typeOf[changes]];
        change.at = times[changes] - shift;
    }
    return change;
}

std::optional<LocalType> Zone::meaning(std::string_view wanted, std::int64_t time) const
{
    // A name that is only the end of another one's letters does not count.
    std::size_t begin = 0;
    while (begin < letters.size() && letters.c_str() + begin != wanted)
        begin += std::string_view(letters.c_str() + begin).size() + 1;
    const auto means = [&](std::size_t change) { return types[typeOf[change]].abbreviation == begin; };
    const std::size_t changes = changesUpTo(time);
    for (std::size_t i = changes; i-- > 0;) {
        if (means(i))
            return types[typeOf[i]];
    }
    for (std::size_t i = changes; i < times.size(); ++i) {
        if (means(i))
            return types[typeOf[i]];
    }
    return std::nullopt;
}

} // namespace sqlgym::zones
