// What PostgreSQL would say about a text, before it is run.
#pragma once

#include "assist/tables.h"
#include "base/diagnostic.h"
#include "base/source_span.h"

#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::assist {

struct Finding {
    base::SourceSpan span;       ///< the token, in bytes of the whole text
    base::Diagnostic diagnostic; ///< PostgreSQL's; its position counts in the whole text
    std::string plain;           ///< for a beginner, empty = nothing to add
    bool atEnd = false;          ///< "at end of input": perhaps only not finished yet
};

/// At most one finding a statement, as PostgreSQL reports one error. Errors that only running shows are not among them;
/// nor is what the engine declines. Longer texts than kMostDiagnosed give none.
std::vector<Finding> diagnose(std::string_view text, const Tables &tables);

inline constexpr std::size_t kMostDiagnosed = 256u << 10; ///< bytes

} // namespace sqlgym::assist
