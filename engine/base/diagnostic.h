// What PostgreSQL would say about a statement: the learner's mistake, as a value.
#pragma once

#include <string>

namespace sqlgym::base {

/// An error in PostgreSQL's own words.
///
/// sqlstate  five characters, e.g. "42703".
/// position  characters (code points) from 1 into the statement text, as PostgreSQL reports it; 0 = none.
struct Diagnostic {
    std::string sqlstate;
    std::string message;
    std::string detail;
    std::string hint;
    int position = 0;

    bool operator==(const Diagnostic &) const = default;
};

} // namespace sqlgym::base
