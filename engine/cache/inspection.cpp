#include "cache/inspection.h"

#include "cache/migrations.h"
#include "cache/open_errors.h"
#include "sqlite/database.h"
#include "sqlite/error.h"

#include <filesystem>

namespace sqlgym::cache {
namespace {

constexpr std::uintmax_t kHeaderBytes = 100;

struct Marks {
    std::int64_t application = 0;
    std::int64_t version = 0; ///< in the file's header
    std::int64_t noted = 0;   ///< the newest of schema_migrations; 0 = no such table, or empty
    std::int64_t tables = 0;
};

base::Result<Marks> readMarks(sqlite::Database &database)
{
    Marks marks;
    std::int64_t bookkeeping = 0;
    const struct {
        const char *sql;
        std::int64_t *into;
    } questions[] = {
        {"PRAGMA application_id", &marks.application},
        {"PRAGMA user_version", &marks.version},
        {"SELECT count(*) FROM sqlite_schema", &marks.tables},
        {"SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migrations'", &bookkeeping},
    };
    for (const auto &question : questions) {
        auto answer = database.integer(question.sql);
        if (!answer)
            return answer.error();
        *question.into = *answer;
    }
    if (bookkeeping == 1) {
        auto noted = database.integer("SELECT max(version) FROM schema_migrations");
        if (!noted)
            return noted.error();
        marks.noted = *noted;
    }
    return marks;
}

base::Result<Marks> marksOf(const std::string &path, sqlite::Access access, int busyTimeoutMs)
{
    sqlite::OpenOptions options;
    options.access = access;
    options.busyTimeoutMs = busyTimeoutMs;
    options.writeAheadLog = false;
    auto database = sqlite::Database::open(path, options);
    return database ? readMarks(*database) : base::Result<Marks>(database.error());
}

/// One wrong mark alone is damage to the header; both together are another program's, or a newer one's.
base::Result<Inspection> judge(const Marks &marks, const std::string &path)
{
    if (marks.application != kApplicationId && marks.noted == 0) {
        if (marks.tables == 0 && marks.application == 0 && marks.version == 0)
            return Inspection{};
        return notACacheError(path);
    }
    if (marks.application != kApplicationId || marks.version != marks.noted)
        return Inspection{FileState::Damaged, 0, "its header does not fit its contents"};
    if (marks.version > newestVersion())
        return newerVersionError(path, static_cast<int>(marks.version));
    return Inspection{FileState::Cache, static_cast<int>(marks.version), {}};
}

} // namespace

base::Result<Inspection> inspect(const std::string &path, int busyTimeoutMs)
{
    std::error_code failure;
    const auto log = std::filesystem::file_size(path + "-wal", failure);
    const bool hasLog = !failure && log > 0;
    const auto size = std::filesystem::file_size(path, failure);
    if (failure == std::errc::no_such_file_or_directory || (!failure && size == 0)) {
        // SQLite would throw away a log whose database is empty: there may be work in it.
        return hasLog ? Inspection{FileState::Damaged, 0, "only its log is left"} : Inspection{};
    }
    if (failure)
        return systemError(failure.value(), path);

    if (size < kHeaderBytes)
        return Inspection{FileState::Damaged, 0, "it is shorter than a database's header"};

    auto marks = marksOf(path, sqlite::Access::ReadOnly, busyTimeoutMs);
    // Who was killed while it changed the file left a journal, and whoever reads first takes back what was half done.
    if (!marks && marks.error().code == "read_only")
        marks = marksOf(path, sqlite::Access::ReadWrite, busyTimeoutMs);
    if (marks)
        return judge(*marks, path);
    // "failed" is a question that the file's tables do not understand: their names are hit.
    if (sqlite::meansDamage(marks.error()) || marks.error().code == "failed")
        return Inspection{FileState::Damaged, 0, marks.error().message};
    return openError(marks.error(), path);
}

} // namespace sqlgym::cache
