#include "local_standing.h"

#include "base/timestamp.h"
#include "progress/streak.h"

#include <algorithm>
#include <ctime>

namespace sqlgym::ctl {

namespace {

int utcOffsetMinutes()
{
    const std::time_t now = std::time(nullptr);
    std::tm local = {};
    localtime_r(&now, &local);
    return static_cast<int>(local.tm_gmtoff / 60);
}

client::TopicStanding topicStanding(const content::Topic &topic, const std::vector<cache::ProblemSummary> &problems,
                                    const std::vector<progress::UserProgressRow> &rows)
{
    client::TopicStanding standing;
    standing.topic = topic.name;
    for (const cache::ProblemSummary &problem : problems) {
        if (problem.topicId != topic.id)
            continue;
        ++standing.problems;
        standing.solved += problem.state == progress::ProblemState::Solved ? 1 : 0;
    }
    if (const auto row = std::ranges::find(rows, topic.id, &progress::UserProgressRow::topicId); row != rows.end()) {
        standing.attempted = row->problemsAttempted;
        standing.submissions = row->totalSubmissions;
        standing.points = row->experiencePoints;
    }
    return standing;
}

} // namespace

base::Result<client::Standing> localStanding(cache::Cache &cache)
{
    const auto history = cache.progress().history();
    const auto problems = cache.problems().problems();
    const auto topics = cache.problems().topics();
    const auto badges = cache.problems().badges();
    const auto rows = cache.progress().userProgress();
    const auto earned = cache.progress().userBadges();
    const auto points = cache.progress().experiencePoints();
    const auto failed = [](const auto &...results) {
        std::optional<base::Error> first;
        ((void)(first || results || (first = results.error(), true)), ...);
        return first;
    };
    if (const auto error = failed(history, problems, topics, badges, rows, earned, points))
        return *error;

    client::Standing standing;
    standing.username = cache.userName();
    standing.points = *points;
    standing.solved =
        static_cast<int>(std::ranges::count(*problems, progress::ProblemState::Solved, &cache::ProblemSummary::state));
    const progress::Streak streak =
        progress::streakAt(history->events, base::Clock().now(), utcOffsetMinutes(), history->frozenDays);
    standing.streak = streak.current;
    standing.longestStreak = streak.longest;
    for (const content::Topic &topic : *topics)
        standing.topics.push_back(topicStanding(topic, *problems, *rows));
    for (const content::Badge &badge : *badges) {
        const auto has = std::ranges::find(*earned, badge.id, &progress::UserBadgeRow::badgeId);
        standing.badges.push_back({badge.name, badge.description, badge.pointsReward,
                                   has == earned->end() ? std::string() : base::timestampText(has->earnedAt)});
    }
    return standing;
}

} // namespace sqlgym::ctl
