// Says to other instances that this one has the profile's database open.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>

namespace sqlgym::cache {

/// An flock on a file of its own beside the database. Every instance holds it shared; a damaged database may only be
/// set aside by the one that holds it alone, for the others would go on writing into the file that was moved.
class FileLock {
public:
    FileLock() = default;
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;
    ~FileLock();

    /// Errors: cache/read_only, cache/disk_full, cache/cannot_open; cache/in_use (transient) when an instance has been
    ///         recovering the database for longer than `timeoutMs`.
    static base::Result<FileLock> shared(const std::string &path, int timeoutMs);

    /// Held alone, or nullopt: somebody else has it. Errors: those of opening the file.
    static base::Result<std::optional<FileLock>> tryExclusive(const std::string &path);

    /// True when no other instance has the database open. Tries for `timeoutMs`; on false the lock is shared again.
    bool becomeExclusive(int timeoutMs);
    void becomeShared();

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

} // namespace sqlgym::cache
