#include "progress/status.h"

#include <algorithm>

namespace sqlgym::progress {

namespace {

void apply(const Event &event, ProblemStatus &status)
{
    const bool solved = status.state == ProblemState::Solved;
    switch (event.kind) {
    case EventKind::Run:
    case EventKind::Check:
        if (status.state == ProblemState::New)
            status.state = ProblemState::Tried;
        break;
    case EventKind::Hint:
        status.hintUsed = status.hintUsed || !solved;
        break;
    case EventKind::SolutionSeen:
        if (!solved) {
            status.state = ProblemState::GaveUp;
            status.solutionSeenFirst = true;
        }
        break;
    case EventKind::Submit:
        ++status.submissions;
        if (solved)
            break;
        if (event.correct) {
            status.state = ProblemState::Solved;
            status.submissionsToSolve = status.submissions;
            status.firstTry = status.submissions == 1;
            status.solvedAt = event.at;
            status.solvedUtcOffsetMinutes = event.utcOffsetMinutes;
        } else if (status.state == ProblemState::New) {
            status.state = ProblemState::Tried;
        }
        break;
    }
}

} // namespace

StatusMap problemStatuses(const std::vector<Event> &events)
{
    std::vector<const Event *> ordered;
    ordered.reserve(events.size());
    for (const Event &event : events)
        ordered.push_back(&event);
    std::ranges::stable_sort(ordered, {}, [](const Event *event) { return event->at; });

    StatusMap statuses;
    for (const Event *event : ordered)
        apply(*event, statuses[event->problemId]);
    return statuses;
}

} // namespace sqlgym::progress
