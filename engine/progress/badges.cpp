#include "progress/badges.h"

#include "progress/criteria.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace sqlgym::progress {

namespace {

constexpr const char *kDifficultyWords[] = {"beginner", "easy", "medium", "hard", "expert"};

std::string counted(int count, const std::string &singular, const std::string &plural)
{
    return std::to_string(count) + " " + (count == 1 ? singular : plural);
}

std::string ofGoal(const BadgeProgress &progress, const std::string &singular, const std::string &plural)
{
    return std::to_string(std::min(progress.done, progress.goal)) + " of " + counted(progress.goal, singular, plural);
}

/// "Solve 2 problems." within a sentence: "solve 2 problems".
std::string inner(const std::string &sentence)
{
    std::string words = sentence.substr(0, sentence.size() - (sentence.ends_with('.') ? 1 : 0));
    if (!words.empty())
        words[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(words[0])));
    return words;
}

std::string joined(const std::vector<BadgeProgress> &parts, const std::string &between)
{
    std::string words;
    for (const BadgeProgress &part : parts)
        words += (words.empty() ? "" : between) + inner(part.criteria);
    if (!words.empty())
        words[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(words[0])));
    return words + ".";
}

/// A kind of deed: how many there are, and what is asked for.
struct DeedWords {
    CriterionKind kind;
    int Deeds::*count;
    const char *verb, *one, *many;
    const char *done; ///< "3 of 5 posts written."
};

constexpr DeedWords kDeeds[] = {
    {CriterionKind::Posts, &Deeds::posts, "Write ", "post", "posts", " written."},
    {CriterionKind::Comments, &Deeds::comments, "Write ", "comment", "comments", " written."},
    {CriterionKind::LikesReceived, &Deeds::likesReceived, "Get ", "like for your posts", "likes for your posts", "."},
    {CriterionKind::Followers, &Deeds::followers, "Have ", "follower", "followers", "."},
    {CriterionKind::SolutionsShared, &Deeds::solutionsShared, "Share ", "solution", "solutions", " shared."},
    {CriterionKind::LinksShared, &Deeds::linksShared, "Share ", "helpful link", "helpful links", " shared."},
};

bool nearer(const BadgeProgress &one, const BadgeProgress &other)
{
    const auto reached = [](const BadgeProgress &each) { return std::int64_t{std::min(each.done, each.goal)}; };
    return reached(one) * other.goal < reached(other) * one.goal;
}

/// `noun` comes before, `how` behind: "3 of 5 hard problems solved without a hint."
void problemsInWords(BadgeProgress &progress, const std::string &noun, const std::string &how)
{
    const std::string one = noun + "problem";
    progress.criteria = "Solve " + counted(progress.goal, one, one + "s") + how + ".";
    progress.words = ofGoal(progress, one, one + "s") + " solved" + how + ".";
}

} // namespace

BadgeMeter::BadgeMeter(const BadgeFacts &facts) : m_facts(facts), m_statuses(problemStatuses(facts.events)) {}

// Solved problems for which `wanted(problem, status)` holds.
template <typename Wanted> int BadgeMeter::solved(Wanted wanted) const
{
    int count = 0;
    for (const ProblemFact &problem : m_facts.problems) {
        const auto found = m_statuses.find(problem.problemId);
        if (found != m_statuses.end() && found->second.state == ProblemState::Solved && wanted(problem, found->second))
            ++count;
    }
    return count;
}

BadgeProgress BadgeMeter::topic(const Criterion &criterion) const
{
    BadgeProgress progress;
    const bool all = criterion.kind == CriterionKind::TopicSolved;
    int problems = 0;
    std::string name = criterion.topic;
    for (const ProblemFact &problem : m_facts.problems) {
        if (problem.topicSlug == criterion.topic) {
            ++problems;
            name = problem.topicName.empty() ? criterion.topic : problem.topicName;
        }
    }
    progress.goal = all ? problems : criterion.count;
    progress.done =
        solved([&](const ProblemFact &problem, const ProblemStatus &) { return problem.topicSlug == criterion.topic; });
    progress.criteria = all ? "Solve every problem in " + name + "."
                            : "Solve " + counted(progress.goal, "problem", "problems") + " in " + name + ".";
    if (problems == 0) {
        // A topic without problems is not won by being empty.
        progress.goal = std::max(progress.goal, 1);
        progress.words = "There are no problems in " + name + " yet.";
    } else {
        progress.words = ofGoal(progress, "problem in ", "problems in ") + name + " solved.";
    }
    return progress;
}

int BadgeMeter::topicsWith(bool everyProblem) const
{
    std::map<std::string, std::pair<int, int>> topics; // solved, all
    for (const ProblemFact &problem : m_facts.problems) {
        if (problem.topicId.empty())
            continue;
        const auto found = m_statuses.find(problem.problemId);
        auto &topic = topics[problem.topicId];
        topic.first += found != m_statuses.end() && found->second.state == ProblemState::Solved ? 1 : 0;
        ++topic.second;
    }
    return static_cast<int>(std::ranges::count_if(topics, [&](const auto &each) {
        return everyProblem ? each.second.first == each.second.second : each.second.first > 0;
    }));
}

int BadgeMeter::fastProblems(int milliseconds) const
{
    std::set<std::string> fast;
    for (const Event &event : m_facts.events) {
        if (event.kind == EventKind::Submit && event.correct && event.executionMs >= 0 &&
            event.executionMs <= milliseconds)
            fast.insert(event.problemId);
    }
    return solved([&](const ProblemFact &problem, const ProblemStatus &status) {
        return !status.solutionSeenFirst && fast.contains(problem.problemId);
    });
}

int BadgeMeter::mostInADay() const
{
    std::map<LocalDay, int> days;
    int most = 0;
    solved([&](const ProblemFact &, const ProblemStatus &status) {
        if (!status.solutionSeenFirst)
            most = std::max(most, ++days[localDay(status.solvedAt, status.solvedUtcOffsetMinutes)]);
        return false;
    });
    return most;
}

int BadgeMeter::activeDays() const
{
    std::set<LocalDay> days;
    for (const Event &event : m_facts.events) {
        if (event.kind == EventKind::Submit && event.correct)
            days.insert(localDay(event.at, event.utcOffsetMinutes));
    }
    return static_cast<int>(days.size());
}

const Streak &BadgeMeter::streak() const
{
    if (!m_streak)
        m_streak = streakAt(m_facts.events, m_facts.now, m_facts.utcOffsetMinutes, m_facts.frozenDays);
    return *m_streak;
}

BadgeProgress BadgeMeter::group(const Criterion &criterion) const
{
    std::vector<BadgeProgress> parts;
    for (const Criterion &part : criterion.parts)
        parts.push_back(measure(part));
    BadgeProgress progress;
    if (criterion.kind == CriterionKind::All) {
        progress.goal = static_cast<int>(parts.size());
        progress.done = static_cast<int>(std::ranges::count_if(parts, &BadgeProgress::earned));
        progress.criteria = joined(parts, "; and ");
        progress.words = ofGoal(progress, "part", "parts") + " done.";
    } else if (criterion.kind == CriterionKind::Any) {
        const BadgeProgress &nearest = *std::ranges::max_element(parts, nearer);
        progress.goal = nearest.goal;
        progress.done = nearest.done;
        progress.criteria = joined(parts, "; or ");
        progress.words = nearest.words;
    } else {
        progress.done = parts.front().earned() ? 0 : 1;
        progress.criteria = "Not: " + inner(parts.front().criteria) + ".";
        progress.words = progress.earned() ? "True so far." : "No longer true.";
    }
    progress.parts = std::move(parts);
    return progress;
}

BadgeProgress BadgeMeter::deed(const Criterion &criterion) const
{
    const DeedWords &words = *std::ranges::find(kDeeds, criterion.kind, &DeedWords::kind);
    BadgeProgress progress;
    progress.goal = criterion.count;
    progress.done = m_facts.deeds.*words.count;
    progress.criteria = words.verb + counted(progress.goal, words.one, words.many) + ".";
    progress.words = ofGoal(progress, words.one, words.many) + words.done;
    return progress;
}

BadgeProgress BadgeMeter::measure(const Criterion &criterion) const
{
    BadgeProgress progress;
    progress.goal = criterion.count;
    switch (criterion.kind) {
    case CriterionKind::ProblemsSolved:
        progress.done = solved([](const ProblemFact &, const ProblemStatus &) { return true; });
        problemsInWords(progress, "", "");
        break;
    case CriterionKind::TopicSolved:
    case CriterionKind::SolvedInTopic:
        return topic(criterion);
    case CriterionKind::TopicsBegun:
        progress.done = topicsWith(false);
        progress.criteria = "Solve something in " + counted(progress.goal, "topic", "different topics") + ".";
        progress.words = "Something solved in " + ofGoal(progress, "topic", "topics") + ".";
        break;
    case CriterionKind::TopicsFinished:
        progress.done = topicsWith(true);
        progress.criteria = "Solve every problem of " + counted(progress.goal, "topic", "topics") + ".";
        progress.words = ofGoal(progress, "topic", "topics") + " finished.";
        break;
    case CriterionKind::DifficultySolved:
        progress.done = solved([&](const ProblemFact &problem, const ProblemStatus &) {
            return problem.difficulty == criterion.difficulty;
        });
        problemsInWords(progress,
                        std::string(kDifficultyWords[static_cast<std::size_t>(criterion.difficulty)]).append(" "), "");
        break;
    case CriterionKind::FirstTry:
        progress.done = solved([](const ProblemFact &, const ProblemStatus &status) {
            return status.firstTry && !status.solutionSeenFirst;
        });
        problemsInWords(progress, "", " with the first submission");
        break;
    case CriterionKind::NoHints:
        progress.done = solved([](const ProblemFact &, const ProblemStatus &status) {
            return !status.hintUsed && !status.solutionSeenFirst;
        });
        problemsInWords(progress, "", " without a hint");
        break;
    case CriterionKind::NotGivenUp: {
        int most = 0;
        solved([&](const ProblemFact &, const ProblemStatus &status) {
            if (!status.solutionSeenFirst)
                most = std::max(most, status.submissionsToSolve - 1);
            return false;
        });
        progress.done = most;
        progress.criteria = "Solve a problem after " + counted(progress.goal, "wrong answer", "wrong answers") + ".";
        progress.words = ofGoal(progress, "wrong answer", "wrong answers") + " before a right one.";
        break;
    }
    case CriterionKind::Fast:
        progress.done = fastProblems(criterion.milliseconds);
        problemsInWords(progress, "", " with a query of at most " + std::to_string(criterion.milliseconds) + " ms");
        break;
    case CriterionKind::SolvedInADay:
        progress.done = mostInADay();
        problemsInWords(progress, "", " on one day");
        break;
    case CriterionKind::ActiveDays:
        progress.done = activeDays();
        progress.criteria = "Solve on " + counted(progress.goal, "day", "different days") + ".";
        progress.words = ofGoal(progress, "day", "days") + " with a solve.";
        break;
    case CriterionKind::Streak:
        progress.done = streak().longest;
        progress.criteria = "Solve on " + counted(progress.goal, "day", "days in a row") + ".";
        progress.words = "Longest streak: " + ofGoal(progress, "day", "days") + ".";
        break;
    case CriterionKind::Posts:
    case CriterionKind::Comments:
    case CriterionKind::LikesReceived:
    case CriterionKind::Followers:
    case CriterionKind::SolutionsShared:
    case CriterionKind::LinksShared:
        return deed(criterion);
    case CriterionKind::All:
    case CriterionKind::Any:
    case CriterionKind::Not:
        return group(criterion);
    }
    return progress;
}

base::Result<BadgeProgress> BadgeMeter::progress(const content::Badge &badge) const
{
    const auto criterion = readCriteria(badge.criteriaJson);
    if (!criterion)
        return base::Error{"progress", "bad_criteria",
                           "The criteria of badge '" + badge.name + "' " + criterion.error().message + ".", false};
    return measure(*criterion);
}

base::Result<BadgeProgress> badgeProgress(const content::Badge &badge, const BadgeFacts &facts)
{
    return BadgeMeter(facts).progress(badge);
}

} // namespace sqlgym::progress
