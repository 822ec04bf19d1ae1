// badges.criteria as a value: what somebody has to do to earn a badge.
#pragma once

#include "base/result.h"
#include "content/problem.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::content {

enum class BadgeKind : std::uint8_t {
    ProblemsSolved,    ///< `count` different problems solved; only those of `topic` or `difficulty`, where given
    TopicCompleted,    ///< every problem of `topic` solved
    AllTopics,         ///< at least one problem solved in every topic
    SolvedFirstTry,    ///< `count` problems solved by their first check or submission
    SolvedWithoutHint, ///< `count` problems solved without opening a hint
    StreakDays,        ///< solved something on `count` days in a row
    Perseverance,      ///< solved one problem after `count` wrong checks or submissions of it
};

struct BadgeCriteria {
    BadgeKind kind = BadgeKind::ProblemsSolved;
    int count = 1;
    std::string topic; ///< slug; empty = any
    std::optional<Difficulty> difficulty;
};

/// Errors: content/bad_column  names the JSON path.
base::Result<BadgeCriteria> parseBadgeCriteria(std::string_view json);
std::string badgeCriteriaJson(const BadgeCriteria &criteria);

} // namespace sqlgym::content
