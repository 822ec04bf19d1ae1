// The out-of-line form of numeric.
#pragma once

#include "value/datum.h"

#include <gmp.h>

namespace sqlgym::value {

/// coefficient * 10^-displayScale with the coefficient's magnitude in limbs (least significant first, no leading
/// zero limb), or a special value. Made and read by numeric.h alone.
struct BigNumeric {
    enum class Kind : std::uint8_t { Finite, NaN, PositiveInfinity, NegativeInfinity };
    Kind kind;
    bool negative;
    std::int32_t displayScale;
    std::uint32_t limbCount;
    mp_limb_t limbs[1];
};

} // namespace sqlgym::value
