#include "cache/migrations.h"

#include "cache/rows.h"
#include "sqlite/transaction.h"

#include <array>
#include <cinttypes>
#include <cstdio>

namespace sqlgym::cache {
namespace {

const std::array kMigrations = {
    Migration{1, "the 22 tables", kMigration1Tables},     Migration{2, "the cache's own tables", kMigration2Own},
    Migration{3, "full-text search", kMigration3Search},  Migration{4, "what the outbox did", kMigration4Outbox},
    Migration{5, "marks on solutions", kMigration5Marks},
};

constexpr const char *kBookkeeping = R"sql(
CREATE TABLE IF NOT EXISTS schema_migrations (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at_us INTEGER NOT NULL,
    fingerprint TEXT NOT NULL
) STRICT;
)sql";

base::Result<int> versionOf(sqlite::Database &database)
{
    auto version = database.integer("PRAGMA user_version");
    if (!version)
        return version.error();
    return static_cast<int>(*version);
}

/// One step; nothing when another process has done it meanwhile.
base::Result<void> apply(sqlite::Database &database, const Migration &migration, base::UnixMicros now)
{
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    auto version = versionOf(database);
    if (!version)
        return version.error();
    if (*version >= migration.version)
        return {};
    const std::string stamp = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                              "; PRAGMA user_version = " + std::to_string(migration.version) + ";";
    for (const std::string &script : {std::string(kBookkeeping), std::string(migration.sql), stamp}) {
        if (auto done = database.execute(script); !done)
            return done;
    }
    auto fingerprint = schemaFingerprint(database);
    if (!fingerprint)
        return fingerprint.error();
    auto noted =
        database.run("INSERT INTO schema_migrations (version, name, applied_at_us, fingerprint) VALUES (?, ?, ?, ?)",
                     migration.version, migration.name, now, *fingerprint);
    return noted ? transaction->commit() : noted;
}

} // namespace

std::span<const Migration> migrations() { return kMigrations; }

int newestVersion() { return kMigrations.back().version; }

base::Result<std::string> schemaFingerprint(sqlite::Database &database)
{
    auto entries = select(database,
                          "SELECT type || '|' || name || '|' || tbl_name || '|' || coalesce(sql, '') || '|' "
                          "FROM sqlite_schema ORDER BY type, name",
                          [](sqlite::Statement &row) { return row.string(0); });
    if (!entries)
        return entries.error();
    std::uint64_t hash = 14695981039346656037u; // FNV-1a: against accidents, not against anybody
    for (const std::string &entry : *entries) {
        for (const char c : entry)
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    }
    char text[17];
    std::snprintf(text, sizeof text, "%016" PRIx64, hash);
    return std::string(text);
}

base::Error newerVersionError(const std::string &path, int version)
{
    return {"cache", "newer_version",
            "The profile was written by a newer SQLGym (version " + std::to_string(version) +
                " of its database, this one knows " + std::to_string(newestVersion()) +
                "). Nothing was changed. Install the newer SQLGym, or choose another profile: " + path,
            false};
}

base::Result<int> migrate(sqlite::Database &database, base::UnixMicros now, int upTo)
{
    auto before = versionOf(database);
    if (!before)
        return before;
    if (*before > newestVersion())
        return newerVersionError("", *before);
    for (const Migration &migration : kMigrations) {
        if (migration.version <= *before || migration.version > upTo)
            continue;
        if (auto done = apply(database, migration, now); !done)
            return done.error();
    }
    return before;
}

} // namespace sqlgym::cache
