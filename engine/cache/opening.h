// The steps from a path to an open, sound, current database.
#pragma once

#include "base/result.h"
#include "cache/cache.h"
#include "cache/cache_parts.h"

#include <memory>
#include <string>

namespace sqlgym::cache {

base::Result<std::unique_ptr<CacheParts>> openParts(const std::string &path, const CacheOptions &options);
base::Result<std::unique_ptr<CacheParts>> openPartsInMemory(const CacheOptions &options);

} // namespace sqlgym::cache
