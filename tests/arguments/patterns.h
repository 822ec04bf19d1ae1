// Patterns of LIKE, SIMILAR TO and regular expressions, texts for them, and other texts with a meaning.
#pragma once

#include "arguments/pools.h"

namespace sqlgym::tests {

/// nullptr when there is no pool of that name.
const std::vector<std::string> *patternPool(const std::string &name);

/// A regular expression over a, b, c and a few others; whole, with groups `depth` deep.
std::string randomRegex(Pools &pools, int depth);
/// A text over the same letters.
std::string regexSubject(Pools &pools);

} // namespace sqlgym::tests
