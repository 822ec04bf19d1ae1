// PostgreSQL's functions as a learner would look for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::assist {

struct FunctionHelp {
    std::string name;
    std::vector<std::string> signatures; ///< "lower(text) → text"
    std::string_view about;              ///< a line of help; empty for the rarer ones
    char kind = 'f';                     ///< pg_proc.prokind: f, a (aggregate), w (window)
};

/// By name; without those that stand behind operators, casts and types. Made at the first call. Thread-safe.
const std::vector<FunctionHelp> &functionList();
/// Null: no such function in the list.
const FunctionHelp *findFunctionHelp(std::string_view name);

} // namespace sqlgym::assist
