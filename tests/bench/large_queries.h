// What bench_large asks, in both dialects.
#pragma once

#include <span>

namespace sqlgym::bench {

struct LargeQuery {
    const char *name;
    bool ordered; ///< by a key without ties: the order of the rows is compared too
    const char *postgres;
    const char *sqlite; ///< nullptr: the same text
};

std::span<const LargeQuery> largeQueries();

} // namespace sqlgym::bench
