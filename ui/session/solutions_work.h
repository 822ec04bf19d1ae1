// How others solved a problem, as the window asks for it. Functions with a CacheSlot run on the cache thread.
#pragma once

#include "session/cache_work.h"
#include "sync/told_solutions.h"

#include <QtCore/QDateTime>

#include <optional>

namespace sqlgym::session {

/// All texts are cleaned of control and direction characters, and bounded: see cache/solution_store.h.
struct SolutionEntry {
    QString id;
    QString authorId;
    QString author;
    QString explanation;
    qint64 leftOut = 0; ///< characters of the explanation
    QString sql;
    QDateTime written;
    int up = 0;
    int down = 0;
    int vote = 0; ///< the learner's: 1, -1 or 0
    int same = 0; ///< others of the group whose queries differ in nothing but layout and names
    bool bookmark = false;
    bool own = false;
    bool edited = false;
    bool waiting = false;

    bool operator==(const SolutionEntry &) const = default;
};

/// The same way, and the same tests passed and failed.
struct SolutionGroup {
    enum class Kind { Official, Right, NotTold, NotJudged, Wrong };
    Kind kind = Kind::Right;
    QString words;                    ///< insight::Approach's; empty of official ones
    QStringList failing;              ///< of Wrong: names of tests, "" stands for hidden ones
    QList<SolutionEntry> solutions{}; ///< the best voted first

    QString key() const;
};

struct SolutionPage {
    QString problemId;
    QList<SolutionGroup> groups; ///< in the order of the kinds, then the largest first
    QStringList rightQueries;    ///< of the learner's own, the last first: what can be shared
    QString draft;               ///< an explanation that was begun
    Notice notice;
};

SolutionPage readSolutions(CacheSlot &slot, const QString &problemId);
/// What the server told, kept. The page as it is then.
SolutionPage keepSolutions(CacheSlot &slot, const QString &problemId, const sync::ToldSolutions &told);

/// `id` empty: a new one. Its title is its way in words.
Notice shareSolution(CacheSlot &slot, const QString &problemId, const QString &id, const QString &explanation,
                     const QString &sql);
Notice deleteSolution(CacheSlot &slot, const QString &id);
Notice markSolution(CacheSlot &slot, const QString &id, std::optional<int> vote, std::optional<bool> bookmark);
/// An empty one is forgotten.
Notice keepSolutionDraft(CacheSlot &slot, const QString &problemId, const QString &explanation);

} // namespace sqlgym::session
