// The profile's database, with the bundled problems in it.
#pragma once

#include "base/result.h"
#include "cache/cache.h"
#include "command.h"

#include <memory>
#include <string>

namespace sqlgym::ctl {

/// Where the desktop keeps it too: sqlgym.sqlite in the profile, else in the user's data folder.
std::string databaseFile(const Global &global);

/// Opens it and loads the bundled pack if it changed. A profile that cannot be written still serves: the bundled
/// problems are then held in memory, and standard error says so.
///
/// Errors: those of cache::Cache::open and of reading the bundled pack.
base::Result<std::unique_ptr<cache::Cache>> openProfileCache(const Global &global);

} // namespace sqlgym::ctl
