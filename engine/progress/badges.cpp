#include "progress/badges.h"

#include "progress/status.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

namespace sqlgym::progress {

namespace {

using content::Difficulty;

constexpr const char *kDifficultyNames[] = {"BEGINNER", "EASY", "MEDIUM", "HARD", "EXPERT"};
constexpr const char *kDifficultyWords[] = {"beginner", "easy", "medium", "hard", "expert"};

std::string counted(int count, const std::string &singular, const std::string &plural)
{
    return std::to_string(count) + " " + (count == 1 ? singular : plural);
}

std::string ofGoal(const BadgeProgress &progress, const std::string &singular, const std::string &plural)
{
    return std::to_string(std::min(progress.done, progress.goal)) + " of " + counted(progress.goal, singular, plural);
}

// Solved problems for which `wanted(problem, status)` holds.
template <typename Wanted> int countSolved(const BadgeFacts &facts, Wanted wanted)
{
    const StatusMap statuses = problemStatuses(facts.events);
    int count = 0;
    for (const ProblemFact &problem : facts.problems) {
        const auto found = statuses.find(problem.problemId);
        if (found != statuses.end() && found->second.state == ProblemState::Solved && wanted(problem, found->second))
            ++count;
    }
    return count;
}

BadgeProgress topicSolved(const std::string &slug, const BadgeFacts &facts)
{
    BadgeProgress progress;
    progress.goal = 0;
    std::string name = slug;
    for (const ProblemFact &problem : facts.problems) {
        if (problem.topicSlug == slug) {
            ++progress.goal;
            name = problem.topicName.empty() ? slug : problem.topicName;
        }
    }
    progress.done = countSolved(
        facts, [&](const ProblemFact &problem, const ProblemStatus &) { return problem.topicSlug == slug; });
    progress.criteria = "Solve every problem in " + name + ".";
    if (progress.goal == 0) {
        // A topic without problems is not won by being empty.
        progress.goal = 1;
        progress.words = "There are no problems in " + name + " yet.";
    } else {
        progress.words = ofGoal(progress, "problem in ", "problems in ") + name + " solved.";
    }
    return progress;
}

std::optional<Difficulty> difficultyNamed(const std::string &name)
{
    for (std::size_t i = 0; i < std::size(kDifficultyNames); ++i) {
        if (name == kDifficultyNames[i])
            return static_cast<Difficulty>(i);
    }
    return std::nullopt;
}

base::Error badCriteria(const content::Badge &badge, const std::string &why)
{
    return {"progress", "bad_criteria", "The criteria of badge '" + badge.name + "' " + why + ".", false};
}

} // namespace

base::Result<BadgeProgress> badgeProgress(const content::Badge &badge, const BadgeFacts &facts)
{
    const nlohmann::json criteria = nlohmann::json::parse(badge.criteriaJson, nullptr, false);
    if (!criteria.is_object())
        return badCriteria(badge, "are not a JSON object");
    const auto text = [&](const char *key) {
        const auto found = criteria.find(key);
        return found != criteria.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto number = [&](const char *key) {
        const auto found = criteria.find(key);
        return found != criteria.end() && found->is_number_integer() ? found->get<int>() : 0;
    };
    const std::string kind = text("kind");
    if (kind == "topic_solved") {
        const std::string slug = text("topic");
        return slug.empty() ? base::Result<BadgeProgress>(badCriteria(badge, "name no topic"))
                            : base::Result<BadgeProgress>(topicSolved(slug, facts));
    }
    BadgeProgress progress;
    progress.goal = number(kind == "streak" ? "days" : "count");
    if (progress.goal < 1)
        return badCriteria(badge, kind == "streak" ? "need \"days\" of at least 1" : "need a \"count\" of at least 1");

    if (kind == "streak") {
        progress.done = streakAt(facts.events, facts.now, facts.utcOffsetMinutes, facts.frozenDays).longest;
        progress.criteria = "Solve on " + counted(progress.goal, "day", "days in a row") + ".";
        progress.words = "Longest streak: " + ofGoal(progress, "day", "days") + ".";
    } else if (kind == "problems_solved") {
        progress.done = countSolved(facts, [](const ProblemFact &, const ProblemStatus &) { return true; });
        progress.criteria = "Solve " + counted(progress.goal, "problem", "problems") + ".";
        progress.words = ofGoal(progress, "problem", "problems") + " solved.";
    } else if (kind == "difficulty_solved") {
        const auto difficulty = difficultyNamed(text("difficulty"));
        if (!difficulty)
            return badCriteria(badge, "name no difficulty");
        const std::string word = kDifficultyWords[static_cast<std::size_t>(*difficulty)];
        progress.done = countSolved(facts, [&](const ProblemFact &problem, const ProblemStatus &) {
            return problem.difficulty == *difficulty;
        });
        progress.criteria = "Solve " + counted(progress.goal, word + " problem", word + " problems") + ".";
        progress.words = ofGoal(progress, word + " problem", word + " problems") + " solved.";
    } else if (kind == "first_try") {
        progress.done = countSolved(facts, [](const ProblemFact &, const ProblemStatus &status) {
            return status.firstTry && !status.solutionSeenFirst;
        });
        progress.criteria = "Solve " + counted(progress.goal, "problem", "problems") + " with the first submission.";
        progress.words = ofGoal(progress, "problem", "problems") + " solved with the first submission.";
    } else if (kind == "no_hints") {
        progress.done = countSolved(facts, [](const ProblemFact &, const ProblemStatus &status) {
            return !status.hintUsed && !status.solutionSeenFirst;
        });
        progress.criteria = "Solve " + counted(progress.goal, "problem", "problems") + " without a hint.";
        progress.words = ofGoal(progress, "problem", "problems") + " solved without a hint.";
    } else {
        return badCriteria(badge, "are of an unknown kind '" + kind + "'");
    }
    return progress;
}

} // namespace sqlgym::progress
