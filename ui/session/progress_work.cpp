#include "session/progress_work.h"

#include "progress/status.h"
#include "progress/xp.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

#include <nlohmann/json.hpp>

namespace sqlgym::session {

namespace {

constexpr base::UnixMicros kAMinute = 60'000'000;

QString tr(const char *text) { return QCoreApplication::translate("profile", text); }
QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

/// What no server has confirmed: submissions in the outbox.
struct Waiting {
    std::set<std::string> problems; ///< ids
    std::vector<base::UnixMicros> written;

    bool holds(base::UnixMicros earnedAt) const
    {
        return std::ranges::any_of(
            written, [&](base::UnixMicros at) { return earnedAt <= at + kAMinute && earnedAt >= at - kAMinute; });
    }
};

Waiting readWaiting(cache::Cache &cache)
{
    Waiting waiting;
    const auto entries = cache.outbox().entries();
    if (!entries)
        return waiting;
    for (const auto &entry : *entries) {
        if (entry.kind != "submit")
            continue;
        const auto payload = nlohmann::json::parse(entry.payloadJson, nullptr, false);
        if (payload.is_object())
            waiting.problems.insert(payload.value("problem_id", ""));
        waiting.written.push_back(entry.createdAt);
    }
    return waiting;
}

std::map<progress::LocalDay, DayFigures> readDays(const progress::History &history, const progress::Streak &streak)
{
    std::map<progress::LocalDay, DayFigures> days;
    for (const auto &event : history.events) {
        if (event.kind != progress::EventKind::Submit)
            continue;
        auto &day = days[progress::localDay(event.at, event.utcOffsetMinutes)];
        ++day.submissions;
        day.right += event.correct ? 1 : 0;
    }
    const auto statuses = progress::problemStatuses(history.events);
    for (const auto &problem : history.problems) {
        const auto found = statuses.find(problem.problemId);
        if (found == statuses.end() || found->second.state != progress::ProblemState::Solved)
            continue;
        auto &day = days[progress::localDay(found->second.solvedAt, found->second.solvedUtcOffsetMinutes)];
        ++day.solved;
        day.experience += progress::pointsFor(problem.difficulty, found->second.solutionSeenFirst);
    }
    for (const auto rested : streak.restedDays)
        days[rested].rested = true;
    return days;
}

void readTopics(ProgressView &view, const ProblemEntries &entries, const std::vector<content::Topic> &topics,
                const std::vector<progress::UserProgressRow> &rows, const Waiting &waiting)
{
    for (const auto &topic : topics) {
        TopicProgress made;
        made.id = text(topic.id);
        made.name = text(topic.name);
        for (const auto &other : topics) {
            if (!topic.parent.empty() && (other.slug == topic.parent || other.id == topic.parent))
                made.parentId = text(other.id);
        }
        for (const auto &entry : entries) {
            if (entry.topicId != made.id)
                continue;
            ++made.total;
            made.solved += entry.status == ProblemStatus::Solved ? 1 : 0;
            made.confirmed = made.confirmed && !waiting.problems.contains(entry.id.toStdString());
        }
        const auto row = std::ranges::find(rows, topic.id, &progress::UserProgressRow::topicId);
        if (row != rows.end())
            made.figures = *row;
        view.topics.push_back(std::move(made));
    }
}

} // namespace

ProgressView readProgress(CacheSlot &slot)
{
    ProgressView view;
    if (!slot.cache) {
        view.notice = noCache();
        return view;
    }
    const auto history = slot.cache->progress().history();
    const auto badges = slot.cache->problems().badges();
    const auto earned = slot.cache->progress().userBadges();
    const auto points = slot.cache->progress().experiencePoints();
    const auto rows = slot.cache->progress().userProgress();
    const auto topics = slot.cache->problems().topics();
    if (!history || !badges || !earned || !points || !rows || !topics) {
        view.notice = {tr("Your progress could not be read."),
                       tr("Nothing is lost. Close the program and start it again: it looks through the profile "
                          "then, and mends what is damaged."),
                       false};
        return view;
    }
    const auto now = base::Clock().now();
    const int offset = utcOffsetMinutes();
    const Waiting waiting = readWaiting(*slot.cache);
    view.waiting = static_cast<int>(waiting.written.size());
    view.experience = *points;
    view.streak = progress::streakAt(history->events, now, offset, history->frozenDays);
    view.today = progress::localDay(now, offset);
    view.days = readDays(*history, view.streak);
    for (const auto &session : history->sessions)
        view.secondsSpent += session.totalTimeSpentSeconds;
    const auto entries = readEntries(slot);
    view.total = static_cast<int>(entries.size());
    view.solved = static_cast<int>(
        std::ranges::count(entries, ProblemStatus::Solved, [](const auto &each) { return each.status; }));
    readTopics(view, entries, *topics, *rows, waiting);

    const progress::BadgeFacts facts{history->events, history->problems,   now,
                                     offset,          history->frozenDays, history->deeds};
    const progress::BadgeMeter meter(facts);
    for (const auto &badge : *badges) {
        const auto measured = meter.progress(badge);
        BadgeView made;
        made.name = text(badge.name);
        made.description = text(badge.description);
        made.rarity = text(badge.rarity);
        made.icon = text(badge.icon);
        made.points = badge.pointsReward;
        made.understood = static_cast<bool>(measured);
        if (measured)
            made.progress = *measured;
        const auto row = std::ranges::find(*earned, badge.id, &progress::UserBadgeRow::badgeId);
        made.earned = row != earned->end();
        if (made.earned) {
            made.earnedAt = row->earnedAt;
            made.confirmed = !waiting.holds(row->earnedAt);
            view.days[progress::localDay(row->earnedAt, offset)].experience += made.points;
        }
        view.badges.push_back(std::move(made));
    }
    return view;
}

bool addTime(CacheSlot &slot, const std::string &problemId, int seconds)
{
    return slot.cache && seconds > 0 && slot.cache->progress().addTime(problemId, seconds);
}

} // namespace sqlgym::session
