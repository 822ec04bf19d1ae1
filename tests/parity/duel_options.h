// The options of the programs that generate queries.
#pragma once

#include "duel.h"

#include <cstdint>
#include <optional>

namespace sqlgym::parity {

inline constexpr char kDuelUsage[] = "[--seed N] [--first N] [--count N] [--seconds N] [--least-agreeing PERCENT] "
                                     "[--luck] [--features] [--show-declined]"
                                     " [--show-errors] [--print]";

struct RunOptions {
    std::uint64_t seed = 1;
    int first = 0; ///< the first query's number
    int count = 0;
    bool luck = false; ///< ask PostgreSQL in all its ways
    int seconds = 0;   ///< no query is begun later than that
    DuelOptions duel;
};

/// `usual` with what the command line says; nullopt when it makes no sense.
std::optional<RunOptions> parseDuelOptions(int count, char **arguments, RunOptions usual);

} // namespace sqlgym::parity
