// Where a learner stands: topics, points, badges, days in a row.
#pragma once

#include "client/gateway.h"

namespace sqlgym::client {

struct TopicStanding {
    std::string topic;
    int attempted = 0; ///< problems
    int solved = 0;
    int problems = 0; ///< that the topic has
    int points = 0;
    int submissions = 0;
};

struct BadgeStanding {
    std::string name;
    std::string description;
    int points = 0;
    std::string earnedAt; ///< empty = not yet
};

struct Standing {
    std::string username;
    int solved = 0;
    int points = 0; ///< of all topics and badges
    int streak = 0; ///< days in a row with a right submission, by UTC
    int longestStreak = 0;
    std::vector<TopicStanding> topics;
    std::vector<BadgeStanding> badges;
};

/// Errors: SignedOut.
base::Result<Standing> standing(Gateway &gateway);

} // namespace sqlgym::client
