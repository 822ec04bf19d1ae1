#include "cache/soundness.h"

#include "cache/migrations.h"
#include "cache/rows.h"

#include <filesystem>

namespace sqlgym::cache {
namespace {

constexpr std::uintmax_t kSmallBytes = 16u << 20;

base::Error damaged(const std::string &how)
{
    return {"sqlite", "damaged", "The database file is damaged. (" + how + ")", false};
}

base::Result<void> checkSchema(sqlite::Database &database)
{
    auto noted = selectOne(
        database,
        "SELECT fingerprint FROM schema_migrations WHERE version = (SELECT user_version FROM pragma_user_version)",
        [](sqlite::Statement &row) { return row.string(0); });
    if (!noted)
        return noted.error().code == "failed" ? damaged(noted.error().message) : noted.error();
    auto found = schemaFingerprint(database);
    if (!found)
        return found.error();
    return *noted == *found ? base::Result<void>() : damaged("its tables are not as they were made");
}

} // namespace

base::Result<void> checkSoundness(sqlite::Database &database, const std::string &path, bool always)
{
    if (auto schema = checkSchema(database); !schema)
        return schema;
    std::error_code failure;
    const auto size = std::filesystem::file_size(path, failure);
    const auto log = std::filesystem::file_size(path + "-wal", failure);
    const bool leftOpen = !failure && log > 0;
    if (!always && size > kSmallBytes && !leftOpen)
        return {};
    auto found = database.integrityCheck();
    if (!found)
        return found.error();
    if (*found == "ok")
        return {};
    return damaged(*found);
}

} // namespace sqlgym::cache
