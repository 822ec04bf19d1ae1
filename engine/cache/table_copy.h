// Rows from one database file into another.
#pragma once

#include "base/result.h"
#include "sqlite/database.h"

#include <string>
#include <vector>

namespace sqlgym::cache {

/// Empty when there is no such table.
std::vector<std::string> columnsOf(sqlite::Database &database, const std::string &table);

/// Copies the columns that both have of every row that can be read and that fulfils `condition` (SQL; empty = all),
/// leaving alone what is there already under the same keys. The number of rows copied. Best effort: steps over damage.
int copyTable(sqlite::Database &source, sqlite::Database &target, const std::string &table,
              const std::string &condition = {});

/// Removes rows that refer to rows that are not there, until none does. Reads every table that refers to another.
base::Result<void> dropOrphans(sqlite::Database &target);

} // namespace sqlgym::cache
