// The tracks through the bundled catalogue, read on the cache thread.
#pragma once

#include <QtCore/QStringList>

#include <vector>

namespace sqlgym::session {

struct TrackEntry {
    QString slug;
    QString name;
    QString about;
    QStringList needs;    ///< slugs of tracks that help when taken first
    QStringList problems; ///< slugs, in order

    bool operator==(const TrackEntry &) const = default;
};

/// Empty when the program's files are not there.
std::vector<TrackEntry> readTracks();

} // namespace sqlgym::session
