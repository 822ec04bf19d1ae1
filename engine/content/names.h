// Words and ids that packaged content derives from its names.
#pragma once

#include "content/problem.h"

#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::content {

/// problems.difficulty: "Beginner", "Easy", "Medium", "Hard", "Expert".
std::string_view difficultyName(Difficulty difficulty);
/// topics.difficulty_level and user_progress: "BEGINNER" ... "EXPERT".
std::string_view difficultyLevel(Difficulty difficulty);
/// Either spelling, in any case.
std::optional<Difficulty> parseDifficulty(std::string_view word);

/// The slug of a topic or badge, which the database does not keep: ASCII letters and digits of the name in lower case,
/// everything between them one '-'. "Joins and gaps" -> "joins-and-gaps".
std::string slugFromName(std::string_view name);

/// Version 5 UUIDs, so that a pack imported twice is the same content (a problem's is that of its bare slug).
std::string problemId(std::string_view slug);
std::string topicId(std::string_view slug);
std::string badgeId(std::string_view slug);
std::string testId(std::string_view problemSlug, std::string_view testName);
/// problem_schemas.id.
std::string tableId(std::string_view problemSlug, std::string_view tableName);

} // namespace sqlgym::content
