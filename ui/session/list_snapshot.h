// The problem list as it was last seen, so that the window opens with it before the database answers.
#pragma once

#include "session/profile.h"
#include "session/values.h"

namespace sqlgym::session {

/// A copy in the cache folder: losing it costs nothing, and the database's own list replaces it within moments.
class ListSnapshot {
public:
    explicit ListSnapshot(const Profile &profile) : m_file(profile.cacheDir + QStringLiteral("/problem-list")) {}

    /// Empty when there is none, or one of another version.
    ProblemEntries read() const;
    /// Writes only what differs from the last read or write.
    void write(const ProblemEntries &entries);

private:
    QString m_file;
    mutable QByteArray m_known;
};

} // namespace sqlgym::session
