// The first hundred of those who want to be seen.
#pragma once

#include "client/gateway.h"

namespace sqlgym::client {

struct LeaderboardRow {
    int place = 0; ///< from 1
    std::string userId;
    std::string username; ///< in one line, without control and direction characters
    std::int64_t points = 0;
    int solved = 0;
};

struct Leaderboard {
    bool visible = false; ///< the caller wants to be on it
    std::vector<LeaderboardRow> rows;
};

/// Figures are worked out by the server once a minute. Errors: SignedOut.
base::Result<Leaderboard> leaderboard(Gateway &gateway);

/// As kept for when there is no server. What cannot be read is no row.
std::string leaderboardJson(const Leaderboard &board);
Leaderboard leaderboardOf(const std::string &json);

} // namespace sqlgym::client
