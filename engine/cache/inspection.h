// A look at a file before anything is written to it.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>

namespace sqlgym::cache {

enum class FileState : std::uint8_t {
    Fresh,   ///< missing or empty
    Cache,   ///< ours; `version` says of which
    Damaged, ///< ours as far as one can see, but not readable: `reason`
};

struct Inspection {
    FileState state = FileState::Fresh;
    int version = 0;
    std::string reason;
};

/// Reads the file's beginning and its bookkeeping, through a connection that cannot write.
///
/// Errors: cache/newer_version, cache/not_a_cache; cache/busy, io_error, cannot_open, read_only, disk_full.
base::Result<Inspection> inspect(const std::string &path, int busyTimeoutMs);

} // namespace sqlgym::cache
