// Looks at SQL text before PostgreSQL does: what is declined by name, and what it will do to the database.
#pragma once

#include <string>

namespace sqlgym::sandbox_postgres {

enum class Purpose {
    Run,   ///< a learner's statements
    Setup, ///< a dataset's DDL and INSERTs: settings and transactions are its own affair
};

/// Learned from PostgreSQL's own scanner, which does not recurse: no text is too deep for it.
struct Inspection {
    std::string declined; ///< what, in words for a learner; empty = let it through
    bool scanned = false; ///< false: PostgreSQL's scanner refuses the text, and so will the server
    int statements = 0;
    /// It may leave traces that ROLLBACK does not undo (sequences, the order of rows on disk).
    bool changesData = false;
    /// BEGIN, COMMIT or ROLLBACK: it cannot run inside a transaction of ours.
    bool controlsTransaction = false;
};

/// `sql` is valid UTF-8 without NUL. The wall is the restricted role (see server.h); this gate says in words what is
/// beyond it, and keeps out what would reach past one run (SECURITY 4 and 5.7).
Inspection inspect(const std::string &sql, Purpose purpose);

} // namespace sqlgym::sandbox_postgres
