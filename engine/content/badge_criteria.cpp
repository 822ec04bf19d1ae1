#include "content/badge_criteria.h"

#include "content/json_shapes.h"
#include "content/names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sqlgym::content {

namespace {

constexpr std::array<std::pair<BadgeKind, std::string_view>, 7> kKinds{{
    {BadgeKind::ProblemsSolved, "problems_solved"},
    {BadgeKind::TopicCompleted, "topic_completed"},
    {BadgeKind::AllTopics, "all_topics"},
    {BadgeKind::SolvedFirstTry, "solved_first_try"},
    {BadgeKind::SolvedWithoutHint, "solved_without_hint"},
    {BadgeKind::StreakDays, "streak_days"},
    {BadgeKind::Perseverance, "perseverance"},
}};

base::Error bad(const std::string &what) { return {"content", "bad_column", "criteria: " + what}; }

} // namespace

base::Result<BadgeCriteria> parseBadgeCriteria(std::string_view json)
{
    try {
        const Json shape = Json::parse(json);
        const auto word = shape.at("kind").get<std::string>();
        const auto kind = std::ranges::find(kKinds, word, &std::pair<BadgeKind, std::string_view>::second);
        if (kind == kKinds.end())
            return bad("/kind: there is no kind \"" + word + "\"");
        BadgeCriteria criteria;
        criteria.kind = kind->first;
        criteria.count = shape.value("count", 1);
        criteria.topic = shape.value("topic", std::string());
        if (shape.contains("difficulty")) {
            const auto level = shape.at("difficulty").get<std::string>();
            criteria.difficulty = parseDifficulty(level);
            if (!criteria.difficulty)
                return bad("/difficulty: there is no difficulty \"" + level + "\"");
        }
        return criteria;
    } catch (const Json::exception &failure) {
        return bad(explain(failure));
    }
}

std::string badgeCriteriaJson(const BadgeCriteria &criteria)
{
    const auto kind = std::ranges::find(kKinds, criteria.kind, &std::pair<BadgeKind, std::string_view>::first);
    Json json = {{"kind", kind->second}, {"count", criteria.count}};
    if (!criteria.topic.empty())
        json["topic"] = criteria.topic;
    if (criteria.difficulty)
        json["difficulty"] = difficultyName(*criteria.difficulty);
    return dumped(json);
}

} // namespace sqlgym::content
