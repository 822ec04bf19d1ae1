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

/// Keeps the damaged `path` and its log as `aside` and puts the finished `fresh`, which has no log, in its place.
/// Errors: as systemError(); the damaged file is then still at `path` or `aside`.
base::Result<void> swapDatabase(const std::string &path, const std::string &fresh, const std::string &aside);

/// The file, its log and the log's index, as far as they exist.
void removeDatabase(const std::string &path);

/// Copies every row that can still be read from the damaged file into the empty, migrated `target`, except what is
/// loaded anew anyway (packs, search, the server's cursor). A destroyed file header is replaced, in a copy, by the one
/// that all our files share. Best effort: what cannot be read is left in the file that was kept.
base::Result<Salvage> salvage(const std::string &damagedPath, sqlite::Database &target);

} // namespace sqlgym::cache
