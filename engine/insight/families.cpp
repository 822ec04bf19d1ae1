#include "insight/families.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace sqlgym::insight {

std::vector<Family> familiesOf(const std::vector<Submitted> &all)
{
    using Key = std::tuple<bool, std::string, std::vector<std::string>>;
    std::map<Key, Family> found;
    std::map<Key, std::set<std::string>> learners;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Submitted &each = all[i];
        if (!each.correct)
            continue;
        Key key{*each.correct, each.approach.words, *each.correct ? std::vector<std::string>() : each.failing};
        std::ranges::sort(std::get<2>(key));
        const auto [at, isNew] = found.try_emplace(key);
        if (isNew)
            at->second = {each.approach.words, *each.correct, std::get<2>(key), 0, 0, i};
        ++at->second.submissions;
        learners[key].insert(each.learner);
    }
    std::vector<Family> families;
    for (auto &[key, family] : found) {
        family.learners = static_cast<int>(learners[key].size());
        families.push_back(std::move(family));
    }
    std::ranges::stable_sort(families, std::greater(), &Family::submissions);
    return families;
}

} // namespace sqlgym::insight
