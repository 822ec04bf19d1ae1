// The tests of a problem tried on mutants of its solution. Internal to verify.
#pragma once

#include "verify/verify_pack.h"

namespace sqlgym::verify {

/// Adds the problem's tally and what is wrong to `report`. A mutant is killed when a test refuses it, an answer left to
/// chance included. Where fewer than kFewestMutants have one change, killed ones are joined by twos, then by threes,
/// drawn with a fixed seed.
void tryMutants(const content::Problem &problem, const Engines &engines, Mutants mutants, base::CancelToken &cancel,
                PackReport &report);

} // namespace sqlgym::verify
