#include "sqlite/database.h"

#include "sqlite/error.h"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sqlite3.h>
#include <thread>
#include <unistd.h>

namespace sqlgym::sqlite {
namespace {

/// The file is made here and not by SQLite, so that it is never readable by others, whatever the umask. The files
/// SQLite puts beside it inherit its mode.
void createPrivately(const std::string &path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor >= 0)
        ::close(descriptor);
}

int flagsOf(Access access)
{
    const int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    return common | (access == Access::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
}

void harden(sqlite3 *handle)
{
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
}

} // namespace

void Database::Close::operator()(sqlite3 *handle) const { sqlite3_close_v2(handle); }

base::Result<Database> Database::open(const std::string &path, const OpenOptions &options)
{
    if (options.access == Access::Create && path != ":memory:")
        createPrivately(path);
    sqlite3 *handle = nullptr;
    const int rc = sqlite3_open_v2(path.c_str(), &handle, flagsOf(options.access), nullptr);
    Database database(handle);
    if (rc != SQLITE_OK)
        return makeError(handle, rc, "open " + path);
    harden(handle);
    if (options.salvage && options.access == Access::ReadOnly) {
        sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
        sqlite3_db_config(handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, nullptr);
    }
    sqlite3_busy_timeout(handle, options.busyTimeoutMs);

    if (auto set = database.execute("PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON"); !set)
        return set.error();
    if (options.access == Access::ReadOnly)
        return database;
    if (options.writeAheadLog)
        if (auto logged = database.writeAhead(options.busyTimeoutMs); !logged)
            return logged.error();
    const bool full = options.synchronous == Synchronous::Full;
    if (auto set = database.execute(full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"); !set)
        return set.error();
    return database;
}

void Database::allowSchemaEdits(bool allowed)
{
    sqlite3_db_config(m_handle.get(), SQLITE_DBCONFIG_DEFENSIVE, allowed ? 0 : 1, nullptr);
    sqlite3_db_config(m_handle.get(), SQLITE_DBCONFIG_WRITABLE_SCHEMA, allowed ? 1 : 0, nullptr);
}

base::Result<void> Database::writeAhead(int busyTimeoutMs)
{
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::milliseconds(busyTimeoutMs);
    while (true) {
        auto set = execute("PRAGMA journal_mode = WAL");
        const bool busy = !set && (sqlite3_errcode(m_handle.get()) & 0xff) == SQLITE_BUSY;
        if (!busy || Clock::now() >= end)
            return set;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

base::Result<void> Database::execute(const std::string &script)
{
    const int rc = sqlite3_exec(m_handle.get(), script.c_str(), nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK)
        return makeError(m_handle.get(), rc, script);
    return {};
}

base::Result<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt *statement = nullptr;
    const int rc = sqlite3_prepare_v2(m_handle.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (rc != SQLITE_OK)
        return makeError(m_handle.get(), rc, sql);
    return Statement(m_handle.get(), statement);
}

std::int64_t Database::changes() const { return sqlite3_changes64(m_handle.get()); }

bool Database::inTransaction() const { return sqlite3_get_autocommit(m_handle.get()) == 0; }

base::Result<std::string> Database::integrityCheck()
{
    auto statement = prepare("PRAGMA integrity_check(20)");
    if (!statement)
        return statement.error();
    std::string lines;
    while (true) {
        auto row = statement->step();
        if (!row)
            return row.error();
        if (!*row)
            return lines;
        lines.append(lines.empty() ? "" : "\n").append(statement->text(0));
    }
}

} // namespace sqlgym::sqlite
