// Every place of a statement at which a mutation may begin. Internal to mutants.
#pragma once

#include "mutants/tree.h"

#include <functional>

namespace sqlgym::mutants {

/// At least one of `slot`, `select`, `window` and `conflict` is there.
struct Spot {
    Node **slot = nullptr; ///< the pointer by which the tree holds a node: another may be put there
    PgQuery__SelectStmt *select = nullptr;
    PgQuery__WindowDef *window = nullptr;
    PgQuery__OnConflictClause *conflict = nullptr;
    PgQuery__SelectStmt *within = nullptr; ///< the innermost SELECT around, not itself
    /// Of a SELECT: how often a row comes cannot matter, because IN, EXISTS or a set operation without ALL looks at it.
    bool asSet = false;

    /// The node when it is of that kind, else null.
    Node *is(PgQuery__Node__NodeCase kind) const { return slot && (*slot)->node_case == kind ? *slot : nullptr; }
};

/// Left out, because nothing that stands there counts: what EXISTS selects, types, names.
void walk(Node *&statement, const std::function<void(const Spot &)> &visit);

} // namespace sqlgym::mutants
