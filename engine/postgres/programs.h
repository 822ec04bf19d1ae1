// Where PostgreSQL 15's programs are.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace sqlgym::postgres {

inline constexpr int kMajorVersion = 15;

struct Programs {
    std::string folder;  ///< absolute, links followed: holds initdb and postgres
    std::string version; ///< "15.4"
};

/// Looks in the folders of PATH, then where Debian and others install (/usr/lib/postgresql/<N>/bin).
std::vector<std::string> usualProgramFolders();

/// The first folder with PostgreSQL 15.
///
/// Errors: postgres/not_installed  no folder holds PostgreSQL's programs.
///         postgres/wrong_version  only other majors are there: their answers differ in places, so they are refused.
base::Result<Programs> findPrograms(const std::vector<std::string> &folders = usualProgramFolders());

} // namespace sqlgym::postgres
