#include "cache/recovery.h"

#include "base/timestamp.h"
#include "cache/derived.h"
#include "cache/open_errors.h"
#include "cache/rows.h"
#include "cache/table_copy.h"
#include "sqlite/transaction.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace sqlgym::cache {
namespace {

namespace fs = std::filesystem;

/// Parents before children; what the learner wrote comes first, in case it ends badly.
// clang-format off
constexpr std::array kTables = {
    "drafts", "draft_history", "attempts", "hints_used", "given_up", "frozen_days", "ui_state", "outbox",
    "verdict_differences", "solution_marks",
    "sync_state", "users", "topics", "problems", "problem_schemas", "test_cases", "badges", "problem_interactions",
    "submissions", "problem_submissions", "execution_results", "problem_sessions", "user_progress", "user_badges",
    "followers", "helpful_links", "community_posts", "post_likes", "post_comments", "solutions", "cache_entries",
    "fallback_submissions", "user_sandboxes",
};
// clang-format on

/// A copy of the file under the header that every file of ours has, when the header is what was hit. Where only the log
/// is left, the copy is one page for it to be applied to.
bool writeWithGoodHeader(const std::string &damaged, const std::string &copy)
{
    constexpr std::size_t kPage = 4096;
    std::error_code failure;
    fs::copy_file(damaged, copy, fs::copy_options::overwrite_existing, failure);
    fs::copy_file(damaged + "-wal", copy + "-wal", fs::copy_options::overwrite_existing, failure);
    std::ofstream(copy, std::ios::app | std::ios::binary).flush();
    const auto size = std::max<std::uintmax_t>(fs::file_size(copy, failure), kPage);
    fs::resize_file(copy, size, failure);
    if (failure)
        return false;
    // https://sqlite.org/fileformat2.html, 1.3: page size 4096, write-ahead log, 64/32/32, schema format 4, UTF-8.
    std::array<char, 100> header{};
    std::ranges::copy(std::string_view("SQLite format 3"), header.begin());
    header[16] = 0x10;
    header[18] = header[19] = 2;
    header[21] = 64;
    header[22] = header[23] = 32;
    const auto pages = static_cast<std::uint32_t>(size / kPage);
    for (std::size_t i = 0; i < 4; ++i)
        header[28 + i] = static_cast<char>(pages >> (24 - 8 * i));
    header[27] = header[95] = 1; // change counter = version-valid-for: the page count above is believed
    header[47] = 4;
    header[59] = 1;
    std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
    return bool(file.write(header.data(), header.size()));
}

base::Result<sqlite::Database> openDamaged(const std::string &path)
{
    sqlite::OpenOptions options;
    options.access = sqlite::Access::ReadOnly;
    options.salvage = true;
    auto database = sqlite::Database::open(path, options);
    if (!database)
        return database;
    if (auto tables = database->integer("SELECT count(*) FROM sqlite_schema"); !tables)
        return tables.error();
    return database;
}

base::Result<Salvage> copyAll(sqlite::Database &source, sqlite::Database &target)
{
    auto transaction = sqlite::Transaction::begin(target);
    if (!transaction)
        return transaction.error();
    if (auto deferred = target.execute("PRAGMA defer_foreign_keys = ON"); !deferred)
        return deferred.error();
    Salvage salvage;
    for (const char *table : kTables) {
        const int rows =
            copyTable(source, target, table, std::string_view(table) == "sync_state" ? "key = 'user_id'" : "");
        salvage.drafts += std::string_view(table) == "drafts" ? rows : 0;
        salvage.attempts += std::string_view(table) == "attempts" ? rows : 0;
    }
    if (auto clean = dropOrphans(target); !clean)
        return clean.error();
    auto done = refreshDerived(target);
    if (done)
        done = target.run("UPDATE problem_keys SET pack = ?", kRecoveredPack);
    if (done)
        done = transaction->commit();
    if (!done)
        return done.error();
    return salvage;
}

} // namespace

std::string asidePath(const std::string &path, base::UnixMicros now)
{
    std::string stamp = base::timestampText(now).substr(0, 19) + "Z";
    stamp[10] = 'T';
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    const std::string first = path + ".damaged-" + stamp;
    std::string candidate = first;
    for (int n = 2; fs::exists(fs::path(candidate)); ++n)
        candidate = first + "-" + std::to_string(n);
    return candidate;
}

base::Result<void> swapDatabase(const std::string &path, const std::string &fresh, const std::string &aside)
{
    const auto missing = [](const std::error_code &failure) { return failure == std::errc::no_such_file_or_directory; };
    // A second name rather than a move, so that there is a file at `path` at every moment; some file systems have none.
    std::error_code failure;
    fs::create_hard_link(path, aside, failure);
    if (failure && !missing(failure))
        fs::rename(path, aside, failure);
    if (failure && !missing(failure))
        return systemError(failure.value(), path);
    // The old log and journal must be gone before the new file is there: SQLite would apply them.
    fs::rename(path + "-wal", aside + "-wal", failure);
    if (failure && !missing(failure))
        return systemError(failure.value(), path + "-wal");
    fs::rename(path + "-journal", aside + "-journal", failure);
    if (failure && !missing(failure))
        return systemError(failure.value(), path + "-journal");
    fs::remove(path + "-shm", failure);
    fs::rename(fresh, path, failure);
    if (failure)
        return systemError(failure.value(), fresh);
    removeDatabase(fresh);
    return {};
}

void removeDatabase(const std::string &path)
{
    std::error_code ignored;
    for (const char *suffix : {"", "-wal", "-shm", "-journal"})
        fs::remove(path + suffix, ignored);
}

base::Result<Salvage> salvage(const std::string &damagedPath, sqlite::Database &target)
{
    if (auto source = openDamaged(damagedPath))
        return copyAll(*source, target);
    const std::string copy = damagedPath + ".reading";
    base::Result<Salvage> saved = Salvage{};
    if (writeWithGoodHeader(damagedPath, copy)) {
        if (auto source = openDamaged(copy))
            saved = copyAll(*source, target);
    }
    removeDatabase(copy);
    return saved;
}

} // namespace sqlgym::cache
