// What the cache thread does: questions to the local database, answered as values. Every function here runs there.
#pragma once

#include "session/values.h"

#include "base/result.h"
#include "cache/cache.h"
#include "progress/badges.h"
#include "progress/streak.h"

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>

#include <memory>

namespace sqlgym::session {

/// Something went wrong with the profile: what happened, why, what to do. Empty title = nothing did.
struct Notice {
    QString title;
    QString text;
    bool serious = false; ///< what is done now will not be kept
    bool isEmpty() const { return title.isEmpty(); }
};

struct StartState {
    ProblemEntries entries;
    QString openSlug; ///< open when the window was last closed
    Notice notice;
    bool catalogueMissing = false; ///< nothing loaded yet
};

struct CatalogueState {
    bool changed = false;
    ProblemEntries entries;
    Notice notice;
};

struct SubmitResult {
    bool stored = false;
    bool firstSolve = false;
    int experienceEarned = 0;
    struct Badge {
        QString name;
        QString icon;
        QString rarity;
    };
    QList<Badge> badges; ///< just earned
    Notice notice;
};

/// The connection, on its thread; null when even the database in memory cannot be made.
struct CacheSlot {
    std::unique_ptr<cache::Cache> cache;
};

inline constexpr char kOpenScratchKey[] = "window/open_scratch"; ///< documents, a line each
inline constexpr char kOpenSlugKey[] = "window/open_problem";

StartState openCache(CacheSlot &slot, const std::string &path);
/// Loads the bundled catalogue when it is not loaded, or another than the one that lies on the disk.
CatalogueState refreshCatalogue(CacheSlot &slot);
std::optional<OpenedProblem> openProblem(CacheSlot &slot, const std::string &slug, Notice &notice);
/// Newest first among the closed ones, the open ones in the order of their tabs.
QList<ScratchText> readScratch(CacheSlot &slot);
Notice saveOpenScratch(CacheSlot &slot, const std::string &documents);
Notice saveDraft(CacheSlot &slot, const cache::Draft &draft);
SubmitResult submit(CacheSlot &slot, const content::Problem &problem, const std::string &query,
                    const grading::Verdict &verdict, base::UnixMicros writtenAt);
ProblemEntries readEntries(CacheSlot &slot);

Notice noCache();
Notice noticeFor(const base::Error &error);
/// East of UTC, now, here.
int utcOffsetMinutes();

} // namespace sqlgym::session
