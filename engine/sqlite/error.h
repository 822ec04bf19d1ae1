// SQLite's result codes as errors that people and callers can act on.
#pragma once

#include "base/result.h"

#include <string_view>

struct sqlite3;

namespace sqlgym::sqlite {

/// The error behind `rc` on `handle` (may be null). `doing` says what was tried: "save the draft".
///
/// Codes:  busy (transient), disk_full (transient), read_only, cannot_open, damaged, not_a_database, io_error,
///         constraint, too_big, out_of_memory (transient), interrupted, failed (our own bug: bad SQL).
/// A full disk includes a quota or a file-size limit that is reached.
base::Error makeError(sqlite3 *handle, int rc, std::string_view doing);

/// True for the codes after which the file itself must be doubted: damaged, not_a_database.
bool meansDamage(const base::Error &error);

} // namespace sqlgym::sqlite
