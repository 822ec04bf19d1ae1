#include "cache/migrations.h"

namespace sqlgym::cache {

// What the server told of others' solutions, and what the learner thinks of them. `id` is the solution's.
//
// vote        the learner's: 1, -1 or 0
// up, down    everybody's votes
// verdict     what a judge said of the very query: 1 right, 0 wrong; NULL = it was not judged
// failing     the tests that it fails, as a JSON array of names; "" stands for hidden ones
const char *const kMigration5Marks = R"sql(
CREATE TABLE solution_marks (
    id TEXT PRIMARY KEY NOT NULL,
    vote INTEGER NOT NULL DEFAULT 0 CHECK (vote BETWEEN -1 AND 1),
    bookmark INTEGER NOT NULL DEFAULT 0 CHECK (bookmark IN (0, 1)),
    up INTEGER NOT NULL DEFAULT 0,
    down INTEGER NOT NULL DEFAULT 0,
    verdict INTEGER CHECK (verdict IN (0, 1)),
    failing TEXT NOT NULL DEFAULT '[]'
) STRICT;
)sql";

} // namespace sqlgym::cache
