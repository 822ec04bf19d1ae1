// When to read a whole file through for damage.
#pragma once

#include "base/result.h"
#include "sqlite/database.h"

#include <string>

namespace sqlgym::cache {

/// The schema must be as it was written when its version was reached. Then PRAGMA integrity_check: always while the
/// file is small enough for it to take a few milliseconds; of a larger file when it was not closed in good order (its
/// log is still there), or when `always`.
///
/// Errors: damaged, with what is wrong.
base::Result<void> checkSoundness(sqlite::Database &database, const std::string &path, bool always);

} // namespace sqlgym::cache
