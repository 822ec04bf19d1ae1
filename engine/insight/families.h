// Submissions of one problem put together: the same way, and the same tests failed.
#pragma once

#include "insight/approach.h"

#include <optional>
#include <string>
#include <vector>

namespace sqlgym::insight {

struct Submitted {
    std::string id;
    std::string learner;
    std::optional<bool> correct; ///< none: not judged; belongs to no family
    std::vector<std::string> failing;
    Approach approach;
};

/// `example` is an index into what was given: its first member.
struct Family {
    std::string words; ///< its Approach's
    bool correct = false;
    std::vector<std::string> failing; ///< sorted; empty with `correct` false: none is told
    int submissions = 0;
    int learners = 0;
    std::size_t example = 0;
};

/// The largest first.
std::vector<Family> familiesOf(const std::vector<Submitted> &all);

} // namespace sqlgym::insight
