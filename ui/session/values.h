// What crosses between the threads and the screens: plain values.
#pragma once

#include "content/problem.h"
#include "progress/status.h"

#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <memory>
#include <set>
#include <vector>

namespace sqlgym::session {

/// One run, check or submission; never 0, never used twice.
using JobId = quint64;

using ProblemStatus = progress::ProblemState;

/// What one run may take. Checks have the limits of their tests.
struct RunLimits {
    int seconds = 10;
    int memoryMb = 256;
    int rows = 1'000'000;

    static constexpr int kMostSeconds = 300;
    static constexpr int kLeastMemoryMb = 16, kMostMemoryMb = 1'024; ///< the engine's process has 2 GB for everything
    static constexpr int kLeastRows = 100, kMostRows = 1'000'000;

    bool operator==(const RunLimits &) const = default;
};

/// A problem as the list shows it.
struct ProblemEntry {
    QString id;
    QString slug;
    QString title;
    QString topicId;
    QString topic;
    QString company;
    QStringList tags;
    content::Difficulty difficulty = content::Difficulty::Medium;
    ProblemStatus status = ProblemStatus::New;
    bool bookmarked = false;

    bool operator==(const ProblemEntry &) const = default;
};

/// Problems in the order in which they are practised: by topic, then as the topic orders them.
using ProblemEntries = std::vector<ProblemEntry>;

using ProblemPtr = std::shared_ptr<const content::Problem>;

/// A problem with what the learner has of it.
struct OpenedProblem {
    ProblemPtr problem;
    QString topic; ///< its name
    ProblemStatus status = ProblemStatus::New;
    QString draft;   ///< what was written, else the starter
    QString starter; ///< the given text of a problem to mend or to put in order; else empty
    int cursorUtf16 = 0;
    int firstLine = 0;
    std::set<int> hintsUsed; ///< levels
    bool gaveUp = false;

    /// Whether solution and hidden tests may be seen.
    bool unlocked() const { return gaveUp || status == ProblemStatus::Solved; }
};

/// A text that belongs to no problem.
struct ScratchText {
    QString document; ///< "scratch/N"
    QString text;
    bool open = false; ///< in a tab when the window was last used
};

} // namespace sqlgym::session

Q_DECLARE_METATYPE(sqlgym::session::ProblemPtr)
