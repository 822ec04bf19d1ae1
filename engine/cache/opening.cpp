#include "cache/opening.h"

#include "cache/inspection.h"
#include "cache/local_user.h"
#include "cache/migrations.h"
#include "cache/open_errors.h"
#include "cache/recovery.h"
#include "cache/soundness.h"
#include "sqlite/error.h"

#include <cerrno>
#include <filesystem>
#include <unistd.h>

namespace sqlgym::cache {
namespace {

namespace fs = std::filesystem;

const base::Clock &systemClock()
{
    static const base::Clock clock;
    return clock;
}

const base::Clock &clockOf(const CacheOptions &options) { return options.clock ? *options.clock : systemClock(); }

/// A folder that is made is the owner's alone. SQLite would open a file it may not write as read-only, and fail at the
/// first write: that is found out here.
base::Result<void> prepareFolder(const std::string &path)
{
    const fs::path folder = fs::absolute(fs::path(path)).parent_path();
    std::error_code failure;
    if (!fs::exists(folder, failure)) {
        if (fs::create_directories(folder, failure))
            fs::permissions(folder, fs::perms::owner_all, failure);
        if (failure)
            return systemError(failure.value(), folder.string());
    }
    if (!fs::is_directory(folder, failure))
        return systemError(ENOTDIR, folder.string());
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return systemError(errno, folder.string());
    if (::access(path.c_str(), F_OK) == 0 && ::access(path.c_str(), R_OK | W_OK) != 0)
        return systemError(errno, path);
    return {};
}

sqlite::OpenOptions connection(const CacheOptions &options)
{
    sqlite::OpenOptions connection;
    connection.busyTimeoutMs = options.busyTimeoutMs;
    return connection;
}

class Opening {
public:
    Opening(const std::string &path, const CacheOptions &options) : m_path(path), m_options(options) {}

    base::Result<std::unique_ptr<CacheParts>> run()
    {
        if (auto folder = prepareFolder(m_path); !folder)
            return folder.error();
        auto lock = FileLock::shared(m_path + "-lock", m_options.busyTimeoutMs);
        if (!lock)
            return lock.error();
        m_lock = std::move(*lock);

        auto found = inspect(m_path, m_options.busyTimeoutMs);
        if (!found)
            return found.error();
        if (found->state == FileState::Damaged)
            return recover();
        auto opened = connect(*found);
        if (!opened && sqlite::meansDamage(opened.error()))
            return recover();
        return opened;
    }

private:
    /// Opens, checks, migrates. The error is `damaged` where the file must be doubted.
    base::Result<std::unique_ptr<CacheParts>> connect(const Inspection &found)
    {
        auto database = sqlite::Database::open(m_path, connection(m_options));
        if (!database)
            return openError(database.error(), m_path);
        if (found.state == FileState::Cache) {
            if (auto sound = checkSoundness(*database, m_path, m_options.alwaysCheck); !sound)
                return openError(sound.error(), m_path);
        }
        auto before = migrate(*database, clockOf(m_options).now());
        if (!before)
            return before.error().domain == "cache" ? before.error() : openError(before.error(), m_path);
        m_report.created = found.state == FileState::Fresh;
        if (*before > 0 && *before < newestVersion()) {
            m_report.migratedFrom = *before;
            m_report.sentence = "The profile was brought to this version of SQLGym.";
        }
        return assemble(std::move(*database));
    }

    base::Result<std::unique_ptr<CacheParts>> assemble(sqlite::Database database)
    {
        auto user = ensureLocalUser(database, m_options.userName, clockOf(m_options).now());
        if (!user)
            return openError(user.error(), m_path);
        StoreContext context{std::move(database), &clockOf(m_options), user->id, m_path};
        return std::unique_ptr<CacheParts>(new CacheParts{std::move(m_lock), std::move(context), m_report, user->name});
    }

    base::Result<std::unique_ptr<CacheParts>> recover()
    {
        if (!m_lock.becomeExclusive(m_options.busyTimeoutMs))
            return inUseError(m_path);
        // Another instance may have done it while this one waited.
        auto found = inspect(m_path, m_options.busyTimeoutMs);
        if (!found)
            return found.error();
        if (found->state != FileState::Damaged) {
            auto opened = connect(*found);
            if (opened || !sqlite::meansDamage(opened.error())) {
                if (opened)
                    (*opened)->lock.becomeShared();
                return opened;
            }
        }
        return startAnew();
    }

    /// The new file is finished before it takes the damaged one's place: a kill or a full disk on the way leaves the
    /// damaged one where it was, for the next try.
    base::Result<std::unique_ptr<CacheParts>> startAnew()
    {
        const std::string fresh = m_path + ".recovering";
        const std::string aside = asidePath(m_path, clockOf(m_options).now());
        removeDatabase(fresh);
        auto saved = makeAnew(fresh);
        if (!saved) {
            removeDatabase(fresh);
            return openError(saved.error(), m_path);
        }
        if (auto swapped = swapDatabase(m_path, fresh, aside); !swapped)
            return swapped.error();
        auto database = sqlite::Database::open(m_path, connection(m_options));
        if (!database)
            return openError(database.error(), m_path);
        m_report.created = true;
        m_report.recovered = true;
        m_report.keptAside = aside;
        m_report.rescuedDrafts = saved->drafts;
        m_report.rescuedAttempts = saved->attempts;
        m_report.sentence = "The profile's database was damaged and has been made anew; " +
                            std::to_string(saved->drafts) + " drafts and " + std::to_string(saved->attempts) +
                            " attempts were saved from it. The damaged file is kept as " + aside + ".";
        m_lock.becomeShared();
        return assemble(std::move(*database));
    }

    /// Closed in good order when it returns: one file, no log.
    base::Result<Salvage> makeAnew(const std::string &fresh)
    {
        auto database = sqlite::Database::open(fresh, connection(m_options));
        if (!database)
            return database.error();
        if (auto migrated = migrate(*database, clockOf(m_options).now()); !migrated)
            return migrated.error();
        auto saved = salvage(m_path, *database);
        if (!saved)
            return saved;
        if (auto carried = database->execute("PRAGMA wal_checkpoint(TRUNCATE)"); !carried)
            return carried.error();
        return saved;
    }

    std::string m_path;
    CacheOptions m_options;
    FileLock m_lock;
    OpenReport m_report;
};

} // namespace

base::Result<std::unique_ptr<CacheParts>> openParts(const std::string &path, const CacheOptions &options)
{
    return Opening(path, options).run();
}

base::Result<std::unique_ptr<CacheParts>> openPartsInMemory(const CacheOptions &options)
{
    auto database = sqlite::Database::open(":memory:", connection(options));
    if (!database)
        return database.error();
    if (auto migrated = migrate(*database, clockOf(options).now()); !migrated)
        return migrated.error();
    auto user = ensureLocalUser(*database, options.userName, clockOf(options).now());
    if (!user)
        return user.error();
    OpenReport report;
    report.created = true;
    StoreContext context{std::move(*database), &clockOf(options), user->id, {}};
    return std::unique_ptr<CacheParts>(new CacheParts{FileLock(), std::move(context), report, user->name});
}

} // namespace sqlgym::cache
