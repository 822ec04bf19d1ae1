// The tests of a problem tried on mutants of its solution. Internal to verify.
#pragma once

#include "verify/verify_pack.h"

namespace sqlgym::verify {

/// Adds the problem's tally and what is wrong to `report`. A mutant is killed when a test refuses it on either
/// engine, an answer left to chance included. Mutated are the solution and the right queries that its explanation
/// shows. Where fewer than kFewestMutants of the solution have one change, killed ones are joined by twos, then by
/// threes, drawn with a fixed seed.
void tryMutants(const content::Problem &problem, const Engines &engines, Mutants mutants, base::CancelToken &cancel,
                PackReport &report);

} // namespace sqlgym::verify
