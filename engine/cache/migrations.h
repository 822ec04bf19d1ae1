// The numbered steps that bring a file to this version. A step that was released is never changed again.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "sqlite/database.h"

#include <span>
#include <string>

namespace sqlgym::cache {

struct Migration {
    int version;
    const char *name;
    const char *sql;
};

extern const char *const kMigration1Tables;
extern const char *const kMigration2Own;
extern const char *const kMigration3Search;
extern const char *const kMigration4Outbox;
extern const char *const kMigration5Marks;

/// In order, versions 1..n without gaps.
std::span<const Migration> migrations();
int newestVersion();

/// PRAGMA application_id of every cache file: "SQLG".
inline constexpr int kApplicationId = 0x53514C47;

/// Applies what is missing up to `upTo`, each step in a transaction of its own: a kill leaves the file at a whole
/// version. Several processes may do it at once. Returns the version before.
///
/// Errors: cache/newer_version when the file is beyond newestVersion(); else those of sqlite/error.h.
base::Result<int> migrate(sqlite::Database &database, base::UnixMicros now, int upTo = newestVersion());

/// A hash of the whole schema, to be compared with what schema_migrations noted when a version was reached: damage to
/// the names in it would else go unnoticed. 16 hexadecimal digits.
base::Result<std::string> schemaFingerprint(sqlite::Database &database);

/// The error for a file of `version`.
base::Error newerVersionError(const std::string &path, int version);

} // namespace sqlgym::cache
