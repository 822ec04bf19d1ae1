// The commonest mistakes of learners, in a plain sentence.
#pragma once

#include "assist/scan.h"
#include "assist/tables.h"
#include "base/diagnostic.h"

#include <string>

namespace sqlgym::assist {

/// Where an error lies: the token of `scan` that PostgreSQL points to, within a statement of the text.
struct ErrorPlace {
    std::string_view text;
    const Scan &scan;
    base::SourceSpan statement;
    std::size_t token;
};

/// One or two sentences that say what to do; empty where PostgreSQL's message is as plain as it gets.
std::string explain(const base::Diagnostic &error, const ErrorPlace &place, const Tables &tables);

} // namespace sqlgym::assist
