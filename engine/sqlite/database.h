// One connection to one SQLite file, opened so that a hostile file can do no harm.
#pragma once

#include "base/result.h"
#include "sqlite/statement.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;

namespace sqlgym::sqlite {

enum class Access : std::uint8_t {
    ReadOnly,  ///< the file must exist and is not changed
    ReadWrite, ///< the file must exist
    Create,    ///< made if missing, readable and writable by its owner alone (mode 0600)
};

enum class Synchronous : std::uint8_t {
    Normal, ///< a power cut may take the last commits, never the file
    Full,   ///< a commit that returned is on the disk
};

struct OpenOptions {
    Access access = Access::Create;
    Synchronous synchronous = Synchronous::Full;
    bool writeAheadLog = true; ///< not for ReadOnly
    int busyTimeoutMs = 5'000; ///< how long another connection's lock is waited for
    /// ReadOnly: read what can be read of a damaged file; a malformed entry of its schema does not hide the others.
    bool salvage = false;
};

/// Belongs to one thread. Defensive, trusted_schema off, no extensions, foreign keys on, no double-quoted strings, no
/// memory-mapped reading (a damaged or shortened file is an error, never a SIGBUS).
class Database {
public:
    /// `path` is a file name (never a URI) or ":memory:".
    ///
    /// Errors: cannot_open, read_only, damaged, not_a_database, busy, disk_full, io_error.
    static base::Result<Database> open(const std::string &path, const OpenOptions &options = {});

    /// Whether statements may write sqlite_schema, which a wrong one makes a damaged file of.
    void allowSchemaEdits(bool allowed);

    /// Runs a script of any number of statements without parameters; stops at the first that fails.
    base::Result<void> execute(const std::string &script);
    base::Result<Statement> prepare(std::string_view sql);

    /// prepare, bind, run: for statements whose rows are of no interest.
    template <typename... T> base::Result<void> run(std::string_view sql, const T &...values)
    {
        auto statement = prepare(sql);
        if (!statement)
            return statement.error();
        return statement->with(values...).run();
    }
    /// The first column of the first row as an integer; 0 when there is no row or it is NULL.
    template <typename... T> base::Result<std::int64_t> integer(std::string_view sql, const T &...values)
    {
        auto statement = prepare(sql);
        if (!statement)
            return statement.error();
        auto row = statement->with(values...).step();
        if (!row)
            return row.error();
        return *row ? statement->integer(0) : 0;
    }

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    std::int64_t changes() const;
    bool inTransaction() const;
    /// Reads the whole file: "ok", or what is wrong with it, at most 20 lines. Tables, indexes and whether they agree
    /// (PRAGMA integrity_check).
    base::Result<std::string> integrityCheck();
    sqlite3 *handle() const { return m_handle.get(); }

private:
    struct Close {
        void operator()(sqlite3 *handle) const;
    };
    explicit Database(sqlite3 *handle) : m_handle(handle) {}
    /// Two connections that switch one file at once hold what each other needs, and SQLite tells one so at once,
    /// without its busy timeout (https://www.sqlite.org/c3ref/busy_handler.html): the switch is tried again here.
    base::Result<void> writeAhead(int busyTimeoutMs);

    std::unique_ptr<sqlite3, Close> m_handle;
};

} // namespace sqlgym::sqlite
