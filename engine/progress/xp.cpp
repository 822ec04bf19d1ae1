#include "progress/xp.h"

#include "progress/status.h"

namespace sqlgym::progress {

int pointsFor(content::Difficulty difficulty, bool solutionSeen)
{
    int points = 0;
    switch (difficulty) {
    case content::Difficulty::Beginner:
        points = 20;
        break;
    case content::Difficulty::Easy:
        points = 40;
        break;
    case content::Difficulty::Medium:
        points = 60;
        break;
    case content::Difficulty::Hard:
        points = 100;
        break;
    case content::Difficulty::Expert:
        points = 160;
        break;
    }
    return solutionSeen ? points / 4 : points;
}

int totalPoints(const std::vector<Event> &events, const std::vector<ProblemFact> &problems)
{
    const StatusMap statuses = problemStatuses(events);
    int total = 0;
    for (const ProblemFact &problem : problems) {
        const auto found = statuses.find(problem.problemId);
        if (found != statuses.end() && found->second.state == ProblemState::Solved)
            total += pointsFor(problem.difficulty, found->second.solutionSeenFirst);
    }
    return total;
}

} // namespace sqlgym::progress
