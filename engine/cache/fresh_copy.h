// A new copy of a server's tables, made beside the profile's database and put in its place when it is whole.
#pragma once

#include "base/result.h"
#include "cache/file_lock.h"
#include "cache/mirror_update.h"
#include "cache/mirror_writer.h"
#include "sqlite/database.h"

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace sqlgym::cache {

/// Tables are filled one after the other, each in a transaction; what is whole survives a kill and is not fetched
/// again. Indices and triggers come after the rows. Belongs to one thread.
class FreshCopy {
public:
    /// Goes on with a copy that was begun for the same profile, server and account, or begins one. `path` is the
    /// profile's database.
    static base::Result<FreshCopy> begin(const std::string &path, const std::string &address,
                                         const std::string &accountId);

    /// Removes what a copy left that was begun and is needed no more; not while somebody makes one.
    static void discard(const std::string &path);

    /// The position from which the copy is to be brought up to date; empty until the first note().
    const std::string &cursor() const { return m_state.cursor; }
    base::Result<void> noteCursor(const std::string &cursor, std::int64_t horizon);
    bool has(const std::string &table) const { return m_done.contains(table); }

    /// Empties the table, in case it was begun, and takes rows until finishTable().
    base::Result<void> beginTable(const std::string &table, const std::vector<std::string> &columns);
    base::Result<void> write(std::span<const MirrorValue> row) { return m_writer->write(row); }
    base::Result<void> finishTable();

    /// Indices and triggers, when all tables are whole.
    base::Result<void> index();
    /// What the profile has of its own is copied over from `path`, whose caches must all be closed; then this file
    /// takes its place. Errors: cache/in_use (transient)  another instance has the profile open: nothing is lost, and
    /// finish() may be called again.
    base::Result<void> finish(int busyTimeoutMs);

private:
    static constexpr const char *kUnfinished = ".pulling";

    FreshCopy(std::string path, FileLock lock) : m_path(std::move(path)), m_lock(std::move(lock)) {}
    base::Result<void> open(const std::string &address, const std::string &accountId);
    base::Result<void> openFile();
    base::Result<bool> goOn(const std::string &address, const std::string &accountId);
    base::Result<void> make(const std::string &address, const std::string &accountId);
    base::Result<void> carryOver();
    base::Result<void> makeStubs();
    base::Result<void> carryContent(sqlite::Database &old);
    base::Result<void> layOutboxAnew();
    std::string file() const { return m_path + kUnfinished; }

    std::string m_path;
    FileLock m_lock; ///< of the copy: one instance makes it
    std::unique_ptr<sqlite::Database> m_database;
    MirrorState m_state;
    std::set<std::string> m_done;
    std::string m_table;
    std::optional<sqlite::Transaction> m_transaction;
    std::optional<MirrorWriter> m_writer;
};

} // namespace sqlgym::cache
