// A problem as one JSON text: what the editor writes and api.save_problem takes (definition.schema.json).
#pragma once

#include "content/problem.h"

#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::content {

/// One thing that is wrong in a definition.
struct DefinitionFault {
    std::string path; ///< JSON pointer: "/tests/0/expected/rows/2"; "" = the whole
    std::string what; ///< "has 2 values for 3 columns"
};

struct ReadDefinition {
    Problem problem; ///< `topic` as the definition names it; complete only when there are no faults
    std::vector<DefinitionFault> faults;
};

/// Checked as a pack's files are: by the schema, names against each other, rows against columns, expected outputs
/// against the contract. Every fault is found that can be, the shape's before the others.
ReadDefinition readDefinition(const std::string &id, std::string_view json);

/// The whole of `problem` as a definition, but for `expectedHash`. readDefinition() gives the same problem again. The
/// prose is as shown: a pack's example is in the statement, its misconceptions in the explanation.
std::string definitionOf(const Problem &problem);

} // namespace sqlgym::content
