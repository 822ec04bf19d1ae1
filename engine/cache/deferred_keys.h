// Primary keys of empty tables, put off until their rows are there.
#pragma once

#include "base/result.h"

#include <span>

namespace sqlgym::sqlite {
class Database;
}

namespace sqlgym::cache {

/// Notes in a table pulling_keys what is put off, and makes the empty ones of `tables` anew without the index of their
/// primary key `id`, where that is the only one that their definition brings: ids come in any order, and sorting them
/// once costs half of keeping them sorted row by row. Inside a transaction, without foreign keys in force.
base::Result<void> deferKeys(sqlite::Database &database, std::span<const char *const> tables);

/// Makes the keys, and the definitions what they were: the index of a primary key is by SQLite's file format a unique
/// index named sqlite_autoindex_<table>_1 without SQL. Inside a transaction; behind its commit the file has to be
/// opened anew. Errors: sqlite/constraint  two rows have one id.
base::Result<void> makeKeys(sqlite::Database &database);

} // namespace sqlgym::cache
