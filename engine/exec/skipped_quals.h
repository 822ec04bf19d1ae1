// Conditions that this run never tested on rows where another plan might have.
#pragma once

#include "exec/runner.h"

namespace sqlgym::exec {

/// After a run without error: tests the conditions that can fail on the rows that the run did not need (a join found
/// one side empty, say). One that fails there makes the run a decline: PostgreSQL might have met the error.
void checkSkippedQuals(Runner &runner);

} // namespace sqlgym::exec
