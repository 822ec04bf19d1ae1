#include "insight/likeness.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace sqlgym::insight {

namespace {

using Fragments = std::set<std::string>;

Fragments fragmentsOf(const std::vector<std::string> &words)
{
    Fragments all;
    for (std::size_t i = 0; i + kFragment <= words.size(); ++i) {
        std::string each;
        for (int k = 0; k < kFragment; ++k)
            each += words[i + static_cast<std::size_t>(k)] + '\n';
        all.insert(std::move(each));
    }
    return all;
}

} // namespace

int few(std::size_t learners) { return 2 + static_cast<int>(learners / 50); }

std::vector<LikePair> likePairs(const std::vector<Submitted> &all, std::size_t most)
{
    std::vector<std::size_t> chosen;
    std::set<std::string> learners;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].correct.value_or(false) && all[i].approach.readable && learners.insert(all[i].learner).second)
            chosen.push_back(i);
    }
    std::map<std::size_t, Fragments> fragments;
    std::map<std::string, std::vector<std::size_t>> writers;
    std::map<std::vector<std::string>, int> sameBy;
    for (const std::size_t i : chosen) {
        fragments[i] = fragmentsOf(all[i].approach.plain);
        for (const std::string &each : fragments[i])
            writers[each].push_back(i);
        ++sameBy[all[i].approach.plain];
    }
    // Only fragments of few make pairs, so that their number stays small.
    std::map<std::pair<std::size_t, std::size_t>, int> rare;
    const auto bound = static_cast<std::size_t>(few(chosen.size()));
    for (const auto &[fragment, who] : writers) {
        for (std::size_t a = 0; who.size() <= bound && a < who.size(); ++a) {
            for (std::size_t b = a + 1; b < who.size(); ++b)
                ++rare[{who[a], who[b]}];
        }
    }
    std::vector<LikePair> pairs;
    for (const auto &[both, count] : rare) {
        const auto &[one, other] = both;
        LikePair pair{one, other, static_cast<int>(std::min(fragments[one].size(), fragments[other].size())), 0, count};
        if (count < kLeastRare || count * 3 < pair.fragments)
            continue;
        pair.shared = static_cast<int>(std::ranges::count_if(
            fragments[one], [&](const std::string &each) { return fragments[other].contains(each); }));
        pair.same = all[one].approach.plain == all[other].approach.plain;
        pair.sameBy = pair.same ? sameBy[all[one].approach.plain] : 0;
        pairs.push_back(pair);
    }
    std::ranges::stable_sort(pairs, std::greater(), [](const LikePair &pair) {
        return static_cast<double>(pair.rare) / std::max(1, pair.fragments);
    });
    pairs.resize(std::min(pairs.size(), most));
    return pairs;
}

} // namespace sqlgym::insight
