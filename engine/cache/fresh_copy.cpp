#include "cache/fresh_copy.h"

#include "base/clock.h"
#include "cache/deferred_keys.h"
#include "cache/derived.h"
#include "cache/migrations.h"
#include "cache/open_errors.h"
#include "cache/outbox_overlay.h"
#include "cache/recovery.h"
#include "cache/rows.h"
#include "cache/table_copy.h"
#include "sqlite/transaction.h"

#include <array>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace sqlgym::cache {
namespace {

// What the profile has of its own; of sync_state all but where the old copy stood.
constexpr std::array kOwn = {
    "drafts", "draft_history", "attempts",   "hints_used",          "given_up",      "frozen_days", "ui_state",
    "outbox", "packs",         "sync_state", "verdict_differences", "solution_marks"};

// Rows with a moment of the making. 64 MiB of pages: ids come in any order.
constexpr const char *kBulk = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; "
                              "PRAGMA foreign_keys = OFF; PRAGMA temp_store = FILE";

// A quarter of the calls that SQLite's 4096 bytes need for the same rows.
constexpr const char *kPages = "PRAGMA page_size = 16384";

base::Error beingCopied()
{
    return {"cache", "in_use", "Another SQLGym window is copying the server's data. Wait until it has finished.", true};
}

base::Error openElsewhere(const std::string &path)
{
    return {"cache", "in_use",
            "The new copy is ready, but another SQLGym window has the profile open (" + path +
                "). Close it; the copy takes its place at the next synchronisation.",
            true};
}

base::Result<std::string> valueOf(sqlite::Database &database, const char *key)
{
    auto value = selectOne(
        database, "SELECT value FROM sync_state WHERE key = ?", [](sqlite::Statement &row) { return row.string(0); },
        key);
    if (!value)
        return value.error();
    return value->value_or("");
}

base::Result<void> setValue(sqlite::Database &database, const std::string &key, const std::string &value)
{
    return database.run("INSERT INTO sync_state (key, value) VALUES (?, ?) "
                        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        key, value);
}

/// Sets aside what is slow to keep up row by row: indices and triggers of the copied tables.
base::Result<void> setAside(sqlite::Database &database)
{
    struct Entry {
        std::string type, name, table;
    };
    if (auto made = database.execute("CREATE TABLE pulling_schema (sql TEXT NOT NULL)"); !made)
        return made;
    for (const char *table : mirroredTables()) {
        auto noted = database.run("INSERT INTO pulling_schema SELECT sql FROM sqlite_schema WHERE tbl_name = ? "
                                  "AND type IN ('index', 'trigger') AND sql IS NOT NULL",
                                  table);
        auto entries = select(
            database,
            "SELECT type, name, tbl_name FROM sqlite_schema WHERE tbl_name = ? AND type IN ('index', 'trigger') "
            "AND sql IS NOT NULL",
            [](sqlite::Statement &row) {
                return Entry{row.string(0), row.string(1), row.string(2)};
            },
            table);
        if (!noted || !entries)
            return noted ? entries.error() : noted.error();
        for (const Entry &entry : *entries) {
            if (auto dropped = database.execute("DROP " + entry.type + " \"" + entry.name + "\""); !dropped)
                return dropped;
        }
    }
    return deferKeys(database, mirroredTables());
}

/// A commit is on the disk when the file is, and its name when its folder is.
base::Result<void> syncToDisk(const std::string &path)
{
    for (const std::string &name : {path, std::filesystem::absolute(path).parent_path().string()}) {
        const int descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
        const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
        const int failure = errno;
        if (descriptor >= 0)
            ::close(descriptor);
        if (!done)
            return systemError(failure, name);
    }
    return {};
}

} // namespace

base::Result<FreshCopy> FreshCopy::begin(const std::string &path, const std::string &address,
                                         const std::string &accountId)
{
    auto lock = FileLock::shared(path + kUnfinished + "-lock", 0);
    if (!lock || !lock->becomeExclusive(0))
        return lock ? beingCopied() : lock.error();
    FreshCopy copy(path, std::move(*lock));
    if (auto opened = copy.open(address, accountId); !opened)
        return opened.error();
    return copy;
}

void FreshCopy::discard(const std::string &path)
{
    const std::string unfinished = path + kUnfinished;
    if (::access(unfinished.c_str(), F_OK) != 0)
        return;
    auto lock = FileLock::shared(unfinished + "-lock", 0);
    if (lock && lock->becomeExclusive(0))
        removeDatabase(unfinished);
}

base::Result<void> FreshCopy::open(const std::string &address, const std::string &accountId)
{
    if (::access(file().c_str(), F_OK) == 0) {
        auto usable = goOn(address, accountId);
        if (usable && *usable)
            return {};
        m_database.reset();
        m_done.clear();
        m_state = {};
    }
    removeDatabase(file());
    return make(address, accountId);
}

base::Result<void> FreshCopy::openFile()
{
    sqlite::OpenOptions options;
    options.writeAheadLog = false;
    auto database = sqlite::Database::open(file(), options);
    if (!database)
        return database.error();
    m_database = std::make_unique<sqlite::Database>(std::move(*database));
    return m_database->execute(kBulk);
}

base::Result<bool> FreshCopy::goOn(const std::string &address, const std::string &accountId)
{
    if (auto opened = openFile(); !opened)
        return opened.error();
    auto version = m_database->integer("PRAGMA user_version");
    auto ready =
        m_database->integer("SELECT count(*) FROM sqlite_schema WHERE name IN ('pulling_schema', 'pulling_keys')");
    if (!version || !ready || *version != newestVersion() || *ready != 2)
        return false;
    auto account = valueOf(*m_database, "pulling_account");
    auto state = readState(*m_database);
    if (!account || !state || *account != accountId || state->address != address)
        return false;
    auto done = select(*m_database, "SELECT substr(key, 9) FROM sync_state WHERE key LIKE 'pulled: %'",
                       [](sqlite::Statement &row) { return row.string(0); });
    if (!done)
        return false;
    m_state = *state;
    m_done.insert(done->begin(), done->end());
    return true;
}

base::Result<void> FreshCopy::make(const std::string &address, const std::string &accountId)
{
    if (auto opened = openFile(); !opened)
        return opened.error();
    if (auto larger = m_database->execute(kPages); !larger)
        return larger;
    static const base::Clock clock;
    if (auto migrated = migrate(*m_database, clock.now()); !migrated)
        return migrated.error();
    auto transaction = sqlite::Transaction::begin(*m_database);
    if (!transaction)
        return transaction.error();
    m_state.address = address;
    auto done = setAside(*m_database);
    if (done)
        done = setValue(*m_database, "pulling_account", accountId);
    if (done)
        done = noteState(*m_database, m_state);
    return done ? transaction->commit() : done;
}

base::Result<void> FreshCopy::noteCursor(const std::string &cursor, std::int64_t horizon)
{
    m_state.cursor = cursor;
    m_state.horizon = horizon;
    return noteState(*m_database, m_state);
}

base::Result<void> FreshCopy::beginTable(const std::string &table, const std::vector<std::string> &columns)
{
    m_writer.reset();
    m_transaction.reset();
    auto transaction = sqlite::Transaction::begin(*m_database);
    if (!transaction)
        return transaction.error();
    m_transaction.emplace(std::move(*transaction));
    auto writer = MirrorWriter::prepare(*m_database, table, columns, MirrorWriter::Into::Empty);
    if (!writer)
        return writer.error();
    m_writer.emplace(std::move(*writer));
    m_table = table;
    return {};
}

base::Result<void> FreshCopy::finishTable()
{
    m_writer.reset();
    if (auto noted = setValue(*m_database, "pulled: " + m_table, ""); !noted)
        return noted;
    if (auto committed = m_transaction->commit(); !committed)
        return committed;
    m_transaction.reset();
    m_done.insert(m_table);
    return {};
}

base::Result<void> FreshCopy::index()
{
    auto transaction = sqlite::Transaction::begin(*m_database);
    if (!transaction)
        return transaction.error();
    auto entries = select(*m_database, "SELECT sql FROM pulling_schema ORDER BY rowid",
                          [](sqlite::Statement &row) { return row.string(0); });
    if (!entries)
        return entries.error();
    for (const std::string &sql : *entries) {
        if (auto made = m_database->execute(sql); !made)
            return made;
    }
    auto queued = m_database->execute("INSERT OR IGNORE INTO search_queue SELECT 'problem', id FROM problems "
                                      "UNION ALL SELECT 'post', id FROM community_posts "
                                      "UNION ALL SELECT 'solution', id FROM solutions; DELETE FROM pulling_schema");
    if (queued)
        queued = makeKeys(*m_database);
    if (queued)
        queued = transaction->commit();
    if (!queued)
        return queued;
    m_database.reset();
    return openFile();
}

base::Result<void> FreshCopy::carryContent(sqlite::Database &old)
{
    // Packaged problems that the server does not have stay; of those that it has in the same shape, the hidden tests
    // that the package brought are not the server's secret, and check more than the visible ones.
    auto kept = m_database->execute("CREATE TEMP TABLE had AS SELECT id FROM problems; "
                                    "CREATE TEMP TABLE had_schemas AS SELECT id FROM problem_schemas; "
                                    "CREATE TEMP TABLE had_tests AS SELECT id FROM test_cases");
    if (!kept)
        return kept;
    const std::string packaged = "(SELECT problem_id FROM problem_keys WHERE pack IS NOT NULL)";
    for (const char *table : {"topics", "badges"})
        copyTable(old, *m_database, table);
    copyTable(old, *m_database, "problems", "id IN " + packaged);
    copyTable(old, *m_database, "problem_schemas", "problem_id IN " + packaged);
    copyTable(old, *m_database, "test_cases", "problem_id IN " + packaged);
    copyTable(old, *m_database, "problem_keys", "pack IS NOT NULL");
    return m_database->execute(
        "DELETE FROM problem_schemas WHERE problem_id IN (SELECT id FROM had) AND id NOT IN (SELECT id FROM "
        "had_schemas); "
        "DELETE FROM test_cases WHERE problem_id IN ("
        "SELECT t.problem_id FROM test_cases t JOIN had h ON h.id = t.problem_id "
        "WHERE t.is_hidden = 0 AND t.id NOT IN (SELECT id FROM had_tests)) AND id NOT IN (SELECT id FROM had_tests); "
        "UPDATE problem_keys SET pack = NULL WHERE problem_id IN (SELECT id FROM had); "
        "DROP TABLE had; DROP TABLE had_schemas; DROP TABLE had_tests");
}

base::Result<void> FreshCopy::makeStubs()
{
    // Of a hidden test a learner sees no more than that there was one.
    return m_database->execute("INSERT INTO test_cases (id, problem_id, name, input_data, expected_output, is_hidden) "
                               "SELECT r.test_case_id, s.problem_id, 'hidden ' || r.test_case_id, '', '', 1 "
                               "FROM (SELECT test_case_id, min(submission_id) AS submission_id FROM execution_results "
                               "WHERE test_case_id NOT IN (SELECT id FROM test_cases) GROUP BY test_case_id) r "
                               "JOIN submissions s ON s.id = r.submission_id");
}

base::Result<void> FreshCopy::carryOver()
{
    auto old = sqlite::Database::open(m_path);
    if (!old)
        return old.error();
    // The old file is whole without its log, wherever a kill finds it.
    if (auto whole = old->execute("PRAGMA wal_checkpoint(TRUNCATE)"); !whole)
        return whole;
    auto transaction = sqlite::Transaction::begin(*m_database);
    if (!transaction)
        return transaction.error();
    for (const char *table : kOwn) {
        // Taken anew at every try.
        const std::string own = std::string(table) == "sync_state" ? "key NOT LIKE 'pull%'" : "";
        auto emptied = m_database->execute("DELETE FROM " + std::string(table) + (own.empty() ? "" : " WHERE " + own));
        if (!emptied)
            return emptied;
        copyTable(*old, *m_database, table, own);
    }
    copyTable(*old, *m_database, "users", "id = (SELECT value FROM sync_state WHERE key = 'user_id')");
    auto done = carryContent(*old);
    if (done)
        done = makeStubs();
    if (done)
        done = dropOrphans(*m_database);
    if (done)
        done = layOutboxAnew();
    if (done)
        done = refreshDerived(*m_database);
    return done ? transaction->commit() : done;
}

base::Result<void> FreshCopy::layOutboxAnew()
{
    static const base::Clock clock;
    auto user = valueOf(*m_database, "user_id");
    if (!user)
        return user.error();
    if (auto forgotten = forgetOverlay(*m_database, *user); !forgotten)
        return forgotten;
    if (auto settled = settle(*m_database, *user, m_state.horizon); !settled)
        return settled;
    return layOutbox(*m_database, *user, clock.now());
}

base::Result<void> FreshCopy::finish(int busyTimeoutMs)
{
    auto lock = FileLock::shared(m_path + "-lock", busyTimeoutMs);
    if (!lock)
        return lock.error();
    if (!lock->becomeExclusive(busyTimeoutMs))
        return openElsewhere(m_path);
    if (auto carried = carryOver(); !carried)
        return carried;
    auto cleaned = m_database->execute(
        "DROP TABLE pulling_schema; DROP TABLE pulling_keys; DELETE FROM sync_state WHERE key LIKE 'pulled: %' "
        "OR key = 'pulling_account'");
    if (!cleaned)
        return cleaned;
    m_database.reset();
    if (auto safe = syncToDisk(file()); !safe)
        return safe;
    const std::string aside = m_path + ".replaced";
    removeDatabase(aside);
    if (auto swapped = swapDatabase(m_path, file(), aside); !swapped)
        return swapped;
    if (auto safe = syncToDisk(m_path); !safe)
        return safe;
    removeDatabase(aside);
    return {};
}

} // namespace sqlgym::cache
