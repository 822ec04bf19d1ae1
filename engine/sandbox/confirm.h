// Did PostgreSQL say the same? What stands behind "confirmed by PostgreSQL".
#pragma once

#include "sandbox/sandbox.h"

#include <cstdint>
#include <string>

namespace sqlgym::sandbox {

enum class Agreement : std::uint8_t {
    Same,
    Differs,
    NoWord, ///< one of the two has no answer to compare (declined, cut off, failed), or the answer is left to chance
};

struct Confirmation {
    Agreement agreement = Agreement::NoWord;
    std::string sentence; ///< for a learner; what differs, or why there is no word
};

enum class RowComparison : std::uint8_t { Sequence, Bag };

/// Compares two outcomes of one request: both results (columns' names and types, rows), or both errors (SQLSTATE). A
/// difference only in the rows of a result that either marks dependsOnOrder, or a bag that was cut at maxRows, is
/// NoWord.
Confirmation confirm(const Outcome &embedded, const Outcome &postgres, RowComparison rows);

} // namespace sqlgym::sandbox
