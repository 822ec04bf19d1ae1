// Running sums of numerics, exact whatever comes, for aggregates. Plain data: an aggregate's state may hold it.
#pragma once

#include "value/int128.h"
#include "value/numeric.h"

#include <gmp.h>

namespace sqlgym::value::numeric {

/// Zeroed memory is an empty sum (so an aggregate may memset its state). Its limbs grow by doubling in the arena of the
/// call that adds.
class Sum {
public:
    /// False when memory ran out (the stop slot says so). Finite numbers only.
    bool add(const Datum &n, Context &cx) { return accumulate(n, false, cx); }
    bool subtract(const Datum &n, Context &cx) { return accumulate(n, true, cx); }
    bool addProduct(const Datum &a, const Datum &b, Context &cx);
    /// The sum at the greatest display scale seen.
    Datum result(Context &cx) const;
    void reset() { *this = Sum(); }

private:
    bool accumulate(const Datum &n, bool negated, Context &cx);
    bool flush(Context &cx);
    bool addToLimbs(mpz_srcptr n, int scale, Context &cx);
    void readLimbs(mpz_ptr out) const;

    Int128 m_small; ///< at m_smallScale, not yet in the limbs
    std::int32_t m_smallScale;
    std::int32_t m_scale;
    std::uint64_t *m_limbs;
    std::uint32_t m_count;
    std::uint32_t m_capacity;
    bool m_negative;
};

} // namespace sqlgym::value::numeric
