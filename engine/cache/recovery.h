// Sets a damaged database aside and saves what a learner did.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "sqlite/database.h"

#include <string>
#include <string_view>

namespace sqlgym::cache {

struct Salvage {
    int drafts = 0;
    int attempts = 0;
};

/// problem_keys.pack of the problems that a recovery copied: the next pack that is loaded takes over its own and
/// removes the rest, unless the learner worked on them.
inline constexpr std::string_view kRecoveredPack = "(recovered)";

/// Where a database damaged at `now` is kept: "<path>.damaged-20260301T093000Z", with a number if that is taken.
std::string asidePath(const std::string &path, base::UnixMicros now);

/// Renames the database and its log. Errors: as systemError(); then nothing was moved.
base::Result<void> moveDatabase(const std::string &from, const std::string &to);

/// Copies every row that can still be read from the damaged file into the empty, migrated `target`, except what is
/// loaded anew anyway (packs, search, the server's cursor). A destroyed file header is replaced, in a copy, by the one
/// that all our files share. Best effort: what cannot be read is left in the file that was kept.
base::Result<Salvage> salvage(const std::string &damagedPath, sqlite::Database &target);

} // namespace sqlgym::cache
