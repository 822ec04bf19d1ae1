// Who wrote what few others wrote: pairs of learners, with the numbers that speak for it.
#pragma once

#include "insight/families.h"

namespace sqlgym::insight {

/// Fragments are runs of kFragment words of a query's plainWords(). `one` and `other` are indices into what was given.
struct LikePair {
    std::size_t one = 0;
    std::size_t other = 0;
    int fragments = 0; ///< of the shorter of the two
    int shared = 0;    ///< in both
    int rare = 0;      ///< of these, those that at most few() of all learners wrote
    bool same = false; ///< all words are the same
    int sameBy = 0;    ///< learners who wrote exactly this; 0 if not `same`
};

inline constexpr int kFragment = 6;
inline constexpr int kLeastRare = 8; ///< fewer rare fragments say nothing

/// What counts as few of so many learners: two, and one more for every fifty.
int few(std::size_t learners);

/// Of each learner the newest right submission (`all`: the newest first). A pair is named where at least kLeastRare
/// rare fragments, and a third of the shorter query, are rare and shared. The most striking first, at most `most`.
std::vector<LikePair> likePairs(const std::vector<Submitted> &all, std::size_t most = 50);

} // namespace sqlgym::insight
