#include "sqlite/error.h"

#include <cerrno>
#include <sqlite3.h>
#include <string>

namespace sqlgym::sqlite {
namespace {

struct Kind {
    const char *code;
    const char *sentence;
    bool transient;
};

bool meansFull(int number) { return number == ENOSPC || number == EDQUOT || number == EFBIG; }

/// The errno that the last failed operation on `file` left; 0 = none.
int lastErrno(sqlite3_file *file)
{
    int number = 0;
    if (file && file->pMethods)
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number);
    return number;
}

/// A quota or a limit on the file's size is an I/O error to SQLite, whose own errno may be overwritten by the time the
/// transaction is rolled back: the database's file and its log are asked.
bool diskIsFull(sqlite3 *handle)
{
    if (!handle)
        return false;
    sqlite3_file *database = nullptr;
    sqlite3_file *log = nullptr;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &database);
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    return meansFull(sqlite3_system_errno(handle)) || meansFull(lastErrno(database)) || meansFull(lastErrno(log));
}

Kind kindOf(sqlite3 *handle, int rc)
{
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {"busy", "Another program is writing to the database. Try again in a moment.", true};
    case SQLITE_FULL:
        return {"disk_full", "The disk is full. What was saved before is safe; free some space and try again.", true};
    case SQLITE_READONLY:
        return {"read_only", "The database cannot be written to. Check the permissions of its folder and file.", false};
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return {"cannot_open", "The database cannot be opened. Check that its folder exists and may be written to.",
                false};
    case SQLITE_CORRUPT:
        return {"damaged", "The database file is damaged.", false};
    case SQLITE_NOTADB:
        return {"not_a_database", "The file is not a database, or its beginning is damaged.", false};
    case SQLITE_IOERR:
        if (diskIsFull(handle))
            return {"disk_full", "The disk is full. What was saved before is safe; free some space and try again.",
                    true};
        return {"io_error", "The disk reported an error while the database was read or written.", true};
    case SQLITE_CONSTRAINT:
        return {"constraint", "The row breaks a rule of its table.", false};
    case SQLITE_TOOBIG:
        return {"too_big", "The text is too large to be stored.", false};
    case SQLITE_NOMEM:
        return {"out_of_memory", "There is not enough memory.", true};
    case SQLITE_INTERRUPT:
        return {"interrupted", "The operation was cancelled.", true};
    default:
        return {"failed", "The database refused the operation.", false};
    }
}

} // namespace

base::Error makeError(sqlite3 *handle, int rc, std::string_view doing)
{
    const Kind kind = kindOf(handle, rc);
    const char *detail = handle && sqlite3_errcode(handle) != SQLITE_OK ? sqlite3_errmsg(handle) : sqlite3_errstr(rc);
    std::string message = kind.sentence;
    message.append(" (").append(detail).append("; ").append(doing.substr(0, 80)).append(")");
    return {"sqlite", kind.code, std::move(message), kind.transient};
}

bool meansDamage(const base::Error &error) { return error.code == "damaged" || error.code == "not_a_database"; }

} // namespace sqlgym::sqlite
