// The problem list by tracks: the same problems in the order in which a track takes them, and what it advises.
#pragma once

#include "session/tracks_work.h"
#include "session/values.h"

namespace sqlgym::models {

/// topicId and topic of each are its track's, "track/SLUG" and the name. Problems that stand in no track come last, in
/// their own order, under `others`; tracks of which the catalogue has no problem do not come.
session::ProblemEntries byTrack(const session::ProblemEntries &entries, const std::vector<session::TrackEntry> &tracks,
                                const QString &others);

/// What helps when it is taken first.
struct TrackNeed {
    QString name;
    int solved = 0;
    int total = 0;
};

struct TrackAdvice {
    QString name; ///< empty: no track
    QString about;
    std::vector<TrackNeed> needs; ///< those that are not finished
    QString nextSlug;             ///< the first problem that is not solved; empty: all are
    QString nextTitle;
    QStringList leadsTo; ///< names of the tracks that need this one
};

/// About the track that holds the problem `slug`.
TrackAdvice trackAdvice(const QString &slug, const session::ProblemEntries &entries,
                        const std::vector<session::TrackEntry> &tracks);

} // namespace sqlgym::models
