// The place of a private cluster on disk: whose it is, and that nobody else uses it.
#pragma once

#include "base/result.h"
#include "postgres/kept_process.h"

#include <memory>
#include <string>

namespace sqlgym::postgres {

/// Whom the server runs as: us, or, for root (whom PostgreSQL refuses), `postgres`, else `nobody`.
Account serverAccount();

/// A slot in a cache folder: `slot-0` holds a cluster, `slot-0.lock` says who uses it. A second owner gets `slot-1`.
/// The lock is shared with the server (see Command::keptDescriptor), so it lasts until owner *and* server are gone.
class ClusterFolder {
public:
    /// Makes `folder` (mode 0700, owned by `account`) and takes its first free slot. When root's server account cannot
    /// reach `folder`, one under /var/cache/sqlgym stands in for it.
    ///
    /// Errors: postgres/folder  the folder cannot be made or locked; the message says which and why.
    static base::Result<ClusterFolder> take(const std::string &folder, const Account &account);

    ClusterFolder(ClusterFolder &&other) noexcept;
    ClusterFolder(const ClusterFolder &) = delete;
    ClusterFolder &operator=(const ClusterFolder &) = delete;
    ClusterFolder &operator=(ClusterFolder &&) = delete;
    ~ClusterFolder();

    std::string data() const { return m_slot; }               ///< the data directory
    std::string making() const { return m_slot + ".making"; } ///< the same while initdb works on it
    std::string log() const { return m_slot + ".log"; }
    int lockDescriptor() const { return m_lock; }

    /// True when `data()` holds a whole cluster of ours that no power cut can have hurt (fsync is off: a cluster that
    /// ran when the machine went down is not trusted).
    bool usable() const;
    /// Removes what is there, whole or half-made.
    void clear() const;
    /// Moves what initdb made into place.
    base::Result<void> adopt() const;
    /// Notes that the server is up, or was stopped in an orderly way.
    void markRunning(bool running) const;

private:
    ClusterFolder(std::string slot, int lock) : m_slot(std::move(slot)), m_lock(lock) {}
    std::string m_slot;
    int m_lock = -1;
};

} // namespace sqlgym::postgres
