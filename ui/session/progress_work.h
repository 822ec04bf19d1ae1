// What was reached, read from the profile on the cache thread.
#pragma once

#include "session/cache_work.h"

#include "progress/judge.h"

#include <map>
#include <optional>

namespace sqlgym::session {

struct TopicProgress {
    QString id;
    QString name;
    QString parentId; ///< empty = none
    int solved = 0;
    int total = 0;
    std::optional<progress::UserProgressRow> figures; ///< none before the first submission
    bool confirmed = true;                            ///< no submission of it waits for a server
};

struct BadgeView {
    QString name;
    QString description;
    QString rarity;
    QString icon;
    int points = 0;
    progress::BadgeProgress progress;
    bool understood = true; ///< false: a newer server's, whose criteria are not known here
    bool earned = false;
    base::UnixMicros earnedAt = 0;
    bool confirmed = true;
};

/// One local day.
struct DayFigures {
    int submissions = 0;
    int right = 0;
    int solved = 0; ///< problems, for the first time
    int experience = 0;
    bool rested = false; ///< a freeze kept the streak
};

struct ProgressView {
    int experience = 0;
    int solved = 0;
    int total = 0;
    int secondsSpent = 0;
    int waiting = 0; ///< submissions that no server has confirmed
    progress::Streak streak;
    progress::LocalDay today = 0;
    std::map<progress::LocalDay, DayFigures> days; ///< those on which something was done
    std::vector<TopicProgress> topics;             ///< in the catalogue's order
    std::vector<BadgeView> badges;
    Notice notice;
};

ProgressView readProgress(CacheSlot &slot);
/// Time spent on a problem, without idling. True: it was kept.
bool addTime(CacheSlot &slot, const std::string &problemId, int seconds);

} // namespace sqlgym::session
