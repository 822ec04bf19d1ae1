// What a learner decided about problems: hints opened, given up, bookmarks, votes, days of rest.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "progress/streak.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

namespace sqlgym::cache {

struct StoreContext;

/// A row of problem_interactions.
struct Interaction {
    bool bookmark = false;
    bool upvote = false;
    bool downvote = false;
};

/// All of the profile's learner. Each function writes one transaction, with the outbox's entry that tells a server, or
/// reads. Days of rest are this profile's own.
class LearningStore {
public:
    explicit LearningStore(StoreContext &context) : m_context(context) {}

    /// Opening a hint again changes nothing.
    base::Result<void> useHint(std::string_view problemId, int level, int utcOffsetMinutes = 0);
    /// Levels opened so far.
    base::Result<std::set<int>> hintsUsed(std::string_view problemId);

    /// The solution was shown before it was found. Stays; doing it again changes nothing.
    base::Result<void> giveUp(std::string_view problemId, int utcOffsetMinutes = 0);
    /// When; nullopt = not given up.
    base::Result<std::optional<base::UnixMicros>> gaveUpAt(std::string_view problemId);

    base::Result<Interaction> interaction(std::string_view problemId);
    /// At most one of the votes: `upvote` wins.
    base::Result<void> setInteraction(std::string_view problemId, const Interaction &interaction);
    /// Whether something was handed in, which votes are for.
    base::Result<bool> mayVote(std::string_view problemId);
    base::Result<void> setBookmark(std::string_view problemId, bool bookmark);

    /// A day on which the streak rests.
    base::Result<void> setFrozenDay(progress::LocalDay day, bool frozen);
    base::Result<std::set<progress::LocalDay>> frozenDays();

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
