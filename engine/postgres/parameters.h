// How a PostgreSQL server is reached: libpq's connection parameters as data.
#pragma once

#include "base/result.h"

#include <map>
#include <string>

namespace sqlgym::postgres {

/// libpq's keywords ("host", "dbname", "user", "options", ...) and their values.
using Parameters = std::map<std::string, std::string>;

/// Reads a connection string, either form of libpq's ("host=… user=…" or "postgresql://…").
/// Errors: postgres/bad_dsn  the text is no connection string.
base::Result<Parameters> parseDsn(const std::string &dsn);

/// The settings every session of ours starts with, as a value for "options": they beat what the role or the database
/// sets, and DISCARD ALL comes back to them. Text output is fixed by them (DESIGN 4 and 5).
std::string sessionOptions();

} // namespace sqlgym::postgres
