// Whether an engine said what PostgreSQL said.
#pragma once

#include "parity_file.h"
#include "sandbox/sandbox.h"

#include <string>

namespace sqlgym::parity {

enum class Verdict {
    Agree,
    Declined, ///< unsupported, or an answer that the engine itself leaves to chance
    Wrong,    ///< it claims something that PostgreSQL does not say
    Broken,   ///< timeout, memory or a broken sandbox: no answer where one is due
};

struct Comparison {
    Verdict verdict = Verdict::Broken;
    std::string difference; ///< one line; of Declined the feature
};

/// Ok and Error as an answer to be recorded or compared; errors of the sandbox have none.
std::optional<Answer> answerOf(const sandbox::Outcome &outcome);

/// Status, names, types, rows (a bag unless `ordered`), SQLSTATE, message, detail, hint and position.
Comparison compare(const Answer &expected, const sandbox::Outcome &outcome, bool ordered);

/// An outcome in one line, for reports.
std::string summary(const sandbox::Outcome &outcome);

} // namespace sqlgym::parity
