// Why a profile's database could not be opened, in words for people.
#pragma once

#include "base/result.h"

#include <string>

namespace sqlgym::cache {

/// For an errno met at `path`.
base::Error systemError(int number, const std::string &path);
/// A connection's error (sqlite/error.h) while `path` was opened.
base::Error openError(const base::Error &error, const std::string &path);
base::Error notACacheError(const std::string &path);
base::Error inUseError(const std::string &path);

} // namespace sqlgym::cache
