// Badges: which are earned, and how far the others are.
#pragma once

#include "base/result.h"
#include "content/problem.h"
#include "progress/deeds.h"
#include "progress/event.h"
#include "progress/status.h"
#include "progress/streak.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sqlgym::progress {

struct Criterion;

/// How far a learner is with one badge, or with one criterion of it.
struct BadgeProgress {
    int done = 0;
    int goal = 1;
    std::string criteria;             ///< "Solve 5 hard problems."
    std::string words;                ///< "3 of 5 hard problems solved."
    std::vector<BadgeProgress> parts; ///< of a badge that asks for several things
    bool earned() const { return done >= goal; }
};

/// What badge criteria are evaluated on. It has to outlive what is made of it.
struct BadgeFacts {
    const std::vector<Event> &events;
    const std::vector<ProblemFact> &problems;
    base::UnixMicros now = 0;
    int utcOffsetMinutes = 0;
    const std::set<LocalDay> &frozenDays;
    const Deeds &deeds;
};

/// Evaluates badges.criteria: on this computer and on the server the same code, on the events each knows. Kinds are
/// those of CriterionKind. Problems whose solution was seen first count for problems_solved, topics and difficulties,
/// and for nothing else.
///
/// `all` is as far as the number of its parts that are done; `any` as far as its nearest part; `not` is done until
/// its part is. A badge once earned stays.
class BadgeMeter {
public:
    explicit BadgeMeter(const BadgeFacts &facts);

    /// Errors: progress/bad_criteria  not JSON, or not of a kind known here: perhaps a newer server's.
    base::Result<BadgeProgress> progress(const content::Badge &badge) const;

private:
    BadgeProgress measure(const Criterion &criterion) const;
    BadgeProgress group(const Criterion &criterion) const;
    BadgeProgress deed(const Criterion &criterion) const;
    BadgeProgress topic(const Criterion &criterion) const;
    int topicsWith(bool everyProblem) const;
    int fastProblems(int milliseconds) const;
    int mostInADay() const;
    int activeDays() const;
    const Streak &streak() const;
    template <typename Wanted> int solved(Wanted wanted) const;

    const BadgeFacts &m_facts;
    StatusMap m_statuses;
    mutable std::optional<Streak> m_streak;
};

/// The same for one badge.
base::Result<BadgeProgress> badgeProgress(const content::Badge &badge, const BadgeFacts &facts);

} // namespace sqlgym::progress
